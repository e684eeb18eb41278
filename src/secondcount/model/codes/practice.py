"""Codes K18#: rehearsals of an election night."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "K180": Severity.ERROR,  # a kind of mistake that there is none of
    "K181": Severity.ERROR,  # a rate that is no number per thousand
    "K182": Severity.ERROR,  # a desk that answers a rehearsal otherwise than it should
    "K183": Severity.ERROR,  # a desk that does not start
}
