"""Ctrl-C stops the program wherever it waits."""

from __future__ import annotations

import signal

__all__ = ["let_interrupts_through"]


def let_interrupts_through() -> None:
    """Let Ctrl-C end a wait for a slow file or a pipe.

    Polars, when it is imported, has the system resume interrupted calls: the program would hear of Ctrl-C only when
    the other end has written something. Windows has no such calls.
    """
    if hasattr(signal, "siginterrupt"):
        signal.siginterrupt(signal.SIGINT, True)
