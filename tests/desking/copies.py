"""Copies that wait to be read: photos that have arrived, were decoded, and are rows of the desk."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from PIL import Image, ImageDraw

from desking.place import DeskPlace

# isort: split
from django.test import Client

from secondcount.custody.arrivals import acknowledge_arrival
from secondcount.custody.claims import Claim
from secondcount.custody.decoding import ReadArrival, read_arrival
from secondcount.web.desk import desk
from secondcount.web.models import Arrival, ArrivalState, Member, PaperCopy
from secondcount.web.reading.queue import open_readings

__all__ = ["CELLS", "MOMENT", "a_photo", "commit_by_hand", "copy_to_read", "fields", "take_next"]

MOMENT = datetime(2030, 5, 5, 20, tzinfo=UTC)

CELLS = {
    "registered": "1000",
    "received": "700",
    "issued": "640",
    "cancelled": "60",
    "invalid": "12",
    "valid": "628",
    "red": "300",
    "green": "228",
    "blue": "100",
}
"""A sheet of the contest `list` that adds up."""


def a_photo(text: str, size: tuple[int, int] = (360, 480)) -> bytes:
    """Draw a small picture with a text, as a PNG; other text, other file."""
    image = Image.new("L", size, 255)
    drawing = ImageDraw.Draw(image)
    for number, line in enumerate(text.splitlines()):
        drawing.text((20, 20 + 24 * number), line, fill=0)
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def copy_to_read(
    place: DeskPlace,
    station: str = "1",
    *,
    contest: str = "list",
    collector: Member | None = None,
    photos: tuple[bytes, ...] = (),
    level: int = 2,
) -> PaperCopy:
    """Let a copy arrive, be decoded, and wait for two readings."""
    pages = photos or (a_photo(f"station {station}\n{contest}"),)
    copy = PaperCopy.objects.create(
        station=station, contest=contest, area="north", collector=collector, made=MOMENT, level=level
    )
    first = ""
    for number, photo in enumerate(pages, start=1):
        claim = Claim(
            station=station,
            contest=contest,
            area="north",
            sheet=f"s{copy.pk}",
            page=number,
            pages=len(pages),
            collector=collector.pseudonym if collector else "",
            level=level,
        )
        arrived = acknowledge_arrival(place.archive, photo, claim, MOMENT)
        chosen = desk().contest(contest)
        assert chosen is not None
        looked = read_arrival(place.archive, arrived.receipt, chosen, MOMENT, first=first)
        assert isinstance(looked, ReadArrival), looked
        first = first or looked.copy
        Arrival.objects.create(
            receipt=arrived.receipt,
            file=arrived.file,
            size=arrived.size,
            kind=arrived.kind,
            collector=collector,
            sheet=claim.sheet,
            page=number,
            received=MOMENT,
            state=ArrivalState.READY,
            entry=looked.copy,
            derivative=looked.derivative,
            width=looked.width,
            height=looked.height,
            copy=copy,
        )
    open_readings(copy, MOMENT)
    return copy


def fields(
    cells: Mapping[str, str] = CELLS, *, station: str = "1", contest: str = "list", pages: str = "1", **more: str
) -> dict[str, str]:
    """Return the fields of the form as a browser sends them: numbers, or a letter for a mark."""
    typed = {"station": station, "contest": contest, "pages": pages, **more}
    for cell, said in cells.items():
        typed |= {f"v-{cell}": "" if said in "ibsa" else said, f"m-{cell}": said if said in "ibsa" else ""}
    return typed


def take_next(client: Client, door: str = "read") -> str:
    """Press the button for the next task and return its address."""
    answer = client.post(f"/{door}/next/")
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def commit_by_hand(client: Client, typed: Mapping[str, str], address: str = "") -> str:
    """Fill in the form of the next copy, check it, send it; return the address of the thanks."""
    address = address or take_next(client)
    page = client.get(address).content.decode()
    found = re.search(r'name="grant" value="([^"]+)"', page)
    assert found, page
    typed = {**typed, "grant": found[1]}
    checked = client.post(address, {**typed, "step": "check"})
    assert checked.status_code == 200, checked.content.decode()
    sent = client.post(address, {**typed, "step": "commit"})
    assert sent.status_code == 302, sent.content.decode()
    return str(sent.headers["Location"])
