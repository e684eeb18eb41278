"""Codes K18#: rehearsals of an election night."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "K180": Severity.ERROR,  # a kind of mistake that there is none of
    "K181": Severity.ERROR,  # a rate that is no number per thousand
}
