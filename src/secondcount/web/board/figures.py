"""What the board shows, counted from the tables of the desk. Copies and tasks are counted, votes never.

Every figure is of one contest where it is of stations, and of the desk where it is of work. Ten thousand stations and
thirty thousand tasks are counted within a page's time: few queries, each over one table, joined in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q

from secondcount.custody.outbox import waiting
from secondcount.model.election import Election
from secondcount.model.geography import Area
from secondcount.web.board.forecast import WINDOW, Forecast, forecast, middle, per_hour
from secondcount.web.desk import Desk
from secondcount.web.models import (
    Arrival,
    ArrivalState,
    Decision,
    PaperCopy,
    Posting,
    ReadingRow,
    Station,
    Task,
    TaskKind,
    TaskState,
)

__all__ = ["DONE_STATES", "Board", "Cover", "Hour", "Queue", "board_of", "coverage", "queue_of"]

HOURS = 12
RECENT = 1_000  # copies whose second reading, and tasks whose time, are looked at for the medians
MOST_WAITING = 10_000  # entries of the outbox that are counted; more is "many"

_RANK = {"set_aside": 0, "awaiting": 1, "once_read": 2, "differing": 2, "disputed": 2, "agreed": 3, "adjudicated": 3}
"""How far a copy of each state is: arrived, read once at least, agreed."""

_ARRIVED, _READ, _AGREED = 1, 2, 3
DONE_STATES = ("agreed", "adjudicated")
"""States of copies whose figures are decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How far the stations of one area are; a station is counted once, by the copy that is furthest."""

    area: Area
    expected: int | None  # by the definition; None: it does not say
    listed: int  # in a register that the desk has
    named: int  # in none: somebody named them, with a photo or on a list
    posted: int  # on the list of observers
    arrived: int
    read: int  # at least once
    agreed: int

    @property
    def whole(self) -> int:
        """Return what the bar is drawn against: the expected stations, else all that are known, none twice."""
        return max(self.expected or self.listed + self.named, self.arrived)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One hour of the wall clock, the sheets that were agreed in it, and the files that came."""

    start: datetime
    sheets: int
    arrivals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """How the work stands."""

    readings: int  # open tasks by kind
    thirds: int
    adjudications: int
    leased: int
    oldest: timedelta | None  # of the open tasks
    undecoded: int  # files that are safe and not yet read by the machine
    undecoded_since: timedelta | None
    refused: int  # files that could not be decoded
    outbox: int  # entries that are acknowledged and not yet in the log

    @property
    def open(self) -> int:
        """Return all open tasks."""
        return self.readings + self.thirds + self.adjudications


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything that the board counts."""

    areas: tuple[Cover, ...]  # the whole first
    hours: tuple[Hour, ...]
    second_reading: timedelta | None  # median from arrival to the second reading
    forecast: Forecast
    queue: Queue


def board_of(place: Desk, contest: str, now: datetime) -> Board:
    """Count everything for one contest at a moment."""
    queue = queue_of(place, now)
    return Board(
        areas=coverage(place.election, contest),
        hours=_hours(now.astimezone(ZoneInfo(place.election.timezone))),
        second_reading=_second_reading(),
        forecast=_forecast(queue.open, now),
        queue=queue,
    )


def coverage(election: Election, contest: str) -> tuple[Cover, ...]:
    """Return the whole and the areas directly inside it, in the order of the definition."""
    geography = election.geography
    root = geography.root.id
    tops = {one.id: _below(geography.lineage(one.id), root) for one in geography.areas}
    rows = Station.objects.values_list("name", "area", "known")
    where, listed = {}, set()
    for name, area, known in rows:
        where[name] = area
        if known:
            listed.add(name)
    ranks: dict[str, int] = {}
    claimed: dict[str, str] = {}
    for station, area, state in PaperCopy.objects.filter(contest=contest).values_list("station", "area", "state"):
        ranks[station] = max(ranks.get(station, 0), _RANK.get(state, 1))
        claimed.setdefault(station, area)
    posted = set(Posting.objects.values_list("station__name", flat=True))
    counts: dict[str, Counter[str]] = {}
    for name in where.keys() | ranks.keys():
        top = tops.get(where.get(name) or claimed.get(name, ""), root)
        marks = _marks(name in listed, name in posted, ranks.get(name, 0))
        for area in {root, top}:
            counts.setdefault(area, Counter()).update(marks)
    return tuple(_cover(one, counts.get(one.id, Counter())) for one in (geography.root, *geography.children(root)))


def _below(lineage: tuple[str, ...], root: str) -> str:
    """Return the area directly inside the root that contains another one; the root where none does."""
    inside = [one for one in lineage if one != root]
    return inside[-1] if inside else root


def _marks(listed: bool, posted: bool, rank: int) -> tuple[str, ...]:
    facts = {
        "listed": listed,
        "named": not listed,
        "posted": posted,
        "arrived": rank >= _ARRIVED,
        "read": rank >= _READ,
        "agreed": rank >= _AGREED,
    }
    return tuple(name for name, holds in facts.items() if holds)


def _cover(area: Area, counts: Mapping[str, int]) -> Cover:
    names = ("listed", "named", "posted", "arrived", "read", "agreed")
    return Cover(area=area, expected=area.stations, **{name: counts.get(name, 0) for name in names})


def _hours(now: datetime) -> tuple[Hour, ...]:
    since = now - timedelta(hours=HOURS)
    decided = PaperCopy.objects.filter(decided__gt=since, state__in=DONE_STATES).values_list("decided", flat=True)
    received = Arrival.objects.filter(received__gt=since).values_list("received", flat=True)
    sheets = per_hour((one for one in decided if one), now, HOURS)
    arrivals = dict(per_hour(received, now, HOURS))
    return tuple(Hour(start=start, sheets=count, arrivals=arrivals[start]) for start, count in sheets)


def _second_reading() -> timedelta | None:
    """Return the median time from a copy to its second reading, of those that were read twice last."""
    rows = (
        Task.objects.filter(kind=TaskKind.READING, state=TaskState.DONE)
        .values("copy")
        .annotate(readings=Count("id"), last=Max("done"), made=Min("copy__made"))
        .filter(readings=2)
        .order_by("-last")
        .values_list("last", "made")[:RECENT]
    )
    return middle(last - made for last, made in rows if last and made)


def _forecast(left: int, now: datetime) -> Forecast:
    """Return the forecast from what people committed: the pace of the last hour, the time between their last tasks."""
    readings = ReadingRow.objects.filter(committed__lte=now).order_by("-committed")
    decisions = Decision.objects.filter(time__lte=now, adjudicator__isnull=False).order_by("-time")
    since = now - WINDOW
    recent = readings.filter(committed__gt=since).count() + decisions.filter(time__gt=since).count()
    last = [
        *readings.values_list("pseudonym", "committed")[:RECENT],
        *decisions.values_list("adjudicator__pseudonym", "time")[:RECENT],
    ]
    done: dict[str, list[datetime]] = {}
    for person, time in sorted(last):
        done.setdefault(person, []).append(time)
    return forecast(left, recent, done, now)


def queue_of(place: Desk, now: datetime) -> Queue:
    """Return how the work stands."""
    tasks = Task.objects.filter(state=TaskState.OPEN).aggregate(
        readings=Count("id", filter=Q(kind=TaskKind.READING)),
        thirds=Count("id", filter=Q(kind=TaskKind.THIRD)),
        adjudications=Count("id", filter=Q(kind=TaskKind.ADJUDICATION)),
        leased=Count("id", filter=Q(leased_until__gt=now)),
        oldest=Min("made"),
    )
    files = Arrival.objects.aggregate(
        undecoded=Count("id", filter=Q(state=ArrivalState.SAFE)),
        since=Min("received", filter=Q(state=ArrivalState.SAFE)),
        refused=Count("id", filter=Q(state=ArrivalState.REFUSED)),
    )
    return Queue(
        readings=tasks["readings"],
        thirds=tasks["thirds"],
        adjudications=tasks["adjudications"],
        leased=tasks["leased"],
        oldest=_age(tasks["oldest"], now),
        undecoded=files["undecoded"],
        undecoded_since=_age(files["since"], now),
        refused=files["refused"],
        outbox=sum(1 for _ in islice(waiting(place.archive), MOST_WAITING)),
    )


def _age(moment: datetime | None, now: datetime) -> timedelta | None:
    return None if moment is None else max(timedelta(0), now - moment)
