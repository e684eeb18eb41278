"""The screen where something is missing, open or double: it says so, and invents nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screens.specimen import CONTEST, ELECTION, OPEN, RECORD, SEATS, VERDICT
from secondcount.allocation.result import Outcome
from secondcount.cli.screen.page import Ending, screen_lines
from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Severity, Where
from secondcount.model.labels import Labels
from secondcount.model.record import Record
from secondcount.verdict.result import ContestVerdict, Verdict
from secondcount.wording import LANGUAGES, phrasebook

FOUND = VERDICT.contests[0]


def words(verdict: Verdict, language: str = "en", width: int = 80, record: Record = RECORD) -> str:
    lines = screen_lines(verdict, record, phrasebook(language), width, Ending())
    return " ".join(" ".join(line.plain for line in lines).replace("\u00a0", " ").split())


def with_contest(**changes: Any) -> Verdict:
    found: ContestVerdict = replace(FOUND, **changes)
    return replace(VERDICT, contests=(found,))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.DECIDED])
def test_what_the_rule_leaves_open_is_said(language: str, outcome: Outcome) -> None:
    """Lots, a silent law, a second round, nobody: each has its sentence."""
    assert SEATS.allocation is not None
    allocation = replace(SEATS.allocation, outcome=outcome, undistributed=2)
    said = phrasebook(language).say(f"ui.seats.outcome_{outcome.value}", seats=2)
    assert said in words(with_contest(seats=replace(SEATS, allocation=allocation)), language)


def test_without_official_votes_no_table_is_made_up() -> None:
    """No publication of votes: that is said, and there is no table."""
    seats = replace(SEATS, allocation=None, margins=(), counterfactuals=(), announced=())
    text = words(with_contest(official="", share_rows=(), thresholds=(), seats=seats))
    assert "No published votes of the whole area were given." in text
    assert "Seats by the rule" not in text
    assert "How far the seats are from changing" not in text


def test_seats_that_cannot_be_computed_are_dashes() -> None:
    """Votes without an allocation: a dash by the rule beside what was announced."""
    text = words(with_contest(seats=replace(SEATS, allocation=None, margins=(), counterfactuals=())))
    assert "Nur Otan 5,621,436 80.99 % 80.99 % – 90" in text


def test_shares_that_nobody_published_are_dashes() -> None:
    """No published percentage, no announced seats."""
    rows = tuple(replace(row, published=()) for row in FOUND.share_rows)
    text = words(with_contest(share_rows=rows, seats=replace(SEATS, announced=())))
    assert "Nur Otan 5,621,436 80.99 % – 90 –" in text


def test_a_published_base_of_the_law_is_printed_with_its_number() -> None:
    """Both denominators with their totals."""
    bases = tuple(replace(one, total=one.total or 7_017_000) for one in FOUND.bases)
    assert "The law takes the threshold of: voters who took part (7,017,000)." in words(with_contest(bases=bases))


def test_a_threshold_that_cannot_be_decided_says_up_to_which_number() -> None:
    """No base is known: the list passes if that number is at most votes / 7 %."""
    tests = tuple(replace(one, margin=None, passes=None) for one in FOUND.thresholds[2:])
    text = words(with_contest(thresholds=tests))
    assert "OSDP: whether it reaches 7 % of votes for the lists cannot be said" in text
    assert "at most 1,664,771" in text


def test_a_flip_without_a_cheapest_move_is_still_named() -> None:
    """Where the margin names no two categories, only the change is told."""
    margins = tuple(replace(one, moved_from="", moved_to="") for one in SEATS.margins[:1])
    assert "Ak Zhol falls below 7 % Claims" in words(with_contest(seats=replace(SEATS, margins=margins)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"votes": None}, "No votes at the polling stations without a copy could make it true."),
        ({"at_most": True}, "21,700 votes for OSDP, of the 310,000 that the published total leaves them: 7.00 %."),
    ],
)
def test_needs_of_every_kind_have_their_sentence(changes: dict[str, Any], sentence: str) -> None:
    """Nothing could make it true; or the claim is an upper limit."""
    first, *rest = OPEN.assessments
    assert first.needs is not None
    needy = replace(first, needs=replace(first.needs, **changes))
    assert sentence in words(with_contest(claims=(replace(OPEN, assessments=(needy, *rest)),)))


def test_a_verdict_without_claims_and_copies_is_short() -> None:
    """No claim, no copy: no empty headings."""
    text = words(with_contest(claims=(), coverage=()))
    assert "Claims" not in text
    assert "Copies at hand" not in text


def test_two_contests_are_told_apart() -> None:
    """Each has its heading, and names its own contestants."""
    other = replace(CONTEST, id="district", labels=Labels(en="District 3"))
    record = replace(RECORD, election=replace(ELECTION, contests=(CONTEST, other)))
    verdict = replace(VERDICT, contests=(FOUND, replace(FOUND, contest="district")))
    text = words(verdict, record=record)
    assert text.index("Party lists") < text.index("District 3")
    assert "Party lists" not in words(VERDICT)


def test_made_up_data_of_unknown_parts_is_labelled_too() -> None:
    """A verdict that only says that it is synthetic has its banner."""
    assert "SYNTHETIC" in words(replace(VERDICT, synthetic_parts=()))


def test_an_issue_of_no_contest_is_told_with_the_names_of_the_election() -> None:
    """A publication's label stands in the sentence, not its id."""
    issue: Issue = replace(VERDICT.issues[12], where=replace(VERDICT.issues[12].where, contest=""))
    assert "(Final result of 17 January)" in words(replace(VERDICT, issues=(issue,)))


def test_no_kind_of_contradiction_crowds_out_another() -> None:
    """Twelve of one code and one of another behind them: the one is shown."""
    many = [one for one in VERDICT.issues if one.severity is Severity.CONTRADICTION]
    other = make_issue("S201", Where(station="27"), identity="a = b", arithmetic="1 > 2")
    text = words(replace(VERDICT, issues=(*many, other)))
    assert "(S201)" in text
    assert text.count("9 seats were announced") == 9
    assert f"Contradictions ({len(many) + 1})" in text
    assert f"and {len(many) - 9} more" in text
