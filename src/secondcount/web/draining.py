"""The sequencer's sweep: what was acknowledged goes from the outbox into the log."""

from __future__ import annotations

from secondcount.custody.outbox import waiting
from secondcount.custody.sequencer import drain
from secondcount.web.desk import Desk, now
from secondcount.web.work import sweep

__all__ = ["drain_outbox"]


@sweep("drain")
def drain_outbox(place: Desk) -> bool:
    """Put what waits into the log, under one checkpoint."""
    if next(waiting(place.archive), None) is None:
        return False
    return drain(place.archive, now()).added > 0
