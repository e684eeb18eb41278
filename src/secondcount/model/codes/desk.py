"""Codes K###: the desk, a web application; what it refuses, and what it cannot do."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # K10: the desk as a whole
    "K101": Severity.ERROR,  # a server process that the command did not start
    "K102": Severity.ERROR,  # address of a database that is none
    "K103": Severity.ERROR,  # a form that did not come from a page of this desk
    "K104": Severity.ERROR,  # this role may not
    "K105": Severity.ERROR,  # no such page or item
    "K106": Severity.ERROR,  # a failure of our own
    "K107": Severity.ERROR,  # too many attempts to sign in
    "K108": Severity.ERROR,  # the folder of the desk cannot be written
    "K109": Severity.ERROR,  # the extra `web` is not installed
    # K13: people
    "K130": Severity.ERROR,  # an invitation that cannot be used
}
