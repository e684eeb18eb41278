"""Who holds the paper of a copy: hand-overs between people of the desk, and consent to be named to a court."""

from __future__ import annotations

from datetime import datetime

from secondcount.custody.stationing import record_consent, record_hand_over, record_hold
from secondcount.errors import InputError
from secondcount.web.accounts.acts import record_act
from secondcount.web.desk import Desk
from secondcount.web.models import Arrival, Hold, Member, PaperCopy

__all__ = ["consent", "hand_over", "holder_of"]


def holder_of(copy: PaperCopy) -> Hold | None:
    """Return who holds the paper now, None where nobody has said."""
    return Hold.objects.filter(copy=copy).order_by("-since", "-pk").first()


def hand_over(place: Desk, copy: PaperCopy, taker: str, time: datetime, by: Member) -> Hold:
    """Record that a person of the desk has the paper from now on; whoever has it already keeps it, and its row.

    Raises:
        InputError: K168 the taker is no member, or the copy has no picture yet; K127, A504, A505 of the archive.

    """
    person = Member.objects.filter(is_active=True, pseudonym=taker).first()
    if person is None:
        raise InputError("K168", field="taker")
    before = holder_of(copy)
    if before is not None and before.holder == person.pseudonym:
        return before
    entry = _entry_of(copy)
    if before is None:
        digest = record_hold(place.archive, entry, person.pseudonym, time)
    else:
        digest = record_hand_over(place.archive, entry, before.holder, person.pseudonym, time)
    record_act("paper_handed_over", by, digest)
    return Hold.objects.create(copy=copy, holder=person.pseudonym, since=time, entry=digest)


def consent(place: Desk, copy: PaperCopy, person: Member, time: datetime) -> None:
    """Record that a person who holds a paper may be named to a court; only that person can say so.

    Raises:
        InputError: K105 the paper is not theirs; K168 the copy has no picture yet; K127, A504, A505 of the archive.

    """
    held = holder_of(copy)
    if held is None or held.holder != person.pseudonym:
        raise InputError("K105")
    if not held.consent:
        digest = record_consent(place.archive, _entry_of(copy), person.pseudonym, time)
        held.consent = True
        held.save(update_fields=["consent"])
        record_act("consented_to_be_named", person, digest)


def _entry_of(copy: PaperCopy) -> str:
    """Return the `copy` entry of the first page.

    Raises:
        InputError: K168, there is none yet.

    """
    page = Arrival.objects.filter(copy=copy).exclude(entry="").order_by("page").first()
    if page is None:
        raise InputError("K168", field="copy")
    return page.entry
