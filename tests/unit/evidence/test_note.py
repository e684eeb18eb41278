"""Signed notes: one spelling, known keys verify or the note falls, strangers stay apart."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import replace

import pytest

from noting import LOG, OTHER, WITNESS, fixed_key, refusal_of
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.note import (
    Algorithm,
    VerifierKey,
    add_lines,
    open_note,
    parse_vkey,
    sign_note,
    signature_line,
    split_note,
)

# The example of c2sp.org/signed-note, "Example".
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
""".encode()
TEXT = Checkpoint(origin="log.example/2027", size=7, root=b"r" * 32).encode()
KEY = LOG.verifier()


def test_the_example_of_the_specification_opens() -> None:
    """The note and the verifier key printed in c2sp.org/signed-note belong together."""
    opened = open_note(SPEC_NOTE, [parse_vkey(SPEC_KEY)])
    assert opened.text == b"This is an example message.\n"
    assert [one.time for one in opened.verified] == [None]
    assert opened.unknown == ()


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_what_is_signed_opens(algorithm: Algorithm) -> None:
    """Each algorithm signs a checkpoint; a cosignature keeps its time, and a plain signature has none."""
    key = fixed_key("signer.example", algorithm)
    opened = open_note(sign_note(TEXT, key.at(1_800_000_000)), [key.verifier()])
    assert opened.text == TEXT
    assert opened.verified[0].time == (None if algorithm is Algorithm.ED25519 else 1_800_000_000)


def test_a_text_may_have_empty_lines() -> None:
    """The text ends at the last empty line, not at the first."""
    text = b"one\n\ntwo\n"
    assert open_note(sign_note(text, LOG), [KEY]).text == text


def test_strangers_stay_apart() -> None:
    """Lines of keys that the reader does not know are handed back as they are, verified or not."""
    note = sign_note(TEXT, OTHER, LOG, WITNESS.at(5))
    opened = open_note(note, [KEY])
    assert [one.key for one in opened.verified] == [KEY]
    assert opened.unknown == (signature_line(OTHER, TEXT), signature_line(WITNESS.at(5), TEXT))
    assert opened.by(KEY) is not None
    assert opened.by(OTHER.verifier()) is None


def test_a_name_alone_makes_no_known_key() -> None:
    """A line with a known name and another key id is a stranger's: rotation leaves such lines."""
    other = fixed_key("log.example/2027", Algorithm.COSIGNATURE)
    assert len(open_note(sign_note(TEXT, LOG, other.at(1)), [KEY]).unknown) == 1


def test_one_failing_signature_of_a_known_key_fells_the_note() -> None:
    """Where a trusted key's line does not verify, nothing of the note is believed, whatever else verifies."""
    forged = signature_line(WITNESS.at(5), TEXT.replace(b"7", b"8"))
    note = add_lines(sign_note(TEXT, LOG), [forged])
    assert refusal_of(lambda: open_note(note, [KEY, WITNESS.verifier()])) == "V209"
    assert open_note(note, [KEY]).unknown == (forged,)


@pytest.mark.parametrize("key", [LOG, WITNESS, fixed_key("m.example", Algorithm.ML_DSA_44)])
def test_text_and_time_are_signed(key: SigningKey) -> None:
    """Under another text or another time the signature fits no longer."""
    signer, signature = key.verifier(), key.at(9).sign(TEXT)
    assert refusal_of(lambda: signer.verify(TEXT.replace(b"7", b"8"), signature)) == "V209"
    if signer.algorithm is not Algorithm.ED25519:
        assert refusal_of(lambda: signer.verify(TEXT, (10).to_bytes(8, "big") + signature[8:])) == "V209"


def test_a_cosignature_signs_only_checkpoints() -> None:
    """No witness lends its signature to a text that is no checkpoint."""
    assert refusal_of(lambda: WITNESS.at(1).sign(b"anything\n")) == "V220"


def test_a_time_beyond_2_to_the_63_is_refused() -> None:
    """tlog-cosignature: the timestamp must not exceed 2^63 - 1."""
    signature = (2**63).to_bytes(8, "big") + WITNESS.at(1).sign(TEXT)[8:]
    assert refusal_of(lambda: WITNESS.verifier().verify(TEXT, signature)) == "V217"


def altered(change: bytes, by: bytes) -> bytes:
    note = sign_note(TEXT, LOG)
    assert note.count(change) >= 1
    return note.replace(change, by, 1)


BAD_NOTES = {
    "too large": (lambda: b"x" * 1_000_001, "V201"),
    "not UTF-8": (lambda: altered(b"log", b"\xff\xfe"), "V202"),
    "a tab": (lambda: altered(b"log", b"l\tg"), "V203"),
    "Windows line ends": (lambda: sign_note(TEXT, LOG).replace(b"\n", b"\r\n"), "V203"),
    "no signatures": (lambda: TEXT, "V204"),
    "no empty line": (lambda: altered(b"\n\n", b"\n"), "V204"),
    "nothing after the empty line": (lambda: TEXT + b"\n", "V204"),
    "cut off at the end": (lambda: sign_note(TEXT, LOG)[:-1], "V204"),
    "empty": (lambda: b"", "V204"),
    "a hyphen for the dash": (lambda: altered("— ".encode(), b"- "), "V205"),
    "no space after the dash": (lambda: altered("— ".encode(), "—".encode()), "V205"),
    "a plus in the name": (lambda: altered("— log".encode(), "— l+g".encode()), "V205"),
    "a name with a no-break space": (lambda: altered("— log".encode(), "— l\u00a0g".encode()), "V205"),
    "no signature behind the name": (lambda: TEXT + "\n— log.example/2027\n".encode(), "V206"),
    "an empty signature": (lambda: TEXT + "\n— log.example/2027 \n".encode(), "V206"),
    "a key id and nothing else": (
        lambda: TEXT + b"\n" + "— log.example/2027 ".encode() + b64encode(KEY.key_id) + b"\n",
        "V206",
    ),
    "two spaces": (lambda: altered(b"2027 ", b"2027  "), "V206"),
    "base64 without padding": (lambda: sign_note(TEXT, LOG).removesuffix(b"=\n") + b"\n", "V206"),
    "too many signatures": (lambda: TEXT + b"\n" + signature_line(OTHER, TEXT) * 101, "V207"),
    "one key twice": (lambda: sign_note(TEXT, LOG) + signature_line(LOG, TEXT), "V208"),
    "signed by a stranger": (lambda: sign_note(TEXT, OTHER), "V210"),
    "a signature cut short": (
        lambda: (
            TEXT
            + b"\n"
            + "— log.example/2027 ".encode()
            + b64encode(b64decode(signature_line(LOG, TEXT).split(b" ")[2])[:-1])
            + b"\n"
        ),
        "V209",
    ),
}


@pytest.mark.parametrize("name", BAD_NOTES)
def test_a_bad_note_is_refused_with_its_own_code(name: str) -> None:
    """Each way in which a note can be wrong has its own message."""
    make, code = BAD_NOTES[name]
    assert refusal_of(lambda: open_note(make(), [KEY])) == code


def test_a_signature_has_one_spelling() -> None:
    """The bits that base64 decoders throw away cannot be changed unseen."""
    line = signature_line(LOG, TEXT)
    encoded = line.split(b" ")[2].strip()
    assert encoded.endswith(b"=")
    other = encoded[:-2] + bytes([encoded[-2] + 1]) + b"="
    assert b64decode(other) == b64decode(encoded)
    assert refusal_of(lambda: open_note(TEXT + b"\n" + line.replace(encoded, other), [KEY])) == "V206"


def test_two_keys_under_one_name_and_id_are_no_trust(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that collides with a trusted one in its 32-bit id is not silently preferred: the reader is told."""
    twin = replace(KEY, public=OTHER.verifier().public)
    monkeypatch.setattr(VerifierKey, "key_id", property(lambda _: b"same"))
    assert refusal_of(lambda: open_note(sign_note(TEXT, LOG), [KEY, twin])) == "V216"
    assert open_note(sign_note(TEXT, LOG), [KEY, KEY]).verified[0].key == KEY


def test_a_note_needs_a_signer_and_a_newline() -> None:
    """What would not open is not signed."""
    assert refusal_of(lambda: sign_note(TEXT)) == "V204"
    assert refusal_of(lambda: sign_note(b"no newline", LOG)) == "V204"


def test_lines_are_added_once() -> None:
    """Adding the same cosignature again changes nothing."""
    note = sign_note(TEXT, LOG)
    line = signature_line(WITNESS.at(3), TEXT)
    assert add_lines(add_lines(note, [line]), [line]) == note + line
    assert split_note(note + line)[1] == (signature_line(LOG, TEXT), line)
