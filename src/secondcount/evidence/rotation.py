"""A log changes its key: the old key signs a statement that names the new one, and the statement is an entry.

Whoever knows the first key of a log follows the entries to the present one. What this cannot mend: whoever holds a
key may name its successor, so a key that was taken is followed by the taker's. Then witnesses and the time of the
entries tell which history is older.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from secondcount.errors import VerificationError
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.note import Algorithm, VerifierKey, parse_vkey
from secondcount.evidence.strict import encode_base64, parse_base64

__all__ = ["KeyStatement", "rotation_text", "sign_rotation", "verify_key_chain"]


class KeyStatement(Protocol):
    """What an entry of kind `key` says (`evidence.entries`)."""

    @property
    def new(self) -> str:
        """Return the vkey of the new key."""

    @property
    def old(self) -> str:
        """Return the id of the old key, in 8 hexadecimal digits."""

    @property
    def signature(self) -> str:
        """Return the old key's signature of `rotation_text`, in base64."""


def rotation_text(origin: str, new: VerifierKey) -> bytes:
    """Return what the old key signs. It is no checkpoint: a vkey stands where a root would."""
    return f"secondcount.key/1\n{origin}\n{new}\n".encode()


def sign_rotation(old: SigningKey, new: VerifierKey) -> str:
    """Return the old key's signature over its successor, in base64; the origin is the name of both.

    Raises:
        VerificationError: V255, the two are not Ed25519 keys of one name.

    """
    _check_pair(old.verifier(), new)
    return encode_base64(old.sign(rotation_text(new.name, new)))


def verify_key_chain(first: VerifierKey, entries: Iterable[KeyStatement]) -> VerifierKey:
    """Follow the key entries of a log, in its order, from its first key to its present one.

    Raises:
        VerificationError: V250 an entry that follows another key, V251 not signed by it, V253 a key that was there
            before, V255 not an Ed25519 key of the log's name, V21x a new key that is none.

    """
    present, seen = first, {first}
    for number, entry in enumerate(entries, 1):
        if entry.old != present.key_id.hex():
            raise VerificationError("V250", number=number, found=entry.old[:8], expected=present.key_id.hex())
        new = parse_vkey(entry.new)
        _check_pair(present, new)
        signature = parse_base64(entry.signature)
        try:
            present.verify(rotation_text(first.name, new), signature or b"")
        except VerificationError:
            raise VerificationError("V251", number=number, name=present.name) from None
        if new in seen:
            raise VerificationError("V253", number=number, name=new.name)
        present = new
        seen.add(new)
    return present


def _check_pair(old: VerifierKey, new: VerifierKey) -> None:
    plain = old.algorithm is Algorithm.ED25519 and new.algorithm is Algorithm.ED25519
    if not plain or old.name != new.name:
        raise VerificationError("V255", name=new.name, expected=old.name)
