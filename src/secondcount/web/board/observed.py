"""The page of an observer, on a phone: their own stations, what became of each copy, the papers that they hold."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from secondcount.web.access import found_or_refused, member_of, open_to
from secondcount.web.board.looking_up import clock_of, contest_name, copy_at
from secondcount.web.board.outcomes import OUTCOMES, REASONS, said_by, set_outcome
from secondcount.web.board.papers import consent, holder_of
from secondcount.web.desk import desk, now
from secondcount.web.models import Member, PaperCopy, Posting, Role

__all__ = ["agree_to_be_named", "observed", "outcome"]


@open_to(*Role)
@require_GET
def observed(request: HttpRequest) -> HttpResponse:
    """Show the stations that this member observes, and the papers that they hold: for a phone, nobody else's."""
    member, place = member_of(request), desk()
    copies = PaperCopy.objects.filter(holds__holder=member.pseudonym).distinct()
    about = {
        "postings": member.postings.select_related("station").order_by("station__name"),
        "held": [(copy, contest_name(place, copy), holder_of(copy)) for copy in copies if _holds(copy, member)],
        "outcomes": OUTCOMES,
        "reasons": REASONS,
        "zone": place.election.timezone,
        "clock": clock_of(place),
    }
    return render(request, "desk/board/observed.html", about)


def _holds(copy: PaperCopy, member: Member) -> bool:
    hold = holder_of(copy)
    return hold is not None and hold.holder == member.pseudonym


@open_to(*Role)
@require_POST
def outcome(request: HttpRequest, number: int) -> HttpResponse:
    """Record what became of a copy: observers of their own station, coordinators of any."""
    member, place = member_of(request), desk()
    coordinates = member.role in (Role.OWNER, Role.COORDINATOR)
    mine = Posting.objects.all() if coordinates else Posting.objects.filter(observer=member)
    posting = found_or_refused(mine.select_related("station").filter(pk=number))
    said = said_by(request.POST.dict(), place.election.timezone, now())
    set_outcome(place, posting, said, member)
    if coordinates and request.POST.get("from") != "observed":
        return redirect("station", posting.station_id)
    return redirect("observed")


@open_to(*Role)
@require_POST
def agree_to_be_named(request: HttpRequest, number: int) -> HttpResponse:
    """Record the consent of whoever holds a paper."""
    consent(desk(), copy_at(number), member_of(request), now())
    return redirect("observed")
