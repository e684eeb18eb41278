"""QR codes as pictures within the page: nothing is asked of anybody else for them."""

from __future__ import annotations

import base64
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathFillImage

__all__ = ["qr_picture"]


def qr_picture(text: str) -> str:
    """Return a QR code of a text as the address of a picture, dark on white in dark rooms too."""
    drawn = BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage, border=4).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"
