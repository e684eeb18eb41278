"""Codes K###: the desk, a web application; what it refuses, and what it cannot do."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # K10: the desk as a whole
    "K100": Severity.ERROR,  # a request that no page of this desk sends
    "K101": Severity.ERROR,  # a server process that the command did not start
    "K102": Severity.ERROR,  # address of a database that is none
    "K103": Severity.ERROR,  # a form that did not come from a page of this desk
    "K104": Severity.ERROR,  # this role may not
    "K105": Severity.ERROR,  # no such page or item
    "K106": Severity.ERROR,  # a failure of our own
    "K107": Severity.ERROR,  # too many attempts to sign in
    "K108": Severity.ERROR,  # the folder of the desk cannot be written
    "K109": Severity.ERROR,  # the extra `web` is not installed
    # K13: people, and servers
    "K130": Severity.ERROR,  # an invitation that cannot be used
    "K131": Severity.ERROR,  # the last owner would go
    "K132": Severity.ERROR,  # too many posts from one address
    "K133": Severity.ERROR,  # a program whose session has ended
    "K134": Severity.ERROR,  # the system refuses the port
    "K135": Severity.ERROR,  # another desk uses the embedded database
    "K136": Severity.ERROR,  # the database does not answer
    "K137": Severity.ERROR,  # a name that our certificate authority cannot speak for
    "K138": Severity.ERROR,  # several processes on the embedded database
    "K139": Severity.ERROR,  # a public address that is none
}
