"""HEIC, WebP, TIFF and PDF on their way to a picture: a confined child makes a PNG of them, which is then a photo.

Pages of one file stand below each other in one picture. What the child answers is not believed: its PNG is parsed,
held against the limits and redrawn like a photo of a stranger.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from secondcount.errors import InputError, reason_of
from secondcount.intake.images.decoding import OUT_OF_TIME, OVERHEAD, run_confined
from secondcount.intake.images.kinds import ImageKind, second_kind
from secondcount.intake.images.limits import Limits
from secondcount.intake.images.mask import Mask
from secondcount.intake.images.picture import Picture, parse_picture

__all__ = ["NATIVE", "TRANSLATOR", "Translated", "page_masks", "translate"]

NATIVE = frozenset({ImageKind.JPEG, ImageKind.PNG})
"""Kinds that are parsed here, and redrawn without being translated."""

TRANSLATOR = Path(__file__).with_name("translator.py")
_NAMES = {ImageKind.HEIC: "HEIC", ImageKind.PDF: "PDF", ImageKind.TIFF: "TIFF", ImageKind.WEBP: "WEBP"}
_EXITS = {1: "N120", 3: "N121", 8: "N112", 9: "N116", 10: "N117"}
_SIZES = {5: ("N109", "pixels"), 6: ("N110", "longest"), 7: ("N111", "shortest")}
_LINE = re.compile(rb"(\d{1,6}) (\d{1,5}x\d{1,5}(?:,\d{1,5}x\d{1,5}){0,31}) ([A-Za-z,]{1,120}|-)\n")
_SIZE = re.compile(rb"(\d{1,10}) (\d{1,10})\n")
_ENDS_AT_RIFF = {ImageKind.WEBP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A file that is now a PNG: its picture, the sizes of the pages in it, how many there were, what was odd."""

    picture: Picture
    pages: tuple[tuple[int, int], ...]  # width and height of each, from the top
    count: int  # pages of the file; those that are not in `pages` were left out
    found: frozenset[str]  # words of `translator.FOUND`


def translate(file: str, kind: ImageKind, data: bytes, limits: Limits, child: Path = TRANSLATOR) -> Translated:
    """Return what a confined child makes of a file in another format than JPEG and PNG.

    Raises:
        InputError: N101, N109 to N112 too large, too small, moving; N114 another file in it; N116 locked, N117 the
            library is not installed; N120 to N125 as for photos.

    """
    if len(data) > limits.size:
        raise InputError("N101", file=file, size=len(data), limit=limits.size)
    _check_single(file, kind, data)
    numbers = (limits.pages, limits.pixels, limits.longest, limits.shortest, limits.memory, limits.processor)
    command = [sys.executable, "-I", str(child), _NAMES[kind], *(str(one) for one in numbers)]
    most = limits.pixels * 3 + limits.longest + OVERHEAD
    try:
        answer, code, late = run_confined(command, data, most, limits.wall)
    except OSError as error:
        raise InputError("N125", file=file, reason=reason_of(error)) from None
    if late or code == OUT_OF_TIME:
        raise InputError("N122", file=file)
    if code:
        raise _refusal(file, kind, code, answer, limits)
    return _parse(file, answer, most, limits)


def page_masks(translated: Translated, masks: tuple[Mask, ...]) -> tuple[Mask, ...]:
    """Return masks for the whole picture: those in thousandths are of each page, those in pixels stay as they are."""
    placed = [one for one in masks if not one.per_mille]
    top = 0
    for width, height in translated.pages:
        for one in masks:
            if one.per_mille:
                box = one.box(width, height)
                wide, tall = box.right - box.left, box.bottom - box.top
                placed.append(Mask(left=box.left, top=top + box.top, width=wide, height=tall))
        top += height
    return tuple(placed)


def _check_single(file: str, kind: ImageKind, data: bytes) -> None:
    """Refuse what can also be opened as something else: a ZIP is found from its end, a PDF near the beginning."""
    end = len(data)
    if kind in _ENDS_AT_RIFF:  # RIFF: the size of what follows, made even, stands at byte 4
        size = int.from_bytes(data[4:8], "little")
        end = min(8 + size + size % 2, len(data))
    found = second_kind(data if kind is not ImageKind.PDF else b"", end)
    if found or _is_zip(data):
        raise InputError("N114", file=file, kind=found or "ZIP")


def _is_zip(data: bytes) -> bool:
    """Return whether a ZIP's last record ends where the file does (APPNOTE 4.3.16)."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    return at >= 0 and at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") == len(data)


def _refusal(file: str, kind: ImageKind, code: int, answer: bytes, limits: Limits) -> InputError:
    size = _SIZE.fullmatch(answer[:_MOST_LINE])
    if code in _SIZES and size:
        name, limit = _SIZES[code]
        return InputError(name, file=file, width=int(size[1]), height=int(size[2]), limit=getattr(limits, limit))
    if code == 10:
        return InputError("N117", file=file, kind=_NAMES[kind])
    if code in _EXITS:
        return InputError(_EXITS[code], file=file)
    return InputError("N123", file=file, status=code)


_MOST_LINE = 600


def _parse(file: str, answer: bytes, most: int, limits: Limits) -> Translated:
    found = _LINE.match(answer[:_MOST_LINE])
    if found is None or len(answer) > most:
        raise InputError("N124", file=file)
    png = answer[found.end() :]
    pages = tuple(_size_of(one) for one in found[2].decode().split(","))
    wide, tall = max(width for width, _ in pages), sum(height for _, height in pages)
    picture = parse_picture(file, png, replace(limits, size=len(png), parts=len(png)))
    if picture.kind is not ImageKind.PNG or (picture.width, picture.height) != (wide, tall) or picture.behind:
        raise InputError("N124", file=file)
    words = frozenset(found[3].decode().split(",")) - {"-", ""}
    return Translated(picture=picture, pages=pages, count=max(int(found[1]), len(pages)), found=words)


def _size_of(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)
