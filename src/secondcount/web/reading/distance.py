"""How near a person is to those who brought or read a copy: the nearer, the later they are asked to read it."""

from __future__ import annotations

from secondcount.transcription.people import Person, ties
from secondcount.web.models import Member, PaperCopy

__all__ = ["nearness"]


def nearness(member: Member, copy: PaperCopy) -> int:
    """Return how many ties (`transcription.people`) there are to those who brought, read or now read a copy.

    It is a matter of order only: where nobody else is there, near people read too, for two readings by people of one
    team are better than one. Of readings whose reader was deleted nothing is known but that it was somebody else.
    """
    others = [one.reader for one in copy.readings.all()]
    others += [one.leased_by for one in copy.tasks.all()]
    around = {one.pseudonym: one for one in (*others, copy.collector) if one is not None and one.pk != member.pk}
    people = {name: _person(one) for name, one in around.items()}
    return len(ties(_person(member), collector="", readers=people.keys(), people=people))


def _person(member: Member) -> Person:
    inviter = member.invited_by
    return Person(pseudonym=member.pseudonym, team=member.team, invited_by=inviter.pseudonym if inviter else "")
