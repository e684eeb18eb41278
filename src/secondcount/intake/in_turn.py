"""All tables of one election, read in turn: each is read with the areas that those before it have made.

Files on disk and files that go into an archive are read by the same two functions, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.intake.layouts import with_areas, with_contestants
from secondcount.intake.mapping import mapping_name, parse_mapping
from secondcount.intake.reported import ReportedRead, parse_reported
from secondcount.intake.sheets import SheetsRead, parse_sheets
from secondcount.intake.table import read_table
from secondcount.model.election import Contest, Election
from secondcount.model.layout import Layout

__all__ = [
    "TableFile",
    "arrived_file",
    "named_contest",
    "read_all_reported",
    "read_all_sheets",
    "with_all_contestants",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """One table as it arrived: file name and bytes, the contest it belongs to unless it names one, its mapping."""

    name: str
    data: bytes
    contest: str = ""  # "" = the first contest of the election
    mapping: Layout | None = None  # read by this layout, whatever its headers say


def arrived_file(name: str, data: bytes, election: Election, contest: str = "", mapping: bytes = b"") -> TableFile:
    """Return a table with the mapping that came with it (b"" = none), as bytes of `<stem>.map.toml`.

    Raises:
        InputError: T182 the mapping is none.

    """
    layout = parse_mapping(mapping_name(name), mapping, election) if mapping else None
    return TableFile(name=name, data=data, contest=contest, mapping=layout)


def named_contest(election: Election, wanted: str) -> Contest:
    """Return the contest of this id, the first one for "".

    Raises:
        InputError: X112 the election has no such contest.

    """
    chosen = election.contest(wanted) if wanted else election.contests[0]
    if chosen is None:
        known = ", ".join(one.id for one in election.contests)
        raise InputError("X112", contest=wanted, known=known)
    return chosen


def with_all_contestants(election: Election, reported: Sequence[TableFile]) -> Election:
    """Return the election with the contestants that only the authority's tables name.

    Raises:
        InputError: X113 a contest has no contestants, and no table names any.

    """
    if all(one.contestants for one in election.contests):
        return election
    named = with_contestants(election, [read_table(one.name, one.data) for one in reported])
    if not all(one.contestants for one in named.contests):
        raise InputError("X113", election=election.id, count=len(reported))
    return named


def _unheard(file: TableFile) -> None:
    """Tell nobody that a file has been read."""


def read_all_reported(
    election: Election,
    files: Sequence[TableFile],
    orders: Sequence[int] | None = None,
    *,
    heard: Callable[[TableFile], None] = _unheard,
) -> tuple[Election, tuple[ReportedRead, ...]]:
    """Return the election with the areas that the authority's tables have made, and what they hold, oldest first.

    `orders` are their places among all publications, where some of these are not at hand any more; `heard` is told
    of each file that has been read.

    Raises:
        InputError: a file cannot be used at all.

    """
    found: list[ReportedRead] = []
    for order, one in zip(orders or range(len(files)), files, strict=True):
        contest = named_contest(election, one.contest)
        found.append(parse_reported(one.name, one.data, election, contest, order, mapping=one.mapping))
        election = with_areas(election, found[-1].areas)
        heard(one)
    return election, tuple(found)


def read_all_sheets(
    election: Election, files: Sequence[TableFile], *, heard: Callable[[TableFile], None] = _unheard
) -> tuple[Election, tuple[SheetsRead, ...]]:
    """Return the election with the areas that tables of copies have made, and the copies, file by file.

    `heard` is told of each file that has been read.

    Raises:
        InputError: a file cannot be used at all.

    """
    found: list[SheetsRead] = []
    for one in files:
        contest = named_contest(election, one.contest)
        found.append(parse_sheets(one.name, one.data, election, contest, one.mapping))
        election = with_areas(election, found[-1].areas)
        heard(one)
    return election, tuple(found)
