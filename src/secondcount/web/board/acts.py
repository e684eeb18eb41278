"""Acts to be printed and signed by hand: refusal of a copy, hand-over of a paper, consent to be named to a court.

Names are written on the paper and nowhere else: these pages take nothing in. What the desk knows anyway (election,
station, date) may be filled in; everything else is a line.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondcount.errors import InputError
from secondcount.model.labels import LANGUAGES
from secondcount.model.naming import area_labels
from secondcount.web.access import open_to
from secondcount.web.desk import desk
from secondcount.web.models import Role, Station
from secondcount.web.shell import language
from secondcount.wording import phrasebook

__all__ = ["KINDS", "act", "acts"]

KINDS = {
    "refusal": ("from", "capacity", "asked", "answer", "words"),
    "hand-over": ("giver", "taker", "what", "copy_number", "moment"),
    "consent": ("holder", "what", "scope"),
}
"""Kind of act -> its lines, in their order."""

WITNESSES = (1, 2)
WORDS = ("name", "address", "signature", "drawn_by", "by_hand")


@open_to(*Role)
@require_GET
def acts(request: HttpRequest) -> HttpResponse:
    """List the acts, in every language."""
    station = request.GET.get("station", "")
    return render(request, "desk/board/acts.html", {"kinds": tuple(KINDS), "station": station, "codes": LANGUAGES})


@open_to(*Role)
@require_GET
def act(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one act as a page of A4: `lang` is its language, `station` is filled in where one is named."""
    wanted = request.GET.get("lang", language())
    if kind not in KINDS or wanted not in LANGUAGES:
        raise InputError("K105")
    book, election = phrasebook(wanted), desk().election
    name, area = _station(request.GET.get("station", ""), wanted)
    key = kind.replace("-", "_")
    about = {
        "act_language": wanted,
        "title": book.say(f"board.act.{key}.title"),
        "body": book.say(f"board.act.{key}.body"),
        "lines": [book.say(f"board.act.{key}.{line}") for line in KINDS[kind]],
        "fields": [
            (book.say("board.act.election"), election.labels.get(wanted)),
            (book.say("board.act.voting_day"), book.date(election.voting_day)),
            (book.say("board.act.station"), name),
            (book.say("board.act.area"), area),
            (book.say("board.act.place_and_time"), ""),
        ],
        "witnesses": [book.say("board.act.witness", number=number) for number in WITNESSES],
        "words": {one: book.say(f"board.act.{one}") for one in WORDS},
    }
    return render(request, "desk/board/act.html", about)


def _station(name: str, wanted: str) -> tuple[str, str]:
    """Return a station and its area in words; a station that the desk does not know is left to be written by hand."""
    found = Station.objects.filter(name=name).first() if name else None
    if found is None:
        return "", ""
    geography = desk().election.geography
    return found.name, area_labels(geography, wanted).get(found.area, "")
