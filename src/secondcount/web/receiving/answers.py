"""What a sender is told of a receipt, as JSON for the page that sent it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from secondcount.custody.receipts import receipt_text
from secondcount.model.naming import issue_values
from secondcount.web.desk import desk
from secondcount.web.models import Arrival
from secondcount.web.qr import qr_picture
from secondcount.web.receiving.door import Receipt
from secondcount.web.shell import address
from secondcount.web.trouble import told

__all__ = ["link_of", "receipt_json", "receipt_text_of", "told_of"]


def link_of(request: HttpRequest, arrival: Arrival) -> str:
    """Return the address of a receipt, as it is called from outside."""
    return address(request, reverse("receipt", args=[arrival.receipt]))


def receipt_text_of(arrival: Arrival) -> str:
    """Return what stands in the QR code of a receipt: the entry and the log, whatever becomes of this desk."""
    return receipt_text(desk().archive.origin, arrival.receipt)


def receipt_json(request: HttpRequest, receipt: Receipt) -> dict[str, object]:
    """Return the answer to a file that is safe."""
    arrival = receipt.arrival
    return {
        "receipt": arrival.receipt,
        "text": receipt.text,
        "link": link_of(request, arrival),
        "qr": qr_picture(receipt.text),
        "state": "safe",
        "file": arrival.file,
        "size": arrival.size,
        "repeated": receipt.repeated,
        "told": told_of(receipt),
    }


def told_of(receipt: Receipt) -> list[dict[str, str]]:
    """Return what is to be said of a file that is safe, in words."""
    return [told(one.code, dict(issue_values(one))) for one in receipt.told]
