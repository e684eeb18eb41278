"""The hallway: agreed sheets; totals; coverage; comparison; seats; findings; claims weighed.

`derive` is pure: the same record gives the same verdict on any machine. If this file grows, a room is missing.
"""

from __future__ import annotations

import polars as pl

from secondcount.model.election import Contest
from secondcount.model.issue import Issue
from secondcount.model.record import Record
from secondcount.model.tables import empty_sheets
from secondcount.tabulation import (
    Tabulation,
    check_held,
    check_leads,
    check_publications,
    check_sheets,
    check_stations,
    compare_stations,
    cover,
    figures_of_reported,
    from_level,
    hold,
    tabulate,
)
from secondcount.verdict.claims import claim_verdicts
from secondcount.verdict.official import base_totals, official_side
from secondcount.verdict.piles import Scene
from secondcount.verdict.result import ContestVerdict, StationsVerdict, Verdict
from secondcount.verdict.seats import seats_verdict
from secondcount.verdict.shares import share_rows, threshold_tests
from secondcount.verdict.statements import statements_of

__all__ = ["DERIVATION", "FORMAT", "derive"]

FORMAT = "secondcount.verdict/1"
DERIVATION = "1"


def derive(record: Record) -> Verdict:
    """Return everything that a record proves, contradicts and leaves open."""
    figures = _figures(record)
    issues = [*record.issues, *check_publications(record.election, record.publications, figures)]
    derived: list[tuple[Contest, ContestVerdict]] = []
    for contest in record.election.contests:
        verdict, found = _contest(record, contest, figures)
        derived.append((contest, verdict))
        issues.extend(found)
    return Verdict(
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


def _figures(record: Record) -> pl.DataFrame:
    """Return the published figures together with the sums of the published station tables."""
    sums = [
        figures_of_reported(record.reported[contest.id], contest, record.election.geography)
        for contest in record.election.contests
        if contest.id in record.reported
    ]
    return pl.concat([record.figures, *sums])


def _contest(record: Record, contest: Contest, figures: pl.DataFrame) -> tuple[ContestVerdict, tuple[Issue, ...]]:
    geography, publications, stations = record.election.geography, record.publications, record.stations
    official = official_side(figures, contest, publications, geography.root.id)
    bases = base_totals(figures, contest, official, geography.root.id)
    tests = threshold_tests(contest, official, bases)
    seats, seat_issues = seats_verdict(contest, official, bases, tests)
    copies = tabulate(record.sheets.get(contest.id, empty_sheets(contest)), contest, geography)
    beside = (figures, contest, geography, official.publication)
    attributed = from_level(copies, 1, contest, geography)  # level 0 contradicts nobody
    held = hold(attributed, *beside, publications=publications, stations=stations)
    lead_issues = check_leads(attributed, *beside, publications=publications, stations=stations)
    reported = _newest_table(record, contest)
    table, table_issues = _against_table(reported, contest, attributed)
    scene = Scene(
        contest=contest,
        geography=geography,
        usable=copies.usable,
        figures=figures,
        publications=publications,
        stations=stations,
        reported=reported,
        synthetic=record.is_synthetic,
    )
    verdict = ContestVerdict(
        contest=contest.id,
        official=official.publication,
        share_rows=share_rows(figures, contest, official, bases, geography.root.id),
        bases=bases,
        thresholds=tests,
        seats=seats,
        coverage=cover(
            copies,
            geography,
            contest,
            figures,
            official.publication,
            publications=publications,
            stations=stations,
        ),
        sums=copies.sums,
        held=held,
        claims=claim_verdicts(scene, record.claims),
        stations=table,
    )
    found = (*seat_issues, *copies.issues, *check_sheets(copies.usable, contest))
    return verdict, (*found, *check_held(held, contest.id), *lead_issues, *table_issues)


def _newest_table(record: Record, contest: Contest) -> pl.DataFrame | None:
    """Return the newest published station table of a contest, None where there is none."""
    tables = record.reported.get(contest.id)
    if tables is None or not tables.height:
        return None
    known = set(tables["publication"])
    newest = [one.id for one in record.publications if one.id in known][-1]
    return tables.filter(pl.col("publication") == newest)


def _against_table(
    reported: pl.DataFrame | None, contest: Contest, copies: Tabulation
) -> tuple[StationsVerdict | None, tuple[Issue, ...]]:
    """Hold the copies against the newest published station table, where there is one."""
    if reported is None or not copies.usable.height:
        return None, ()
    compared = compare_stations(copies.usable, reported, contest)
    verdict = StationsVerdict(
        publication=compared.publication,
        compared=compared.compared,
        equal=compared.equal,
        cells=compared.differing.height,
        copies_only=len(compared.copies_only),
        published_only=compared.published_only,
    )
    return verdict, check_stations(compared)
