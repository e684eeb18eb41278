"""What weighing a claim on one pile gives, before it is put beside the claim's circumstances."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from secondcount.audit.result import Certificate, Completion, FalseSheets, Further, Needs, Refusal, Standing

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A standing and what it rests on; the fields are those of an `Assessment`."""

    standing: Standing = Standing.NOT_DECIDED
    lower: Fraction | None = None
    upper: Fraction | None = None
    certificate: Certificate | None = None
    witnesses: tuple[Completion, ...] = ()
    false_sheets: FalseSheets | None = None
    needs: Needs | None = None
    further: Further | None = None
    refusals: tuple[Refusal, ...] = ()
    base: tuple[str, ...] = ()
