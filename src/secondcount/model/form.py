"""The protocol form: its lines, what each line means, and the identities that its figures must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from secondcount.model.labels import Labels

__all__ = ["Form", "Identity", "Line", "Linear", "Relation", "Role"]


class Role(StrEnum):
    """What a protocol line counts; rules ask for roles, never for the wording of one country's form."""

    REGISTERED = "registered"  # voters on the list
    ADDED = "added"  # voters added on election day
    RECEIVED = "received"  # ballots received by the commission
    ISSUED = "issued"  # ballots issued to voters, in all ways
    CANCELLED = "cancelled"  # unused ballots cancelled
    TOOK_PART = "took_part"  # voters who took part in voting
    IN_BOXES = "in_boxes"  # ballots found in boxes
    INVALID = "invalid"
    VALID = "valid"
    OTHER = "other"


class Relation(StrEnum):
    """How the two sides of an identity compare."""

    EQUAL = "=="
    AT_MOST = "<="
    AT_LEAST = ">="

    def holds(self, left: int, right: int) -> bool:
        """Return whether two numbers compare so."""
        match self:
            case Relation.EQUAL:
                return left == right
            case Relation.AT_MOST:
                return left <= right
            case Relation.AT_LEAST:
                return left >= right


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One numbered line of the protocol other than a contestant's votes."""

    id: str
    role: Role
    labels: Labels
    number: str = ""  # as printed on the form


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """An integer linear expression over cells: sum of coefficient x cell, plus a constant."""

    terms: tuple[tuple[int, str], ...]
    constant: int = 0

    def value(self, numbers: Mapping[str, int]) -> int:
        """Return what the expression comes to; every cell of it must have a number."""
        return self.constant + sum(times * numbers[cell] for times, cell in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A relation between cells that a sheet must satisfy (hard) or usually satisfies (soft)."""

    id: str
    left: Linear
    relation: Relation
    right: Linear
    hard: bool
    labels: Labels
    text: str  # as written in the definition, e.g. "received == issued + cancelled"
    source: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the cells that the identity speaks of, each once, in its order."""
        return tuple(dict.fromkeys(cell for _, cell in (*self.left.terms, *self.right.terms)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The lines and identities of one contest's protocol."""

    lines: tuple[Line, ...]
    identities: tuple[Identity, ...]
    masks: tuple[str, ...] = ()  # "X,Y,W,Hpm": what no public photo of the form shows, per mille of the upright one

    def line_of(self, role: Role) -> Line | None:
        """Return the first line with this role, or None when the form has none."""
        return next((line for line in self.lines if line.role is role), None)
