"""How long a list of single issues may become: a thousand of one code, then their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue

__all__ = ["MOST_LISTED", "first_names", "listed", "shortened"]

MOST_LISTED = 1000
"""Issues of one code that are listed one by one; the rest are counted (architecture.md, "tables are frames")."""


def listed(code: str, found: pl.DataFrame, issue_of: Callable[[Mapping[str, object]], Issue]) -> tuple[Issue, ...]:
    """Return one issue per row of `found`, at most `MOST_LISTED` of them, then S900 with the full number.

    Args:
        code: the code that S900 speaks of.
        found: the rows that a rule has found, in the order in which they are to be listed.
        issue_of: makes the issue of one row.

    """
    one_by_one = tuple(issue_of(row) for row in found.head(MOST_LISTED).iter_rows(named=True))
    return (*one_by_one, *_rest(code, found.height))


def shortened(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Return the issues with at most `MOST_LISTED` of each code, then S900 for each code that has more."""
    kept: list[Issue] = []
    seen: Counter[str] = Counter()
    for issue in issues:
        seen[issue.code] += 1
        if seen[issue.code] <= MOST_LISTED:
            kept.append(issue)
    return (*kept, *(rest for code, found in seen.items() for rest in _rest(code, found)))


def first_names(names: Sequence[str], most: int) -> str:
    """Return the first of the names in one text, with a sign that there are more where there are."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _rest(code: str, found: int) -> tuple[Issue, ...]:
    """Return S900 where there are more than are listed: nothing is dropped without saying so."""
    return (make_issue("S900", issue_code=code, total=found, shown=MOST_LISTED),) if found > MOST_LISTED else ()
