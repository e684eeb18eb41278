"""The published counts that an area's copies are held against, and which publication they are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.publication import Publication, Quantity, Stage
from secondcount.tabulation.figures import Figure, read_figures

__all__ = ["OfficialSums", "official_sums", "official_votes"]


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
    by_area: dict[str, dict[str, list[Figure]]] = {}
    for one in read_figures(_eligible(figures.filter(wanted), contest, official_publication, publications)):
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


def _eligible(
    figures: pl.DataFrame, contest: Contest, official_publication: str, publications: Sequence[Publication]
) -> pl.DataFrame:
    """Return the figures of this contest that may count as official at all."""
    provisional = [one.id for one in publications if one.stage is not Stage.FINAL or one.one_side]
    may = (pl.col("publication") == official_publication) | ~pl.col("publication").is_in(provisional)
    return figures.filter(may & pl.col("contest").is_in(["", contest.id]))


def official_votes(
    figures: pl.DataFrame, contest: Contest, official_publication: str, publications: Sequence[Publication] = ()
) -> Mapping[str, int]:
    """Return the published votes for all contestants by area, else the published valid votes, of `official_sums`.

    The same choice as there, made for all areas at once: a country has ten thousands of them.
    """
    votes = [one.id for one in contest.contestants]
    line = contest.form.line_of(Role.VALID)
    wanted = pl.col("quantity").is_in([Quantity.COUNT.value, Quantity.LEAD.value])
    rows = _eligible(figures.filter(wanted), contest, official_publication, publications).with_row_index("at")
    named = rows.group_by("area", "publication").agg(pl.col("at").min(), votes=pl.col("cell").is_in(votes).any())
    newest = named.filter("votes").sort(pl.col("publication") == official_publication, "at").group_by("area")
    chosen = newest.agg(pl.col("publication").last())
    counts = rows.filter(pl.col("quantity") == Quantity.COUNT.value).join(chosen, on=["area", "publication"])
    first = counts.sort("at").unique(["area", "cell"], keep="first")
    of_all = pl.col("cell").is_in(votes)
    added = first.group_by("area").agg(
        votes=pl.col("value").filter(of_all).cast(pl.Int128).sum(),
        known=of_all.sum(),
        valid=pl.col("value").filter(pl.col("cell") == (line.id if line else "")).first(),
    )
    total = (
        pl.when((pl.col("known") == len(votes)) & (len(votes) > 0)).then(pl.col("votes")).otherwise(pl.col("valid"))
    )
    return dict(added.select("area", total=total).drop_nulls().iter_rows())
