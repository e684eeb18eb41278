"""The patterns of texts, taken from the types: each distinct value of a batch is looked at once.

A regular expression per field and entry would take longer than decoding. Digests, contests and collectors repeat,
so a batch is asked field by field for its distinct values. Ids of stations do not repeat, but only their spaces
can be wrong (their lengths and letters are looked at elsewhere), and all of them are searched for those as one text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter, methodcaller
from typing import Any

import msgspec
from msgspec import UNSET, Struct, inspect

from secondcount.errors import VerificationError
from secondcount.evidence.entries.fields import SPACED
from secondcount.evidence.entries.kinds import KINDS

__all__ = ["RULES", "Rule", "verify_texts"]

_SHOWN = 80  # characters of a wrong text in a message

_Values = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One text field of a kind: how to get its values from many entries, and what they must look like."""

    field: str  # dotted name; "cells.*" = the keys of an object, "grounds[]" = the members of a list
    values: _Values
    pattern: re.Pattern[str]
    role: str  # of a digest, else ""
    is_calendar: bool  # a date or time: its day must be in the calendar
    is_spaced: bool  # only spaces can be wrong with it

    def first_wrong(self, entries: Iterable[Struct]) -> str | None:
        """Return a value that is not allowed, or None."""
        distinct = set(self.values(entries))
        if self.is_spaced and not _has_odd_spaces("\n".join(distinct)):
            return None
        fits = self.pattern.fullmatch
        return next((one for one in distinct if not fits(one) or (self.is_calendar and not _is_a_day(one))), None)


def verify_texts(kind: type[Struct], entries: Collection[Struct]) -> None:
    """Verify the texts of entries of one kind, whose letters are verified already.

    Raises:
        VerificationError: V616 a text that does not have the form of its field, V804 a day that no calendar has.

    """
    for rule in RULES[kind]:
        wrong = rule.first_wrong(entries)
        if wrong is not None:
            code = "V804" if rule.is_calendar and rule.pattern.fullmatch(wrong) else "V616"
            raise VerificationError(code, kind=kind.__name__.lower(), field=rule.field, text=wrong[:_SHOWN])


def _has_odd_spaces(lines: str) -> bool:
    odd = "  " in lines or "\n " in lines or " \n" in lines
    return odd or lines[:1] == " " or lines[-1:] == " "


def _is_a_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text[:10]))
    except ValueError:
        return False


def _rules(kind: type[Struct]) -> Iterator[Rule]:
    told = inspect.type_info(kind)
    assert isinstance(told, inspect.StructType)  # noqa: S101 - a kind is a Struct
    yield from _of_struct(told, "", iter)


def _of_struct(told: inspect.StructType, prefix: str, owners: _Values) -> Iterator[Rule]:
    for field in told.fields:
        get = _each(owners, attrgetter(field.name))
        yield from _of_type(field.type, prefix + field.encode_name, _set(get) if _may_lack(field) else get)


def _of_type(told: inspect.Type, field: str, values: _Values) -> Iterator[Rule]:
    match told:
        case inspect.Metadata(extra=extra) if extra:
            yield _rule(field, values, extra)
        case inspect.StructType():
            yield from _of_struct(told, f"{field}.", values)
        case inspect.VarTupleType(item_type=item):
            yield from _of_type(item, f"{field}[]", _flat(values))
        case inspect.DictType(key_type=key, value_type=value):
            yield from _of_type(key, f"{field}.*", _flat(values))
            yield from _of_type(value, f"{field}.*", _flat(_each(values, methodcaller("values"))))


def _rule(field: str, values: _Values, extra: Mapping[str, Any]) -> Rule:
    return Rule(
        field=field,
        values=values,
        pattern=re.compile(extra["pattern"]),
        role=extra["role"],
        is_calendar=extra["form"] in {"date", "date-time"},
        is_spaced=extra["form"] == SPACED,
    )


def _each(owners: _Values, get: Callable[[Any], Any]) -> _Values:
    return lambda entries: map(get, owners(entries))


def _may_lack(field: inspect.Field) -> bool:
    """Return whether a field may be left out of an entry (`UNSET`)."""
    return not field.required and field.default is msgspec.NODEFAULT and field.default_factory is msgspec.NODEFAULT


def _set(owners: _Values) -> _Values:
    return lambda entries: (one for one in owners(entries) if one is not UNSET)


def _flat(owners: _Values) -> _Values:
    return lambda entries: chain.from_iterable(owners(entries))


RULES: Mapping[type[Struct], Sequence[Rule]] = {kind: tuple(_rules(kind)) for kind in KINDS.values()}
"""The rules of each kind, in the order of its fields."""
