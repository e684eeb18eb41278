"""Many pairs of readings at once: the same comparison as at the desk, one pair after the other, nothing kept.

There is one law of agreement, in `reconcile`; a second, faster one could say something else. How fast it is:
`python benchmarks/agreement.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from secondcount.transcription.reading import Reading
from secondcount.transcription.reconcile import Agreement, Differences, reconcile

__all__ = ["agree_many"]


def agree_many(pairs: Iterable[tuple[Reading, Reading]]) -> Iterator[Agreement | Differences]:
    """Yield what the two readings of each copy come to, in their order; memory does not grow with their number.

    Raises:
        InputError: as `reconcile`.

    """
    for first, second in pairs:
        yield reconcile(first, second)
