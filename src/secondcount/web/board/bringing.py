"""What tables bring in: a register of stations, a list of observers, priorities."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from secondcount.web.access import found_or_refused, open_to
from secondcount.web.board.posting import fix_list, in_time, show_list
from secondcount.web.board.priorities import take_priorities
from secondcount.web.board.registering import register_of_archive, take_register
from secondcount.web.board.showing import told
from secondcount.web.board.uploads import uploaded_table
from secondcount.web.desk import desk, now
from secondcount.web.models import ObserverList, Role, Station
from secondcount.web.shell import phrases

__all__ = ["priorities", "register", "show_observers", "tables"]

LISTED = 200
"""Issues of a table that the page lists; the rest is counted."""


@open_to(Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def tables(request: HttpRequest) -> HttpResponse:
    """Show where tables come in; a POST fixes a list of observers in the archive."""
    if request.method != "POST":
        return _tables(request, {})
    name, data = uploaded_table(request)
    fixed = fix_list(desk(), name, data, now(), shown=request.POST.get("shown") == "yes")
    if fixed.found is None:
        return _tables(request, {"issues": told(fixed.issues[:LISTED]), "more": len(fixed.issues) - LISTED}, 400)
    key = "board.list.shown" if fixed.found.entry else "board.list.promised"
    return _tables(request, {"done": phrases().say(key, count=fixed.found.rows), "issues": told(fixed.issues)})


@open_to(Role.COORDINATOR)
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Take in a register of stations: the table that is sent, or the newest one of the archive."""
    place = desk()
    name, data = register_of_archive(place) if request.POST.get("source") == "archive" else uploaded_table(request)
    found = take_register(place, name, data)
    done = phrases().say("board.register.done", added=found.added, updated=found.updated)
    return _tables(request, {"done": done, "issues": told(found.issues[:LISTED]), "more": len(found.issues) - LISTED})


@open_to(Role.COORDINATOR)
@require_POST
def priorities(request: HttpRequest) -> HttpResponse:
    """Take in a file of priorities."""
    count, issues = take_priorities(*uploaded_table(request))
    done = phrases().say("board.priorities.done", count=count)
    return _tables(request, {"done": done, "issues": told(issues[:LISTED]), "more": len(issues) - LISTED})


@open_to(Role.COORDINATOR)
@require_POST
def show_observers(_request: HttpRequest, number: int) -> HttpResponse:
    """Show a list that was fixed by its digest."""
    show_list(desk(), found_or_refused(ObserverList.objects.filter(pk=number)))
    return redirect("tables")


def _tables(request: HttpRequest, more: dict[str, object], status: int = 200) -> HttpResponse:
    place, moment = desk(), now()
    zone = ZoneInfo(place.election.timezone)
    closing, timely = in_time(place, moment)
    book = phrases()
    about = {
        "known": Station.objects.filter(known=True).count(),
        "lists": ObserverList.objects.order_by("-announced"),
        "closes": book.time(closing.latest.astimezone(zone)),
        "opens": book.time(closing.earliest.astimezone(zone)),
        "exact": closing.earliest == closing.latest,
        "timely": {True: "yes", False: "no", None: "unsure"}[timely],
    }
    return render(request, "desk/board/tables.html", about | more, status=status)
