"""When two entries say the same of a table or two pseudonyms are one person's, and which of the two counts.

Whoever writes and whoever reads agree here.

Each archive decides for itself where a table stands among others that do not say when they were published, and knows a
file by the name under which it came. What it says beyond that is a fact.
"""

from __future__ import annotations

import re

from secondcount.evidence.arrival import TABLE_IMPORTED
from secondcount.evidence.entries import Custody, Publication

__all__ = ["PSEUDONYM", "SamePeople", "is_pseudonym", "rank_of", "table_of"]

PSEUDONYM = "p-[0-9a-f]{20}"
"""What the pseudonyms look like that an archive gives (`custody.pseudonyms`), as a regular expression."""

_PSEUDONYM = re.compile(PSEUDONYM)


def is_pseudonym(collector: str) -> bool:
    """Return whether a collector was given this label by an archive, and not by a table."""
    return _PSEUDONYM.fullmatch(collector) is not None


def table_of(entry: Publication | Custody) -> tuple[object, ...]:
    """Return what an entry says of a table but for its place and the file's name; () where it is of no table."""
    if isinstance(entry, Publication):
        file = entry.file
        said = (entry.kind_of_table, entry.contest, file.digest, file.size, entry.layout, entry.rows, entry.synthetic)
        return "publication", *said
    if entry.event != TABLE_IMPORTED:
        return ()
    told = (entry.actor, entry.file, entry.issues, entry.layout, entry.of, entry.rows, entry.synthetic, entry.time)
    return "custody", *told


def rank_of(entry: Publication | Custody, leaf: bytes) -> tuple[object, ...]:
    """Return by what the least of several entries of one table is chosen: it is the one that counts.

    Of two places of a publication the later one: a place by a stated time is behind every place by arrival.
    """
    if isinstance(entry, Publication):
        return -entry.order, leaf
    return entry.name, leaf


class SamePeople:
    """Pseudonyms that were found to be one person's; the least of them stands for all."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}  # pseudonym -> a lesser one of the same person

    def link(self, one: str, other: str) -> None:
        """Take two pseudonyms for one person's."""
        low, high = sorted((self.least(one), self.least(other)))
        if low != high:
            self._above[high] = low

    def least(self, one: str) -> str:
        """Return the pseudonym that stands for this one; itself where nothing was found."""
        while one in self._above:
            one = self._above[one]
        return one

    def replaced(self) -> dict[str, str]:
        """Return what stands for each pseudonym that another one stands for."""
        return {one: self.least(one) for one in self._above}
