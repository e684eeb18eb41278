"""Laws of canonical bytes: an independent encoder agrees, what is read is written again, no bit can flip unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from entering.samples import sample_entries
from secondcount.errors import VerificationError
from secondcount.evidence.canonical import LARGEST_INTEGER, encode, parse
from secondcount.evidence.entries import Basis, Sheet, encode_entries, encode_entry, parse_entries, parse_entry

ENTRIES = encode_entries(sample_entries())
INTEGERS = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
PLACES = st.tuples(st.sampled_from(range(len(ENTRIES))), st.integers(0, 10**6), st.integers(0, 7))


def refusal(act: Callable[[Any], object], value: object) -> str | None:
    """Return the code with which something is refused, None where it is not."""
    try:
        act(value)
    except VerificationError as error:
        return error.code
    return None


@given(VALUES)
def test_an_independent_encoder_writes_the_same(value: Any) -> None:
    """The rfc8785 package writes every value of the profile with the same bytes; they are read as that value."""
    data = encode(value)
    assert data == rfc8785.dumps(value)
    assert parse(data) == value


@given(VALUES, st.sampled_from([{"indent": 1}, {"separators": (", ", ":")}, {"ensure_ascii": True}, {}]))
def test_any_other_encoder_is_refused_or_writes_the_same(value: Any, style: dict[str, Any]) -> None:
    """Bytes of another encoder are accepted if and only if they are the canonical ones."""
    data = json.dumps(value, **style).encode()
    expected = None if data == rfc8785.dumps(value) else "V604"
    assert refusal(parse, data) == expected


@given(PLACES)
def test_no_bit_flips_unseen(place: tuple[int, int, int]) -> None:
    """A flipped bit gives bytes that are refused, or those of another entry; never a second spelling of the same."""
    number, byte, bit = place
    original = ENTRIES[number]
    flipped = bytearray(original)
    flipped[byte % len(original)] ^= 1 << bit
    try:
        entry = parse_entry(bytes(flipped))
    except VerificationError:
        return
    assert encode_entry(entry) == bytes(flipped)
    assert entry != parse_entry(original)


@given(st.lists(st.tuples(st.sampled_from(range(len(ENTRIES))), st.none() | PLACES), min_size=1, max_size=6))
def test_a_batch_says_what_each_entry_says(choices: list[tuple[int, tuple[int, int, int] | None]]) -> None:
    """Reading many at once accepts, refuses and decodes exactly what reading one by one does."""
    batch = []
    for number, damage in choices:
        data = bytearray(ENTRIES[number])
        if damage:
            data[damage[1] % len(data)] ^= 1 << damage[2]
        batch.append(bytes(data))
    expected = next(filter(None, (refusal(parse_entry, data) for data in batch)), None)
    assert refusal(parse_entries, batch) == expected
    if expected is None:
        assert parse_entries(batch) == tuple(map(parse_entry, batch))


@given(st.binary(max_size=200))
@example(b'{"kind":"sheet"')
@example(b'{"kind":"sheet","cells":{"a":1e400}}')
def test_any_bytes_are_an_entry_or_refused(data: bytes) -> None:
    """Whatever the bytes, the answer is an entry or a refusal with a code, never another error."""
    assert (refusal(parse_entry, data) or "V6").startswith("V6")


@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}", fullmatch=True), st.integers(0, LARGEST_INTEGER), max_size=5
    ),
    st.text("ibsaur", max_size=4),
    st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12),
)
def test_a_sheet_is_written_and_read_or_refused(cells: dict[str, int], states: str, station: str) -> None:
    """A sheet with any figures and any name of a station is read as it was written, or not written at all."""
    sheet = Sheet(
        area="root",
        basis=Basis(file="0" * 64, row=1),
        cells=cells,
        contest="list",
        copy=1,
        level=0,
        states="=" * len(cells) + states or "u",
        station=station,
        version=1,
    )
    if code := refusal(encode_entry, sheet):
        assert code in {"V617", "V618", "V619"}
        return
    data = encode_entry(sheet)
    assert parse_entry(data) == sheet
    assert data == rfc8785.dumps(json.loads(data))
