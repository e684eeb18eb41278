"""The register of polling stations, from a table or from the archive, into the desk's list of stations."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from secondcount.custody.archive import load_head
from secondcount.custody.layout import blob_path
from secondcount.errors import InputError
from secondcount.evidence.entries import Stations, parse_entry
from secondcount.evidence.log import Log
from secondcount.intake import parse_register
from secondcount.model.issue import Issue
from secondcount.web.desk import Desk
from secondcount.web.models import Station

__all__ = ["Registered", "register_of_archive", "take_register"]

_TOGETHER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What a register has changed: stations that are new, and those that were known by name already."""

    added: int
    updated: int
    issues: tuple[Issue, ...]


def take_register(place: Desk, name: str, data: bytes) -> Registered:
    """Take a register in: its stations are known from now on. One that it does not have stays as it is.

    Taking the same register again changes nothing.

    Raises:
        InputError: T1xx, it cannot be read as a table of stations.

    """
    listing = parse_register(name, data, place.election.geography)
    rows = {station: (area, voters) for _, station, area, voters in listing.rows.iter_rows()}
    with transaction.atomic():
        known = {one.name: one for one in Station.objects.all()}
        changed = [_changed(one, *rows[one.name]) for one in known.values() if one.name in rows]
        new = [_changed(Station(name=name), *row) for name, row in rows.items() if name not in known]
        Station.objects.bulk_update(changed, ["area", "registered", "known"], batch_size=_TOGETHER)
        Station.objects.bulk_create(new, batch_size=_TOGETHER)
    return Registered(added=len(new), updated=len(changed), issues=listing.issues)


def _changed(station: Station, area: str, voters: int | None) -> Station:
    station.area, station.registered, station.known = area, voters, True
    return station


def register_of_archive(place: Desk) -> tuple[str, bytes]:
    """Return name and bytes of the newest register in the archive.

    Raises:
        InputError: K169, it has none.

    """
    public = place.archive.public
    log = Log(public, load_head(place.archive).checkpoint.size)
    found: Stations | None = None
    for _, data in log.entries(0, log.size):
        if b'"kind":"stations"' in data:
            entry = parse_entry(data)
            found = entry if isinstance(entry, Stations) else found
    if found is None:
        raise InputError("K169", file=place.archive.location, limit=0)
    return found.blob.name, public.load(blob_path(found.blob.digest))
