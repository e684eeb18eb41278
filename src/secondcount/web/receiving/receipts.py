"""The receipt: anybody with the link sees that a file is safe and whether the log proves it; its holder sees more."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondcount.custody.layout import is_digest, outbox_entry
from secondcount.custody.receipts import find_entries, receipts_of
from secondcount.custody.sequencer import looking
from secondcount.errors import InputError
from secondcount.web.access import open_to_anybody
from secondcount.web.desk import Desk, desk
from secondcount.web.models import Arrival, Member, Role
from secondcount.web.qr import qr_picture
from secondcount.web.receiving.answers import link_of, receipt_text_of
from secondcount.web.shell import language, phrases
from secondcount.web.trouble import told

__all__ = ["Shown", "proof", "receipt", "states_of"]

_SEE_ALL = frozenset({Role.OWNER, Role.COORDINATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An arrival as its sender sees it."""

    arrival: Arrival
    contest: str  # its label
    state: str  # key of a sentence: safe, ready, same, refused
    trouble: dict[str, str] | None  # why it was refused


@open_to_anybody
@require_GET
def receipt(request: HttpRequest, digest: str) -> HttpResponse:
    """Show the state of a file; what it is of, and why it was refused, to its holder and to coordinators only."""
    arrival = _arrival(digest)
    mine = _may_see_all(request, arrival)
    shown = states_of([arrival])[0]
    context = {
        "shown": shown if mine else None,
        "state": shown.state if mine else "safe",
        "receipt": arrival.receipt,
        "received": arrival.received,
        "logged": _in_log(desk(), arrival.receipt),
        "text": receipt_text_of(arrival),
        "link": link_of(request, arrival),
        "qr": qr_picture(receipt_text_of(arrival)),
    }
    return render(request, "desk/receiving/receipt.html", context)


@open_to_anybody
@require_GET
def proof(_request: HttpRequest, digest: str) -> HttpResponse:
    """Give the proof that the log holds the entry of a receipt: a file that is verified without this desk.

    Raises:
        InputError: K105 there is no such receipt, A302 its entry is not in the log yet.

    """
    arrival = _arrival(digest)
    with looking(desk().archive) as (archive, index):
        found = receipts_of(archive, find_entries(archive, index, arrival.receipt))[0]
    response = HttpResponse(found.proof, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="receipt-{arrival.receipt[:12]}.tlog-proof"'
    return response


def _arrival(digest: str) -> Arrival:
    found = Arrival.objects.filter(receipt=digest).first() if is_digest(digest) else None
    if found is None:
        raise InputError("K105")
    return found


def _may_see_all(request: HttpRequest, arrival: Arrival) -> bool:
    member = request.user
    return isinstance(member, Member) and (arrival.collector_id == member.pk or Role(member.role) in _SEE_ALL)


def _in_log(place: Desk, leaf: str) -> bool:
    """Return whether an entry is in the log: what was acknowledged leaves the outbox for nowhere else."""
    return place.archive.private.size(outbox_entry(leaf)) is None


def states_of(arrivals: list[Arrival]) -> list[Shown]:
    """Return arrivals as their sender sees them. What was read on them is nobody's to see here."""
    return [
        Shown(
            arrival=one,
            contest=_label(one.contest),
            state=one.state,
            trouble=told(one.code, {**one.values, "file": _named(one)}) if one.code else None,
        )
        for one in arrivals
    ]


def _named(arrival: Arrival) -> str:
    """Return what a sentence about a file calls it: its own name was never kept."""
    return phrases().say("receiving.sent.what", station=arrival.station, page=arrival.page)


def _label(contest_id: str) -> str:
    contest = desk().contest(contest_id)
    return contest.labels.get(language()) if contest else contest_id
