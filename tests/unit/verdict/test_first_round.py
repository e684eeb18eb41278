"""What is told of a first round: elected or a run-off, how far that is from changing, and never more than is coded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from secondcount.jurisdictions import load_shipped
from secondcount.model.election import Contest
from secondcount.verdict.official import Official
from secondcount.verdict.result import BaseTotal
from secondcount.verdict.seats import seats_verdict
from secondcount.verdict.statements import seats_statements

BOLIVIA = load_shipped("bolivia.president.2019").election.contests[0]
INDONESIA = load_shipped("indonesia.president.2019").election.contests[0]


def told(contest: Contest, **votes: int) -> tuple[list[str], dict[str, Any], list[str]]:
    """Return the keys of the headlines, their values, and the codes of the issues."""
    every = {one.id: votes.get(one.id, 0) for one in contest.contestants}
    official = Official(publication="computo", votes=every, invalid={}, announced=())
    bases = (BaseTotal(base=contest.share_base, total=sum(every.values())),)
    verdict, issues = seats_verdict(contest, official, bases, ())
    found = tuple(seats_statements(contest, verdict, "all"))
    return [one.key for one in found], dict(v for one in found for v in one.values), [one.code for one in issues]


def test_elected_in_the_first_round_until_so_many_votes_move() -> None:
    """47 against 36.5: elected; the lead of 1,050 falls below ten points of 10,000 after 26 votes."""
    keys, values, codes = told(BOLIVIA, mas_ipsp=4_700, cc=3_650, pdc=1_650)
    assert keys == ["elected_first", "closest_run_off"]
    assert (values["moved"], values["contestant_from"], values["contestant"]) == (26, "mas_ipsp", "cc")
    assert codes == []


def test_a_run_off_until_so_many_votes_move() -> None:
    """45.28 against 38.16: a run-off; 288 - 144 votes away from ten points."""
    keys, values, codes = told(BOLIVIA, mas_ipsp=4_528, cc=3_816, pdc=1_656)
    assert keys == ["run_off", "closest_elected"]
    assert (values["contestants"], values["moved"], values["contestant"]) == ("mas_ipsp, cc", 144, "mas_ipsp")
    assert codes == ["L105"]


def test_a_condition_that_is_not_computed_is_said() -> None:
    """Indonesia: the provinces are not computed: the headline does not call it the rule of the law."""
    keys, _, codes = told(INDONESIA, pas1=55, pas2=45)
    assert (keys, codes) == (["seats_in_part"], ["L111"])


@pytest.mark.parametrize("votes", [(55, 45), (50, 50)])
def test_a_law_that_is_coded_whole_has_no_such_note(votes: tuple[int, int]) -> None:
    """Without the condition: elected, or a run-off."""
    whole = replace(INDONESIA, rule=replace(INDONESIA.rule, not_coded=""))
    keys, _, codes = told(whole, pas1=votes[0], pas2=votes[1])
    assert keys[0] in ("elected_first", "run_off")
    assert "L111" not in codes
