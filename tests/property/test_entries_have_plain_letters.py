"""Laws of texts in entries: a glance at all bytes sees what a look at each text sees; any name can be made public."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secondcount.errors import VerificationError
from secondcount.evidence.canonical import Json, encode
from secondcount.evidence.entries import Custody, encode_entry, parse_entry, public_name
from secondcount.evidence.entries.letters import are_plain_letters, verify_letters

# What combines within one script, each alone for the glance to be tried on it, and what is refused, beside all others.
SCRIPTS = ("e=и\u0300\u0301\u0306\u0338", "\u0915\u093ca", "\u1100\u1161\u11a8a")
ODD = st.sampled_from('\x00\n\x1f "\\\x7f\x85\xa0\xad\u0301\u0378\u200d\u202e\u2028')
ANY = st.text(ODD | st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.sampled_from([st.text(script, max_size=4) for script in SCRIPTS] + [ANY]).flatmap(
    lambda texts: st.dictionaries(st.sampled_from("abc"), texts, min_size=1)
)


def is_verified(value: Json) -> bool:
    """Return whether each text of a value passes."""
    try:
        verify_letters(value)
    except VerificationError:
        return False
    return True


@given(VALUES)
def test_the_glance_sees_what_the_look_sees(value: dict[str, str]) -> None:
    """All texts together are plain if and only if each of them is."""
    assert are_plain_letters(encode(value)) == is_verified(value)


@given(st.text(ODD | st.characters(), max_size=300))
def test_every_name_can_be_made_public(name: str) -> None:
    """Whatever a file is called, the name made of it can stand in an entry, and making it again changes nothing."""
    public = public_name(name)
    entry = Custody(event="table_imported", file="0" * 64, name=public)
    assert parse_entry(encode_entry(entry)) == entry
    assert public_name(public) == public
