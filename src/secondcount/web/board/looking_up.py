"""What pages of stations look up: copies, names, the local time of a form."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from secondcount.web.access import found_or_refused
from secondcount.web.desk import Desk, now
from secondcount.web.models import PaperCopy
from secondcount.web.shell import language

__all__ = ["clock_of", "contest_name", "copy_at"]


def contest_name(place: Desk, copy: PaperCopy) -> str:
    """Return the name of a copy's contest in the language of the page."""
    found = place.contest(copy.contest)
    return found.labels.get(language()) if found else copy.contest


def clock_of(place: Desk) -> str:
    """Return this moment as a field of local time has it."""
    return f"{now().astimezone(ZoneInfo(place.election.timezone)):%Y-%m-%dT%H:%M}"


def copy_at(number: int) -> PaperCopy:
    """Return a copy.

    Raises:
        InputError: K105, there is none.

    """
    return found_or_refused(PaperCopy.objects.filter(pk=number))
