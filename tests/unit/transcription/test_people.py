"""Who may read or decide a copy, and who should leave it to somebody further away."""

from __future__ import annotations

from typing import Any

import pytest

from secondcount.transcription import (
    Person,
    Ranked,
    Refusal,
    Tie,
    better_left,
    may_adjudicate,
    may_read,
    rank,
    ties,
)
from transcribing.papers import ANNA, BORIS, CLARA, DINA

PEOPLE = {
    one.pseudonym: one
    for one in (
        Person(pseudonym=ANNA, team="north", invited_by=DINA),
        Person(pseudonym=BORIS, team="north", invited_by=DINA),
        Person(pseudonym=CLARA, team="south", invited_by=ANNA),
        Person(pseudonym=DINA),
    )
}


def asked(
    who: str, readers: tuple[str, ...] = (), collector: str = "", people: tuple[str, ...] = ()
) -> Refusal | None:
    """Return whether somebody may read, with all people there or only some."""
    there = {name: PEOPLE[name] for name in people} if people else PEOPLE
    return may_read(PEOPLE[who], collector=collector, readers=readers, people=there)


def test_whoever_read_it_does_not_read_it_again() -> None:
    """Not even where nobody else is left."""
    assert asked(ANNA, readers=(ANNA,)) == Refusal(tie=Tie.READ_IT, hard=True)
    assert asked(ANNA, readers=(ANNA,), people=(ANNA,)) == Refusal(tie=Tie.READ_IT, hard=True)
    assert asked(BORIS, readers=(ANNA,)) is None


def test_whoever_brought_it_reads_it_only_where_nobody_else_is_left() -> None:
    """The collector waits as long as anybody else could read it: earlier readers are nobody else."""
    assert asked(ANNA, collector=ANNA) == Refusal(tie=Tie.COLLECTED_IT, hard=True)
    assert asked(ANNA, collector=ANNA, people=(ANNA,)) is None
    assert asked(ANNA, collector=ANNA, readers=(BORIS,), people=(ANNA, BORIS)) is None
    assert asked(ANNA, collector=ANNA, readers=(BORIS,), people=(ANNA, BORIS, CLARA)) is not None


def test_the_same_holds_for_whoever_decides() -> None:
    """No reader of a copy decides it."""
    assert may_adjudicate(PEOPLE[ANNA], collector="", readers=(ANNA, BORIS), people=PEOPLE) == Refusal(
        tie=Tie.READ_IT, hard=True
    )
    assert may_adjudicate(PEOPLE[DINA], collector="", readers=(ANNA, BORIS), people=PEOPLE) is None


@pytest.mark.parametrize(
    ("who", "reader", "found"),
    [
        (BORIS, ANNA, (Tie.SAME_TEAM,)),
        (CLARA, ANNA, (Tie.INVITED_BY,)),
        (ANNA, CLARA, (Tie.INVITED,)),
        (CLARA, BORIS, ()),
        (DINA, DINA, (Tie.READ_IT,)),
        (DINA, "p-gone", ()),
    ],
)
def test_ties_are_named(who: str, reader: str, found: tuple[Tie, ...]) -> None:
    """The same team, having invited, having been invited; who left the desk is known by pseudonym alone."""
    assert ties(PEOPLE[who], collector="", readers=(reader,), people=PEOPLE) == found


def test_no_team_is_no_team() -> None:
    """Two people of no team are not of the same one, and two whom nobody invited did not invite each other."""
    one, two = Person(pseudonym="p-eva"), Person(pseudonym="p-fox")
    assert ties(one, collector="", readers=("p-fox",), people={"p-fox": two}) == ()


def test_the_furthest_come_first() -> None:
    """Nobody who must not, then by how little speaks against them, with the reason; then by pseudonym."""
    ranked = rank(PEOPLE.values(), collector="", readers=(ANNA,), people=PEOPLE)
    assert ranked == (
        Ranked(person=PEOPLE[CLARA], ties=(Tie.INVITED_BY,)),
        Ranked(person=PEOPLE[DINA], ties=(Tie.INVITED,)),
        Ranked(person=PEOPLE[BORIS], ties=(Tie.SAME_TEAM,)),
    )


def test_the_nearer_leaves_it_to_the_further() -> None:
    """Where somebody is further away, waiting is advised, never ordered; where nobody is, the nearest reads."""
    who: dict[str, Any] = {"collector": "", "readers": (ANNA,)}
    assert better_left(PEOPLE[BORIS], **who, people=PEOPLE) == Refusal(tie=Tie.SAME_TEAM, hard=False)
    assert better_left(PEOPLE[CLARA], **who, people=PEOPLE) is None
    near = {name: PEOPLE[name] for name in (ANNA, BORIS)}
    assert better_left(PEOPLE[BORIS], **who, people=near) is None
    assert better_left(PEOPLE[ANNA], **who, people=PEOPLE) is None  # not asked of somebody who must not
