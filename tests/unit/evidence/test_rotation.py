"""A log's keys follow each other, each signed by the one before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest

from noting import LOG, OTHER, WITNESS, fixed_key, refusal_of
from secondcount.evidence.entries import Key
from secondcount.evidence.keys import SigningKey, generate_key
from secondcount.evidence.rotation import KeyStatement, rotation_text, sign_rotation, verify_key_chain

NAME = LOG.verifier().name


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    new: str
    old: str
    signature: str


def statement(old: SigningKey, new: SigningKey, signed_by: SigningKey | None = None) -> Statement:
    """Return the entry by which `old` names `new`; with `signed_by`, one that another key signed."""
    signature = sign_rotation(signed_by or old, new.verifier())
    return Statement(new=str(new.verifier()), old=old.verifier().key_id.hex(), signature=signature)


KEYS = (LOG, *(generate_key(NAME) for _ in range(3)))
CHAIN = tuple(statement(old, new) for old, new in pairwise(KEYS))


@pytest.mark.parametrize("count", range(4))
def test_a_chain_leads_to_the_present_key(count: int) -> None:
    """From the first key, each entry leads to the next."""
    assert verify_key_chain(LOG.verifier(), CHAIN[:count]) == KEYS[count].verifier()


def test_an_entry_of_the_log_is_a_statement() -> None:
    """The entry kind `key` carries what the chain needs."""
    made: KeyStatement = Key(new=CHAIN[0].new, old=CHAIN[0].old, signature=CHAIN[0].signature)
    assert verify_key_chain(LOG.verifier(), [made]) == KEYS[1].verifier()


def test_a_statement_is_no_checkpoint() -> None:
    """What the old key signs here cannot be taken for a state of the log."""
    assert rotation_text(NAME, KEYS[1].verifier()) == f"secondcount.key/1\n{NAME}\n{KEYS[1].verifier()}\n".encode()


BAD = {
    "an entry left out": (CHAIN[1:], "V250"),
    "entries swapped": (CHAIN[1::-1], "V250"),
    "signed by another key": ((statement(LOG, KEYS[1], signed_by=KEYS[2]),), "V251"),
    "signature changed": ((Statement(new=CHAIN[0].new, old=CHAIN[0].old, signature=CHAIN[1].signature),), "V251"),
    "signature in no base64": ((Statement(new=CHAIN[0].new, old=CHAIN[0].old, signature="?"),), "V251"),
    "another new key": ((Statement(new=CHAIN[1].new, old=CHAIN[0].old, signature=CHAIN[0].signature),), "V251"),
    "a key that was given up": ((*CHAIN[:1], statement(KEYS[1], LOG)), "V253"),
    "the same key again": ((statement(LOG, LOG),), "V253"),
    "a key of another name": (
        (Statement(new=str(OTHER.verifier()), old=CHAIN[0].old, signature=CHAIN[0].signature),),
        "V255",
    ),
    "a witness's key": (
        (Statement(new=str(WITNESS.verifier()), old=CHAIN[0].old, signature=CHAIN[0].signature),),
        "V255",
    ),
    "no key at all": ((Statement(new="x", old=CHAIN[0].old, signature=CHAIN[0].signature),), "V212"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_chain_is_refused_with_its_own_code(name: str) -> None:
    """Nobody takes a log over by adding an entry."""
    entries, code = BAD[name]
    assert refusal_of(lambda: verify_key_chain(LOG.verifier(), entries)) == code


def test_only_a_successor_is_signed() -> None:
    """The old key signs for no key of another name or kind."""
    assert refusal_of(lambda: sign_rotation(LOG, OTHER.verifier())) == "V255"
    assert refusal_of(lambda: sign_rotation(WITNESS, WITNESS.verifier())) == "V255"
    assert refusal_of(lambda: sign_rotation(LOG, fixed_key("other").verifier())) == "V255"
