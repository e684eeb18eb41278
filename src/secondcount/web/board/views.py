"""The board: how far the work is, when it may be done, what is due. No votes, no official figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondcount.errors import InputError
from secondcount.model.election import Contest
from secondcount.web.access import open_to
from secondcount.web.board.clocks import clocks_of
from secondcount.web.board.figures import board_of
from secondcount.web.board.showing import area_rows, clock_rows, columns_of, facts, hour_rows, told
from secondcount.web.desk import Desk, desk, now
from secondcount.web.models import Role
from secondcount.web.shell import language

__all__ = ["board", "board_figures"]


@open_to(Role.COORDINATOR, Role.ADJUDICATOR, Role.VIEWER)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the board; with script its figures are loaded again every 30 seconds."""
    return render(request, "desk/board/board.html", _figures(desk(), request.GET.get("contest", "")))


@open_to(Role.COORDINATOR, Role.ADJUDICATOR, Role.VIEWER)
@require_GET
def board_figures(request: HttpRequest) -> HttpResponse:
    """Show the figures alone, for a board that is open."""
    figures = _figures(desk(), request.GET.get("contest", ""))
    return render(request, "desk/board/figures.html", figures | {"fragment": True})


def _figures(place: Desk, wanted: str) -> dict[str, object]:
    moment, contest = now(), _contest(place, wanted)
    found = board_of(place, contest.id, moment)
    clocks = clocks_of(place.election, moment)
    return {
        "contest": contest.id,
        "contests": [(one.id, one.labels.get(language())) for one in place.election.contests],
        "columns": columns_of(found.areas),
        "areas": area_rows(found.areas),
        "hours": hour_rows(found.hours),
        "facts": facts(found, place.election.timezone, moment),
        "clocks": clock_rows(clocks),
        "refused_clocks": told(clocks.refused),
        "zone": place.election.timezone,
    }


def _contest(place: Desk, wanted: str) -> Contest:
    """Return the contest that is asked for, the first one where none is.

    Raises:
        InputError: K105, there is no such contest.

    """
    found = place.contest(wanted) if wanted else place.election.contests[0]
    if found is None:
        raise InputError("K105")
    return found
