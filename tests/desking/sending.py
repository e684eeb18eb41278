"""Photos that somebody sends: what is said of them, the door for programs, and whether anything came of it."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desking.place import DeskPlace
from museum.small_photos import COLOUR
from secondcount.web.models import Arrival

__all__ = ["SHEET", "nothing_taken", "said", "sent"]

SHEET = "ab" * 16


def said(**more: object) -> dict[str, object]:
    """Return what a sender says at least."""
    return {"station": "12", "contest": "list", "source": "certified_copy", "sheet": SHEET, **more}


def sent(client: Client, data: bytes = COLOUR, name: str = "photo.jpg", sha256: str = "", **more: object) -> Any:
    """Send one photo through the door for programs."""
    form = {"claim": json.dumps(said(**more)), "file": SimpleUploadedFile(name, data), "sha256": sha256}
    return client.post("/api/arrivals", form)


def nothing_taken(place: DeskPlace) -> bool:
    """Return whether no row, no entry and no original came of a request."""
    private = place.archive.private
    return not (Arrival.objects.exists() or [*private.names("original/")] or [*private.names("arrival/record/")])
