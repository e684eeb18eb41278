"""Server processes end with the one that started them, however that ended: nobody is left answering on its port."""

from __future__ import annotations

import os
import time
from threading import Thread

__all__ = ["end_with_parent"]

LOOK = 0.5  # seconds between two looks


def end_with_parent() -> Thread:
    """Watch, in a thread, whether the parent is still there; end this process at once when it is not."""
    thread = Thread(target=_watch, args=(os.getppid(),), name="desk-parent", daemon=True)
    thread.start()
    return thread


def _watch(parent: int) -> None:
    """End at once when the parent has gone: what was acknowledged is on the disk, the rest is sent again."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)
