"""Signed notes: a text, an empty line, and one line per signature (c2sp.org/signed-note). Strict in every byte.

A note is read with the keys that the reader trusts. A line of a trusted key must verify, or the whole note is
refused; lines of other keys are handed back apart, for nothing is known of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from secondcount.errors import VerificationError
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.strict import encode_base64, parse_base64
from secondcount.evidence.vkey import Algorithm, VerifierKey, is_key_name, make_verifier, parse_vkey

__all__ = [
    "Algorithm",
    "OpenedNote",
    "Signer",
    "VerifiedLine",
    "VerifierKey",
    "add_lines",
    "make_verifier",
    "open_note",
    "parse_vkey",
    "sign_note",
    "signature_line",
    "split_note",
    "stated_checkpoint",
]

LARGEST_NOTE = 1_000_000  # bytes; a signature of ML-DSA-44 takes 3.3 kB
MOST_SIGNATURES = 100  # signed-note: at least 16 must be accepted
ID_LENGTH = 4
DASH = "— "  # U+2014, U+0020


class Signer(Protocol):
    """Whoever can sign a text under one key; a cosigner is bound to its time beforehand (`SigningKey.at`)."""

    def verifier(self) -> VerifierKey:
        """Return the public half."""

    def sign(self, text: bytes) -> bytes:
        """Return what follows the key id in a signature line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedLine:
    """One signature line that verified: by which key, and the time that a cosignature states (None = a plain one)."""

    key: VerifierKey
    time: int | None
    line: bytes  # with its newline


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNote:
    """What a note says, who is known to have signed it, and the lines of which nothing is known."""

    text: bytes
    verified: tuple[VerifiedLine, ...]
    unknown: tuple[bytes, ...]

    def by(self, key: VerifierKey) -> VerifiedLine | None:
        """Return the line of one key, None where it did not sign."""
        return next((one for one in self.verified if one.key == key), None)


def signature_line(signer: Signer, text: bytes) -> bytes:
    """Return one signature line over a text, with its newline."""
    key = signer.verifier()
    return f"{DASH}{key.name} {encode_base64(key.key_id + signer.sign(text))}\n".encode()


def sign_note(text: bytes, *signers: Signer) -> bytes:
    """Return the note of a text, signed by each signer in the order given.

    Raises:
        VerificationError: V202 to V204, a text that no note can carry (it must end in a newline).

    """
    note = text + b"\n" + b"".join(signature_line(one, text) for one in signers)
    if not signers or split_note(note)[0] != text:
        raise VerificationError("V204")
    return note


def add_lines(note: bytes, lines: Iterable[bytes]) -> bytes:
    """Return a note with further signature lines at its end, each line once."""
    text, present = split_note(note)
    return text + b"\n" + b"".join(dict.fromkeys((*present, *lines)))


def split_note(note: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """Part a note into its text and its signature lines, without verifying anything.

    Raises:
        VerificationError: V201 size, V202 not UTF-8, V203 control character, V204 no signatures after an empty
            line, V207 too many of them.

    """
    if len(note) > LARGEST_NOTE:
        raise VerificationError("V201", size=len(note), limit=LARGEST_NOTE)
    try:
        note.decode()
    except UnicodeDecodeError:
        raise VerificationError("V202") from None
    for number, line in enumerate(note.split(b"\n"), 1):
        if any(byte < 0x20 for byte in line):
            raise VerificationError("V203", line=number)
    at = note.rfind(b"\n\n")  # the last empty line: the text may have empty lines of its own
    lines = note[at + 2 :].splitlines(keepends=True) if at >= 0 else []
    if not lines or not note.endswith(b"\n"):
        raise VerificationError("V204")
    if len(lines) > MOST_SIGNATURES:
        raise VerificationError("V207", count=len(lines), limit=MOST_SIGNATURES)
    return note[: at + 1], tuple(lines)


def open_note(note: bytes, keys: Sequence[VerifierKey]) -> OpenedNote:
    """Return a note's text and who signed it, as far as the keys know.

    Raises:
        VerificationError: V201 to V207 form; V208 a known key twice; V209 or V217 a known key whose signature
            fails; V210 none of the keys signed; V216 two different keys under one name and id.

    """
    text, lines = split_note(note)
    known = _index(keys)
    verified: dict[VerifierKey, VerifiedLine] = {}
    unknown: list[bytes] = []
    for number, line in enumerate(lines, text.count(b"\n") + 2):
        name, data = _parse_line(line, number)
        key = known.get((name, data[:ID_LENGTH]))
        if key is None:
            unknown.append(line)
        elif key in verified:
            raise VerificationError("V208", name=name, line=number)
        else:
            verified[key] = VerifiedLine(key=key, time=key.verify(text, data[ID_LENGTH:]), line=line)
    if not verified:
        raise VerificationError("V210", names=", ".join(sorted({one.name for one in keys})))
    return OpenedNote(text=text, verified=tuple(verified.values()), unknown=tuple(unknown))


def _index(keys: Sequence[VerifierKey]) -> Mapping[tuple[str, bytes], VerifierKey]:
    found: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if found.setdefault((key.name, key.key_id), key) != key:
            raise VerificationError("V216", name=key.name)
    return found


def _parse_line(line: bytes, number: int) -> tuple[str, bytes]:
    """Return the name of a signature line, and its key id with what follows it."""
    dash, name, encoded = line[: len(DASH.encode())], *line[len(DASH.encode()) : -1].decode().partition(" ")[::2]
    if dash != DASH.encode() or not is_key_name(name):
        raise VerificationError("V205", line=number)
    data = parse_base64(encoded)
    if data is None or len(data) <= ID_LENGTH:
        raise VerificationError("V206", line=number, name=name)
    return name, data


def stated_checkpoint(note: bytes) -> Checkpoint:
    """Return the checkpoint that a signed note states, without a look at who signed it.

    Raises:
        VerificationError: V2xx, it is no note, or as `parse_checkpoint`.

    """
    return parse_checkpoint(split_note(note)[0])
