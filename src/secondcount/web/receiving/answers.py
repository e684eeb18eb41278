"""What a sender is told of a receipt, as JSON for the page that sent it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from secondcount.model.naming import issue_values
from secondcount.web.desk import desk
from secondcount.web.models import Arrival
from secondcount.web.qr import qr_picture
from secondcount.web.receiving.door import Receipt
from secondcount.web.trouble import told

__all__ = ["link_of", "receipt_json", "receipt_text_of"]


def link_of(request: HttpRequest, arrival: Arrival) -> str:
    """Return the address of a receipt, as it is called from outside."""
    path, origin = reverse("receipt", args=[arrival.receipt]), desk().config.origin
    return f"{origin}{path}" if origin else request.build_absolute_uri(path)


def receipt_text_of(arrival: Arrival) -> str:
    """Return what stands in the QR code of a receipt: the entry and the log, whatever becomes of this desk."""
    return f"secondcount:receipt:1:{arrival.receipt}:{desk().archive.origin}"


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
        "told": [told(one.code, dict(issue_values(one))) for one in receipt.told],
    }
