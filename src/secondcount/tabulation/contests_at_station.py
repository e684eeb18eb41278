"""Two contests at the same polling stations: one register of voters, nearly as many ballots issued.

Voters of one station get a ballot for each contest of the day. So the protocols of two contests show one register, and
ballots issued that differ only by the few voters who refused one of the ballots. Where only some of a station's voters
have a vote in one contest (`Electorate.NARROWER`), its register and its ballots issued are at most those of the wider
one (Buzin's check of the two ballots of 2016). What the definition sets apart is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest, Electorate
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Where
from secondcount.tabulation.lineage import above_frame, lineages
from secondcount.tabulation.listing import listed

__all__ = ["AtStations", "check_contests"]

FEW_BALLOTS, ONE_IN = 5, 100
"""Ballots issued go together up to this number, and up to one in a hundred of the larger number."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AtStations:
    """What is known of one contest station by station; each frame has a station at most once."""

    contest: Contest
    copies: pl.DataFrame  # usable copies of provenance level 1 or higher
    table: pl.DataFrame  # the authority's newest rows (`model.tables.table_columns`)
    final: bool  # whether `table` has final figures: they are held against final ones only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Side:
    contest: Contest
    rows: pl.DataFrame


def check_contests(known: Sequence[AtStations], geography: Geography) -> tuple[Issue, ...]:
    """Return what does not go together between two contests at one station.

    R421, S211: other numbers of voters on the register, though the contests have the same voters. R422, S212: more
    voters on the register of the contest that only some of the voters have. R423, S213: ballots issued that differ by
    more than a few, or more of them for the narrower contest. R from the published tables, S from copies; published
    figures are never held against copies here, nor preliminary against final ones. An unread cell is not compared,
    nor are registers where only one of the forms counts voters added on the day apart.
    """
    pairs = list(combinations(known, 2))
    tables = [(_published(one), _published(other)) for one, other in pairs if one.final is other.final]
    copies = [(_copied(one), _copied(other)) for one, other in pairs]
    return (*_family("R42", tables, geography), *_family("S21", copies, geography))


def _published(one: AtStations) -> _Side:
    return _Side(contest=one.contest, rows=one.table)


def _copied(one: AtStations) -> _Side:
    return _Side(contest=one.contest, rows=one.copies)


def _family(prefix: str, pairs: Sequence[tuple[_Side, _Side]], geography: Geography) -> Iterator[Issue]:
    """Yield the issues of all pairs, at most 1,000 of one code."""
    ordered = [_narrower_first(*pair) for pair in pairs if _comparable(*pair)]
    found: dict[str, list[pl.DataFrame]] = {}
    for place, (here, there) in enumerate(ordered):
        for code, rows in _apart(here, there):
            found.setdefault(code, []).append(_nested(rows, geography).with_columns(pl.lit(place).alias("pair")))
    for last, parts in sorted(found.items()):
        code = f"{prefix}{last}"
        yield from listed(code, pl.concat(parts).sort("pair", "station"), partial(_issue, code, ordered))


def _comparable(one: _Side, other: _Side) -> bool:
    """Return whether the definition says how the voters of two contests compare: two parts of one whole do not."""
    kinds = {one.contest.electorate, other.contest.electorate}
    return bool(one.rows.height and other.rows.height) and kinds in (
        {Electorate.SAME},
        {Electorate.SAME, Electorate.NARROWER},
    )


def _narrower_first(one: _Side, other: _Side) -> tuple[_Side, _Side]:
    return (other, one) if other.contest.electorate is Electorate.NARROWER else (one, other)


def _apart(here: _Side, there: _Side) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the last sign of a code and the stations at which two contests' figures do not go together."""
    narrower = here.contest.electorate is Electorate.NARROWER
    more, gap = pl.col("here") > pl.col("there"), (pl.col("here") - pl.col("there")).abs()
    if _counts_alike(here.contest, there.contest):
        registers = _side_by_side(here, there, Role.REGISTERED)
        yield ("2", registers.filter(more)) if narrower else ("1", registers.filter(gap != 0))
    largest = pl.max_horizontal("here", "there")
    beyond = more if narrower else (gap > FEW_BALLOTS) & (gap * ONE_IN > largest)
    yield "3", _side_by_side(here, there, Role.ISSUED).filter(beyond)


def _counts_alike(one: Contest, other: Contest) -> bool:
    """Return whether both forms count voters added on the day apart from the register, or both do not."""
    return (one.form.line_of(Role.ADDED) is None) == (other.form.line_of(Role.ADDED) is None)


def _side_by_side(here: _Side, there: _Side, role: Role) -> pl.DataFrame:
    """Return the stations at which both contests show a number of this role; no rows where a form has no such line."""
    left, right = here.contest.form.line_of(role), there.contest.form.line_of(role)
    known = pl.col("here").is_not_null() & pl.col("there").is_not_null()
    first = _figures(here, left.id if left else "", "here", "")
    second = _figures(there, right.id if right else "", "there", "_other")
    return first.join(second, on="station").filter(known)


def _figures(side: _Side, line: str, name: str, suffix: str) -> pl.DataFrame:
    rows = side.rows if line else side.rows.clear()
    publication = pl.col("publication") if "publication" in rows.columns else pl.lit("")
    number = pl.col(line) if line else pl.lit(None, pl.Int64)
    return rows.select(
        "station",
        number.alias(name),
        pl.col("area").alias(f"area{suffix}"),
        pl.col("basis").alias(f"basis{suffix}"),
        publication.alias(f"publication{suffix}"),
    )


def _nested(rows: pl.DataFrame, geography: Geography) -> pl.DataFrame:
    """Return the rows whose two areas lie on one line of the hierarchy: else one number names two stations."""
    other = rows.filter(pl.col("area") != pl.col("area_other"))
    if not other.height:
        return rows
    areas = lineages(geography)
    pairs = above_frame({one: areas[one] for one in {*other["area"], *other["area_other"]} if one in areas})
    inside = other.join(pairs, left_on=["area", "area_other"], right_on=["area", "above"], how="semi")
    around = other.join(pairs, left_on=["area_other", "area"], right_on=["area", "above"], how="semi")
    return pl.concat([rows.filter(pl.col("area") == pl.col("area_other")), inside, around])


def _issue(code: str, pairs: Sequence[tuple[_Side, _Side]], row: Mapping[str, object]) -> Issue:
    first, second = pairs[int(str(row["pair"]))]
    here, there = int(str(row["here"])), int(str(row["there"]))
    where = Where(
        contest=first.contest.id,
        area=str(row["area"]),
        station=str(row["station"]),
        publication=str(row["publication"]),
    )
    basis = (*str(row["basis"]).split(), *str(row["basis_other"]).split())
    values = {"here": here, "there": there, "difference": abs(here - there)}
    return make_issue(code, where, basis=basis, contest_other=second.contest.id, **values)
