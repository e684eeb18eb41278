"""The board's values as rows for its page: sentences, spans of time, bars in thousandths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from secondcount.model.issue import Issue
from secondcount.model.naming import issue_values
from secondcount.web.board.clocks import Clock, Clocks
from secondcount.web.board.figures import Board, Cover, Hour, Queue
from secondcount.web.shell import language, phrases
from secondcount.wording import Phrasebook, visible

__all__ = [
    "AreaRow",
    "ClockRow",
    "Fact",
    "HourRow",
    "area_rows",
    "clock_rows",
    "columns_of",
    "facts",
    "hour_rows",
    "span",
    "told",
]

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure with its name: a row of a list; `alert` where somebody should look."""

    key: str
    value: str
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One area with its counts and three bars, in thousandths of its stations; expected "" = not known."""

    name: str
    whole: str
    counts: tuple[tuple[str, str], ...]  # (key of the label, figure)
    bars: tuple[tuple[str, int], ...]  # (name of the class, thousandths), the longest first
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRow:
    """One hour with its bar, in hundredths of the busiest hour."""

    label: str
    sheets: int
    arrivals: int
    x: int  # place of the bar in the drawing
    height: int
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """One time limit."""

    name: str
    source: str
    state: str  # "running" | "soon" | "over" | "event"
    left: str
    due: str


def span(length: timedelta, book: Phrasebook | None = None) -> str:
    """Return a length of time in the two greatest units that matter: 2 d 4 h, 3 h 20 min, 45 min."""
    book = book or phrases()
    length = abs(length)
    if length >= _DAY:
        return book.say("board.span.days", days=length // _DAY, hours=length % _DAY // _HOUR)
    if length >= _HOUR:
        return book.say("board.span.hours", hours=length // _HOUR, minutes=length % _HOUR // _MINUTE)
    if length >= _MINUTE:
        return book.say("board.span.minutes", minutes=length // _MINUTE)
    return book.say("board.span.seconds")


def columns_of(areas: Iterable[Cover]) -> tuple[str, ...]:
    """Return the columns of coverage: that of stations outside any register only where there are some."""
    named = ("named",) if any(one.named for one in areas) else ()
    return ("expected", "listed", *named, "posted", "arrived", "read", "agreed")


def area_rows(areas: Sequence[Cover]) -> tuple[AreaRow, ...]:
    """Return the rows of coverage; an area of which nothing is known and nothing has come is left out."""
    columns = columns_of(areas)
    return tuple(_area(one, columns) for one in areas if one.whole or one.posted)


def _area(one: Cover, columns: Sequence[str]) -> AreaRow:
    book, name = phrases(), one.area.labels.get(language())
    counted = ((key, getattr(one, key)) for key in columns)
    figures = tuple(
        (key, book.say("board.unknown") if count is None else book.number(count)) for key, count in counted
    )
    bars = tuple((key, _thousandths(getattr(one, key), one.whole)) for key in ("arrived", "read", "agreed"))
    sentence = book.say(
        "board.cover.sentence", area=name, arrived=one.arrived, read=one.read, agreed=one.agreed, whole=one.whole
    )
    return AreaRow(name=name, whole=book.number(one.whole), counts=figures, bars=bars, sentence=sentence)


def _thousandths(part: int, whole: int) -> int:
    """Return a share in thousandths, rounded down, so that a bar is full when everything is there and not before."""
    return min(1000, 1000 * part // whole) if whole else 0


def hour_rows(hours: Iterable[Hour]) -> tuple[HourRow, ...]:
    """Return the bars of the last hours; the tallest is 100 units high."""
    hours = tuple(hours)
    most = max((one.sheets for one in hours), default=0)
    rows = []
    for number, one in enumerate(hours):
        height = -(-100 * one.sheets // most) if most else 0
        rows.append(
            HourRow(
                label=f"{one.start:%H}",
                sheets=one.sheets,
                arrivals=one.arrivals,
                x=number * 50,
                height=height,
                top=120 - height,
            )
        )
    return tuple(rows)


def facts(board: Board, zone: str, now: datetime) -> tuple[Fact, ...]:
    """Return pace and forecast."""
    book, cast = phrases(), board.forecast
    unsaid = book.say("board.unsaid")
    finish = unsaid if cast.finish is None else book.time(cast.finish.astimezone(ZoneInfo(zone)))
    if not cast.left:
        finish = book.say("board.nothing_left")
    work = unsaid if cast.work is None else book.say("board.person_hours", count=-(-cast.work // _HOUR))
    hour = book.say("board.tasks", count=cast.pace)
    second = unsaid if board.second_reading is None else span(board.second_reading)
    return (
        Fact(key="second_reading", value=second),
        Fact(key="pace", value=hour),
        Fact(key="finish", value=finish),
        Fact(key="work", value=work if cast.left else book.say("board.nothing_left")),
        *queue_facts(board.queue),
        Fact(key="counted", value=book.time(now.astimezone(ZoneInfo(zone)))),
    )


def queue_facts(queue: Queue) -> Iterator[Fact]:
    """Yield how the work stands; what somebody should look at is marked."""
    book = phrases()
    none = book.say("board.none")
    yield Fact(
        key="open",
        value=book.say("board.open", readings=queue.readings, thirds=queue.thirds, adjudications=queue.adjudications),
    )
    yield Fact(key="leased", value=book.number(queue.leased))
    late = queue.oldest is not None and queue.oldest > 2 * _HOUR
    yield Fact(key="oldest", value=none if queue.oldest is None else span(queue.oldest), alert=late)
    since = queue.undecoded_since
    stuck = since is not None and since > 10 * _MINUTE
    text = book.number(queue.undecoded)
    if since is not None:
        text = book.say("board.since", count=queue.undecoded, span=span(since))
    yield Fact(key="undecoded", value=text, alert=stuck)
    yield Fact(key="outbox", value=book.number(queue.outbox))
    yield Fact(key="refused", value=book.number(queue.refused), alert=queue.refused > 0)


def clock_rows(clocks: Clocks) -> tuple[ClockRow, ...]:
    """Return the time limits in words."""
    return tuple(_clock(one) for one in clocks.running)


def _clock(one: Clock) -> ClockRow:
    book, deadline = phrases(), one.deadline
    name = deadline.labels.get(language())
    if one.due is None or one.left is None:
        length = (
            book.say("board.clock.days", count=deadline.days)
            if deadline.days is not None
            else book.say("board.clock.hours", count=deadline.hours or 0)
        )
        left = book.say("board.clock.event", length=length, phrase_event=f"board.after.{deadline.after}")
        return ClockRow(name=name, source=deadline.source, state="event", left=left, due="")
    over = one.left < timedelta(0)
    state = "over" if over else "soon" if one.left < _DAY else "running"
    left = book.say("board.clock.over" if over else "board.clock.left", span=span(one.left))
    return ClockRow(name=name, source=deadline.source, state=state, left=left, due=book.time(one.due))


def told(issues: Iterable[Issue]) -> list[dict[str, str]]:
    """Return issues as title, reason and advice in the language of the page."""
    book = phrases()
    return [
        {"code": one.code, "severity": one.severity.value, "line": str(one.where.line or "")}
        | {part: visible(book.say(f"issue.{one.code}.{part}", **issue_values(one))) for part in _PARTS}
        for one in issues
    ]


_PARTS = ("title", "reason", "advice")
