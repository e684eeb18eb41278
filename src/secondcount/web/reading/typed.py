"""What was typed into the form of a copy, as it was typed, and what of it cannot be taken yet.

Nothing is assumed: a cell in which nothing was said stays open, and a reading with an open cell is not complete. There
is no default of zero, no contest is chosen beforehand, and the claim of whoever brought the copy is nowhere shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from secondcount.model.election import Contest, Election
from secondcount.transcription.cells import LARGEST_VALUE, CellRead, Mark
from secondcount.transcription.reading import CONTEST, PAGE, STATION, Answer, PartReading, Place, Problem, Reading
from secondcount.web.models import Station

__all__ = ["FIELDS", "TypedCell", "TypedForm", "known_station", "typed_form"]

FIELDS = {STATION: "station", CONTEST: "contest", PAGE: "pages"}
"""Names of the fields of the place; those of a cell are v-, m-, w- and o- with the cell's id."""

MOST_PAGES = 99
LONGEST_STATION = 200

_NUMBER = re.compile(r"[0-9]+")
_GAPS = re.compile("[ \u00a0\u2009\u202f]")  # what groups digits in the three languages


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCell:
    """One cell as it was typed. `trouble` is "" or the last segment of a key below `reading.trouble`."""

    value: str = ""
    mark: str = ""  # "" = a number, else the character of a `Mark`
    over: bool = False
    old: str = ""
    trouble: str = ""
    read: CellRead | None = None  # None exactly where there is trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedForm:
    """Everything that was typed. It is complete when nothing is in trouble."""

    station: str
    contest: Contest | None
    pages: str
    problem: Problem | None
    no_station: bool  # no number of a station can be read on the paper
    cells: Mapping[str, TypedCell]
    troubles: Mapping[str, str] = field(default_factory=dict)  # by cell, pseudo-cells too

    @property
    def complete(self) -> bool:
        """Return whether everything was said."""
        return not self.troubles

    def place(self) -> Place:
        """Return where the copy belongs, as it was typed."""
        return Place(
            station=self.station,
            contest=self.contest.id if self.contest else "",
            page_count=int(self.pages) if _NUMBER.fullmatch(self.pages) and len(self.pages) <= 2 else 0,
        )

    def reads(self) -> dict[str, CellRead]:
        """Return the cells that were said."""
        return {name: one.read for name, one in self.cells.items() if one.read is not None}

    def answers(self) -> dict[str, Answer]:
        """Return everything that was said, the place first."""
        place = self.place()
        return {STATION: place.station, CONTEST: place.contest, PAGE: place.page_count, **self.reads()}

    def whole(self, reader: str) -> Reading:
        """Return a reading of the whole copy; only of a complete form."""
        cells = {} if self.problem else self.reads()
        return Reading(reader=reader, place=self.place(), cells=cells, problem=self.problem)

    def part(self, reader: str, asked: tuple[str, ...]) -> PartReading:
        """Return the answers to the cells that were asked; only of a complete form."""
        said = self.answers()
        return PartReading(reader=reader, answers={name: said[name] for name in asked})


def known_station(text: str) -> str:
    """Return a station as the register spells it, or as it was typed, with single spaces.

    Case, and a number sign before it, are no difference between two readers who read the same number.
    """
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())[:LONGEST_STATION].strip()
    bare = re.sub(r"^(№|#|No\.?|nr\.?)\s*(?=\S)", "", plain, flags=re.IGNORECASE)
    for name in dict.fromkeys((plain, bare)):
        if name and (found := Station.objects.filter(known=True, name__iexact=name).order_by("name").first()):
            return found.name
    return bare


def typed_form(
    post: Mapping[str, str], election: Election, *, contest: str = "", asked: tuple[str, ...] = ()
) -> TypedForm:
    """Return what a form holds.

    Args:
        post: its fields.
        election: whose contests can be chosen.
        contest: the contest where it is settled; "" lets the form say it.
        asked: the cells that are asked of a third reader; () asks for all, and for the place.

    """
    chosen = election.contest(contest or post.get("contest", ""))
    problem = _problem(post.get("problem", ""))
    station = known_station(post.get("station", ""))
    pages = post.get("pages", "").strip()[:9]
    names = tuple(name for name in (chosen.cells if chosen else ()) if not asked or name in asked)
    cells = {name: _typed_cell(post, name) for name in names}
    troubles = _place_troubles(post, chosen, station, pages)
    troubles |= {name: one.trouble for name, one in cells.items() if one.trouble}
    wanted = {} if problem else {name: why for name, why in troubles.items() if not asked or name in asked}
    return TypedForm(
        station=station,
        contest=chosen,
        pages=pages,
        problem=problem,
        no_station=bool(post.get("no_station")),
        cells=cells,
        troubles=wanted,
    )


def _problem(text: str) -> Problem | None:
    return Problem(text) if text in tuple(Problem) else None


def _place_troubles(post: Mapping[str, str], contest: Contest | None, station: str, pages: str) -> dict[str, str]:
    found = {}
    if not station and not post.get("no_station"):
        found[STATION] = "station"
    if contest is None:
        found[CONTEST] = "contest"
    if not _NUMBER.fullmatch(pages) or not 1 <= int(pages) <= MOST_PAGES:
        found[PAGE] = "pages"
    return found


def _typed_cell(post: Mapping[str, str], name: str) -> TypedCell:
    value, old = (_GAPS.sub("", post.get(f"{kind}-{name}", "").strip())[:40] for kind in "vo")
    mark, over = post.get(f"m-{name}", ""), bool(post.get(f"w-{name}"))
    trouble = _trouble(value, mark, over, old)
    read = None
    if not trouble:
        former = int(old) if over and old else None
        read = CellRead(mark=Mark(mark)) if mark else _number(int(value), over=over, old=former)
    return TypedCell(value=value, mark=mark, over=over, old=old, trouble=trouble, read=read)


def _number(value: int, *, over: bool, old: int | None) -> CellRead:
    return CellRead(mark=Mark.READ, value=value, overwritten=over, old=old)


def _trouble(value: str, mark: str, over: bool, old: str) -> str:
    """Return why a cell cannot be taken as it was typed, or ""."""
    if mark:
        return _of_a_mark(value, mark, over)
    if not value:
        return "open"
    wrong = next((why for why in map(_of_a_number, (value, old)) if why), "")
    if wrong or not over:
        return wrong
    return "same" if old and int(old) == int(value) else ""


def _of_a_mark(value: str, mark: str, over: bool) -> str:
    if mark not in tuple(Mark) or mark == Mark.READ:
        return "open"
    return "both" if value or over else ""


def _of_a_number(text: str) -> str:
    if text and not _NUMBER.fullmatch(text):
        return "digits"
    return "large" if text and (len(text) > 18 or int(text) > LARGEST_VALUE) else ""
