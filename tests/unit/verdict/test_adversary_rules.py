"""Law: no contradiction from an unread cell, from a part of the law, or from figures of another contest or place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from auditing.contests import AGAINST, rule
from auditing.contests import contest as small
from auditing.piles import pile
from secondcount.allocation import allocate
from secondcount.api import make_record
from secondcount.audit import Feasible, Standing, assess, margins_of
from secondcount.jurisdictions import Definition, load_definition, load_shipped, template
from secondcount.model.claim import Claim, InClaim
from secondcount.model.election import Contest
from secondcount.model.rule import Alternative, Method
from secondcount.verdict import Verdict, derive
from secondcount.verdict.districts import district_seats, seats_of_districts
from secondcount.verdict.official import Official
from secondcount.verdict.result import Announced, BaseTotal, SeatsVerdict
from secondcount.verdict.seats import seats_verdict
from secondcount.verdict.statements import seats_statements

HEADER = "election,district,seats_in_district,census,blank,null,votes_to_lists,list_code,list,votes,seats\n"
NORTH = "201606,North,349,100000,0,0,100,a,Ayes,97,339\n201606,North,349,100000,0,0,100,b,Bees,3,10\n"
SOUTH = "201606,South,1,100,0,0,100,b,Bees,60,1\n201606,South,1,100,0,0,100,c,Cees,40,0\n"
INDONESIA = load_shipped("indonesia.president.2019").election.contests[0]
BOLIVIA = load_shipped("bolivia.president.2019").election.contests[0]


def spain() -> Definition:
    """Return the law of Spain, whose lists and districts a table names."""
    return load_shipped("spain.congress", {"date": "2016-06-26"})


def verdict_of(text: str, definition: Definition | None = None) -> Verdict:
    """Return the verdict of a table of districts."""
    return derive(make_record(definition or spain(), reported=[("table.csv", (HEADER + text).encode())]))


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the law."""
    return [one.code for one in verdict.issues if one.code.startswith("L")]


@pytest.mark.parametrize("cell", ["", "?"])
def test_announced_seats_that_were_not_read_are_no_zero(cell: str) -> None:
    """A list of whose announced seats nothing is known contradicts nothing, and no sum of them is told as whole."""
    verdict = verdict_of(NORTH.replace("3,10", f"3,{cell}") + SOUTH)
    contest = verdict.contests[0]
    assert (codes(verdict), verdict.contradicts, contest.seats.agrees) == ([], False, None)
    assert [one.agrees for one in contest.districts] == [None, True]
    assert {one.contestant: one.seats for one in contest.seats.announced} == {"list_a": 339, "list_c": 0}


def test_where_all_seats_are_announced_a_list_without_any_has_none() -> None:
    """An empty cell for no seat is no hole: the others add up to the district's seats."""
    verdict = verdict_of(NORTH + SOUTH.replace("40,0", "40,"))
    contest = verdict.contests[0]
    assert (codes(verdict), contest.seats.agrees) == ([], True)
    wrong = verdict_of(NORTH + SOUTH.replace("60,1", "60,").replace("40,0", "40,1"))
    (issue,) = [one for one in wrong.issues if one.code == "L109"]
    assert dict(issue.values)["contestants_more"] == "list_b"


@pytest.mark.parametrize("house", ["", "0"])
def test_districts_with_all_seats_are_not_the_whole_while_one_is_missing(house: str) -> None:
    """The seats of two districts come to 350 by mistake; a third one has votes: no sum is made."""
    verdict = verdict_of(NORTH + SOUTH + f"201606,West,{house},100,0,0,100,b,Bees,100,1\n")
    assert verdict.contests[0].seats.allocation is None
    assert codes(verdict) == ["L110"]


def test_without_the_line_of_valid_votes_no_district_is_known_to_be_whole() -> None:
    """A list that won may be missing from the table: only the sum of all lists can show it."""
    verdict = verdict_of(NORTH + SOUTH.splitlines(keepends=True)[1].replace("0,0,100", "0,0,").replace("40,0", "40,"))
    assert [one.area for one in verdict.contests[0].districts] == ["North"]
    assert "L109" not in codes(verdict)


def test_a_denominator_below_the_votes_is_none() -> None:
    """More votes for lists than valid ones: the district is not computed, and nothing falls over."""
    definition = spain()
    contest = definition.election.contests[0]
    contest = replace(contest, bases=(replace(contest.bases[0], cells=("list_votes",)),))
    changed = replace(definition, election=replace(definition.election, contests=(contest,)))
    verdict = verdict_of(NORTH.replace("0,0,100,", "0,0,90,") + SOUTH, changed)
    assert [one.area for one in verdict.contests[0].districts] == ["South"]
    assert codes(verdict) == ["L110"]


def test_seats_of_another_contest_in_the_same_district_are_not_taken() -> None:
    """Two contests of one day have seats in the same districts, in one publication."""
    record = make_record(spain(), reported=[("table.csv", (HEADER + NORTH + SOUTH).encode())])
    (contest,), geography = record.election.contests, record.election.geography
    other = record.figures.with_columns(contest=record.figures["contest"].replace(contest.id, "senate"))
    other = other.with_columns(value=other["value"] + 7)
    for figures in (record.figures.vstack(other), other.vstack(record.figures)):
        found = district_seats(figures, contest, record.publications, geography)
        assert [(one.allocation.house, one.agrees) for one in found] == [(349, True), (1, True)]


def test_seats_announced_for_the_whole_are_held_against_the_sum() -> None:
    """Each district agrees, the announced whole does not: that is a contradiction, and never an agreement."""
    record = make_record(spain(), reported=[("table.csv", (HEADER + NORTH + SOUTH).encode())])
    (contest,), geography = record.election.contests, record.election.geography
    districts = district_seats(record.figures, contest, record.publications, geography)
    for seats, agrees, found in ((11, True, []), (12, False, ["L101"])):
        told = (Announced(contestant="list_b", seats=seats, publication="t"),)
        votes = {"list_a": 97, "list_b": 63, "list_c": 40}
        official = Official(publication="t", votes=votes, invalid={}, announced=told)
        verdict, issues = seats_of_districts(contest, districts, official, geography)
        assert (verdict.agrees, [one.code for one in issues]) == (agrees, found)


def held(contest: Contest, votes: dict[str, int], announced: dict[str, int]) -> tuple[SeatsVerdict, list[str]]:
    """Return the seats beside the announced ones, and the codes of the issues."""
    told = tuple(Announced(contestant=who, seats=seats, publication="p") for who, seats in announced.items())
    official = Official(publication="p", votes=votes, invalid={}, announced=told)
    bases = (BaseTotal(base=contest.share_base, total=sum(votes.values())),)
    verdict, issues = seats_verdict(contest, official, bases, ())
    return verdict, [one.code for one in issues]


@pytest.mark.parametrize("announced", [{"pas1": 0, "pas2": 1}, {"pas1": 1, "pas2": 0}])
def test_a_part_of_the_law_neither_agrees_nor_contradicts(announced: dict[str, int]) -> None:
    """55 % without a fifth in most provinces elects nobody: the condition that is not computed may have decided."""
    verdict, found = held(INDONESIA, {"pas1": 55, "pas2": 45}, announced)
    assert (verdict.agrees, found) == (None, ["L111"])
    whole = replace(INDONESIA, rule=replace(INDONESIA.rule, not_coded=""))
    verdict, found = held(whole, {"pas1": 55, "pas2": 45}, announced)
    assert verdict.agrees is (announced["pas1"] == 1)


def test_a_part_of_the_law_says_of_no_seat_how_safe_it_is() -> None:
    """The seat closest to changing hands is told of a law that is computed whole only."""
    definition = load_shipped("kazakhstan.majilis.2023")
    contest = next(one for one in definition.election.contests if len(one.seat_takers) > 2 and one.rule.seats > 2)
    votes = {one.id: 1_000 + 100 * place for place, one in enumerate(contest.contestants)}
    part = replace(contest, rule=replace(contest.rule, not_coded="a quota of women"))
    keys = [[one.key for one in seats_statements(each, held(each, votes, {})[0], "all")] for each in (contest, part)]
    assert "closest_seat" in keys[0]
    assert "closest_seat" not in keys[1]


@pytest.mark.parametrize("votes", [(2, 0, 1), (3, 0, 2), (3, 2, 1), (4_700, 3_650, 1_650)])
def test_no_fewer_votes_given_to_one_change_an_election(votes: tuple[int, int, int]) -> None:
    """Of several rivals the one counts who needs fewest votes, whatever it takes to move them."""
    names = ("mas_ipsp", "cc", "pdc")
    contest = replace(BOLIVIA, contestants=tuple(one for one in BOLIVIA.contestants if one.id in names))
    contest = replace(contest, bases=(replace(contest.bases[0], cells=tuple(one.id for one in contest.contestants)),))
    world = dict(zip(names, votes, strict=True))

    def outcome(totals: dict[str, int]) -> tuple[object, ...]:
        found = allocate(contest.rule, totals, sum(totals.values()))
        return tuple(one.seats for one in found.lists), frozenset(found.second_round), bool(found.lots)

    margins = margins_of(contest, world, allocate(contest.rule, world, sum(votes)))
    told = min(one.added for one in margins if one.added is not None)
    tried = [
        size
        for size in range(1, told + 1)
        for name in names
        if outcome({**world, name: world[name] + size}) != outcome(world)
    ]
    assert told == min(tried)


@pytest.mark.parametrize(
    ("votes", "unseen", "lead", "standing"),
    [
        ((0,), 4, Fraction(1, 10), Standing.NOT_DECIDED),  # perhaps nobody has a vote: then nobody is elected
        ((0, 0), 0, Fraction(1, 10), Standing.REFUTED),
        ((3, 0), 4, Fraction(1, 2), Standing.NOT_DECIDED),  # 3 of 7 are 40 %, and no lead of a half
        ((4, 0), 4, Fraction(1, 2), Standing.PROVED),
        ((4, 0), 5, Fraction(1, 10), Standing.PROVED),
        ((4, 0), 6, Fraction(1, 10), Standing.PROVED),  # 40 % exactly
        ((4, 0), 7, Fraction(1, 10), Standing.NOT_DECIDED),
    ],
)
def test_who_stands_alone_needs_votes_and_the_lead(
    votes: tuple[int, ...], unseen: int, lead: Fraction, standing: Standing
) -> None:
    """All others were struck off: the lead is over no votes, and a share of no votes elects nobody."""
    by = replace(rule(Method.MAJORITY, 1), alternatives=(Alternative(share=Fraction(2, 5), lead=lead),))
    alone = small("a", by, against_all=len(votes) > 1)
    row = dict(zip(("a", AGAINST), votes, strict=False))
    copies = pile(tuple(row), [row], stations=2 if unseen else 1, unseen_cap=unseen, unseen_cast=unseen)
    found = assess(Claim(text="", contest=alone.id, body=InClaim(contestant="a")), alone, copies, Feasible.CAP)
    assert found.standing is standing


def test_a_majority_to_two_seats_is_refused_before_anything_is_computed() -> None:
    """No rule that is coded elects two by a majority: the definition is told so, and nothing falls over later."""
    for seats, found in ((1, False), (2, True)):
        lines = [f"seats = {seats}" if one.startswith("seats = ") else one for one in template().splitlines()]
        text = "\n".join('method = "majority"' if one.startswith("method = ") else one for one in lines)
        issues = load_definition("x.toml", text.encode()).issues
        assert any(one.code == "D109" and one.where.key.endswith("rule.seats") for one in issues) is found
