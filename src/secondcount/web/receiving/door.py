"""The door: a file and what is said of it become an arrival that is safe, and a row that shows it."""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from secondcount.custody.arrivals import acknowledge_arrival, load_arrival
from secondcount.custody.claims import Claim
from secondcount.custody.receipts import receipt_text
from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.model.issue import Issue
from secondcount.web import work
from secondcount.web.accounts.acts import record_act
from secondcount.web.desk import Desk
from secondcount.web.models import Arrival, Member
from secondcount.web.receiving.parts import finished, forget
from secondcount.web.receiving.rows import row_of

__all__ = ["Receipt", "name_of", "receive", "receive_upload"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the sender gets: the row of the arrival, the text of the receipt, and what is to be said of it."""

    arrival: Arrival
    text: str
    repeated: bool
    told: tuple[Issue, ...]


def receive(place: Desk, member: Member, data: bytes, claim: Claim, now: datetime, *, name: str, sent: str) -> Receipt:
    """Take in a file; it is safe when this returns.

    Args:
        place: the desk.
        member: who sends it.
        data: the file.
        claim: what they say of it.
        now: when it arrives.
        name: of the file, for refusals only.
        sent: the SHA-256 that was computed where it was sent; "" where nothing could be.

    Raises:
        InputError: K113 it is not what was sent; all of `acknowledge_arrival`.

    """
    if sent and not hmac.compare_digest(sent.lower().encode(), sha256_hex(data).encode()):
        raise InputError("K113")
    arrived = acknowledge_arrival(place.archive, data, claim, now, name)
    if not arrived.repeated:
        record_act("copy_received", member, arrived.receipt)
    work.wake()
    row = row_of(arrived.receipt, arrived, claim, member, now)
    return Receipt(arrival=row, text=arrived.text, repeated=arrived.repeated, told=arrived.told)


def receive_upload(
    place: Desk, member: Member, upload: str, claim: Claim, now: datetime, *, file: str, size: int
) -> Receipt:
    """Take in an upload that is complete; asked again after a lost answer, give the same receipt.

    What was gathered is thrown away once it is safe, and where it is not the file (by SHA-256) that was to be sent.

    Raises:
        InputError: K115 there is no such upload, K116 some of it is missing; all of `receive`.

    """
    before = _received_before(place, member, file, claim)
    if before is not None:
        forget(place, member, upload)
        text = receipt_text(place.archive.origin, before.receipt)
        return Receipt(arrival=before, text=text, repeated=True, told=())
    data = finished(place, member, upload, size)
    try:
        receipt = receive(place, member, data, claim, now, name="-", sent=file)
    except InputError as error:
        if error.code == "K113":
            forget(place, member, upload)
        raise
    forget(place, member, upload)
    return receipt


def _received_before(place: Desk, member: Member, file: str, claim: Claim) -> Arrival | None:
    """Return the arrival of a file that this member has sent with this claim: an answer was lost on the way.

    A row is no receipt: where the archive has no such arrival, the file is sent again.
    """
    known = Arrival.objects.filter(collector=member, file=file, contest=claim.contest, station=claim.station)
    for row in known:
        with suppress(InputError):
            load_arrival(place.archive, row.receipt)
            return row
    return None


def name_of(path: str) -> str:
    """Return the last part of a name from outside, for refusals."""
    return Path(path.replace("\\", "/")).name[-120:]
