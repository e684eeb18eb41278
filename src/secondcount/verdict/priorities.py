"""Which stations' copies would matter most: one whole number for each station, for whoever decides what is read first.

The number is a sum of three kinds of terms, each of at most 1,000, and of nothing else; no figure can be read from it.

1. For each claim that the copies leave open, and each station of its area without a usable copy: floor(1000 m / M),
   m its voters by the register and M the most of any such station. Its copy takes m from what the unseen can hold, and
   that is all that any one copy can do for a claim (`audit.further`). Voters that are not known may be M.
2. For each published lead, and each station of its area without a usable copy: ceiling(1000 / n), n the number of such
   stations. A lead is held against the copies when every station of its area was read, so the last one weighs most.
3. For each station that a contradiction names: 1,000 for each kind of contradiction in each contest. Another copy of
   that station is what could resolve it.

A station whose copies contradict each other has no usable copy. Stations with 0 are not listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from secondcount.audit.result import Standing
from secondcount.model.election import Contest
from secondcount.model.form import Role
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Severity
from secondcount.model.publication import Quantity
from secondcount.model.record import Record
from secondcount.model.tables import STATIONS, empty_stations
from secondcount.verdict.published import Published
from secondcount.verdict.result import ClaimVerdict, ContestVerdict, Verdict
from secondcount.verdict.workings import Workings

__all__ = ["WHOLE", "priorities"]

WHOLE = 1000
"""The most that one claim, one lead or one contradiction adds to a station."""

_DECIDED = frozenset({Standing.PROVED.value, Standing.REFUTED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unseen:
    """The stations of one contest without a usable copy: their voters (None: not known) by area of a claim or lead."""

    voters: Mapping[str, int | None]
    areas: Mapping[str, tuple[str, ...]]  # station -> its area and all around it

    def inside(self, area: str) -> dict[str, int | None]:
        """Return the stations of one area."""
        return {station: count for station, count in self.voters.items() if area in self.areas[station]}


def priorities(
    record: Record,
    verdict: Verdict,
    workings: Mapping[str, Workings],
    register: pl.DataFrame | None = None,
) -> tuple[tuple[str, int], ...]:
    """Return station and priority of every station that has one, the highest first, equal ones by station.

    Args:
        record: what the verdict was derived from.
        verdict: of it.
        workings: of it, by contest (`derive.derive_openly`).
        register: a register of stations beside those that were published (`model.tables.STATIONS`).

    """
    found: Counter[str] = Counter()
    for one in verdict.contests:
        contest = record.election.contest(one.contest)
        if contest is not None:
            found.update(_of_contest(record, contest, one, workings[one.contest], register))
    found.update(_contradicted(_every(verdict.issues)))
    return tuple(sorted(((name, count) for name, count in found.items() if count), key=lambda one: (-one[1], one[0])))


def _of_contest(
    record: Record, contest: Contest, verdict: ContestVerdict, workings: Workings, register: pl.DataFrame | None
) -> Counter[str]:
    unseen = _unseen(record, contest, workings, register)
    found: Counter[str] = Counter()
    root = record.election.geography.root.id
    for claim in verdict.claims:
        if claim.area == (claim.claim.area or root) and _is_open(claim):  # not once more in each part of its area
            found.update(_by_size(unseen.inside(claim.area)))
    for area in _areas_of_leads(workings.published, contest):
        found.update(_by_number(unseen.inside(area)))
    return found


def _is_open(claim: ClaimVerdict) -> bool:
    return _DECIDED.isdisjoint((claim.decided_by_cap, claim.decided_by_turnout))


def _by_size(unseen: Mapping[str, int | None]) -> dict[str, int]:
    """Return the first term of each station: its voters in thousandths of the most of any."""
    most = max((count for count in unseen.values() if count is not None), default=0)
    return {station: WHOLE if count is None else WHOLE * count // max(most, 1) for station, count in unseen.items()}


def _by_number(unseen: Mapping[str, int | None]) -> dict[str, int]:
    """Return the second term of each station: the more, the fewer are missing."""
    return dict.fromkeys(unseen, -(-WHOLE // len(unseen))) if unseen else {}


def _contradicted(issues: Iterable[Issue]) -> Counter[str]:
    """Return the third term of each station: one for each kind of contradiction in each contest."""
    kinds = {
        (one.where.station, one.where.contest, one.code)
        for one in issues
        if one.severity is Severity.CONTRADICTION and one.where.station
    }
    return Counter({name: WHOLE * count for name, count in Counter(station for station, _, _ in kinds).items()})


def _every(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Yield the issues, and those that a note counts and brings along (`Issue.further`)."""
    for one in issues:
        yield one
        if one.further is not None:
            yield from one.further()


def _areas_of_leads(published: Published, contest: Contest) -> tuple[str, ...]:
    """Return the area of each published lead of final publications, once for each pair of contestants."""
    leads = published.final.filter(
        (pl.col("quantity") == Quantity.LEAD.value) & pl.col("contest").is_in([contest.id, ""])
    )
    return tuple(leads.select("area", "cell", "minus").unique().sort(pl.all())["area"])


def _unseen(record: Record, contest: Contest, workings: Workings, register: pl.DataFrame | None) -> _Unseen:
    """Return the stations that are known and have no usable copy."""
    published, copies = workings.published, workings.copies
    differing = copies.conflicting.select("station", "area", registered=pl.lit(None, dtype=pl.Int64))
    known = pl.concat(
        [
            _columns(published.register_or(record.stations)),
            _listed(published, contest),
            _columns(empty_stations() if register is None else register),
            differing,
        ]
    )
    missing = known.join(copies.usable.select("station"), on="station", how="anti")
    return _gathered(missing, record.election.geography)


def _gathered(rows: pl.DataFrame, geography: Geography) -> _Unseen:
    """Return each station once: the first area that is said, the first count of voters that is said."""
    voters: dict[str, int | None] = {}
    areas: dict[str, tuple[str, ...]] = {}
    for station, area, count in rows.iter_rows():
        lineage = geography.lineage(area) or (geography.root.id,)
        if station not in areas:
            voters[station], areas[station] = count, lineage
        elif voters[station] is None:
            voters[station] = count
    return _Unseen(voters=voters, areas=areas)


def _listed(published: Published, contest: Contest) -> pl.DataFrame:
    """Return the stations of published tables, with the voters that these show."""
    line = contest.form.line_of(Role.REGISTERED)
    count = pl.lit(None, dtype=pl.Int64) if line is None else pl.col(line.id)
    return published.newest.select("station", "area", registered=count)


def _columns(register: pl.DataFrame) -> pl.DataFrame:
    return register.select(*(pl.col(name).cast(STATIONS[name]) for name in ("station", "area", "registered")))
