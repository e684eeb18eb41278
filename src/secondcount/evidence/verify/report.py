"""What a verification found: nine steps, each passed, refused or not checked, and an outcome for the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from secondcount.model.codes import CODES
from secondcount.model.issue import Issue, Value, Where

__all__ = ["STEPS", "ContestSum", "Fact", "Outcome", "Report", "Status", "Step", "issue_at"]

STEPS = ("form", "signatures", "witnesses", "time", "tree", "entries", "blobs", "schemas", "derivations")
"""The steps in their order; step n is `STEPS[n - 1]`. What each shows is in docs/evidence.md."""


class Status(StrEnum):
    """What became of a step."""

    PASSED = "passed"
    REFUSED = "refused"
    NOT_CHECKED = "not_checked"


class Outcome(StrEnum):
    """What became of the whole: verified needs form, signatures, tree, entries, blobs and schemas to have passed."""

    VERIFIED = "verified"
    REFUSED = "refused"
    COULD_NOT = "could_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that a step has established, as a phrase key below `verify.fact` and its values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One numbered step: what is wrong (`refused`), what was left open and why (`unchecked`), what was established."""

    number: int
    name: str
    status: Status
    refused: tuple[Issue, ...] = ()
    unchecked: tuple[Issue, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestSum:
    """All sheet entries of one contest added: how many, and the exact sum of every cell that was read.

    Every copy of a protocol counts: this is a sum over entries, for comparison with another verifier, no result.
    """

    contest: str
    sheets: int
    cells: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The nine steps, and what the archive says of itself."""

    steps: tuple[Step, ...]
    origin: str = ""
    size: int = 0
    root: str = ""  # base64, as in the checkpoint
    key: str = ""  # verifier key of the log
    kinds: Mapping[str, int] = field(default_factory=dict)  # entries of each kind, unknown ones too
    sums: tuple[ContestSum, ...] = ()
    equivocation: bytes = b""  # evidence of two histories, b"" where there is none

    @property
    def outcome(self) -> Outcome:
        """Return what became of the whole."""
        if any(one.status is Status.REFUSED for one in self.steps):
            return Outcome.REFUSED
        needed = {"form", "signatures", "tree", "entries", "blobs", "schemas"}
        passed = {one.name for one in self.steps if one.status is Status.PASSED}
        return Outcome.VERIFIED if needed <= passed else Outcome.COULD_NOT

    @property
    def refused(self) -> tuple[Issue, ...]:
        """Return everything that is wrong, in the order of the steps."""
        return tuple(issue for step in self.steps for issue in step.refused)

    @property
    def unchecked(self) -> tuple[Issue, ...]:
        """Return everything that was not checked, and why."""
        return tuple(issue for step in self.steps for issue in step.unchecked)


def issue_at(code: str, file: str = "", values: Mapping[str, object] | None = None) -> Issue:
    """Return the issue of a code at a file; values that are neither numbers nor texts are written as texts.

    A code that is not registered as an error would let something wrong pass for a remark: that is a bug.

    Raises:
        KeyError: the code is not registered (a bug of the caller).

    """
    plain = {name: one if isinstance(one, int | str) else str(one) for name, one in (values or {}).items()}
    where = Where(file=str(plain.pop("file", file)))
    return Issue(code=code, severity=CODES[code], where=where, values=tuple(plain.items()))
