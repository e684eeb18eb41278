"""Pages of stations for who coordinates: the list, and one station with its postings, copies and papers."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from secondcount.model.naming import area_labels
from secondcount.web.access import found_or_refused, member_of, open_to
from secondcount.web.board.figures import DONE_STATES
from secondcount.web.board.looking_up import clock_of, contest_name, copy_at
from secondcount.web.board.outcomes import OUTCOMES, REASONS, said_time
from secondcount.web.board.papers import hand_over, holder_of
from secondcount.web.desk import desk, now
from secondcount.web.models import Member, PaperCopy, Posting, Role, Station
from secondcount.web.shell import language

__all__ = ["paper", "station", "stations"]

PAGE = 100
"""Stations on one page."""


@open_to(Role.COORDINATOR)
@require_GET
def stations(request: HttpRequest) -> HttpResponse:
    """List the stations: all, those of an area, those with an outcome, those with a name."""
    area, chosen, name = (request.GET.get(key, "") for key in ("area", "outcome", "name"))
    found = _chosen(area, chosen, name)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    place = desk()
    names = area_labels(place.election.geography, language())
    used = Station.objects.exclude(area="").values_list("area", flat=True).distinct()
    about = {
        "page": page,
        "rows": _rows(list(page), names),
        "areas": sorted((names.get(one, one), one) for one in used),
        "outcomes": OUTCOMES,
        "area": area,
        "chosen": chosen,
        "name": name,
    }
    return render(request, "desk/board/stations.html", about)


def _chosen(area: str, chosen: str, name: str) -> QuerySet[Station]:
    found = Station.objects.order_by("-priority", "name")
    if area:
        geography = desk().election.geography
        inside = [one.id for one in geography.areas if area in geography.lineage(one.id)]
        found = found.filter(area__in=[area, *inside])
    if chosen == "none":
        found = found.filter(postings=None)
    elif chosen:
        found = found.filter(pk__in=Posting.objects.filter(outcome=chosen).values("station"))
    return found.filter(name__icontains=name[:80]) if name else found


def _rows(page: list[Station], names: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the rows of one page of the list, with the postings and copies of its stations alone."""
    keys = [one.pk for one in page]
    posted: dict[int, list[Posting]] = {}
    for posting in Posting.objects.filter(station__in=keys).select_related("observer"):
        posted.setdefault(posting.station_id, []).append(posting)
    copies: dict[str, list[str]] = {}
    for name, state in PaperCopy.objects.filter(station__in=[one.name for one in page]).values_list(
        "station", "state"
    ):
        copies.setdefault(name, []).append(state)
    return [
        {
            "station": one,
            "area": names.get(one.area, one.area),
            "postings": posted.get(one.pk, []),
            "copies": len(copies.get(one.name, [])),
            "agreed": sum(state in DONE_STATES for state in copies.get(one.name, [])),
        }
        for one in page
    ]


@open_to(Role.COORDINATOR)
@require_GET
def station(request: HttpRequest, number: int) -> HttpResponse:
    """Show one station: its postings with their outcomes, its copies with their papers."""
    found, place = found_or_refused(Station.objects.filter(pk=number)), desk()
    copies = PaperCopy.objects.filter(station=found.name).order_by("contest", "copy", "version")
    people = {one.pseudonym: one.username for one in Member.objects.filter(is_active=True).order_by("username")}
    holds = [(copy, holder_of(copy)) for copy in copies]
    about = {
        "station": found,
        "area": area_labels(place.election.geography, language()).get(found.area, found.area),
        "postings": found.postings.select_related("observer").order_by("pk"),
        "copies": [
            (copy, contest_name(place, copy), hold, people.get(hold.holder, hold.holder) if hold else "")
            for copy, hold in holds
        ],
        "people": people.items(),
        "outcomes": OUTCOMES,
        "reasons": REASONS,
        "zone": place.election.timezone,
        "clock": clock_of(place),
    }
    return render(request, "desk/board/station.html", about)


@open_to(Role.COORDINATOR)
@require_POST
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Record who has the paper of a copy now."""
    copy, place = copy_at(number), desk()
    moment = now()
    time = said_time(request.POST.get("time", ""), place.election.timezone, moment) or moment
    hand_over(place, copy, request.POST.get("taker", ""), time, member_of(request))
    found = Station.objects.filter(name=copy.station).first()
    return redirect("station", found.pk) if found else redirect("stations")
