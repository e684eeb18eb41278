"""The page that sends, as a form that needs no script, and the list of what this member has sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods

from secondcount.errors import InputError, SecondcountError
from secondcount.web.access import member_of, open_to
from secondcount.web.desk import Desk, desk, now
from secondcount.web.models import Arrival, Member, Posting, Station
from secondcount.web.receiving.answers import told_of
from secondcount.web.receiving.api import SENDERS, json_object
from secondcount.web.receiving.choices import CAPACITIES, FROM_WHOM, HOLDERS, SAID, SOURCES, TIMES
from secondcount.web.receiving.door import name_of, receive
from secondcount.web.receiving.quota import check_quota
from secondcount.web.receiving.receipts import states_of
from secondcount.web.receiving.saying import FIELDS, MOST_PAGES, parse_said
from secondcount.web.receiving.words import script_words
from secondcount.web.shell import language, phrases
from secondcount.web.trouble import STATUS, told

__all__ = ["named_values", "not_taken", "offered", "send", "sent"]

_LISTED_STATIONS = 2_000
_LISTED_ARRIVALS = 200


@open_to(*SENDERS)
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponseBase:
    """Show the form, or take in the pages of one copy."""
    context = offered(member_of(request), desk(), now()) | {"words": script_words("send")}
    if request.method == "GET":
        return render(request, "desk/receiving/send.html", context)
    try:
        check_quota(request)
        results = _take_pages(request, member_of(request), desk(), now())
    except SecondcountError as error:
        return not_taken(request, "desk/receiving/send.html", context, error)
    request.session["sent"] = results
    return redirect(f"{reverse('sent')}#{results[0]['receipt']}")


def _take_pages(request: HttpRequest, member: Member, place: Desk, moment: datetime) -> list[dict[str, object]]:
    """Take in every page of a form; the first that cannot be taken stops, what came before it is safe."""
    files = [one for one in request.FILES.getlist("pages") if isinstance(one, UploadedFile)]
    if not files:
        raise InputError("K111")
    if len(files) > MOST_PAGES:
        raise InputError("K112", field="pages")
    hashes = json_object(request.POST.get("hashes") or "{}")
    said = {name: request.POST.get(name, "") for name in FIELDS if name not in ("page", "pages")}
    said["sheet"] = said["sheet"] or secrets.token_hex(16)
    results: list[dict[str, object]] = []
    for number, file in enumerate(files, 1):
        claim = parse_said({**said, "page": number, "pages": len(files)}, member, place, moment)
        receipt = receive(
            place,
            member,
            file.read(),
            claim,
            moment,
            name=name_of(str(file.name)),
            sent=str(hashes.get(str(number), "")),
        )
        results.append({"receipt": receipt.arrival.receipt, "repeated": receipt.repeated, "told": told_of(receipt)})
    return results


def not_taken(
    request: HttpRequest, template: str, context: Mapping[str, object], error: SecondcountError
) -> HttpResponse:
    """Show a form again, with what was said in it and why it was not taken in."""
    trouble = {**told(error.code, named_values(dict(error.values))), "said": request.POST.dict()}
    return render(request, template, {**context, "trouble": trouble}, status=STATUS.get(error.code, 400))


def named_values(values: dict[str, object]) -> dict[str, object]:
    """Return the values of a sentence in which a field stands by its label."""
    field = values.get("field")
    book = phrases()
    key = f"receiving.field.{field}"
    return {**values, "field": book.say(key)} if isinstance(field, str) and book.has(key) else values


def offered(member: Member, place: Desk, moment: datetime) -> dict[str, object]:
    """Return what the form lets choose from."""
    registered = Station.objects.filter(known=True).exists()
    stations: QuerySet[Station] = Station.objects.filter(known=True) if registered else Station.objects.all()
    own = list(Posting.objects.filter(observer=member).values_list("station__name", flat=True)[:20])
    geography = place.election.geography
    local = moment.astimezone(ZoneInfo(place.election.timezone))
    return {
        "contests": [(one.id, one.labels.get(language())) for one in place.election.contests],
        "areas": [(one.id, one.labels.get(language())) for one in geography.areas[1:]],
        "stations": list(stations.order_by("name").values_list("name", flat=True)[:_LISTED_STATIONS]),
        "own": own,
        "sources": SOURCES,
        "from_whom": FROM_WHOM,
        "capacities": CAPACITIES,
        "holders": HOLDERS,
        "answers": SAID,
        "times": TIMES,
        "requisites": ("certified", "sealed"),
        "timezone": place.election.timezone,
        "latest": local.strftime("%Y-%m-%dT%H:%M"),
        "most_pages": MOST_PAGES,
        "sheet": secrets.token_hex(16),
    }


@open_to(*SENDERS)
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """Show what this member has sent, and what has become of it."""
    rows = Arrival.objects.filter(collector=member_of(request)).order_by("-received", "-pk")[:_LISTED_ARRIVALS]
    fresh = request.session.pop("sent", [])
    return render(
        request,
        "desk/receiving/sent.html",
        {"arrivals": states_of(list(rows)), "fresh": fresh, "words": script_words("sent")},
    )
