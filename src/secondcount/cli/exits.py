"""Exit codes: what a script may conclude from a run."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitCode"]


class ExitCode(IntEnum):
    """The end of a run in one number."""

    CONSISTENT = 0  # checked, nothing contradicts; or the command did what it was asked
    CONTRADICTS = 1  # checked, and something contradicts
    COULD_NOT = 2  # could not check
    INTERRUPTED = 130  # stopped by the user: 128 + SIGINT, as shells have it
