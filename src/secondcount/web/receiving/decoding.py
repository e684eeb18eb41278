"""The sweep that looks at files that are safe: each becomes a picture or a refusal, and pages become a copy to read.

It takes its work from the archive (`waiting_arrivals`) and from rows, so it can be cut off anywhere: what is on the
disk is found there by the next one, and rows that were lost are made again.

Files are looked at in the order in which they came: of one picture that two people sent, the first sender is its
collector, also where a messenger encoded it anew, so that only its pixels tell.

A further page is looked at after page 1, because its entry names that of page 1; a page 1 that was refused, or that
does not come within half an hour, does not hold up the others.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Max

from secondcount.custody.arrivals import Waiting, load_arrival, waiting_arrivals
from secondcount.custody.claims import Claim, grounds_of
from secondcount.custody.decoding import ReadArrival, RefusedFile, SameFile, read_arrival
from secondcount.custody.stationing import record_consent, record_hold, record_provenance
from secondcount.errors import SecondcountError
from secondcount.web.desk import Desk, now
from secondcount.web.models import Arrival, ArrivalState, Hold, Member, PaperCopy, Role, Station
from secondcount.web.reading.queue import open_readings
from secondcount.web.receiving.parts import forget_old
from secondcount.web.receiving.rows import row_of
from secondcount.web.work import sweep

__all__ = ["LATE", "decode_arrivals", "gather_copies", "look_at"]

LATE = timedelta(minutes=30)
"""How long a copy waits for pages that its sender has announced."""

BATCH = 8

_LOG = logging.getLogger("secondcount.web.receiving")


@sweep("receiving.decode")
def decode_arrivals(place: Desk) -> bool:
    """Look at some of the files that wait, and make copies of the pages that are there."""
    moment = now()
    waiting = sorted(waiting_arrivals(place.archive), key=lambda one: (one.received, one.receipt))
    ready = (one for one in waiting if _in_turn(one, moment))
    looked = sum(1 for _ in islice((one for one in ready if _looked(place, one, moment)), BATCH))
    gathered = gather_copies(place, moment)
    return looked > 0 or gathered or forget_old(place, moment)


def _looked(place: Desk, one: Waiting, moment: datetime) -> bool:
    """Look at one file; trouble with it, such as an original that is gone, is told and does not hold up the others."""
    try:
        return look_at(place, one, moment).state != ArrivalState.SAFE
    except SecondcountError as error:
        _LOG.error("arrival %s: %s", one.receipt[:16], error.code)
        return False


def _in_turn(one: Waiting, moment: datetime) -> bool:
    """Return whether a file may be looked at now: page 1 first."""
    if one.claim.page == 1 or _received(one) + LATE < moment:
        return True
    first = _first_page(one)
    return first is not None and first.state != ArrivalState.SAFE


def _first_page(one: Waiting) -> Arrival | None:
    pages = Arrival.objects.filter(sheet=one.claim.sheet, collector__pseudonym=one.claim.collector)
    return pages.filter(contest=one.claim.contest, page=1).order_by("-pk").first()


def _received(one: Waiting) -> datetime:
    return datetime.fromisoformat(one.received)


def look_at(place: Desk, one: Waiting, moment: datetime) -> Arrival:
    """Look at one file and note in its row what came of it."""
    member = Member.objects.filter(pseudonym=one.claim.collector).first()
    row = row_of(one.receipt, one, one.claim, member, _received(one))
    contest = place.contest(one.claim.contest)
    if contest is None:  # the definition is of this archive, and so was the claim
        return row
    first = _first_page(one) if one.claim.page > 1 else None
    found = read_arrival(place.archive, one.receipt, contest, moment, first=first.entry if first else "")
    if isinstance(found, ReadArrival):
        row.state, row.code, row.entry, row.derivative = ArrivalState.READY, "", found.copy, found.derivative
        row.width, row.height = found.width, found.height
    elif isinstance(found, SameFile):
        row.state, row.entry = ArrivalState.SAME, found.copy
    elif isinstance(found, RefusedFile):
        row.state, row.code, row.values = ArrivalState.REFUSED, found.code, dict(found.values)
    row.save()
    return row


def gather_copies(place: Desk, moment: datetime) -> bool:
    """Make a copy, with two readings to do, of every sheet whose pages are there; return whether there was one."""
    loose = Arrival.objects.filter(state=ArrivalState.READY, copy=None).order_by("received", "pk")
    sheets = dict.fromkeys((one.collector_id, one.sheet, one.contest) for one in loose[: 50 * BATCH])
    return sum(_gather(place, key, moment) for key in sheets) > 0


def _gather(place: Desk, key: tuple[int | None, str, str], moment: datetime) -> bool:
    pages = list(Arrival.objects.filter(collector_id=key[0], sheet=key[1], contest=key[2]).order_by("page", "pk"))
    ready = [one for one in pages if one.state == ArrivalState.READY]
    known = next((one.copy for one in pages if one.copy is not None), None)
    if known is None and not _complete(pages, moment):
        return False
    with transaction.atomic():
        copy = known or _make_copy(place, ready[0], moment)
        Arrival.objects.filter(pk__in=[one.pk for one in ready]).update(copy=copy)
        open_readings(copy, moment)
    return True


def _complete(pages: Iterable[Arrival], moment: datetime) -> bool:
    """Return whether every announced page has been looked at, or has been waited for long enough."""
    pages = tuple(pages)
    settled = {one.page for one in pages if one.state != ArrivalState.SAFE}
    announced = max(one.pages for one in pages)
    return len(settled) >= announced or max(one.received for one in pages) + LATE < moment


def _make_copy(place: Desk, first: Arrival, moment: datetime) -> PaperCopy:
    """Make the row of a copy: each is one more witness, but a second one of the same collector is a later version.

    What coordinators bring comes from several people, so each of theirs is a copy of its own.
    """
    claim = load_arrival(place.archive, first.receipt).claim
    others = PaperCopy.objects.filter(station=claim.station, contest=claim.contest)
    single = first.collector is not None and Role(first.collector.role) not in (Role.OWNER, Role.COORDINATOR)
    last = others.filter(collector=first.collector).order_by("-version").first() if single else None
    Station.objects.get_or_create(name=claim.station, defaults={"area": claim.area})
    copy = PaperCopy.objects.create(
        station=claim.station,
        contest=claim.contest,
        area=claim.area,
        copy=last.copy if last else (others.aggregate(most=Max("copy"))["most"] or 0) + 1,
        version=last.version + 1 if last else 1,
        level=claim.level,
        source=claim.source,
        collector=first.collector,
        made=moment,
    )
    _note_paper(place, copy, first, claim)
    return copy


def _note_paper(place: Desk, copy: PaperCopy, first: Arrival, claim: Claim) -> None:
    """Put into the archive what the sender says of the paper: requisites, who holds it, and whether a court may ask.

    The entries are of the time of arrival, so that saying them again after a cut says the same.
    """
    archive = place.archive
    record_provenance(archive, first.entry, claim.level, grounds_of(claim), by="")
    if claim.holder:
        entry = record_hold(archive, first.entry, claim.holder, first.received)
        if claim.consent:
            record_consent(archive, first.entry, claim.holder, first.received)
        Hold.objects.create(copy=copy, holder=claim.holder, since=first.received, consent=claim.consent, entry=entry)
