"""Entry <-> canonical bytes: one at a time with an exact reason, or by the batch in a few calls into C."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

import msgspec

from secondcount.errors import VerificationError
from secondcount.evidence import canonical
from secondcount.evidence.entries.crossing import CROSSINGS
from secondcount.evidence.entries.fields import Entry
from secondcount.evidence.entries.kinds import KINDS, AnyEntry, UnknownEntry, kind_of
from secondcount.evidence.entries.letters import are_plain_letters, verify_letters
from secondcount.evidence.entries.rules import verify_texts

__all__ = ["LARGEST_ENTRY", "encode_entries", "encode_entry", "parse_entries", "parse_entry"]

LARGEST_ENTRY = 65_535
"""Bytes; entry bundles store lengths in 16 bits (C2SP tlog-tiles, "Log entries")."""

_HANDFUL = 256  # entries of a full bundle; what is decoded together stays small
_DECODER = msgspec.json.Decoder(AnyEntry)
_ENCODER = canonical.ENCODER
_KIND = re.compile("[a-z][a-z0-9_]{0,39}")
_PLACE = re.compile(r" - at `(?P<place>[^`]*)`(?: in `(?P<object>[^`]*)`)?$")
_MISSING = re.compile("Object missing required field `(?P<field>[^`]*)`")
_UNDECLARED = re.compile("Object contains unknown field `(?P<field>[^`]*)`")


def encode_entry(entry: Entry | UnknownEntry) -> bytes:
    """Return the canonical bytes of an entry.

    Raises:
        VerificationError: the entry breaks a rule of its kind, as for `parse_entry`.

    """
    encoded = _encode(entry)
    _verify_same((entry,), (parse_entry(encoded),))
    return encoded


def encode_entries(entries: Sequence[Entry | UnknownEntry]) -> tuple[bytes, ...]:
    """Return the canonical bytes of many entries, each of them verified.

    Raises:
        VerificationError: as for `parse_entries`; `index` is the place among these entries.

    """
    encoded = tuple(map(_encode, entries))
    for start in range(0, len(encoded), _HANDFUL):
        handful = slice(start, start + _HANDFUL)
        _verify_same(entries[handful], parse_entries(encoded[handful], start))
    return encoded


def parse_entry(data: bytes) -> Entry | UnknownEntry:
    """Return the entry of canonical bytes; a kind of another release is kept as it is.

    Raises:
        VerificationError: V600-V605 the bytes are not canonical JSON, V610 too large, V611 no object with a kind,
            V613-V616 a field is missing, undeclared, of another type, or has not the form that it must have,
            V617-V619 a character is not allowed, V801-V814 two fields do not agree.

    """
    _verify_size(data)
    try:
        entry: AnyEntry = _DECODER.decode(data)
    except (ValueError, RecursionError) as error:
        return _unknown_entry(data, str(error))
    if _ENCODER.encode(entry) != data:
        _raise_of_spelling(entry, data)
    _verify_rules([entry], data)
    return entry


def parse_entries(batch: Sequence[bytes], first: int = 0) -> tuple[Entry | UnknownEntry, ...]:
    """Return the entries of many canonical bytes (a bundle): what `parse_entry` does, some ten times as fast.

    Args:
        batch: the entries of a bundle, or any other handful of them; all are decoded at once.
        first: place of the first one in the log.

    Raises:
        VerificationError: as for `parse_entry`, with `index`, the place of the entry in the log.

    """
    if not batch:
        return ()
    return _check_together(batch) or tuple(_check_alone(data, first + place) for place, data in enumerate(batch))


def _check_together(batch: Sequence[bytes]) -> tuple[Entry, ...]:
    joined = b"\n".join(batch)
    if max(map(len, batch)) > LARGEST_ENTRY:
        return ()
    try:
        entries: list[AnyEntry] = _DECODER.decode_lines(joined)
        # The encoder writes a line feed after each entry and nowhere else, so lines and entries are the same.
        if len(entries) != len(batch) or _ENCODER.encode_lines(entries) != joined + b"\n":
            return ()
        _verify_rules(entries, joined)
    except (ValueError, RecursionError, VerificationError):
        return ()  # one of them is unknown or wrong: which one is found by looking at each
    return tuple(entries)


def _check_alone(data: bytes, index: int) -> Entry | UnknownEntry:
    try:
        return parse_entry(data)
    except VerificationError as error:
        raise VerificationError(error.code, **{**error.values, "index": index}) from error


def _verify_rules(entries: Sequence[Entry], together: bytes) -> None:
    if not are_plain_letters(together):
        for line in together.split(b"\n"):
            verify_letters(canonical.parse(line))
    for kind in set(map(type, entries)):
        same = [one for one in entries if type(one) is kind]
        verify_texts(kind, same)
        crossing = CROSSINGS.get(kind)
        if crossing:
            for one in same:
                crossing(one)


def _raise_of_spelling(entry: Entry, data: bytes) -> NoReturn:
    value = canonical.parse(data)  # says what is not canonical
    whole: dict[str, object] = msgspec.json.decode(_ENCODER.encode(entry))
    # Canonical and yet different: a field that has a default in Python is not written.
    left_out = sorted(whole.keys() - value.keys()) if isinstance(value, dict) else []
    raise VerificationError("V613", kind=kind_of(entry), field=", ".join(left_out))


def _verify_size(data: bytes) -> None:
    if len(data) > LARGEST_ENTRY:
        raise VerificationError("V610", size=len(data), limit=LARGEST_ENTRY)


def _unknown_entry(data: bytes, reason: str) -> UnknownEntry:
    value = canonical.parse(data)
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise VerificationError("V611")
    if kind in KINDS:
        _raise_of_type(kind, reason)
    return UnknownEntry(kind=kind, data=data)


def _raise_of_type(kind: str, reason: str) -> NoReturn:
    told = _PLACE.search(reason)
    place = ".".join(filter(None, (told["object"], told["place"]))) if told else ""
    field = place.replace("$", "", 1).lstrip(".")
    for code, pattern in (("V613", _MISSING), ("V614", _UNDECLARED)):
        if found := pattern.match(reason):
            raise VerificationError(code, kind=kind, field=".".join(filter(None, (field, found["field"]))))
    raise VerificationError("V615", kind=kind, field=field or "kind", expected=_wanted(reason))


def _wanted(reason: str) -> str:
    return reason.partition(" - at ")[0].partition(", got")[0].removeprefix("Expected ")


def _verify_same(given: Sequence[Entry | UnknownEntry], written: Sequence[Entry | UnknownEntry]) -> None:
    # A value of a wrong type may be written as one of the right type: bytes as base64, a moment as a text.
    for one, other in zip(given, written, strict=True):
        if one != other:
            raise VerificationError("V615", kind=kind_of(one), field=_different(one, other), expected="JSON")


def _different(one: msgspec.Struct, other: msgspec.Struct) -> str:
    names = (field for field in one.__struct_fields__ if getattr(one, field) != getattr(other, field, None))
    return next(names, "")


def _encode(entry: Entry | UnknownEntry) -> bytes:
    if isinstance(entry, UnknownEntry):
        return entry.data
    try:
        return _ENCODER.encode(entry)
    except UnicodeEncodeError:  # half a surrogate pair
        raise VerificationError("V606", type="surrogate") from None
    except TypeError:  # what a field holds is no JSON at all
        raise VerificationError("V615", kind=kind_of(entry), field="", expected="JSON") from None
