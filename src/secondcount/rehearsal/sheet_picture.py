"""A protocol as a picture: the printed form in one language, figures by hand, a stamp, signatures; SYNTHETIC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from secondcount.model.election import Contest
from secondcount.model.labels import LANGUAGES
from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.papers import Paper
from secondcount.rehearsal.strokes import Pen, draw_number, draw_signature
from secondcount.transcription.cells import Mark
from secondcount.wording import phrasebook

__all__ = ["SIZE", "draw_sheet", "prints"]

SIZE = (900, 1270)
"""Pixels: the proportions of A4."""

_FONTS = ("DejaVuSans.ttf", "arial.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arial.ttf")
_RULE, _FAINT = (120, 120, 120), (70, 84, 150)
_INK, _PEN, _STAMP, _PALE = (20, 20, 24), (24, 40, 130), (40, 60, 170), (226, 214, 214)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    number: str
    label: str
    cell: str


@cache
def _font(size: int) -> Font:
    """Return a font of this machine; where it has none of those known, the one that comes with the drawing library."""
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


@cache
def prints(text: str) -> bool:
    """Return whether this machine has a font with all letters of a text; else forms are printed in English."""
    font = _font(20)
    missing = bytes(font.getmask("\U0010fffe"))
    return all(one.isspace() or bytes(font.getmask(one)) != missing for one in text)


def draw_sheet(paper: Paper, contest: Contest, language: str, seed: str) -> Image.Image:
    """Return the picture of a paper, upright and evenly lit; same paper and seed, same pixels."""
    dice = Dice(f"secondcount.rehearsal.sheet,{seed},{paper.station},{paper.contest}")
    language = language if prints("ЖәқҮ") else "en"
    book = phrasebook(language)
    picture = Image.new("RGB", SIZE, (250, 249, 245))
    draw = ImageDraw.Draw(picture)
    _watermark(picture)
    draw.text((60, 40), book.say("rehearsal.sheet.head"), font=_font(30), fill=_INK)
    draw.text((60, 84), contest.labels.get(language), font=_font(24), fill=_INK)
    draw.text((60, 132), book.say("rehearsal.sheet.station"), font=_font(22), fill=_INK)
    pen = Pen(draw=draw, dice=dice, ink=_PEN)
    draw_number(pen, paper.station, (430, 122), 40)
    _end(pen, _rows(pen, paper, list(_printed(contest, language))))
    return picture


def _printed(contest: Contest, language: str) -> Iterator[_Row]:
    for line in contest.form.lines:
        yield _Row(number=line.number, label=line.labels.get(language), cell=line.id)
    first = len(contest.form.lines) + 1
    for number, one in enumerate(contest.contestants, first):
        yield _Row(number=str(number), label=one.labels.get(language), cell=one.id)


def _rows(pen: Pen, paper: Paper, rows: list[_Row]) -> float:
    """Draw the rows of the form and what was written into them; return where they end."""
    draw, top, height = pen.draw, 190.0, min(52, 860 // len(rows))
    for row in rows:
        draw.rectangle((60, top, 840, top + height), outline=_RULE)
        draw.line((110, top, 110, top + height), fill=_RULE)
        draw.line((600, top, 600, top + height), fill=_RULE)
        draw.text((68, top + height / 2 - 10), row.number, font=_font(17), fill=_INK)
        draw.text((120, top + height / 2 - 11), row.label, font=_font(18), fill=_INK)
        _write(pen, paper, row.cell, (616, top + height * 0.14), height * 0.7)
        top += height
    return top


def _write(pen: Pen, paper: Paper, cell: str, at: tuple[float, float], height: float) -> None:
    found = paper.cells[cell]
    if found.mark is not Mark.READ or found.value is None:
        return
    left, top = at
    if found.overwritten and found.old is not None:
        end = draw_number(pen, str(found.old), at, height * 0.9)
        pen.draw.line((left - 4, top + height / 2, end, top + height * 0.4), fill=_PEN, width=3)
        left = end + 14
    draw_number(pen, str(found.value), (left, top), height)
    if cell in paper.unclear:  # the other number shines through, so that the digit can be taken for either
        draw_number(replace(pen, ink=_FAINT), str(paper.unclear[cell]), (left, top), height)


def _end(pen: Pen, top: float) -> None:
    draw, dice = pen.draw, pen.dice
    for row in range(3):
        draw.line((470, top + 50 + 40 * row, 800, top + 50 + 40 * row), fill=_RULE)
        draw_signature(pen, (500 + dice.between(-20, 20), top + 44 + 40 * row), 200)
    x, y = 190 + dice.between(-20, 20), top + 84
    for radius in (62, 52):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_STAMP, width=3)
    words = phrasebook("en").say("rehearsal.synthetic")
    draw.text((x - draw.textlength(words, _font(13)) / 2, y - 8), words, font=_font(13), fill=_STAMP)


def _watermark(picture: Image.Image) -> None:
    """Print the label across the whole form, in a pale ink that stands behind the figures."""
    labels = [phrasebook(one).say("rehearsal.synthetic") for one in LANGUAGES]
    words = " · ".join(one for one in labels if prints(one))
    draw = ImageDraw.Draw(picture)
    for row in range(9):
        draw.text((10 + 40 * (row % 3), 20 + 140 * row), words, font=_font(30), fill=_PALE)
    draw.text((60, SIZE[1] - 40), words, font=_font(20), fill=(150, 40, 40))
