"""A photo of a sheet, as a telephone takes it: aslant, with a shadow, with noise, as a JPEG of some quality."""

from __future__ import annotations

from hashlib import shake_256
from io import BytesIO

from PIL import Image, ImageChops, ImageFilter

from secondcount.rehearsal.dice import Dice

__all__ = ["take_photo"]

_TABLE = (96, 78, 60)  # what the sheet lies on
_GRAIN = 128  # pixels of the side of one tile of noise


def take_photo(sheet: Image.Image, seed: str, *, width: int = 1000, legible: bool = True) -> bytes:
    """Return a JPEG of a sheet; same seed, same bytes. Without `legible` nothing in it can be read."""
    dice = Dice(f"secondcount.rehearsal.camera,{seed}")
    scene = _aslant(sheet, width, dice)
    scene = _shaded(scene, dice)
    scene = _noisy(scene, seed)
    if not legible:
        scene = scene.filter(ImageFilter.GaussianBlur(width / 40)).point(lambda value: value * 0.4)
    out = BytesIO()
    scene.save(out, "JPEG", quality=dice.between(58, 78))
    return out.getvalue()


def _aslant(sheet: Image.Image, width: int, dice: Dice) -> Image.Image:
    """Return the sheet on a table, seen from a little aside."""
    edge = sheet.width // 12
    table = Image.new("RGB", (sheet.width + 2 * edge, sheet.height + 2 * edge), _TABLE)
    table.paste(sheet, (edge, edge))
    right, bottom = table.size

    def near(x: int, y: int) -> tuple[int, int]:
        return x + dice.between(-edge // 2, edge // 2), y + dice.between(-edge // 2, edge // 2)

    corners = (near(0, 0), near(0, bottom), near(right, bottom), near(right, 0))
    size = (width, width * table.height // table.width)
    return table.transform(
        size,
        Image.Transform.QUAD,
        tuple(part for corner in corners for part in corner),
        Image.Resampling.BICUBIC,
        fillcolor=_TABLE,
    )


def _shaded(scene: Image.Image, dice: Dice) -> Image.Image:
    """Return the scene with a light that falls off towards one side."""
    dark = dice.between(55, 85) / 100
    light = Image.linear_gradient("L").rotate(90 * dice.below(4)).resize(scene.size)
    falling = light.point(lambda value: round(255 * (dark + (1 - dark) * value / 255)))
    return ImageChops.multiply(scene, falling.convert("RGB"))


def _noisy(scene: Image.Image, seed: str) -> Image.Image:
    """Return the scene with the grain of a small sensor: the same for the same seed."""
    grain = Image.frombytes("L", (_GRAIN, _GRAIN), shake_256(seed.encode()).digest(_GRAIN * _GRAIN))
    noise = Image.new("L", scene.size)
    for left in range(0, scene.width, _GRAIN):
        for top in range(0, scene.height, _GRAIN):
            noise.paste(grain, (left, top))
    return Image.blend(scene, Image.merge("RGB", (noise, noise, noise)), 0.09)
