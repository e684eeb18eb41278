"""How near a person is to those who brought or read a copy: the nearer, the later they are asked to read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from secondcount.transcription.people import Person, ties
from secondcount.web.models import Member, PaperCopy, ReadingRow, Task, TaskState

__all__ = ["nearness"]

_KNOWN = ("pseudonym", "team", "invited_by__pseudonym")


def nearness(member: Member, copies: Collection[int]) -> dict[int, int]:
    """Return for each copy how many ties (`transcription.people`) there are to who brought, read or now reads it.

    It is a matter of order only: where nobody else is there, near people read too, for two readings by people of one
    team are better than one. Of readings whose reader was deleted nothing is known but that it was somebody else.
    """
    inviter = member.invited_by
    asking = Person(
        pseudonym=member.pseudonym, team=member.team, invited_by=inviter.pseudonym if inviter is not None else ""
    )
    around = _around(copies)
    return {
        copy: len(ties(asking, collector="", readers=people.keys() - {asking.pseudonym}, people=people))
        for copy, people in around.items()
    }


def _around(copies: Collection[int]) -> dict[int, dict[str, Person]]:
    """Return who has to do with each copy, by pseudonym: three small questions, however many copies there are."""
    held = Task.objects.filter(copy__in=copies, state=TaskState.OPEN)
    answers = (
        PaperCopy.objects.filter(pk__in=copies).values_list("pk", *(f"collector__{one}" for one in _KNOWN)),
        ReadingRow.objects.filter(copy__in=copies).values_list("copy", *(f"reader__{one}" for one in _KNOWN)),
        held.exclude(leased_by=None).values_list("copy", *(f"leased_by__{one}" for one in _KNOWN)),
    )
    found: dict[int, dict[str, Person]] = defaultdict(dict)
    for copy, pseudonym, team, invited_by in (row for rows in answers for row in rows):
        if pseudonym:
            found[copy][pseudonym] = Person(pseudonym=pseudonym, team=team or "", invited_by=invited_by or "")
    return found
