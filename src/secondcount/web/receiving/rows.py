"""Rows of arrivals: an index of what is on the disk, made when a file arrives and again where the row was lost."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from secondcount.custody.claims import Claim
from secondcount.web.models import Arrival, Member

__all__ = ["Kept", "row_of"]


class Kept(Protocol):
    """What is known of a file that was acknowledged."""

    @property
    def file(self) -> str:
        """SHA-256 of its bytes."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def kind(self) -> str:
        """Media type."""


def row_of(receipt: str, kept: Kept, claim: Claim, member: Member | None, received: datetime) -> Arrival:
    """Return the row of an arrival, made if there is none."""
    row, _ = Arrival.objects.get_or_create(
        receipt=receipt,
        defaults={
            "file": kept.file,
            "size": kept.size,
            "kind": kept.kind,
            "collector": member,
            "sheet": claim.sheet,
            "page": claim.page,
            "pages": claim.pages,
            "station": claim.station,
            "contest": claim.contest,
            "received": received,
        },
    )
    return row
