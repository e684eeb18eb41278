"""Time limits of the law, counting down in the local time of the election. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from secondcount.jurisdictions.deadlines import After, deadlines_on
from secondcount.model.election import Deadline, Election
from secondcount.model.issue import Issue

__all__ = ["Clock", "Clocks", "clocks_of", "due_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One time limit: until when it runs in local time; None where it runs from an event that the desk cannot know."""

    deadline: Deadline
    due: datetime | None
    left: timedelta | None  # negative: over


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The time limits that are in force today, the next to end first, and those that are refused."""

    running: tuple[Clock, ...]
    refused: tuple[Issue, ...]  # D212: the text that the definition knows was not in force on this day


def clocks_of(election: Election, now: datetime) -> Clocks:
    """Return the time limits as they stand at a moment."""
    valid, refused = deadlines_on(election, now.astimezone(ZoneInfo(election.timezone)).date())
    clocks = [_clock(one, election, now) for one in valid]
    return Clocks(running=tuple(sorted(clocks, key=_order)), refused=refused)


def due_of(deadline: Deadline, election: Election) -> datetime | None:
    """Return the end of a time limit in local time, where it runs from a moment that the definition states.

    Days end at midnight: a limit of ten days after voting day is over when the tenth day after it is. The count is
    taken to begin when the polls close. Decisions, filings and final results are events that nobody has told the desk.
    """
    zone = ZoneInfo(election.timezone)
    if deadline.after == After.COUNT_START and election.polls_close is not None:
        start = election.polls_close.astimezone(zone)
    elif deadline.after == After.VOTING_DAY:
        start = datetime.combine(election.voting_day, time(), zone) + timedelta(days=1)
    else:
        return None
    if deadline.hours is not None:
        return (start.astimezone(ZoneInfo("UTC")) + timedelta(hours=deadline.hours)).astimezone(zone)
    days = deadline.days or 0
    if deadline.after == After.VOTING_DAY:
        return start + timedelta(days=days)
    return datetime.combine(start.date() + timedelta(days=days + 1), time(), zone)


def _clock(deadline: Deadline, election: Election, now: datetime) -> Clock:
    due = due_of(deadline, election)
    left = None if due is None else due.astimezone(ZoneInfo("UTC")) - now.astimezone(ZoneInfo("UTC"))
    return Clock(deadline=deadline, due=due, left=left)


def _order(one: Clock) -> tuple[int, timedelta]:
    """Those that run come first, the next to end at the top; then those without a moment; what is over comes last."""
    if one.left is None:
        return 1, timedelta(0)
    return (0, one.left) if one.left >= timedelta(0) else (2, -one.left)
