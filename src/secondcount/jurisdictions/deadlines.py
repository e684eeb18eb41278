"""Deadlines and remedies: read with the dates between which their text was in force, and refused outside them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from secondcount.jurisdictions.sections import NOWHEN, Section, Unique
from secondcount.model.codes import make_issue
from secondcount.model.election import Deadline, Election
from secondcount.model.issue import Issue, Where

__all__ = ["After", "DeadlineKind", "deadlines_on", "read_deadlines"]

_MAX_DAYS = 3660
_MAX_HOURS = 240


class DeadlineKind(StrEnum):
    """What a time limit is about."""

    COUNT = "count"
    PUBLICATION = "publication"
    COMPLAINT = "complaint"
    COURT = "court"
    STORAGE = "storage"


class After(StrEnum):
    """The event from which a time limit runs."""

    VOTING_DAY = "voting_day"
    COUNT_START = "count_start"
    COUNT_END = "count_end"
    DECISION = "decision"  # of the commission or official that is complained of
    FILING = "filing"  # of the complaint or request
    FINAL_RESULT = "final_result"


def read_deadlines(top: Section, name: str, unique: Unique) -> tuple[Deadline, ...]:
    """Return the time limits under one key ("deadlines" or "remedies"); their ids differ across both."""
    found = []
    for section in top.parts(name, "deadline", required=False):
        deadline = _read_deadline(section)
        if unique.admit(section, deadline.id):
            found.append(deadline)
    return tuple(found)


def _read_deadline(section: Section) -> Deadline:
    days = section.integer("days", 0, _MAX_DAYS, required=False)
    hours = section.integer("hours", 1, _MAX_HOURS, required=False)
    if section.has("days") == section.has("hours"):
        section.report("D211", "days")
    valid_from = section.day("valid_from")
    valid_to = section.day("valid_to", required=False)
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        section.report("D210", "valid_to", first=valid_from.isoformat(), found=valid_to.isoformat())
    return Deadline(
        id=section.slug("id"),
        labels=section.labels(),
        kind=section.choice("kind", DeadlineKind),
        valid_from=valid_from or NOWHEN,
        valid_to=valid_to,
        source=section.text("source"),
        days=days,
        hours=hours,
        after=section.choice("after", After),
    )


def deadlines_on(election: Election, day: date) -> tuple[tuple[Deadline, ...], tuple[Issue, ...]]:
    """Return the time limits whose text was in force on `day`, and one D212 note for each that was not.

    A deadline that the law has since changed is worse than none: it is refused, and the note says
    between which dates the text that the definition knows was in force.
    """
    valid: list[Deadline] = []
    refused: list[Issue] = []
    for name, deadlines in (("deadlines", election.deadlines), ("remedies", election.remedies)):
        for index, deadline in enumerate(deadlines):
            if _in_force(deadline, day):
                valid.append(deadline)
            else:
                refused.append(_refusal(f"{name}[{index}]", deadline, day))
    return tuple(valid), tuple(refused)


def _in_force(deadline: Deadline, day: date) -> bool:
    return deadline.valid_from <= day and (deadline.valid_to is None or day <= deadline.valid_to)


def _refusal(key: str, deadline: Deadline, day: date) -> Issue:
    until = deadline.valid_to.isoformat() if deadline.valid_to else "…"
    return make_issue(
        "D212",
        Where(key=key),
        name=deadline.labels.en,
        day=day.isoformat(),
        first=deadline.valid_from.isoformat(),
        last=until,
        source=deadline.source,
    )
