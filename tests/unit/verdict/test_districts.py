"""Law: districts with seats of their own each have the rule and its threshold; nothing missing is summed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondcount.api import make_record
from secondcount.errors import InputError
from secondcount.jurisdictions import load_shipped
from secondcount.model.publication import Stage
from secondcount.verdict import Verdict, derive

HEADER = "election,district,seats_in_district,census,blank,null,votes_to_lists,list_code,list,votes,seats\n"
NORTH = "201606,North,349,100000,0,0,100,a,Ayes,97,339\n201606,North,349,100000,0,0,100,b,Bees,3,10\n"
SOUTH = "201606,South,1,100,0,0,100,b,Bees,60,1\n201606,South,1,100,0,0,100,c,Bees,40,0\n"
OTHER = "199603,East,1,100,0,0,100,d,Dees,100,1\n"


def verdict_of(text: str, claims: tuple[str, ...] = ()) -> Verdict:
    """Return the verdict of a table of two districts under the law of Spain."""
    definition = load_shipped("spain.congress", {"date": "2016-06-26"})
    return derive(make_record(definition, reported=[("table.csv", text.encode())], claims=claims))


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the law."""
    return [one.code for one in verdict.issues if one.code.startswith("L")]


def test_each_district_gives_its_own_seats_and_the_whole_is_their_sum() -> None:
    """3 % of a district is enough there, however few votes that is in the country."""
    verdict = verdict_of(HEADER + NORTH + SOUTH + OTHER)
    contest = verdict.contests[0]
    found = {one.area: {each.contestant: each.seats for each in one.allocation.lists} for one in contest.districts}
    assert found == {"North": {"list_a": 339, "list_b": 10}, "South": {"list_b": 1, "list_c": 0}}
    allocation = contest.seats.allocation
    assert allocation is not None
    assert [(one.contestant, one.votes, one.seats) for one in allocation.lists] == [
        ("list_a", 97, 339),
        ("list_b", 63, 11),
        ("list_c", 40, 0),
    ]
    assert (allocation.house, contest.seats.agrees, codes(verdict), verdict.contradicts) == (350, True, [], False)
    assert contest.thresholds == ()


def test_what_is_published_during_voting_gives_no_seats() -> None:
    """Figures of the voting day are no result of a district either."""
    definition = load_shipped("spain.congress", {"date": "2016-06-26"})
    record = make_record(definition, reported=[("table.csv", (HEADER + NORTH + SOUTH).encode())])
    during = tuple(replace(one, stage=Stage.VOTING) for one in record.publications)
    assert derive(record).contests[0].districts
    assert derive(replace(record, publications=during)).contests[0].districts == ()


def test_blank_ballots_count_in_the_base_of_the_district() -> None:
    """3 of 101 valid votes are less than 3 %: the list takes no part."""
    verdict = verdict_of(HEADER + NORTH.replace(",100000,0,0", ",100000,1,0") + SOUTH)
    north = verdict.contests[0].districts[0]
    assert north.allocation.seats_of("list_b") == 0
    assert codes(verdict) == ["L109"]


def test_a_district_that_differs_is_one_contradiction() -> None:
    """The issue names the district and between whom the seats would move; the sum differs too."""
    verdict = verdict_of(HEADER + NORTH + SOUTH.replace("60,1", "60,0").replace("40,0", "40,1"))
    (issue,) = [one for one in verdict.issues if one.code == "L109"]
    assert issue.where.area == "South"
    assert dict(issue.values) == {
        "seats": 1,
        "house": 1,
        "contestants_more": "list_b",
        "contestants_fewer": "list_c",
    }
    assert verdict.contests[0].seats.agrees is False
    assert verdict.contradicts


@pytest.mark.parametrize(
    "south",
    [
        "",  # a district is not there
        SOUTH.replace("South,1,", "South,,"),  # its number of seats is not
        SOUTH.replace(",100,0,0,100", ",100,,0,100"),  # its blank ballots are not
        SOUTH.replace("c,Bees,40,0", "c,Bees,?,0"),  # votes of a list cannot be read
        SOUTH.splitlines(keepends=True)[0],  # a list is not there: its votes are missing from the sum
    ],
)
def test_no_sum_is_made_of_districts_of_which_one_is_missing(south: str) -> None:
    """Nothing is taken for zero: the seats of the other district stand, the national sum does not."""
    verdict = verdict_of(HEADER + NORTH + south)
    contest = verdict.contests[0]
    assert contest.seats.allocation is None
    assert [one.area for one in contest.districts] in ([], ["North"])
    assert codes(verdict) == ["L110"]


def test_lists_of_one_name_are_told_apart() -> None:
    """Two codes with one name are two lists, each named with its code; a table without rows of the day is refused."""
    definition = load_shipped("spain.congress", {"date": "2016-06-26"})
    record = make_record(definition, reported=[("table.csv", (HEADER + NORTH + SOUTH).encode())])
    labels = [one.labels.en for one in record.election.contests[0].contestants]
    assert labels == ["Ayes", "Bees (b)", "Bees (c)"]
    for reported in ([], [("table.csv", (HEADER + OTHER).encode())]):
        with pytest.raises(InputError) as caught:
            make_record(definition, reported=reported)
        assert caught.value.code == "X113"


def test_claims_about_seats_of_districts_are_refused() -> None:
    """The national rule would weigh them wrongly; claims of votes are taken."""
    with pytest.raises(InputError) as caught:
        verdict_of(HEADER + NORTH + SOUTH, ("Ayes gets 339 seats",))
    assert caught.value.code == "C146"
    assert verdict_of(HEADER + NORTH + SOUTH, ("Ayes >= 3%",)).contests[0].claims


def test_announced_seats_stand_in_the_order_of_the_table() -> None:
    """Sums of districts come in one order: two machines write the same bytes."""
    lists = [f"{number:02}" for number in range(30)]
    rows = "".join(f"201606,North,350,9,0,0,30,{one},L{one},1,{350 if one == '00' else 0}\n" for one in lists)
    announced = verdict_of(HEADER + rows).contests[0].seats.announced
    assert [one.contestant for one in announced] == [f"list_{one}" for one in lists]
