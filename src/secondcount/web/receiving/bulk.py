"""Many photos at once, for coordinators: a folder or a ZIP, with one answer for each file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from secondcount.errors import InputError, SecondcountError
from secondcount.intake import open_bundle
from secondcount.intake.images import LIMITS
from secondcount.web.access import member_of, open_to
from secondcount.web.desk import Desk, desk, now
from secondcount.web.models import Member, Role
from secondcount.web.receiving.door import name_of, receive
from secondcount.web.receiving.pages import named_values, not_taken, offered
from secondcount.web.receiving.quota import LARGEST_BUNDLE, check_quota
from secondcount.web.receiving.saying import known_sheet, parse_said
from secondcount.web.receiving.words import script_words
from secondcount.web.trouble import told

__all__ = ["Outcome", "bulk", "station_and_page"]

_NAME = re.compile(r"(?P<station>.+?)(?:_(?P<page>\d{1,2}))?\.[A-Za-z]{3,4}")
_SAID = ("contest", "area", "source", "from_whom", "capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: a receipt, or why it was not taken in."""

    name: str
    receipt: str = ""
    station: str = ""
    repeated: bool = False
    trouble: dict[str, str] | None = None


@open_to(Role.COORDINATOR)
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Show the form, or take in every photo of a folder or ZIP."""
    context = offered(member_of(request), desk(), now()) | {"words": script_words("bulk")}
    if request.method == "GET":
        return render(request, "desk/receiving/bulk.html", context)
    try:
        check_quota(request)
        outcomes = tuple(_take_all(request, member_of(request), desk(), now()))
    except SecondcountError as error:
        return not_taken(request, "desk/receiving/bulk.html", context, error)
    return render(request, "desk/receiving/bulk.html", context | {"outcomes": outcomes})


def station_and_page(name: str, station: str = "") -> tuple[str, int]:
    """Return station and page that the name of a file says: `123_1.jpg`; a station for all files comes before that.

    Raises:
        InputError: K118, there is none.

    """
    found = _NAME.fullmatch(name_of(name))
    page = int(found["page"]) if found and found["page"] else 1
    wanted = station or (found["station"] if found else "")
    if not wanted.strip() or page < 1:
        raise InputError("K118", file=name_of(name))
    return wanted, page


def _take_all(request: HttpRequest, member: Member, place: Desk, moment: datetime) -> Iterator[Outcome]:
    said = {name: request.POST.get(name, "") for name in _SAID}
    station = request.POST.get("station", "").strip()
    batch = known_sheet(request.POST.get("sheet", ""))
    files = tuple(_files(request))
    if not files:
        raise InputError("K111")
    last = _last_pages([name for name, _ in files], station)
    for name, load in files:
        try:
            found, page = station_and_page(name, station)
            sheet = sha256(f"{batch}\n{found}".encode()).hexdigest()[:32]
            fields = {**said, "station": found, "sheet": sheet, "page": page, "pages": last[found]}
            claim = parse_said(fields, member, place, moment)
            receipt = receive(place, member, load(), claim, moment, name=name, sent="")
            row = receipt.arrival
            yield Outcome(name=name, receipt=row.receipt, station=row.station, repeated=receipt.repeated)
        except SecondcountError as error:
            yield Outcome(name=name, trouble=told(error.code, named_values(dict(error.values))))


def _last_pages(names: list[str], station: str) -> dict[str, int]:
    """Return the highest page of each station among the names of files."""
    last: dict[str, int] = {}
    for name in names:
        with suppress(InputError):
            found, page = station_and_page(name, station)
            last[found] = max(page, last.get(found, 1))
    return last


def _files(request: HttpRequest) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield every file of the form, photos as they are and those in a ZIP: its name, and how to get at its bytes."""
    for file in (one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)):
        name = name_of(str(file.name))
        if not name.casefold().endswith(".zip"):
            yield name, partial(_load, name, file)
        elif (file.size or 0) > LARGEST_BUNDLE:
            raise InputError("K110", limit=LARGEST_BUNDLE)
        else:
            yield from ((one.name, one.read) for one in open_bundle(name, cast("IO[bytes]", file)))


def _load(name: str, file: UploadedFile[Any]) -> bytes:
    if (file.size or 0) > LIMITS.size:
        raise InputError("N101", file=name, size=file.size or 0, limit=LIMITS.size)
    return bytes(file.read())
