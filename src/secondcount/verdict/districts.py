"""Seats of a contest in which each area of a level has seats of its own: the rule in every district, then the sum.

The threshold is held in the district too. A list without a row in a district does not stand there. No district is
computed from figures of which one is missing, and no national sum is given of districts of which one is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from secondcount.allocation import allocate
from secondcount.allocation.result import Allocation, ListResult, Outcome
from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Where
from secondcount.model.publication import Publication, Quantity, Stage
from secondcount.model.tables import FIGURES
from secondcount.verdict.official import Official, area_counts
from secondcount.verdict.result import Announced, DistrictSeats, SeatsVerdict
from secondcount.verdict.seats import unlike_announced

__all__ = ["district_seats", "district_sums", "seats_of_districts"]


def district_sums(figures: pl.DataFrame, contest: Contest, geography: Geography) -> pl.DataFrame:
    """Return the sums of the districts as figures of the whole, for each publication whose districts have all seats.

    A line of the protocol is added up only where every district gives it; a figure that the publication gives for
    the whole itself stays as it is given.
    """
    root, districts = geography.root.id, _districts(contest, geography)
    mine = figures.filter((pl.col("contest") == contest.id) & (pl.col("rounding") == 0) & (pl.col("decimals") == 0))
    given = mine.filter(pl.col("area") == root).select("publication", "quantity", "cell")
    figure = ["publication", "area", "quantity", "cell"]
    within = mine.filter(pl.col("area").is_in(districts)).unique(figure, keep="first", maintain_order=True)
    houses = (
        within.filter(pl.col("quantity") == Quantity.HOUSE.value)
        .group_by("publication")
        .agg(pl.col("value").sum(), pl.len().alias("areas"))
    )
    every = (pl.col("value") == contest.rule.seats) & (pl.col("areas") == len(districts))
    whole = houses.filter(every)["publication"].implode()
    lists = [one.id for one in contest.contestants]
    within = _without_holes(within)
    added = (
        within.filter(
            pl.col("quantity").is_in([Quantity.COUNT.value, Quantity.SEATS.value]), pl.col("publication").is_in(whole)
        )
        .group_by("publication", "quantity", "cell", maintain_order=True)
        .agg(pl.col("value").sum(), pl.len().alias("count"))
        .filter(pl.col("cell").is_in(lists) | (pl.col("count") == len(districts)))
        .join(given, on=["publication", "quantity", "cell"], how="anti", maintain_order="left")
        .with_columns(
            contest=pl.lit(contest.id),
            area=pl.lit(root),
            minus=pl.lit(""),
            decimals=pl.lit(0, pl.Int64),
            rounding=pl.lit(0, pl.Int64),
            source=pl.lit("sum of the districts"),
            basis=pl.lit(""),
        )
    )
    return added.select(list(FIGURES)).cast(pl.Schema(FIGURES))


def _without_holes(within: pl.DataFrame) -> pl.DataFrame:
    """Return the figures without the seats of lists whose announced seats are not known in every district.

    Where the seats announced in a district are fewer than it has, a list that stands there without any has not none:
    they are not known. Where they are all there, it has none.
    """
    place = ["publication", "area"]
    seats = within.filter(pl.col("quantity") == Quantity.SEATS.value)
    house = within.filter(pl.col("quantity") == Quantity.HOUSE.value).select(*place, house="value")
    told = seats.group_by(place).agg(told=pl.col("value").sum())
    short = house.join(told, on=place, how="left").filter(pl.col("told").fill_null(0) < pl.col("house")).select(place)
    standing = within.filter(pl.col("quantity") == Quantity.COUNT.value).join(short, on=place, how="semi")
    unknown = standing.join(seats, on=[*place, "cell"], how="anti").select("publication", "cell").unique()
    known = seats.join(unknown, on=["publication", "cell"], how="anti", maintain_order="left")
    return pl.concat([within.filter(pl.col("quantity") != Quantity.SEATS.value), known])


def seats_of_districts(
    contest: Contest, districts: Sequence[DistrictSeats], official: Official, geography: Geography
) -> tuple[SeatsVerdict, tuple[Issue, ...]]:
    """Return the national sum of the districts beside the announced seats, and one Issue for each that differs."""
    found = tuple(_differs(contest, one) for one in districts if one.agrees is False)
    houses = sum(one.allocation.house for one in districts)
    whole = houses == contest.rule.seats and len(districts) == len(_districts(contest, geography))
    if not whole or not official.votes:
        missing = make_issue("L110", Where(contest=contest.id), computed=houses, house=contest.rule.seats)
        empty = SeatsVerdict(
            allocation=None, announced=official.announced, agrees=None, margins=(), counterfactuals=()
        )
        return empty, (missing, *found)
    answers = [one.agrees for one in districts]
    allocation = _sum_of(contest, districts, official.votes)
    apart = unlike_announced(contest, allocation, official.announced)
    agrees = False if False in answers or apart else None if None in answers else True
    verdict = SeatsVerdict(
        allocation=allocation, announced=official.announced, agrees=agrees, margins=(), counterfactuals=()
    )
    return verdict, found or apart


def district_seats(
    figures: pl.DataFrame, contest: Contest, publications: Sequence[Publication], geography: Geography
) -> tuple[DistrictSeats, ...]:
    """Return the rule applied in every district of which the newest publication with districts gives all it needs."""
    publication = _publication(figures, contest, publications)
    if not contest.allocated_in or not publication:
        return ()
    found = []
    for area in _districts(contest, geography):
        here = figures.filter(
            (pl.col("area") == area)
            & (pl.col("publication") == publication)
            & pl.col("contest").is_in(["", contest.id])  # another contest of the day has seats in the same areas
        )
        district = _district(here, contest, publication, area)
        if district is not None:
            found.append(district)
    return tuple(found)


def _publication(figures: pl.DataFrame, contest: Contest, publications: Sequence[Publication]) -> str:
    """Return the newest publication of results that says how many seats districts have, "" where none does."""
    houses = (pl.col("quantity") == Quantity.HOUSE.value) & (pl.col("contest") == contest.id)
    given = set(figures.filter(houses)["publication"])
    results = (one.id for one in reversed(publications) if one.stage is not Stage.VOTING)
    return next((name for name in results if name in given), "")


def _districts(contest: Contest, geography: Geography) -> list[str]:
    return [one.id for one in geography.areas if one.level == contest.allocated_in]


def _district(figures: pl.DataFrame, contest: Contest, publication: str, area: str) -> DistrictSeats | None:
    counts = area_counts(figures, contest, publication, area)
    house = _figures(figures, Quantity.HOUSE).get("")
    told = _figures(figures, Quantity.SEATS)
    votes = {one: counts[one] for one in contest.seat_takers if one in counts}
    base = _base(contest, counts, votes)
    if house is None or house < 1 or base is None or not _is_whole(contest, counts, votes, told):
        return None
    if base < sum(votes.values()):  # a denominator that is smaller than the votes cannot be one
        return None
    allocation = allocate(replace(contest.rule, seats=house), votes, base)
    announced = tuple(Announced(contestant=one, seats=told[one], publication=publication) for one in told)
    return DistrictSeats(
        area=area,
        publication=publication,
        allocation=allocation,
        announced=announced,
        agrees=None if contest.rule.not_coded else _agrees(allocation, told),
    )


def _figures(figures: pl.DataFrame, quantity: Quantity) -> Mapping[str, int]:
    rows = figures.filter(pl.col("quantity") == quantity.value).unique("cell", keep="first", maintain_order=True)
    return dict(rows.select("cell", "value").iter_rows())


def _base(contest: Contest, counts: Mapping[str, int], votes: Mapping[str, int]) -> int | None:
    """Return the denominator of the threshold in a district, None where a line that belongs to it is not given."""
    threshold = contest.rule.threshold
    base = contest.base(threshold.base) if threshold else None
    lists = {one.id for one in contest.contestants}
    if base is None:
        return sum(votes.values())
    if any(cell not in counts for cell in base.cells if cell not in lists):
        return None
    return sum(counts.get(cell, 0) for cell in base.cells)


def _is_whole(contest: Contest, counts: Mapping[str, int], votes: Mapping[str, int], told: Mapping[str, int]) -> bool:
    """Return whether no votes are missing: every list with announced seats has some, and the sum reaches the line."""
    line = contest.form.line_of(Role.VALID)
    reached = line is None or (line.id in counts and sum(votes.values()) >= counts[line.id])
    return bool(votes) and reached and all(one in votes for one in told)


def _agrees(allocation: Allocation, told: Mapping[str, int]) -> bool | None:
    if not told or allocation.outcome is not Outcome.DECIDED:
        return None
    known = _known(told, allocation)
    if any(known[one.contestant] != one.seats for one in allocation.lists if one.contestant in known):
        return False
    return True if len(known) >= len(allocation.lists) else None  # some were not announced


def _known(told: Mapping[str, int], allocation: Allocation) -> Mapping[str, int]:
    """Return the announced seats; a list without any has none where all seats are announced, else they are unknown."""
    if sum(told.values()) < allocation.house:
        return told
    return {**{one.contestant: 0 for one in allocation.lists}, **told}


def _sum_of(contest: Contest, districts: Sequence[DistrictSeats], votes: Mapping[str, int]) -> Allocation:
    """Return the national sum in the form of an allocation: seats by list; quotas belong to districts."""
    parts = [one.allocation for one in districts]
    seats: dict[str, int] = {}
    passing: set[str] = set()
    for part in parts:
        for one in part.lists:
            seats[one.contestant] = seats.get(one.contestant, 0) + one.seats
            passing |= {one.contestant} if one.passes else set()
    lists = tuple(
        ListResult(
            contestant=one,
            votes=votes[one],
            passes=one in passing,
            quotient=None,
            whole=seats.get(one, 0),
            remainder=None,
            extra=0,
            seats=seats.get(one, 0),
        )
        for one in contest.seat_takers
    )
    undecided = [one.outcome for one in parts if one.outcome is not Outcome.DECIDED]
    return Allocation(
        outcome=undecided[0] if undecided else Outcome.DECIDED,
        house=sum(one.house for one in parts),
        lists=lists,
        base_total=sum(one.base_total for one in parts),
        passing_total=sum(one.passing_total for one in parts),
        quota=None,
        lots=tuple(lot for one in parts for lot in one.lots),
        undistributed=sum(one.undistributed for one in parts),
    )


def _differs(contest: Contest, one: DistrictSeats) -> Issue:
    """Tell one district whose announced seats are not those of the rule, and between whom seats would move."""
    told = _known({each.contestant: each.seats for each in one.announced}, one.allocation)
    lists = (each for each in one.allocation.lists if each.contestant in told)
    moved = {each.contestant: each.seats - told[each.contestant] for each in lists}
    return make_issue(
        "L109",
        Where(contest=contest.id, area=one.area, publication=one.publication),
        seats=sum(number for number in moved.values() if number > 0),
        house=one.allocation.house,
        contestants_more=", ".join(cell for cell, number in moved.items() if number > 0) or "–",
        contestants_fewer=", ".join(cell for cell, number in moved.items() if number < 0) or "–",
    )
