"""What must not be seen in a public picture: names, signatures, identity numbers stand on every real protocol.

A mask is a rectangle of the upright picture, in pixels or, for forms whose photos differ in size, in thousandths of
its width and height. Every mask is filled with black before anything is encoded. In a JPEG each block of pixels is
coded together, so that what stood in a mask rings on in the rest of its blocks: there the mask grows to whole blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.intake.images.orientation import Box, stored_box, turned_size, upright_box
from secondcount.intake.images.picture import Picture

__all__ = ["Mask", "masked_boxes", "parse_mask"]

_FORM = re.compile(r"(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})(pm|‰)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A rectangle of the upright picture: left, top, width, height, in pixels or per mille of the picture's sides."""

    left: int
    top: int
    width: int
    height: int
    per_mille: bool = False

    def __str__(self) -> str:
        """Return the text that `parse_mask` reads."""
        return f"{self.left},{self.top},{self.width},{self.height}{'pm' if self.per_mille else ''}"

    def box(self, width: int, height: int) -> Box:
        """Return the pixels of the mask in an upright picture of this size; thousandths are rounded outwards."""
        right, bottom = self.left + self.width, self.top + self.height
        if not self.per_mille:
            return _clipped(Box(self.left, self.top, right, bottom), width, height)
        return _clipped(
            Box(
                self.left * width // 1000,
                self.top * height // 1000,
                -(-right * width // 1000),
                -(-bottom * height // 1000),
            ),
            width,
            height,
        )


def parse_mask(text: str) -> Mask:
    """Return the mask "X,Y,W,H" (pixels of the upright picture) or "X,Y,W,Hpm" (thousandths of width and height).

    Raises:
        InputError: N130, it has another form, is empty, or goes beyond 1000 thousandths.

    """
    found = _FORM.fullmatch(text.replace(" ", ""))
    if found is None:
        raise InputError("N130", text=text[:60])
    left, top, width, height = (int(one) for one in found.groups()[:4])
    mask = Mask(left=left, top=top, width=width, height=height, per_mille=found[5] is not None)
    if not (width and height) or (mask.per_mille and max(left + width, top + height) > 1000):
        raise InputError("N130", text=text[:60])
    return mask


def masked_boxes(file: str, picture: Picture, masks: tuple[Mask, ...]) -> tuple[Box, ...]:
    """Return the pixels of the upright picture that are made black: all of each mask, and the rest of its blocks.

    Raises:
        InputError: N131, a mask lies outside the picture and would hide nothing.

    """
    width, height = turned_size(picture.orientation, picture.width, picture.height)
    boxes = []
    for mask in masks:
        box = mask.box(width, height)
        if box.left >= box.right or box.top >= box.bottom:
            raise InputError("N131", file=file, mask=str(mask), width=width, height=height)
        boxes.append(_whole_blocks(picture, box))
    return tuple(boxes)


def _whole_blocks(picture: Picture, box: Box) -> Box:
    """Return the box grown to whole blocks of the stored image; nothing grows where blocks are single pixels.

    Where colours are stored more coarsely than brightness, the decoder smooths them across the edge of a block:
    one more pixel is taken.
    """
    across, down = picture.block
    margin = 1 if max(across, down) > 8 else 0
    stored = stored_box(picture.orientation, box, picture.width, picture.height)
    grown = Box(
        stored.left // across * across - margin,
        stored.top // down * down - margin,
        -(-stored.right // across) * across + margin,
        -(-stored.bottom // down) * down + margin,
    )
    inside = _clipped(grown, picture.width, picture.height)
    return upright_box(picture.orientation, inside, picture.width, picture.height)


def _clipped(box: Box, width: int, height: int) -> Box:
    return Box(max(box.left, 0), max(box.top, 0), min(box.right, width), min(box.bottom, height))
