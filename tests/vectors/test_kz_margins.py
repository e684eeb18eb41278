"""How far the seats of Kazakhstan 2012 and 2023 are from flipping: figures computed beforehand, to the vote."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from auditing.contests import AGAINST, contest, rule
from auditing.truth import allocation_of
from secondcount.audit import assertions_of, margin, reach_by_adding, reach_by_moving
from secondcount.audit.result import Assertion, AssertionKind, Margin
from secondcount.model.rule import Comparison

ELECTIONS = json.loads((Path(__file__).parent / "kz_assertions.json").read_text(encoding="utf-8"))["elections"]
SEVEN = Fraction(7, 100)
BASE_2012 = 6_941_220


def margins(year: str) -> tuple[Margin, ...]:
    """Return the margin of every assertion of one election, with the published party votes as base."""
    election = ELECTIONS[year]
    votes = dict(election["votes"])
    by = rule(seats=election["seats"], share=Fraction(election["share"]))
    held = contest(votes, by, against_all=election["against_all"] is not None)
    if election["against_all"] is not None:
        votes[AGAINST] = election["against_all"]
    return tuple(margin(one, votes) for one in assertions_of(held, votes, allocation_of(held, votes)))


def named(assertion: Assertion) -> str:
    """Return the assertion as the vectors call it."""
    if assertion.kind is AssertionKind.REMAINDER:
        return f"rem {assertion.winner}>{assertion.loser}"
    sign = ">=" if assertion.kind is AssertionKind.REACHES else "<"
    return f"{assertion.winner} {sign} {assertion.share}"


@pytest.mark.parametrize(("year", "count"), [("2012", 13), ("2023", 37)])
def test_every_value_and_every_margin_is_the_one_computed_beforehand(year: str, count: int) -> None:
    """All 13 assertions of 2012 and all 37 of 2023 have their V and their least moved votes, and there are no more."""
    found = margins(year)
    assert len(found) == count
    expected = {name: (value, moved) for name, value, moved in ELECTIONS[year]["assertions"]}
    assert {named(one.assertion): (one.value, one.moved) for one in found} == expected


def test_the_last_seat_of_2012_flips_with_9809_votes() -> None:
    """Ak Zhol's last seat goes to the Communist People's Party when 9,809 votes move from one to the other."""
    closest = min(margins("2012"), key=lambda one: -1 if one.moved is None else one.moved)
    assert (closest.assertion.winner, closest.assertion.loser, closest.moved) == ("AkZhol", "CPPK", 9_809)
    assert (closest.moved_from, closest.moved_to) == ("AkZhol", "CPPK")


def test_the_third_list_of_2012_stands_above_the_threshold() -> None:
    """The Communist People's Party stands 12,902.6 votes above 7 %: moving 12,903 away is enough, 12,902 is not."""
    votes = ELECTIONS["2012"]["votes"]["CPPK"]
    assert votes - SEVEN * BASE_2012 == Fraction(129_026, 10)
    found = next(one for one in margins("2012") if named(one.assertion) == "CPPK >= 7/100")
    assert found.moved == 12_903


def test_the_opposition_of_2012_is_short() -> None:
    """OSDP is short by 369,351.4 votes: 369,352 moved, or 397,153 added ones that enlarge the base."""
    votes = ELECTIONS["2012"]["votes"]["OSDP"]
    assert SEVEN * BASE_2012 - votes == Fraction(3_693_514, 10)
    assert reach_by_moving(votes, BASE_2012, SEVEN, Comparison.AT_LEAST) == 369_352
    assert reach_by_adding(votes, BASE_2012, SEVEN, Comparison.AT_LEAST) == 397_153
    found = next(one for one in margins("2012") if named(one.assertion) == "OSDP < 7/100")
    assert (found.moved, found.added, found.moved_to) == (369_352, 397_153, "OSDP")
