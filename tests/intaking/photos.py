"""Photos drawn for tests, and what a picture shows once it is decoded."""

from __future__ import annotations

import io

from PIL import Image

from secondcount.intake.images import ImageKind

__all__ = ["decoded", "encoded", "patterned"]


def patterned(width: int = 160, height: int = 128, mode: str = "RGB") -> Image.Image:
    """Return a picture in which no two corners look alike."""
    image = Image.new("RGB", (width, height), "white")
    for x in range(0, width, 8):
        image.paste((x * 255 // width, 60, 200), (x, 0, x + 4, height * x // width + 8))
    image.paste((220, 30, 30), (0, 0, width // 4, height // 4))
    image.paste((30, 160, 30), (width * 3 // 4, 0, width, height // 4))
    return image.convert(mode)


def encoded(image: Image.Image, kind: ImageKind = ImageKind.JPEG, **options: object) -> bytes:
    """Return a picture as a file; a JPEG of high quality unless said otherwise."""
    written = io.BytesIO()
    if kind is ImageKind.JPEG:
        options = {"quality": 90, **options}
    image.save(written, "JPEG" if kind is ImageKind.JPEG else "PNG", **options)
    return written.getvalue()


def decoded(data: bytes) -> Image.Image:
    """Return the picture in a file as RGB."""
    return Image.open(io.BytesIO(data)).convert("RGB")
