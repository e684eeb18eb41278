"""Laws of the spelling: what was read comes back whole, and no data whatever does anything but that or a code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from secondcount.errors import InputError
from secondcount.transcription import (
    Decision,
    PartReading,
    Reading,
    encode_part,
    encode_reading,
    parse_decision,
    parse_part,
    parse_reading,
)
from transcribing.papers import CONTESTS
from transcribing.strategies import parts, readings

CODE = re.compile("K17[3-9]")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "=", "list", "512", "p-anna"])
JUNK = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
CELL_MEMBERS = st.dictionaries(st.sampled_from(["mark", "value", "old", "overwritten", "x"]), JUNK, max_size=4)


def tried(parse: Callable[[], object]) -> object:
    """Return what is parsed, or the code by which it is refused; everything else is a failure."""
    try:
        return parse()
    except InputError as error:
        return error.code


@given(readings())
def test_a_reading_comes_back_whole(reading: Reading) -> None:
    """Through the canonical data, through JSON, to the same reading; and its data are the same again."""
    data = json.loads(json.dumps(encode_reading(reading)))
    again = parse_reading(data, CONTESTS)
    assert again == reading
    assert encode_reading(again) == data


@given(parts(("@station", "@page", "red", "valid")))
def test_a_part_comes_back_whole(part: PartReading) -> None:
    """The same of a third reading."""
    assert parse_part(json.loads(json.dumps(encode_part(part))), tuple(part.answers)) == part


@given(readings(), st.data())
def test_damaged_data_are_refused_by_a_code_or_read(reading: Reading, data: st.DataObject) -> None:
    """Whatever one member is replaced by: a code of this room, or a reading that is spelt like that."""
    spelt = encode_reading(reading)
    spelt[data.draw(st.sampled_from(sorted(spelt)))] = data.draw(
        JUNK | st.dictionaries(st.sampled_from(CONTESTS[0].cells), CELL_MEMBERS)
    )
    found = tried(lambda: parse_reading(spelt, CONTESTS))
    assert isinstance(found, Reading) or CODE.fullmatch(str(found))
    if isinstance(found, Reading):
        assert parse_reading(encode_reading(found), CONTESTS) == found


@given(JUNK, st.dictionaries(st.sampled_from(["@station", "@page", "red"]), JUNK | CELL_MEMBERS, max_size=3))
def test_junk_is_refused_by_a_code(junk: object, answers: dict[str, object]) -> None:
    """Nothing that is sent as a part or as a decision raises anything but a code of this room."""
    tries = (
        lambda: parse_part(junk, ("red",)),
        lambda: parse_part({"answers": answers, "format": 1, "reader": "p-anna"}, tuple(answers)),
        lambda: parse_decision(junk),
        lambda: parse_decision(
            {"adjudicator": "p-eva", "answers": answers, "format": 1, "ground": "arithmetic", "problem": ""}
        ),
    )
    for found in map(tried, tries):
        assert isinstance(found, PartReading | Decision) or CODE.fullmatch(str(found))
