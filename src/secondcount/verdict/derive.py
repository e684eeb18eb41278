"""The hallway: agreed sheets; totals; coverage; comparison; seats; findings; claims weighed.

`derive` is pure: the same record gives the same verdict on any machine. If this file grows, a room is missing.
"""

from __future__ import annotations

from secondcount.model.election import Contest
from secondcount.model.issue import Issue
from secondcount.model.record import Record
from secondcount.model.tables import empty_sheets
from secondcount.tabulation import (
    check_held,
    check_publications,
    check_sheets,
    cover,
    hold,
    tabulate,
)
from secondcount.verdict.claims import claim_verdicts
from secondcount.verdict.official import base_totals, official_side
from secondcount.verdict.piles import Scene
from secondcount.verdict.result import ContestVerdict, Verdict
from secondcount.verdict.seats import seats_verdict
from secondcount.verdict.shares import share_rows, threshold_tests
from secondcount.verdict.statements import statements_of

__all__ = ["DERIVATION", "FORMAT", "derive"]

FORMAT = "secondcount.verdict/1"
DERIVATION = "1"


def derive(record: Record) -> Verdict:
    """Return everything that a record proves, contradicts and leaves open."""
    issues = [*record.issues, *check_publications(record.election, record.publications, record.figures)]
    derived: list[tuple[Contest, ContestVerdict]] = []
    for contest in record.election.contests:
        verdict, found = _contest(record, contest)
        derived.append((contest, verdict))
        issues.extend(found)
    root = record.election.geography.root.id
    return Verdict(
        format=FORMAT,
        derivation=DERIVATION,
        election=record.election.id,
        synthetic=record.is_synthetic,
        synthetic_parts=record.synthetic,
        one_side=record.election.one_side,
        statements=statements_of(derived, issues, root),
        contests=tuple(verdict for _, verdict in derived),
        issues=tuple(issues),
        inputs=record.inputs,
    )


def _contest(record: Record, contest: Contest) -> tuple[ContestVerdict, tuple[Issue, ...]]:
    geography, figures = record.election.geography, record.figures
    root = geography.root.id
    official = official_side(figures, contest, record.publications, root)
    bases = base_totals(figures, contest, official, root)
    tests = threshold_tests(contest, official, bases)
    seats, seat_issues = seats_verdict(contest, official, bases, tests)
    tabulation = tabulate(record.sheets.get(contest.id, empty_sheets(contest)), contest, geography)
    held = hold(tabulation, figures, contest, geography, official.publication)
    scene = Scene(
        contest=contest,
        geography=geography,
        usable=tabulation.usable,
        figures=figures,
        publications=record.publications,
        stations=record.stations,
        synthetic=record.is_synthetic,
    )
    verdict = ContestVerdict(
        contest=contest.id,
        official=official.publication,
        share_rows=share_rows(figures, contest, official, bases, root),
        bases=bases,
        thresholds=tests,
        seats=seats,
        coverage=cover(tabulation, geography, contest, figures, official.publication),
        sums=tabulation.sums,
        held=held,
        claims=claim_verdicts(scene, record.claims),
    )
    sheet_issues = check_sheets(tabulation.usable, contest)
    return verdict, (*seat_issues, *tabulation.issues, *sheet_issues, *check_held(held))
