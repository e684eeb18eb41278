"""What a table of copies brought along besides its rows: the areas that it made, and what was odd about it.

The table itself stays private (names stand in such tables); its rows are `sheet` entries, and the rest is a public
blob of canonical JSON, named by the `custody` entry of the table, so that a verdict from the archive says the same
as one from the file.

What is quoted from the table may be anything, so texts are withheld (`withhold`) which have nine digits or more, as
telephone and identity numbers have, and of those with letters in them:

- texts longer than 24 characters;
- texts of any length of codes that quote comments, whole lines, or words beside a number (`_FREE`), where names and
  remarks of people stand;

but not what is ours: ids of contests and cells, codes, and the words of the definition (`_OURS`). File names,
headers and names of polling stations are no texts in this sense. A withheld text becomes "…".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction

from secondcount.errors import InputError
from secondcount.evidence import canonical
from secondcount.evidence.canonical import Json
from secondcount.model.codes import CODES, make_issue
from secondcount.model.geography import Area
from secondcount.model.issue import Issue, Value, Where
from secondcount.model.labels import Labels

__all__ = ["FORMAT", "TABLE_IMPORTED", "WITHHELD", "Arrival", "encode_arrival", "parse_arrival", "withhold"]

FORMAT = "secondcount.arrival/1"
TABLE_IMPORTED = "table_imported"
"""Event of the `custody` entry of a table of copies, which names its arrival in `issues`."""

WITHHELD = "…"
LONGEST = 24
"""Characters of the longest text with letters that is quoted."""

PERSONAL = 9
"""Digits from which on a text may be a telephone or identity number; no figure of a protocol has as many."""

_FREE = frozenset({"T117", "T118", "T120", "T121", "T122", "T147", "T152", "T155", "T166", "T187", "T188"})
_OURS = frozenset({"cells", "contestants", "encoding", "keys", "known", "layout", "lines", "of"})
_PLACES = tuple(one.name for one in fields(Where))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """The contest that a table of copies belongs to, the areas made from its columns, and its issues."""

    contest: str
    areas: tuple[Area, ...] = ()
    issues: tuple[Issue, ...] = ()


def withhold(issue: Issue) -> Issue:
    """Return an issue as it may be shown to everybody, for ever; what a note only counts, it goes on only counting."""
    values = tuple((name, WITHHELD if _is_free(issue.code, name, value) else value) for name, value in issue.values)
    return replace(issue, values=values, further=None)  # made from the private table, nothing withheld


def _is_free(code: str, name: str, value: Value) -> bool:
    if not isinstance(value, str) or name in _OURS:
        return False
    if sum(map(str.isdigit, value)) >= PERSONAL:
        return True
    if not any(map(str.isalpha, value)):
        return False
    return code in _FREE or len(value) > LONGEST


def encode_arrival(arrival: Arrival) -> bytes:
    """Return the canonical bytes of an arrival, its free texts withheld."""
    value: dict[str, Json] = {
        "areas": [_area(one) for one in arrival.areas],
        "contest": arrival.contest,
        "format": FORMAT,
        "issues": [_issue(withhold(one)) for one in arrival.issues],
    }
    return canonical.encode(value)


def _area(area: Area) -> Json:
    return {"id": area.id, "label": area.labels.en, "level": area.level, "parent": area.parent or ""}


def _issue(issue: Issue) -> Json:
    where = {name: getattr(issue.where, name) for name in _PLACES}
    return {
        "basis": list(issue.basis),
        "code": issue.code,
        "values": [[name, *_value(value)] for name, value in issue.values],
        "where": {name: value for name, value in where.items() if value},
    }


def _value(value: Value) -> tuple[str, int | str]:
    """Return a value with its type: a fraction is written "n/d", and a text may look like one."""
    if isinstance(value, Fraction):
        return "fraction", f"{value.numerator}/{value.denominator}"
    return ("text", value) if isinstance(value, str) else ("number", value)


def parse_arrival(data: bytes) -> Arrival:
    """Return the arrival in a blob.

    Raises:
        VerificationError: V6xx it is not canonical JSON.
        InputError: A459 it is no arrival that this release can read.

    """
    value = canonical.parse(data)
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        raise InputError("A459", format=FORMAT)
    try:
        return Arrival(
            contest=_text(value["contest"]),
            areas=tuple(map(_parsed_area, _list(value["areas"]))),
            issues=tuple(map(_parsed_issue, _list(value["issues"]))),
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        raise InputError("A459", format=FORMAT) from None


def _parsed_area(value: Json) -> Area:
    given = _object(value)
    return Area(
        id=_text(given["id"]),
        level=_text(given["level"]),
        labels=Labels(en=_text(given["label"])),
        parent=_text(given["parent"]) or None,
    )


def _parsed_issue(value: Json) -> Issue:
    given = _object(value)
    code, where = _text(given["code"]), dict(_object(given["where"]))
    if code not in CODES or not where.keys() <= set(_PLACES):
        raise ValueError
    line = where.pop("line", 0)
    return make_issue(
        code,
        Where(line=_number(line), **{name: _text(text) for name, text in where.items()}),
        basis=tuple(map(_text, _list(given["basis"]))),
        **dict(map(_parsed_value, _list(given["values"]))),
    )


def _parsed_value(value: Json) -> tuple[str, Value]:
    name, kind, written = _list(value)
    match kind:
        case "text":
            return _text(name), _text(written)
        case "number":
            return _text(name), _number(written)
        case "fraction":
            return _text(name), Fraction(_text(written))
        case _:
            raise ValueError


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _object(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise TypeError
    return value
