"""Tables in which one thing is wrong 1,500 times: more often than issues of one code are listed one by one."""

from __future__ import annotations

import json
from dataclasses import dataclass

from intaking.election import CONTEST, ELECTION, HEADER, row, sheet
from secondcount.intake import parse_reported, parse_sheets
from secondcount.model.issue import Issue

__all__ = ["MANY", "ONCE", "TABLES", "ManyTimes", "issues_of"]

MANY = 1_500
HEAD = ",".join(HEADER)
ABOUT = "# issuer: Commission\n# stage: final\n# published: 2030-05-06\n# label: Result\n"
NAMES = tuple(f"{number:05}" for number in range(1, MANY + 1))
REFUSED = frozenset({*(f"T{number}" for number in range(100, 112)), "T182", "T183", "T184"})
ONCE = frozenset(
    {
        *(
            "T112",
            "T113",
            "T114",
            "T116",
            "T119",
            "T125",
            "T170",
            "T171",
            "T176",
            "T180",
            "T181",
            "T185",
            "T186",
            "T189",
        ),
        *("T130", "T131", "T132", "T133", "T134", "T135", "T136", "T137", "T153", "T154", "T155", "T156", "T157"),
        *("T165", "T167", "T190", "T191", "T199"),
    }
)
"""Codes that speak of a file, or of a column, and count its cells: a table has no thousand of them."""
CELLS = {
    "T140": "-5",
    "T141": "12.5",
    "T142": "1e3",
    "T143": "12%",
    "T144": "3-Jan",
    "T145": "=1+1",
    "T146": "9223372036854775808",
    "T147": "12 votes",
    "T148": "1O5",
    "T149": "12*",
    "T150": "\u202e123",
    "T152": "many",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyTimes:
    """A table, and what each of its 1,500 issues names beside file and line."""

    data: bytes
    names: tuple[str, ...]
    name: str = "copies.csv"
    published: bool = False


def _copies(*rows: str, header: str = HEAD, above: str = "", names: str = "column value") -> ManyTimes:
    return ManyTimes(data=sheet(*rows, header=header, above=above), names=tuple(names.split()))


def _published(header: str, *rows: str, names: str = "column value", above: str = ABOUT) -> ManyTimes:
    text = above + "\n".join((header, *rows)) + "\n"
    return ManyTimes(data=text.encode(), names=tuple(names.split()), name="official.csv", published=True)


def _objects(*lines: str, names: str) -> ManyTimes:
    whole = json.dumps(dict(zip(HEADER, row().split(","), strict=True)))
    data = "".join(f"{line}\n" for line in (whole, *lines)).encode()
    return ManyTimes(data=data, names=tuple(names.split()), name="copies.jsonl")


def _named_twice(station: str) -> str:
    return json.dumps(dict(zip(HEADER, row(station).split(","), strict=True)))[:-1] + ', "nur": 60}'


def _pairs(**other: object) -> tuple[str, ...]:
    return tuple(one for name in NAMES for one in (row(name), row(name, **other)))


TABLES: dict[str, ManyTimes] = {
    **{code: _copies(*(row(name, nur=text) for name in NAMES)) for code, text in CELLS.items()},
    "T151": _copies(*(row(name, registered=5000, nur="1.250") for name in NAMES)),
    "T115": _copies(row(), above="".join(f"# weather {name}: fine\n" for name in NAMES), names="name"),
    "T117": _copies(row(), above="".join(f"# seen by {name}\n" for name in NAMES), names="value"),
    "T118": _copies(row(), *(f"# issuer: {name}" for name in NAMES), names="value"),
    "T120": _copies(*(f"{name},north,2,1,1,obs,100" for name in NAMES), names="number other"),
    "T121": _copies(*(row(name) + ",7" for name in NAMES), names="number other"),
    "T122": _copies(*(row(name, collector='"obs" two') for name in NAMES), names="value"),
    "T166": _copies(
        *(one for name in NAMES for one in (row(name) + ',"note', row(name, copy=2) + '"')),
        header=HEAD + ",note",
        names="number",
    ),
    "T123": _copies(*(row("—") for _ in NAMES)),
    "T124": _copies(*(row("Total") for _ in NAMES)),
    "T126": _copies(*(row(f"=A{name}") for name in NAMES)),
    "T127": _copies(*(row(name, area="Moon") for name in NAMES)),
    "T128": _copies(*(row(name, area="Юг") for name in NAMES)),
    "T129": _copies(*(row(name, level=5) for name in NAMES)),
    "T138": _copies(*(row(name, copy=0) for name in NAMES)),
    "T139": _copies(*(one for name in NAMES for one in (row(name), row("0" + name))), names="station"),
    "T160": _copies(*_pairs(), names="station other"),
    "T161": _copies(*_pairs(nur=51), names="station number other"),
    "T162": _copies(*_pairs(collector="other"), names="station number other"),
    "T164": _copies(*_pairs(area="south", copy=2), names="station"),
    "T163": _published(
        "station,area,registered,invalid,nur,ak_zhol,union",
        *(f"{name},north,9,0,{votes},3,1" for name in NAMES for votes in (5, 6)),
        names="station other",
    ),
    "T172": _published("area,quantity,cell,value", "land,count,nur,5", *(f"land,q{one},nur,5" for one in NAMES)),
    "T173": _published("area,quantity,cell,value", "land,count,nur,5", *(f"land,count,m{one},5" for one in NAMES)),
    "T174": _published("area,nur_pct,ak_zhol_pct,union_pct", *("land,half,30,20" for _ in NAMES)),
    "T175": _published("area,nur,ak_zhol,union", "land,5,3,1", *(f"Moon {name},5,3,1" for name in NAMES)),
    "T177": _published("area,nur", "land,5", *(f"land,1{name}" for name in NAMES), names="column cell value other"),
    "T178": _published("area,nur,ak_zhol,union", *("Итого,5,3,1" for _ in NAMES)),
    "T187": _objects(*("[1, 2]" for _ in NAMES), names="value"),
    "T188": _objects(*map(_named_twice, NAMES), names="column value"),
}
"""For each code that a table may have at any number of places, a table that has it at 1,500."""


def issues_of(table: ManyTimes) -> tuple[Issue, ...]:
    """Return what reading the table says of it."""
    if table.published:
        return parse_reported(table.name, table.data, ELECTION, CONTEST, 1).issues
    return parse_sheets(table.name, table.data, ELECTION, CONTEST).issues
