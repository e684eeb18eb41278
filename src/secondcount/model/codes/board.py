"""Codes K16#: the deployment of observers, priorities, and the board."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "K160": Severity.ERROR,  # a table without the column that makes it a list of observers or of priorities
    "K161": Severity.ERROR,  # a name that cannot be one: a formula, or too long
    "K162": Severity.ERROR,  # a row for the second time
    "K163": Severity.ERROR,  # voters that are no whole number
    "K164": Severity.ERROR,  # a polling station that the register does not have
    "K165": Severity.ERROR,  # an observer who is no member of the desk
    "K166": Severity.ERROR,  # a list of observers with bad rows: nothing of it was committed
    "K167": Severity.ERROR,  # a priority that is no whole number
    "K168": Severity.ERROR,  # an outcome, or a hand-over, that does not say what it has to say
    "K169": Severity.ERROR,  # nothing to take in: no file, too large a file, no register in the archive
}
