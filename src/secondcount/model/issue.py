"""What is wrong, odd or contradictory in data: a value with a stable code, collected, never raised.

The severities are kinds of statement, not degrees of alarm:

- ERROR: the input cannot be used as it stands (our side or theirs: a broken file, a missing key).
- CONTRADICTION: two published or copied figures cannot both be true; the arithmetic is in `values`.
- UNUSUAL: a value that calls for an explanation and often has an innocent one.
- NOTE: a fact that the reader needs in order to read the rest (what was assumed, skipped, or not published).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

__all__ = ["Issue", "Severity", "Value", "Where"]

Value = int | str | Fraction


class Severity(StrEnum):
    """Kind of statement that an issue makes."""

    ERROR = "error"
    CONTRADICTION = "contradiction"
    UNUSUAL = "unusual"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place of an issue; every part is optional, none is ever guessed."""

    file: str = ""
    line: int = 0  # 1-based line of the file; 0 = not a line
    column: str = ""  # header of the column, as it stands in the file
    key: str = ""  # dotted key of a definition, e.g. "contests.list.rule.seats"
    contest: str = ""
    area: str = ""
    station: str = ""
    publication: str = ""
    cell: str = ""  # contestant or protocol line


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One finding of a rule: stable code, kind, place, values of its sentence, and what it rests on.

    A note that counts issues which are not listed may bring them along: `further` makes exactly as many as it counts,
    when somebody asks. None: they are not at hand any more, as those of a table that lies in an archive. `further` is
    no part of what the note says: neither equality nor the verdict has it.
    """

    code: str
    severity: Severity
    where: Where = Where()
    values: tuple[tuple[str, Value], ...] = ()
    basis: tuple[str, ...] = ()  # digests or "digest#row" of the inputs
    further: Callable[[], Iterator[Issue]] | None = field(default=None, compare=False, repr=False)

    def value(self, name: str) -> Value:
        """Return one named value of the sentence.

        Raises:
            KeyError: this issue carries no such value.

        """
        return dict(self.values)[name]
