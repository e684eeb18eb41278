"""The published counts that an area's copies are held against, and which publication they are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.publication import Publication, Quantity, Stage
from secondcount.tabulation.figures import Figure, read_figures

__all__ = ["OfficialSums", "official_sums"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialSums:
    """One area's published counts (and leads), each from its first source, all from one publication."""

    publication: str
    counts: Mapping[str, Figure]  # by cell
    leads: tuple[Figure, ...]


def official_sums(
    figures: pl.DataFrame, contest: Contest, official_publication: str, publications: Sequence[Publication] = ()
) -> Mapping[str, OfficialSums]:
    """Return for each area the published figures that count as official there.

    They are those of the official publication. An area for which it gives no votes has those of the newest other
    publication (the last in the frame) that gives votes or a lead of a contestant there; where `publications` are
    given, only a final one (the sum of a preliminary count may rightly be less than the copies of it), and never
    one side's account: that is no publication of the authority.
    """
    wanted = pl.col("quantity").is_in([Quantity.COUNT.value, Quantity.LEAD.value])
    rows = read_figures(figures.filter(wanted & pl.col("contest").is_in(["", contest.id])))
    provisional = {one.id for one in publications if one.stage is not Stage.FINAL or one.one_side}
    by_area: dict[str, dict[str, list[Figure]]] = {}
    for one in rows:
        if one.publication == official_publication or one.publication not in provisional:
            by_area.setdefault(one.area, {}).setdefault(one.publication, []).append(one)
    votes = {one.id for one in contest.contestants}
    chosen = {area: _chosen(found, official_publication, votes) for area, found in by_area.items()}
    return {area: _sums(one, by_area[area][one]) for area, one in chosen.items() if one}


def _chosen(found: Mapping[str, Sequence[Figure]], official: str, votes: set[str]) -> str:
    """Return the publication that counts in an area; "" where none has votes (turnout is no result)."""
    with_votes = [name for name, rows in found.items() if any(one.cell in votes for one in rows)]
    if official in with_votes:
        return official
    return with_votes[-1] if with_votes else ""


def _sums(publication: str, rows: Sequence[Figure]) -> OfficialSums:
    counts: dict[str, Figure] = {}
    leads: dict[tuple[str, str], Figure] = {}
    for one in rows:
        if one.quantity is Quantity.COUNT:
            counts.setdefault(one.cell, one)
        else:
            leads.setdefault((one.cell, one.minus), one)
    return OfficialSums(publication=publication, counts=counts, leads=tuple(leads.values()))
