"""Codes A48#: lists of observed stations, and whether they are from before the close of the polls."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "A480": Severity.NOTE,  # a list that was fixed after the polls had closed, as it says itself
    "A481": Severity.NOTE,  # a list that stands behind copies in the log
    "A482": Severity.NOTE,  # a list of voting day, and nobody says when the polls close
    "A483": Severity.NOTE,  # a list that is taken in after the polls have closed
    "A484": Severity.NOTE,  # a list of which only its own word says that it came beforehand
}
