"""How a camera was held (EXIF tag 0x0112), read from the few bytes that say it; and what follows for boxes.

Nothing else of the metadata is read: position, serial numbers and thumbnails are left to the sealed original.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["UNREADABLE", "UPRIGHT", "Box", "orientation_of", "stored_box", "turned_size", "upright_box"]

UPRIGHT = 1
UNREADABLE = 0
"""The metadata say something about the orientation that cannot be understood."""

_TAG = 0x0112  # CIPA DC-008 (EXIF 2.32) section 4.6.4, "Orientation"
_SHORT = 3
_ORDERS = {b"II*\0": "little", b"MM\0*": "big"}
_MOST_ENTRIES = 512

# For each orientation: are rows and columns exchanged, and is the result then mirrored across, down?
_TURNS = {
    1: (False, False, False),
    2: (False, True, False),
    3: (False, True, True),
    4: (False, False, True),
    5: (True, False, False),
    6: (True, True, False),
    7: (True, True, True),
    8: (True, False, True),
}


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels from `left`, `top` up to but without `right`, `bottom`."""

    left: int
    top: int
    right: int
    bottom: int


def orientation_of(tiff: bytes) -> int:
    """Return the orientation 1 to 8 of an EXIF block (a TIFF file): 1 where none is given, 0 where it is broken."""
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return UNREADABLE
    little = order == "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if little else "big")

    first = number(4, 4)
    count = number(first, 2)
    if first < 8 or count > _MOST_ENTRIES or first + 2 + 12 * count > len(tiff):
        return UNREADABLE
    for at in range(first + 2, first + 2 + 12 * count, 12):
        if number(at, 2) == _TAG:
            value = number(at + 8, 2)
            sound = number(at + 2, 2) == _SHORT and number(at + 4, 4) == 1 and value in _TURNS
            return value if sound else UNREADABLE
    return UPRIGHT


def turned_size(orientation: int, width: int, height: int) -> tuple[int, int]:
    """Return width and height of the upright image, given those of the stored one."""
    return (height, width) if _TURNS[orientation][0] else (width, height)


def upright_box(orientation: int, box: Box, width: int, height: int) -> Box:
    """Return where a box of the stored image (of this width and height) lies in the upright one."""
    exchange, across, down = _TURNS[orientation]
    turned = _exchanged(box) if exchange else box
    return _mirrored(turned, turned_size(orientation, width, height), across=across, down=down)


def stored_box(orientation: int, box: Box, width: int, height: int) -> Box:
    """Return where a box of the upright image lies in the stored one (of this width and height)."""
    exchange, across, down = _TURNS[orientation]
    back = _mirrored(box, turned_size(orientation, width, height), across=across, down=down)
    return _exchanged(back) if exchange else back


def _exchanged(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def _mirrored(box: Box, size: tuple[int, int], *, across: bool, down: bool) -> Box:
    left, right = (size[0] - box.right, size[0] - box.left) if across else (box.left, box.right)
    top, bottom = (size[1] - box.bottom, size[1] - box.top) if down else (box.top, box.bottom)
    return Box(left, top, right, bottom)
