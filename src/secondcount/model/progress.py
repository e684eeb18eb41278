"""How far long work is: the steps of a check, and the function that is told about them.

Whoever works tells; what is made of it (a bar on a terminal, nothing elsewhere) is the caller's. Nothing that is
computed depends on it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

__all__ = ["Step", "Told", "untold"]


class Step(StrEnum):
    """The steps of a check, in their order, and what is counted in each."""

    LOAD = "load"  # bytes of tables read from the disk
    READ = "read"  # bytes of tables whose rows have been understood
    SHEETS = "sheets"  # rows of copies and published tables that were added up and held against each other
    COMPARE = "compare"  # contests whose sums were compared with what was published, and whose claims were weighed
    DERIVE = "derive"  # what holds between contests, and the sentences of the verdict
    WRITE = "write"  # files of the report


Told = Callable[[Step, int, int], None]
"""Called with a step, how much of it is done, and how much there is to do; 0 to do: nobody knows how much."""


def untold(step: Step, done: int, total: int) -> None:
    """Tell nobody."""
