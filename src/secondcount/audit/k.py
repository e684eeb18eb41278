"""k: the least number of copies that would have to be false to undo a conclusion.

A false copy says nothing: its votes leave the sum, and its station joins the unseen ones, with all that it can hold.
So copy i, if false, takes gain_i = L(a_i) - worst x mass_i >= 0 from L_min, and the copies together that take V undo
the conclusion. The largest gains first are the fewest copies; this is exact (the gains only add up).
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from secondcount.audit.feasible import LIMIT, Scene
from secondcount.audit.linear import slack
from secondcount.audit.result import Bound, FalseSheets

__all__ = ["NAMED", "false_sheets", "false_sheets_of_all"]

NAMED = 20
"""So many stations of a smallest set are named."""


def false_sheets_of_all(bounds: Iterable[Bound], scene: Scene, *, exact: bool) -> FalseSheets | None:
    """Return the k of the bound that breaks first, of bounds that decide a claim together.

    `exact` says that the claim itself falls with any of them; otherwise k is "at least". None: no number of false
    copies breaks any of them.
    """
    found = [one for one in (false_sheets(bound, scene) for bound in bounds) if one is not None]
    if not found:
        return None
    least = min(found, key=lambda one: one.k)
    return FalseSheets(k=least.k, exact=exact, stations=least.stations)


def false_sheets(bound: Bound, scene: Scene) -> FalseSheets | None:
    """Return k for one bound that is met, and one smallest set of stations; None if all copies are not enough."""
    needed = slack(bound.assertion, bound.least)
    ranked = _ranked_gains(bound, scene)
    if ranked is None:
        return _by_hand(bound, scene, needed)
    k = int((ranked["gain"].cum_sum() < needed).sum()) + 1
    if k > ranked.height:
        return None
    return FalseSheets(k=k, exact=True, stations=_largest(ranked, min(k, NAMED)))


def _ranked_gains(bound: Bound, scene: Scene) -> pl.DataFrame | None:
    """Return station and gain, largest first, of all copies that count; None where Int64 might not hold the sums."""
    sheets, terms = scene.pile.sheets, [one for one in bound.assertion.coefficients if one[1]]
    mass_peak = max(scene.peaks[scene.mass_column], scene.peaks["cast"])
    peak = sum(abs(factor) * scene.peaks[cell] for cell, factor in terms) + abs(bound.worst_coefficient) * mass_peak
    if peak * sheets.height >= LIMIT:
        return None
    mass = pl.max_horizontal(scene.mass_column, "cast")  # a station can hold what its copy shows
    gain = pl.sum_horizontal(*(pl.col(cell) * factor for cell, factor in terms), -bound.worst_coefficient * mass)
    rows = sheets.select("station", gain=gain)
    return rows.filter(pl.col("gain") > 0).sort("gain", descending=True)


def _largest(ranked: pl.DataFrame, count: int) -> tuple[str, ...]:
    """Return the stations of the `count` largest gains, equal ones by their id."""
    cut = ranked["gain"][count - 1]
    above = ranked.filter(pl.col("gain") > cut).sort(["gain", "station"], descending=[True, False])
    equal = ranked.filter(pl.col("gain") == cut).sort("station").head(count - above.height)
    return (*above["station"].to_list(), *equal["station"].to_list())


def _by_hand(bound: Bound, scene: Scene, needed: int) -> FalseSheets | None:
    """Return the same in Python's whole numbers, which cannot overflow."""
    gains = sorted(
        ((_gain(bound, scene, row), str(row["station"])) for row in scene.pile.sheets.iter_rows(named=True)),
        key=lambda one: (-one[0], one[1]),
    )
    taken = 0
    for k, (gain, _) in enumerate(gains, start=1):
        taken += max(0, gain)
        if taken >= needed:
            return FalseSheets(k=k, exact=True, stations=tuple(name for _, name in gains[: min(k, NAMED)]))
    return None


def _gain(bound: Bound, scene: Scene, row: dict[str, int]) -> int:
    votes = sum(factor * row[cell] for cell, factor in bound.assertion.coefficients)
    return votes - bound.worst_coefficient * max(row[scene.mass_column], row["cast"])
