"""The hallway: agreed sheets; totals; coverage; comparison; seats; findings; claims weighed.

`derive` is pure: the same record gives the same verdict on any machine. If this file grows, a room is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue
from secondcount.model.progress import Step, Told, untold
from secondcount.model.record import Record
from secondcount.tabulation import (
    AreaSum,
    AtStations,
    Tabulation,
    check_contests,
    check_held,
    check_leads,
    check_publications,
    check_sheets,
    check_stations,
    check_tables,
    cover,
    expected_stations,
    hold,
)
from secondcount.tabulation.identity import unclear_areas
from secondcount.verdict.claims import claim_verdicts
from secondcount.verdict.districts import district_seats, seats_of_districts
from secondcount.verdict.official import base_totals, official_side
from secondcount.verdict.piles import scene_of
from secondcount.verdict.published import Published, published_of
from secondcount.verdict.result import ClaimVerdict, ContestVerdict, StationsVerdict, Verdict
from secondcount.verdict.seats import seats_verdict
from secondcount.verdict.shares import share_rows, threshold_tests
from secondcount.verdict.statements import statements_of
from secondcount.verdict.told import contradicted, told_areas
from secondcount.verdict.workings import Workings, worked_out

__all__ = ["DERIVATION", "FORMAT", "derive", "derive_openly"]

FORMAT = "secondcount.verdict/1"
DERIVATION = "1"


def derive(record: Record) -> Verdict:
    """Return everything that a record proves, contradicts and leaves open."""
    return derive_openly(record)[0]


def derive_openly(record: Record, progress: Told = untold) -> tuple[Verdict, Mapping[str, Workings]]:
    """Return the verdict of `derive`, and by contest what it was derived with; `progress` hears how far it is."""
    worked = _worked_out(record, progress)
    steps = len(record.election.contests)
    derived: list[tuple[Contest, ContestVerdict]] = []
    issues = list(record.issues)
    sums: list[pl.DataFrame] = []
    found: list[Issue] = []
    beside: list[AtStations] = []
    told = told_areas(record.election.geography, record.figures, record.claims)
    for done, contest in enumerate(record.election.contests):
        progress(Step.COMPARE, done, steps)
        verdict, of_contest, at_stations = _contest(record, contest, worked[contest.id], told)
        beside.append(at_stations)
        derived.append((contest, verdict))
        sums.append(worked[contest.id][0].published.sums.filter(pl.col("area").is_in(list(told))))
        found.extend(of_contest)
    progress(Step.COMPARE, steps, steps)
    progress(Step.DERIVE, 0, 1)
    figures = pl.concat([record.figures, *sums])
    issues.extend(check_publications(record.election, record.publications, figures))
    issues.extend((*found, *check_contests(beside, record.election.geography)))
    whole = Verdict(
        format=FORMAT,
        derivation=DERIVATION,
        election=record.election.id,
        synthetic=record.is_synthetic,
        synthetic_parts=record.synthetic,
        one_side=record.election.one_side,
        statements=statements_of(derived, issues, record.election.geography.root.id),
        contests=tuple(verdict for _, verdict in derived),
        issues=tuple(issues),
        inputs=record.inputs,
    )
    progress(Step.DERIVE, 1, 1)
    return whole, {contest: workings for contest, (workings, _) in worked.items()}


def _worked_out(record: Record, progress: Told) -> Mapping[str, tuple[Workings, Tabulation]]:
    """Return by contest what was added up and compared, and its attributed copies."""
    contests = record.election.contests
    rows = {one.id: sum(_rows(of.get(one.id)) for of in (record.sheets, record.reported)) for one in contests}
    total, done = sum(rows.values()), 0
    worked: dict[str, tuple[Workings, Tabulation]] = {}
    progress(Step.SHEETS, 0, total)
    for one in contests:
        worked[one.id] = worked_out(record, one, published_of(record, one))
        done += rows[one.id]
        progress(Step.SHEETS, done, total)
    return worked


def _rows(frame: pl.DataFrame | None) -> int:
    return 0 if frame is None else frame.height


def _contest(
    record: Record, contest: Contest, worked: tuple[Workings, Tabulation], told: frozenset[str]
) -> tuple[ContestVerdict, tuple[Issue, ...], AtStations]:
    geography = record.election.geography
    root = geography.root.id
    workings, attributed = worked
    published, copies = workings.published, workings.copies
    official = official_side(published.figures, contest, published.official, root)
    bases = base_totals(published.results, contest, official, root)
    tests = threshold_tests(contest, official, bases)
    districts = district_seats(published.figures, contest, published.official, geography)
    by_district = seats_of_districts(contest, districts, official, geography) if contest.allocated_in else None
    seats, seat_issues = by_district or seats_verdict(contest, official, bases, tests)
    register = published.register_or(record.stations)
    final = official.publication if official.publication in {one.id for one in published.finals} else ""
    expected = expected_stations(geography, register)
    unclear = _unclear(copies, geography, expected, published)
    # Where it is not clear which stations are unseen, no sum of copies is the sum of all stations.
    clear = _with_counts(geography, {area: count for area, count in expected.items() if area not in unclear})
    told |= contradicted(attributed.sums, published.final, expected, told)
    near = replace(attributed, sums=_told(attributed, told))
    beside = (published.final.filter(pl.col("area").is_in(list(told))), contest, clear, final)
    held = hold(near, *beside, publications=published.finals)
    lead_issues = check_leads(near, *beside, publications=published.finals)
    table, table_issues = _against_table(workings, contest)
    verdict = ContestVerdict(
        contest=contest.id,
        official=official.publication,
        share_rows=share_rows(record.figures, contest, official, bases, root),
        bases=bases,
        thresholds=tests,
        seats=seats,
        coverage=cover(
            copies, geography, contest, published.final, final, publications=published.finals, stations=register
        ),
        sums=_told(copies, told),
        held=held,
        claims=_weighed(record, contest, copies, published, unclear),
        stations=table,
        districts=districts,
    )
    between = check_tables(record.reported.get(contest.id, published.newest), published.official, contest)
    compared_issues = (*check_held(held, contest.id), *lead_issues, *table_issues)
    found = (*seat_issues, *copies.issues, *check_sheets(copies.usable, contest), *between, *compared_issues)
    final_table = published.table if published.table.height else published.newest
    at_stations = AtStations(
        contest=contest, copies=attributed.usable, table=final_table, final=bool(published.table.height)
    )
    return verdict, found, at_stations


def _told(copies: Tabulation, told: frozenset[str]) -> tuple[AreaSum, ...]:
    return tuple(one for one in copies.sums if one.area in told)


def _unclear(
    copies: Tabulation, geography: Geography, expected: Mapping[str, int], published: Published
) -> frozenset[str]:
    """Return the areas in which coverage cannot be told from the copies, conflicting ones included."""
    seen = pl.concat([one.select("station", "area") for one in (copies.usable, copies.conflicting)])
    return unclear_areas(seen, geography, expected, published.listing(geography))


def _with_counts(geography: Geography, counts: Mapping[str, int]) -> Geography:
    areas = tuple(replace(one, stations=counts.get(one.id)) for one in geography.areas)
    return replace(geography, areas=areas)


def _weighed(
    record: Record, contest: Contest, copies: Tabulation, published: Published, unclear: frozenset[str]
) -> tuple[ClaimVerdict, ...]:
    claims = tuple(one for one in record.claims if one.contest == contest.id)
    return claim_verdicts(scene_of(record, contest, copies.usable, published, unclear), claims) if claims else ()


def _against_table(workings: Workings, contest: Contest) -> tuple[StationsVerdict | None, tuple[Issue, ...]]:
    """Return how the copies stand against the newest published row of each station, where there are any."""
    if not workings.published.newest.height:
        return None, ()
    partial, compared = workings.published.partial_issue(contest), workings.comparison
    if compared is None:
        return None, partial
    verdict = StationsVerdict(
        publication=compared.publication,
        compared=compared.compared,
        equal=compared.equal,
        cells=compared.differing.height,
        copies_only=len(compared.copies_only),
        published_only=compared.published_only,
    )
    return verdict, (*partial, *check_stations(compared))
