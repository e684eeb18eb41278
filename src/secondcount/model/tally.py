"""How many issues there are, and how many of them are listed: beyond a thousand of one code they are only counted.

A list that stops at a thousand is no count: whoever tells how many there are asks here. Three notes carry what is
not listed: R403 (further differences R401), S900 (the full number of a code), T199 (how many more of a code). Where
such a note brings them along (`Issue.further`), the table of issues has every one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondcount.model.issue import Issue, Severity

__all__ = ["Tally", "tallies", "tally_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Issues of one code or of one severity."""

    listed: int = 0  # one by one in the verdict
    total: int = 0  # those that a note only counts included
    in_table: int = 0  # rows of issues.csv

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            listed=self.listed + other.listed,
            total=self.total + other.total,
            in_table=self.in_table + other.in_table,
        )


def tallies(issues: Sequence[Issue]) -> Mapping[str, Tally]:
    """Return for each code how many issues there are, how many are listed, and how many stand in issues.csv."""
    listed = Counter(one.code for one in issues)
    further, at_hand = Counter[str](), Counter[str]()
    for one in issues:
        code, count = _further(one)
        further[code] += count
        at_hand[code] += count if one.further else 0
    return {
        code: Tally(listed=count, total=count + further[code], in_table=count + at_hand[code])
        for code, count in listed.items()
    }


def tally_of(issues: Sequence[Issue], severity: Severity) -> Tally:
    """Return the same for all issues of one severity together."""
    codes = {one.code for one in issues if one.severity is severity}
    return sum((one for code, one in tallies(issues).items() if code in codes), Tally())


def _further(note: Issue) -> tuple[str, int]:
    """Return of which code this note counts issues that are not listed, and how many; ("", 0) for any other issue."""
    values = dict(note.values)
    match note.code:
        case "R403":
            return "R401", _whole(values["count"])
        case "S900":
            return str(values["issue_code"]), _whole(values["total"]) - _whole(values["shown"])
        case "T199":
            return str(values["of"]), _whole(values["more"])
        case _:
            return "", 0


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
