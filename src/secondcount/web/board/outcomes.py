"""What became of the copy that was expected from a station: said by the observer or a coordinator, or by the copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from secondcount.custody.stationing import record_outcome
from secondcount.errors import InputError
from secondcount.web.accounts.acts import record_act
from secondcount.web.desk import Desk, now
from secondcount.web.models import Member, PaperCopy, Posting
from secondcount.web.work import sweep

__all__ = ["OUTCOMES", "REASONS", "Said", "follow_copies", "said_by", "said_time", "set_outcome"]

OUTCOMES = ("received", "refused", "expelled", "promised", "lost", "unknown")
"""A copy was given; refused; the observer was sent away; it was promised for after the territorial commission; the
paper is lost; nobody knows."""

REASONS = ("no_copier", "not_entitled", "to_be_checked", "not_ready", "none_given", "other")
"""Why a copy was refused, as the commission said."""

_AHEAD = timedelta(minutes=5)  # clocks of phones differ
_TOGETHER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An outcome as somebody says it."""

    outcome: str
    reason: str
    time: datetime  # of the event, else when it was said


def said_by(fields: dict[str, str], zone: str, moment: datetime) -> Said:
    """Return what a form says: `outcome`, `reason` of a refusal, local `time`.

    Raises:
        InputError: K168, an outcome that is none, a refusal without reason, an expulsion without time, a time to come.

    """
    outcome, reason = fields.get("outcome", ""), fields.get("reason", "")
    if outcome not in OUTCOMES:
        raise InputError("K168", field="outcome")
    if outcome == "refused" and reason not in REASONS:
        raise InputError("K168", field="reason")
    time = said_time(fields.get("time", ""), zone, moment)
    if outcome == "expelled" and time is None:
        raise InputError("K168", field="time")
    return Said(outcome=outcome, reason=reason if outcome == "refused" else "", time=time or moment)


def said_time(text: str, zone: str, moment: datetime) -> datetime | None:
    """Return a local time of a form in UTC, None where nothing is said.

    Raises:
        InputError: K168, it is no time, one of another millennium, or still to come.

    """
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip()).replace(microsecond=0, tzinfo=ZoneInfo(zone))
        found = found.astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        raise InputError("K168", field="time") from None
    if not 2000 <= found.year <= 2999 or found > moment + _AHEAD:
        raise InputError("K168", field="time")
    return found


def set_outcome(place: Desk, posting: Posting, said: Said, by: Member | None) -> None:
    """Record an outcome in the archive, then in the desk; the same one again changes nothing.

    Raises:
        InputError: A504, A505, the archive cannot take it.

    """
    if (said.outcome, said.reason, said.time) == (posting.outcome, posting.reason, posting.time):
        return
    entry = record_outcome(
        place.archive,
        posting.station.name,
        said.outcome,
        said.time,
        deployment=posting.deployment,
        reason=said.reason,
    )
    posting.outcome, posting.reason, posting.time, posting.entry = said.outcome, said.reason, said.time, entry
    posting.save(update_fields=["outcome", "reason", "time", "entry"])
    record_act("outcome_set", by, entry)


@sweep("follow_copies")
def follow_copies(place: Desk) -> bool:
    """Let stations whose outcome nobody knows, or where a copy was promised, be "received" once a copy is there.

    A copy that the observer has sent since then says so even where something else was said: somebody who was refused
    got it later. What was set aside is no copy.
    """
    copies = PaperCopy.objects.filter(station=OuterRef("station__name")).exclude(state="set_aside")
    own = copies.filter(collector=OuterRef("observer"), made__gt=OuterRef("time"))
    open_ones = Q(Exists(copies), outcome__in=("unknown", "promised")) | Q(Exists(own))
    found = Posting.objects.filter(open_ones).exclude(outcome="received").select_related("station")[:_TOGETHER]
    done = False
    for posting in found:
        first = PaperCopy.objects.filter(station=posting.station.name).exclude(state="set_aside").order_by("made")
        made = first.values_list("made", flat=True).first() or now()
        set_outcome(place, posting, Said(outcome="received", reason="", time=made), None)
        done = True
    return done
