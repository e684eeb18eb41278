"""Sweeps of people: the audit log goes into the archive, segment by segment; what has run out is cleared away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache

from secondcount.custody.accounting import seal_log
from secondcount.web.desk import Desk, now
from secondcount.web.models import Act, Invitation
from secondcount.web.work import sweep

__all__ = ["clear_away", "seal_acts"]

SEGMENT = 500  # acts that make a segment at once
PATIENCE = timedelta(minutes=15)  # after which fewer do
HOUR = 3600  # seconds from one clearing to the next
KEPT = timedelta(days=30)  # that an invitation is kept after its time, for whoever asks what became of it


@sweep("seal acts")
def seal_acts(place: Desk) -> bool:
    """Seal the oldest acts that are not sealed yet, if there are enough, or the first has waited long enough.

    Each line has the number of its row: what is sealed twice, because a run was cut off, is recognised.
    """
    acts = list(Act.objects.filter(sealed="").order_by("pk")[:SEGMENT])
    if not acts or (len(acts) < SEGMENT and now() - acts[0].time < PATIENCE):
        return False
    digest = seal_log(place.archive, _lines(acts), acts[-1].time)
    Act.objects.filter(pk__in=[one.pk for one in acts]).update(sealed=digest)
    return True


def _lines(acts: Sequence[Act]) -> bytes:
    lines = (
        {
            "by": one.pseudonym,
            "item": one.item,
            "number": one.pk,
            "time": f"{one.time:%Y-%m-%dT%H:%M:%SZ}",
            "verb": one.verb,
        }
        for one in acts
    )
    return "".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in lines).encode()


@sweep("clear away")
def clear_away(_place: Desk) -> bool:
    """Delete sessions and invitations that have long run out, once an hour."""
    if cache.add("desk-cleared", "1", timeout=HOUR):
        Session.objects.filter(expire_date__lt=now()).delete()
        Invitation.objects.filter(expires__lt=now() - KEPT).delete()
    return False
