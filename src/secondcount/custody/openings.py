"""Readings that were fixed and never shown, as far as an archive goes: gathered while its entries pass by.

Whoever fixes a reading and does not like it could leave it unopened; the log shows that one is missing. While a count
goes on there always are some, so it is a note, and it has no bearing on a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from secondcount.custody.readings import PURPOSE
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import Commitment, Reading, parse_entry
from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue

__all__ = ["Openings", "check_openings"]

# Half a million entries pass, so each is only looked at: in canonical bytes keys stand in their order.
_HEADS = (b'{"digest":', b'{"cells":')  # the first keys of a commitment and of a reading
_SHOWN = 5  # digests in one note


@dataclass(slots=True, kw_only=True)
class Openings:
    """The commitments of readings, and those that a reading opens."""

    fixed: dict[str, None] = field(default_factory=dict)  # in the order of the log
    opened: set[str] = field(default_factory=set)

    def passing(self, entries: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Yield entries, with their places, as they come, and remember what bears on commitments."""
        for place, data in entries:
            if data.startswith(_HEADS):
                self._take(data)
            yield place, data

    def _take(self, data: bytes) -> None:
        entry = parse_entry(data)
        if isinstance(entry, Commitment) and entry.purpose == PURPOSE:
            self.fixed[leaf_hash(data).hex()] = None
        elif isinstance(entry, Reading) and entry.commitment:
            self.opened.add(entry.commitment)


def check_openings(openings: Openings) -> tuple[Issue, ...]:
    """Return a note, A467, where readings were fixed that no entry opens."""
    left = [one for one in openings.fixed if one not in openings.opened]
    if not left:
        return ()
    digests = ", ".join(one[:12] for one in left[:_SHOWN]) + (", …" if len(left) > _SHOWN else "")
    return (make_issue("A467", basis=tuple(left[:_SHOWN]), count=len(left), digests=digests),)
