"""The only program that opens HEIC, WebP, TIFF and PDF: it makes one PNG of them, pages below each other.

Started as `python -I translator.py KIND PAGES PIXELS LONGEST SHORTEST MEMORY SECONDS`; it reads a file on its standard
input and writes one line and a PNG on its standard output. The line is: number of pages, their sizes as WxH with
commas between, and what was found (words of `FOUND`, or "-"). It is confined like the child that redraws photos, so
the libraries and their own are loaded before the first byte is read. What it writes is a photo like any other: the
parent holds it against the same limits and has it redrawn.

Exit code 0 means done, 1 not decodable, 3 memory; 5 to 7 too many pixels, a side too long, too short (then it writes
the size); 8 moving pictures, 9 locked, 10 the library is not there.
"""

from __future__ import annotations

import io
import runpy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from PIL import Image, TiffImagePlugin, WebPImagePlugin

__all__ = ["CODECS", "FOUND", "main", "translate"]

CODECS = (TiffImagePlugin, WebPImagePlugin)
LIBRARIES = {"HEIC": "pi_heif", "PDF": "pypdfium2"}
FOUND = ("EXIF", "XMP", "ICC", "scripts", "attachments", "turned", "cmyk", "deep", "transparent")
NO_MEMORY, TOO_MANY_PIXELS, TOO_LONG, TOO_SHORT, MOVING, LOCKED, NO_LIBRARY = 3, 5, 6, 7, 8, 9, 10
ORIENTATION = 0x0112  # CIPA DC-008 (EXIF 2.32) section 4.6.4
DPI, POINTS = 200, 72  # ISO 32000-1 section 8.3.2.3: a unit of a page is 1/72 inch
LONGEST_PAGE = 4_000  # pixels: a page whose scan is finer is drawn as fine as that
PASSWORD = 4  # FPDF_ERR_PASSWORD

CHILD = runpy.run_path(str(Path(__file__).with_name("child.py")))
confine: Callable[[int, int, bool], None] = CHILD["confine"]
plain_pixels: Callable[[Image.Image], Image.Image] = CHILD["plain_pixels"]
TURNS: dict[int, Image.Transpose] = CHILD["TURNS"]


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What may be drawn in all."""

    pages: int
    pixels: int
    longest: int
    shortest: int


@dataclass(kw_only=True)
class Pages:
    """The pages that fit, how many there are, and what was found on the way."""

    drawn: list[Image.Image]
    count: int
    found: set[str]


def translate(data: bytes, kind: str, bounds: Bounds, library: ModuleType | None) -> bytes:
    """Return the line and the PNG."""
    pages = READERS[kind](data, bounds, library)
    sizes = ",".join(f"{one.width}x{one.height}" for one in pages.drawn)
    found = ",".join(one for one in FOUND if one in pages.found) or "-"
    written = io.BytesIO()
    stacked(pages.drawn).save(written, "PNG", compress_level=1)
    return f"{pages.count} {sizes} {found}\n".encode() + written.getvalue()


def stacked(drawn: list[Image.Image]) -> Image.Image:
    """Return pages below each other, at the left edge, on white."""
    if len(drawn) == 1:
        drawn[0].info.clear()
        return drawn[0]
    mode = "L" if all(one.mode == "L" for one in drawn) else "RGB"
    whole = Image.new(mode, (max(one.width for one in drawn), sum(one.height for one in drawn)), "white")
    top = 0
    for one in drawn:
        whole.paste(one, (0, top))
        top += one.height
    return whole


def check_size(width: int, height: int, bounds: Bounds) -> None:
    """End this process where a page is too large or too small to be decoded, and say its size."""
    code = 0
    if max(width, height) > bounds.longest:
        code = TOO_LONG
    elif width * height > bounds.pixels:
        code = TOO_MANY_PIXELS
    elif min(width, height) < bounds.shortest:
        code = TOO_SHORT
    if code:
        sys.stdout.buffer.write(f"{width} {height}\n".encode())
        sys.stdout.buffer.flush()
        sys.exit(code)


def fits(drawn: list[Image.Image], width: int, height: int, bounds: Bounds) -> bool:
    """Return whether one more page of this size may stand below the others."""
    tall = sum(one.height for one in drawn) + height
    wide = max(width, *(one.width for one in drawn), 0)
    return tall <= bounds.longest and wide * tall <= bounds.pixels


def drawn_upright(image: Image.Image, found: set[str]) -> Image.Image:
    """Return the plain pixels of a picture, turned as its metadata say."""
    found |= {name for name, key in (("EXIF", "exif"), ("XMP", "xmp"), ("ICC", "icc_profile")) if image.info.get(key)}
    found |= {name for name, met in _odd(image) if met}
    turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
    if turn is not None:
        found.add("turned")
    plain = plain_pixels(image)
    # Pillow turns a TIFF itself when it loads it.
    return plain if turn is None or image.format == "TIFF" else plain.transpose(turn)


def _odd(image: Image.Image) -> Iterator[tuple[str, bool]]:
    yield "cmyk", image.mode == "CMYK"
    yield "deep", image.mode.startswith(("I", "F"))
    yield "transparent", image.mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in image.info


def read_webp(data: bytes, bounds: Bounds, _library: ModuleType | None) -> Pages:
    """Return the one picture of a WebP."""
    image = Image.open(io.BytesIO(data), formats=("WEBP",))
    check_size(*image.size, bounds)
    if getattr(image, "n_frames", 1) > 1:
        sys.exit(MOVING)
    found: set[str] = set()
    return Pages(drawn=[drawn_upright(image, found)], count=1, found=found)


def read_tiff(data: bytes, bounds: Bounds, _library: ModuleType | None) -> Pages:
    """Return the first pages of a TIFF that fit."""
    image = Image.open(io.BytesIO(data), formats=("TIFF",))
    count = getattr(image, "n_frames", 1)
    pages = Pages(drawn=[], count=count, found=set())
    for number in range(min(count, bounds.pages)):
        image.seek(number)
        if number == 0:
            check_size(*image.size, bounds)
        elif not fits(pages.drawn, *image.size, bounds):
            break
        pages.drawn.append(drawn_upright(image, pages.found).copy())
    return pages


def read_heic(data: bytes, bounds: Bounds, library: Any) -> Pages:
    """Return the main picture of a HEIC; the library turns it as the container says (ISO 23008-12 section 6.5.10)."""
    library.options.THUMBNAILS = library.options.DEPTH_IMAGES = library.options.AUX_IMAGES = False
    library.options.DECODE_THREADS = 0
    opened = library.open_heif(data, convert_hdr_to_8bit=True)
    check_size(opened.size[0], opened.size[1], bounds)
    found = {name for name, key in (("EXIF", "exif"), ("XMP", "xmp"), ("ICC", "icc_profile")) if opened.info.get(key)}
    image = Image.frombytes(opened.mode, opened.size, bytes(opened.data), "raw", opened.mode, opened.stride)
    found |= {name for name, met in _odd(image) if met}
    return Pages(drawn=[plain_pixels(image)], count=1, found=found)


def read_pdf(data: bytes, bounds: Bounds, library: Any) -> Pages:
    """Return the first pages of a PDF that fit, as they would be printed; no script of it is run."""
    try:
        document = library.PdfDocument(data)
    except library.PdfiumError as error:
        sys.exit(LOCKED if getattr(error, "err_code", 0) == PASSWORD else 1)
    pages = Pages(drawn=[], count=len(document), found=set())
    if document.count_attachments():
        pages.found.add("attachments")
    if library.raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
        pages.found.add("scripts")
    budget = bounds.pixels // max(min(pages.count, bounds.pages), 1)
    for number in range(min(pages.count, bounds.pages)):
        page = document[number]
        scale = _scale(page, library, budget)
        size = [max(1, int(side * scale)) for side in page.get_size()]
        if number == 0:
            check_size(size[0], size[1], bounds)
        elif not fits(pages.drawn, size[0] + 1, size[1] + 1, bounds):
            break
        pages.drawn.append(plain_pixels(page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")))
        page.close()
    return pages


def _scale(page: Any, library: Any, budget: int) -> float:
    """Return pixels per point: 200 to the inch, or as fine as the largest scan on the page, within what is allowed."""
    width, height = page.get_size()
    finest = DPI / POINTS
    for scan in page.get_objects(filter=[library.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        finest = max(finest, scan.get_px_size()[0] / max(width, 1))
    return float(min(finest, LONGEST_PAGE / max(width, height, 1), (budget / max(width * height, 1)) ** 0.5))


READERS: dict[str, Callable[[bytes, Bounds, Any], Pages]] = {
    "HEIC": read_heic,
    "PDF": read_pdf,
    "TIFF": read_tiff,
    "WEBP": read_webp,
}


def main(arguments: list[str]) -> None:
    """Load what the kind needs, confine this process, then read, translate and write."""
    kind = arguments[0]
    pages, pixels, longest, shortest, memory, seconds = (int(one) for one in arguments[1:])
    try:
        library = import_module(LIBRARIES[kind]) if kind in LIBRARIES else None
    except ImportError:
        sys.exit(NO_LIBRARY)
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None  # opening decodes nothing; `check_size` comes before what does
    confine(memory, seconds, kind == "HEIC")  # libde265 decodes in a thread of its own
    bounds = Bounds(pages=pages, pixels=pixels, longest=longest, shortest=shortest)
    try:
        answer = translate(sys.stdin.buffer.read(), kind, bounds, library)
    except MemoryError:
        sys.exit(NO_MEMORY)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(sys.argv[1:])
