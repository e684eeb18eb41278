"""Priorities: a file station -> whole number that `check --priorities` writes; the desk reads it and knows no reason.

Whoever reads copies learns from it which copy comes first and nothing of why: no figure of the election stands in it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from django.db import transaction

from secondcount.intake import parse_priorities
from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Where
from secondcount.web.models import Station
from secondcount.web.reading.queue import apply_priorities

__all__ = ["take_priorities"]

_TOGETHER = 500


def take_priorities(name: str, data: bytes) -> tuple[int, tuple[Issue, ...]]:
    """Give stations the priorities of a file and open tasks those of their stations; all others get 0.

    Returns how many stations have one now, and what was odd: K162 to K167 with their lines. Taking the same file again
    changes nothing.

    Raises:
        InputError: the file cannot be read as a table of priorities (T1xx, K160).

    """
    listing = parse_priorities(name, data)
    wanted = {station: (line, priority) for line, station, priority in listing.rows.iter_rows()}
    with transaction.atomic():
        known = {one.name: one for one in Station.objects.only("id", "name", "priority")}
        changed = [one for station, one in known.items() if one.priority != wanted.get(station, (0, 0))[1]]
        for one in changed:
            one.priority = wanted.get(one.name, (0, 0))[1]
        Station.objects.bulk_update(changed, ["priority"], batch_size=_TOGETHER)
        apply_priorities()
    unknown = tuple(_unknown(name, wanted, known))
    return len(wanted) - len(unknown), (*listing.issues, *unknown)


def _unknown(name: str, wanted: Mapping[str, tuple[int, int]], known: Container[str]) -> Iterator[Issue]:
    """Yield K164 for each station that the desk does not know."""
    for station, (line, _) in wanted.items():
        if station not in known:
            yield make_issue("K164", Where(file=name, line=line, station=station), value=station)
