"""The list of observers: read, resolved to pseudonyms, fixed in the archive, and then a row for each posting.

A list that the log has cannot be taken back, so one bad row keeps all of it out. What goes into the archive is made
here anew: station and pseudonym, sorted, whatever else stood in the file. A name never leaves the desk.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db import transaction

from secondcount.custody.deployments import Closing, closing_of
from secondcount.custody.stationing import fix_deployment, open_deployment, promise_deployment
from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.intake import parse_postings
from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Severity, Where
from secondcount.web.desk import Desk
from secondcount.web.models import Member, ObserverList, Posting, Station

__all__ = ["FILE", "Fixed", "fix_list", "in_time", "post", "show_list"]

FILE = "observers.csv"
"""Name of every list in the archive: that of the file might name somebody."""

_TOGETHER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What became of a list: the row of the archive's list (None: it was refused) and what was odd about it."""

    found: ObserverList | None
    issues: tuple[Issue, ...]


def in_time(place: Desk, now: datetime) -> tuple[Closing, bool | None]:
    """Return when the polls close, and whether a list that is fixed now is in time; None: that depends on the hour."""
    closing = closing_of(place.election)
    if now <= closing.earliest:
        return closing, True
    return closing, False if now > closing.latest else None


def fix_list(place: Desk, name: str, data: bytes, now: datetime, *, shown: bool) -> Fixed:
    """Fix a list of observers in the archive: in full (`shown`) or by a salted digest, to be shown later.

    The same list again is the same; the archive has it before the desk has any of its rows.

    Raises:
        InputError: T1xx, K160 it is no such list; A504, A505 the archive cannot take it.

    """
    listing = parse_postings(name, data)
    people, stations = _people(), {one.name: one for one in Station.objects.all()}
    known = any(one.known for one in stations.values())
    wrong = tuple(_wrong(name, listing.rows, people, stations if known else None))
    issues = (*listing.issues, *wrong)
    errors = sum(one.severity is Severity.ERROR for one in issues)
    if errors or not listing.rows.height:
        where = Where(file=name)
        return Fixed(found=None, issues=(make_issue("K166", where, count=errors), *issues))
    rows = sorted({(station, people.get(_key(one), "")) for _, station, one in listing.rows.iter_rows()})
    fixed = _in_archive(place, _table(rows), len(rows), now, shown=shown)
    post(rows, fixed.entry or fixed.commitment)
    return Fixed(found=fixed, issues=issues)


def _key(name: str) -> str:
    return name.strip().casefold()


def _people() -> dict[str, str]:
    """Return the pseudonym behind each name and pseudonym of an active member; a name that two have is nobody's."""
    found: dict[str, str] = {"": ""}
    twice: set[str] = set()
    for username, pseudonym in Member.objects.filter(is_active=True).values_list("username", "pseudonym"):
        key = _key(username)
        if key in found:
            twice.add(key)
        found[key] = pseudonym
        found[_key(pseudonym)] = pseudonym
    return {name: pseudonym for name, pseudonym in found.items() if name not in twice}


def _wrong(
    name: str, rows: pl.DataFrame, people: Mapping[str, str], stations: Container[str] | None
) -> Iterator[Issue]:
    """Yield K164 and K165, with their lines; without a register every station is taken as it is written."""
    for line, station, observer in rows.iter_rows():
        where = Where(file=name, line=line, station=station)
        if stations is not None and station not in stations:
            yield make_issue("K164", where, value=station)
        if _key(observer) not in people:
            yield make_issue("K165", where, value=observer)


def _table(rows: list[tuple[str, str]]) -> bytes:
    """Return the list as the archive has it: the same postings give the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("station", "observer"))
    writer.writerows(rows)
    return text.getvalue().encode()


def _in_archive(place: Desk, table: bytes, rows: int, now: datetime, *, shown: bool) -> ObserverList:
    digest = sha256_hex(table)
    found = ObserverList.objects.filter(table=digest).first()
    if found is not None:
        return show_list(place, found) if shown and not found.entry else found
    fix = fix_deployment if shown else promise_deployment
    entry = fix(place.archive, FILE, table, now)
    said = {"rows": rows, "announced": now, "entry" if shown else "commitment": entry}
    return ObserverList.objects.get_or_create(table=digest, defaults=said)[0]  # two windows may send it at once


def show_list(place: Desk, promised: ObserverList) -> ObserverList:
    """Show a list that was fixed by its digest alone; one that is shown stays as it is.

    Raises:
        InputError: A301 the archive has no such promise; A504, A505 it cannot take the list.

    """
    if promised.entry:
        return promised
    if not promised.commitment:
        raise InputError("K105")
    promised.entry = open_deployment(place.archive, promised.commitment)
    promised.save(update_fields=["entry"])
    Posting.objects.filter(deployment=promised.commitment).update(deployment=promised.entry)
    return promised


def post(rows: Sequence[tuple[str, str]], deployment: str) -> None:
    """Make the rows of the desk from stations and pseudonyms; a posting that is there keeps its outcome."""
    members = {one.pseudonym: one for one in Member.objects.all()}
    with transaction.atomic():
        stations = {one.name: one for one in Station.objects.all()}
        new = [Station(name=name) for name in dict.fromkeys(station for station, _ in rows) if name not in stations]
        Station.objects.bulk_create(new, batch_size=_TOGETHER)
        stations = {**stations, **{one.name: one for one in new}}
        there = set(Posting.objects.values_list("station_id", "observer"))
        posted = [(stations[station], members.get(one)) for station, one in rows]
        postings = (
            Posting(station=station, observer=member, deployment=deployment)
            for station, member in dict.fromkeys(posted)
            if (station.pk, member.pk if member else None) not in there
        )
        Posting.objects.bulk_create(postings, batch_size=_TOGETHER)
