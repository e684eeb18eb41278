"""Shares where the base is only bounded, and what the authority printed."""

from __future__ import annotations

from fractions import Fraction

from secondcount.model.publication import Quantity
from secondcount.site.edition import Part
from secondcount.verdict.result import PublishedFigure, ShareRow

__all__ = ["bounds", "figure_of", "printed", "published"]


def bounds(part: Part, row: ShareRow, base: str) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest share of a base that its published figures leave possible."""
    known = part.base(base)
    if known is None or row.votes is None:
        return None, None
    if known.total:
        exact = Fraction(row.votes, known.total)
        return exact, exact
    least = Fraction(row.votes, known.most) if known.most else None
    most = Fraction(row.votes, known.least) if known.least else None
    return least, most


def figure_of(row: ShareRow, quantity: Quantity, publication: str) -> PublishedFigure | None:
    """Return the first figure of this kind in this publication, or None."""
    return next(
        (one for one in row.published if one.quantity == quantity.value and one.publication == publication), None
    )


def printed(part: Part, figure: PublishedFigure | None) -> str:
    """Return a published figure with exactly the decimals that were printed."""
    if figure is None:
        return part.voice.say("none")
    value = Fraction(figure.value, 10**figure.decimals)
    if figure.quantity in {Quantity.SHARE.value, Quantity.TURNOUT.value}:
        return part.voice.percent(value / 100, figure.decimals)
    return part.voice.decimal(value, figure.decimals)


def published(part: Part, row: ShareRow, quantity: Quantity, publication: str) -> str:
    """Return what a publication printed for a contestant, a dash where it printed nothing."""
    return printed(part, figure_of(row, quantity, publication))
