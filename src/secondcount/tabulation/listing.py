"""How long a list of single issues may become: a thousand of one code, then their number.

The rest stays a frame until somebody writes the table of issues (`Issue.further`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue

__all__ = ["MOST_LISTED", "first_names", "listed", "one_by_one", "shortened"]

MOST_LISTED = 1000
"""Issues of one code that are listed one by one; the rest are counted (architecture.md, "tables are frames")."""


def listed(code: str, found: pl.DataFrame, issue_of: Callable[[Mapping[str, object]], Issue]) -> tuple[Issue, ...]:
    """Return one issue per row of `found`, at most `MOST_LISTED` of them, then S900 with the full number.

    Args:
        code: the code that S900 speaks of.
        found: the rows that a rule has found, in the order in which they are to be listed.
        issue_of: makes the issue of one row.

    """
    rest = partial(one_by_one, found.slice(MOST_LISTED), issue_of)
    return (*one_by_one(found.head(MOST_LISTED), issue_of), *_counted(code, found.height, rest))


def one_by_one(found: pl.DataFrame, issue_of: Callable[[Mapping[str, object]], Issue]) -> Iterator[Issue]:
    """Yield one issue per row, each made when it is asked for."""
    return (issue_of(row) for row in found.iter_rows(named=True))


def shortened(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Return the issues with at most `MOST_LISTED` of each code, then S900 for each code that has more."""
    kept: list[Issue] = []
    seen: Counter[str] = Counter()
    beyond: dict[str, list[Issue]] = {}
    for issue in issues:
        seen[issue.code] += 1
        if seen[issue.code] <= MOST_LISTED:
            kept.append(issue)
        else:
            beyond.setdefault(issue.code, []).append(issue)
    rests = {code: partial(iter, tuple(rest)) for code, rest in beyond.items()}
    return (*kept, *(note for code, rest in rests.items() for note in _counted(code, seen[code], rest)))


def first_names(names: Sequence[str], most: int) -> str:
    """Return the first of the names in one text, with a sign that there are more where there are."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _counted(code: str, found: int, rest: Callable[[], Iterator[Issue]]) -> tuple[Issue, ...]:
    """Return S900 where there are more than are listed: nothing is dropped without saying so."""
    if found <= MOST_LISTED:
        return ()
    return (replace(make_issue("S900", issue_code=code, total=found, shown=MOST_LISTED), further=rest),)
