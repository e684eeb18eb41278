"""A receipt proves one entry of one log, offline; nobody else's signature and no other entry passes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from secondcount.errors import VerificationError
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.keys import SigningKey, generate_key
from secondcount.evidence.log import Log, append_entries
from secondcount.evidence.note import Algorithm, VerifierKey, sign_note
from secondcount.evidence.policy import Party, make_policy
from secondcount.evidence.proof import Receipt, encode_receipt, parse_receipt, verify_receipt
from storing.failing import MemoryStore

ORIGIN = "example.org/log"
ENTRIES = [b"entry %d" % number for number in range(300)]
STORE = MemoryStore()
ROOT = append_entries(STORE, 0, ENTRIES).root
LOG_KEY = generate_key(ORIGIN)
WITNESSES = [generate_key(f"witness-{number}.example", Algorithm.COSIGNATURE) for number in range(3)]
TEXT = Checkpoint(origin=ORIGIN, size=300, root=ROOT).encode()
KEYS = (LOG_KEY.verifier(),)


def note(log: SigningKey = LOG_KEY, text: bytes = TEXT, witnesses: Sequence[SigningKey] = ()) -> bytes:
    """Return a checkpoint signed by a log and some witnesses."""
    return sign_note(text, log, *(one.at(1_800_000_000) for one in witnesses))


def receipt(index: int = 299, extra: bytes = b"", signed: bytes | None = None) -> bytes:
    """Return the receipt of an entry."""
    return encode_receipt(index, Log(STORE, 300).inclusion(index, 300), signed or note(), extra)


def refusal(code: str) -> pytest.RaisesExc[VerificationError]:
    """Expect a refusal with this code."""
    return pytest.raises(VerificationError, match=rf"^{code}\(")


def test_a_receipt_proves_its_entry() -> None:
    """Every entry's receipt verifies against the key of the log, and says where the entry is."""
    for index in (0, 255, 256, 299):
        found = verify_receipt(receipt(index), leaf_hash(ENTRIES[index]), KEYS)
        assert (found.index, found.checkpoint.size, found.checkpoint.origin) == (index, 300, ORIGIN)
        assert [one.key for one in found.lines] == list(KEYS)


def test_the_format_is_that_of_tlog_proof() -> None:
    """Version, extra only where there is any, index, hashes from the leaf up, an empty line, then the checkpoint."""
    lines = receipt(extra=b"data").split(b"\n")
    assert lines[:3] == [b"c2sp.org/tlog-proof@v1", b"extra ZGF0YQ==", b"index 299"]
    assert receipt(extra=b"data").endswith(b"\n\n" + note())
    assert receipt().split(b"\n")[1] == b"index 299"
    said = parse_receipt(receipt(extra=b"data"))
    assert said == Receipt(index=299, inclusion=Log(STORE, 300).inclusion(299, 300), note=note(), extra=b"data")


def test_a_log_of_one_entry_needs_no_hash() -> None:
    """The proof of the only entry of a log is empty."""
    text = Checkpoint(origin=ORIGIN, size=1, root=leaf_hash(b"only")).encode()
    verify_receipt(encode_receipt(0, (), note(text=text)), leaf_hash(b"only"), KEYS)


def test_another_entry_is_refused() -> None:
    """The receipt of one entry proves no other one, nor the same one at another place."""
    with refusal("V504"):
        verify_receipt(receipt(7), leaf_hash(ENTRIES[8]), KEYS)
    with refusal("V504"):
        verify_receipt(receipt(7).replace(b"index 7\n", b"index 6\n"), leaf_hash(ENTRIES[7]), KEYS)
    with refusal("V501"):
        verify_receipt(receipt(7).replace(b"index 7\n", b"index 300\n"), leaf_hash(ENTRIES[7]), KEYS)


def test_only_the_log_of_the_origin_speaks_for_it() -> None:
    """A stranger's signature, or that of another log that we also know, does not make a checkpoint of this log."""
    leaf = leaf_hash(ENTRIES[299])
    stranger, other = generate_key(ORIGIN), generate_key("other.example/log")
    with refusal("V210"):
        verify_receipt(receipt(signed=note(stranger)), leaf, KEYS)
    with refusal("V534"):
        verify_receipt(receipt(signed=note(other)), leaf, (*KEYS, other.verifier()))
    with refusal("V209"):
        verify_receipt(receipt(signed=note().replace(b"\n300\n", b"\n301\n")), leaf, KEYS)


def test_a_witness_does_not_stand_in_for_the_log() -> None:
    """Cosignatures alone, however many, are not the log's signature."""
    policy = make_policy(LOG_KEY.verifier(), [Party(key=one.verifier()) for one in WITNESSES], 2)
    signed = sign_note(TEXT, *(one.at(1) for one in WITNESSES))
    with refusal("V534"):
        verify_receipt(receipt(signed=signed), leaf_hash(ENTRIES[299]), KEYS, policy)


def test_the_quorum_is_asked_for() -> None:
    """Two of three witnesses satisfy a policy that asks for two; one does not, and the missing ones are named."""
    policy = make_policy(LOG_KEY.verifier(), [Party(key=one.verifier()) for one in WITNESSES], 2)
    leaf = leaf_hash(ENTRIES[299])
    found = verify_receipt(receipt(signed=note(witnesses=WITNESSES[:2])), leaf, (), policy)
    assert [one.time for one in found.lines] == [None, 1_800_000_000, 1_800_000_000]
    with refusal("V535") as refused:
        verify_receipt(receipt(signed=note(witnesses=WITNESSES[2:])), leaf, KEYS, policy)
    assert refused.value.values["names"] == "witness-0.example, witness-1.example"


def test_the_keys_given_come_before_those_of_the_policy() -> None:
    """Where the caller names the keys of the log, a policy cannot bring in another one."""
    other = generate_key(ORIGIN)
    with refusal("V210"):
        verify_receipt(receipt(signed=note(other)), leaf_hash(ENTRIES[299]), KEYS, make_policy(other.verifier()))


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("V532", b"@v1\n", b"@v2\n"),
        ("V533", b"\n\n", b"\n"),
        ("V532", b"c2sp", b"\nc2sp"),
        ("V533", b"extra ZGF0YQ==\n", b"extra \n"),
        ("V533", b"extra ZGF0YQ==\n", b"extra ZGF0YR==\n"),
        ("V533", b"extra ZGF0YQ==\n", b"Extra ZGF0YQ==\n"),
        ("V533", b"index 299\n", b""),
        ("V533", b"index 299\n", b"index 0299\n"),
        ("V533", b"index 299\n", b"index -1\n"),
        ("V533", b"index 299\n", b"index 299 \n"),
        ("V533", b"index 299\n", b"index 99999999999999999999999\n"),
        ("V533", b"index 299\n", b"index 299\nAAAA\n"),
        ("V533", b"index 299\n", b"index 299\r\n"),
    ],
)
def test_another_spelling_is_refused(code: str, old: bytes, new: bytes) -> None:
    """Each receipt has one spelling: what is changed in its lines is refused before anything is verified."""
    whole = receipt(extra=b"data")
    assert whole.count(old) >= 1
    with refusal(code):
        parse_receipt(whole.replace(old, new, 1))


def test_a_receipt_of_any_size_is_not_read() -> None:
    """A file of more than two megabytes is no receipt."""
    with refusal("V531"):
        parse_receipt(b"c2sp.org/tlog-proof@v1\nindex 0\n" + b"A" * 2_000_000)
    for empty in (b"", b"\n\n", b"c2sp.org/tlog-proof@v1\n\n", b"\xff\xfe"):
        with refusal("V532"):
            parse_receipt(empty)


def test_no_flipped_bit_passes() -> None:
    """Any one bit changed anywhere in a receipt is refused."""
    whole, leaf = receipt(5), leaf_hash(ENTRIES[5])
    for at in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[at] ^= 1 << bit
            with pytest.raises(VerificationError):
                verify_receipt(bytes(changed), leaf, KEYS)


def test_keys_are_public_halves_only() -> None:
    """What a verifier brings is a public key: the type has no private half."""
    assert all(type(one) is VerifierKey for one in KEYS)
