"""Who may read or decide a copy: two different people, and as far apart as there are people.

Whoever has read a copy never reads it again and never decides it: that is a law, held by the types of `states` too.
Whoever brought a copy knows what it should say, and gets it only where nobody else is left. People of one team, and
people of whom one invited the other, might make the same mistake for the same reason: they come last (`rank`). That
two were invited by the same third person is no tie: one coordinator invites everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Person", "Ranked", "Refusal", "Tie", "better_left", "may_adjudicate", "may_read", "rank", "ties"]


class Tie(StrEnum):
    """What speaks against a person; hard ones first, then the nearer ones."""

    READ_IT = "read_it"  # hard
    COLLECTED_IT = "collected_it"  # hard, where there is anybody else
    SAME_TEAM = "same_team"
    INVITED = "invited"  # this person invited an earlier reader
    INVITED_BY = "invited_by"  # an earlier reader invited this person


_WEIGHT = {Tie.READ_IT: 1000, Tie.COLLECTED_IT: 100, Tie.SAME_TEAM: 2, Tie.INVITED: 1, Tie.INVITED_BY: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the desk knows of a person that matters here."""

    pseudonym: str
    team: str = ""  # "": of no team
    invited_by: str = ""  # pseudonym; "": the owner, or not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a person does not get a copy."""

    tie: Tie
    hard: bool  # False: somebody better is there; wait, or take it all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A person who may read, with what speaks against it."""

    person: Person
    ties: tuple[Tie, ...]


def ties(person: Person, *, collector: str, readers: Collection[str], people: Mapping[str, Person]) -> tuple[Tie, ...]:
    """Return all that speaks against a person: of an earlier reader who is not in `people`, only that it was him."""
    found = {Tie.READ_IT} if person.pseudonym in readers else set()
    if collector == person.pseudonym:
        found.add(Tie.COLLECTED_IT)
    for other in (people[one] for one in readers if one in people and one != person.pseudonym):
        found |= _between(person, other)
    return tuple(one for one in Tie if one in found)


def _between(person: Person, other: Person) -> set[Tie]:
    holds = {
        Tie.SAME_TEAM: bool(person.team) and person.team == other.team,
        Tie.INVITED: other.invited_by == person.pseudonym,
        Tie.INVITED_BY: person.invited_by == other.pseudonym,
    }
    return {tie for tie, true in holds.items() if true}


def may_read(
    person: Person, *, collector: str, readers: Collection[str], people: Mapping[str, Person]
) -> Refusal | None:
    """Return why a person may not read a copy, None where nothing forbids it.

    Args:
        person: who asks for the copy.
        collector: pseudonym of whoever brought this copy; "" where nobody knows.
        readers: pseudonyms of who has read it, or is reading it now.
        people: everybody who could read now, by pseudonym, and the earlier readers.

    """
    found = ties(person, collector=collector, readers=readers, people=people)
    if Tie.READ_IT in found:
        return Refusal(tie=Tie.READ_IT, hard=True)
    if Tie.COLLECTED_IT in found and _others(person, collector, readers, people):
        return Refusal(tie=Tie.COLLECTED_IT, hard=True)
    return None


may_adjudicate = may_read
"""The same holds for whoever decides: no reader of this copy, and not who brought it where anybody else is there."""


def _others(person: Person, collector: str, readers: Collection[str], people: Mapping[str, Person]) -> list[Person]:
    out = {person.pseudonym, collector, *readers}
    return [one for name, one in people.items() if name not in out]


def better_left(
    person: Person, *, collector: str, readers: Collection[str], people: Mapping[str, Person]
) -> Refusal | None:
    """Return why a person should leave a copy to somebody who is further from its readers, None where nobody is."""
    ranked = rank(people.values(), collector=collector, readers=readers, people=people)
    mine = next((one.ties for one in ranked if one.person.pseudonym == person.pseudonym), ())
    if mine and _weight(ranked[0].ties) < _weight(mine):
        return Refusal(tie=mine[0], hard=False)
    return None


def rank(
    candidates: Iterable[Person], *, collector: str, readers: Collection[str], people: Mapping[str, Person]
) -> tuple[Ranked, ...]:
    """Return who of the candidates may read a copy, those first against whom least speaks; then by pseudonym."""
    able = [one for one in candidates if not may_read(one, collector=collector, readers=readers, people=people)]
    ranked = [Ranked(person=one, ties=ties(one, collector=collector, readers=readers, people=people)) for one in able]
    return tuple(sorted(ranked, key=lambda one: (_weight(one.ties), one.person.pseudonym)))


def _weight(found: Iterable[Tie]) -> int:
    return sum(_WEIGHT[one] for one in found)
