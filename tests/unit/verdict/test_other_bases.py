"""Figures of another contest, of voting day or of another base bound and flip nothing here."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from secondcount.audit import Standing, parse_claim
from secondcount.model.election import ContestantKind
from secondcount.model.publication import Stage
from secondcount.model.record import Record
from secondcount.model.rule import Leftover, RunnerUp
from secondcount.verdict import derive
from secondcount.verdict.result import ContestVerdict
from tabulating.elections import (
    COUNT,
    TURNOUT,
    Printed,
    contest_of,
    election_of,
    figures_of,
    geography_of,
    publication_of,
    sheets_of,
)

FINAL, NOON = publication_of("final", Stage.FINAL), publication_of("noon", Stage.VOTING)
CONTEST = contest_of(("a", "b", "c"))


def printed(cell: str, text: str, publication: str = "final", quantity: str = COUNT) -> Printed:
    return Printed(publication=publication, quantity=quantity, cell=cell, text=text, area="land")


def found(*figures: Printed) -> ContestVerdict:
    election = election_of(CONTEST, geography_of({"land": None}))
    return derive(Record(election=election, publications=(NOON, FINAL), figures=figures_of(*figures))).contests[0]


class TestTookPart:
    """The bounds of the law's denominator."""

    def test_turnout_during_voting_bounds_no_result(self) -> None:
        """A list with 4 % of those who voted does not pass because few had voted at noon."""
        noon = (printed("registered", "1000", "noon"), printed("", "20", "noon", TURNOUT))
        votes = (printed("a", "270"), printed("b", "210"), printed("c", "20"))
        (legal,) = [one for one in found(*noon, *votes).thresholds if one.contestant == "c" and one.legal]
        assert legal.passes is not True


class TestMargins:
    """How far the outcome is from changing, on the base that the threshold was held against."""

    def test_the_margin_of_a_threshold_is_on_the_law_s_own_base(self) -> None:
        """With invalid ballots in the base, a list below 7 % of it is short by votes, never by none."""
        cells = {"a": "520", "b": "400", "c": "72", "invalid": "100", "took_part": "1092"}
        margins = found(*(printed(cell, text) for cell, text in cells.items())).seats.margins
        (short,) = [one for one in margins if one.assertion.winner == "c" and one.assertion.kind.value == "fails"]
        assert short.assertion.base == "voters"
        assert short.value > 0
        assert short.moved == 5  # 7 % of 1,092 is 76.44


class TestRunnerUp:
    """The law that admits a second list needs one."""

    def test_a_list_alone_is_not_proved_in(self) -> None:
        """With nobody to come second the law as known gives no seat for certain, and nothing is proved."""
        held = contest_of(("a", "b"))
        alone = replace(held.contestants[1], kind=ContestantKind.AGAINST_ALL)
        second = RunnerUp(correction=Fraction(7, 10), minimum_seats=2, leftover=Leftover.SILENT)
        assert held.rule.threshold is not None
        threshold = replace(held.rule.threshold, share=Fraction(1, 3), base="votes", runner_up=second)
        rule = replace(held.rule, seats=3, threshold=threshold)
        contest = replace(held, contestants=(held.contestants[0], alone), rule=rule)
        election = election_of(contest, geography_of({"land": None}, {"land": 1}))
        rows = [{"station": "1", "area": "land", "registered": 50, "a": 12, "b": 0}]
        record = Record(
            election=election,
            sheets={contest.id: sheets_of(contest, rows)},
            claims=(parse_claim("a is in", election.contests, election.geography),),
        )
        (claim,) = derive(record).contests[0].claims
        assert {one.standing for one in claim.assessments} == {Standing.NOT_DECIDED}
