"""Codes C###: claims about the result.

C101 to C114 stop: a claim cannot be understood (`audit.language`). C120 to C143 are reasons for what is not said:
they stand in `Assessment.refusals` and in `audit.refusals_of`, with these values. C101, C106, C114 text; C102, C104
name, nearest, names; C103, C105, C113 name, names; C107 seats, most; C108, C110, C130, C133 contestant; C109 tail;
C111 contestant, base; C112 names, first; C120, C127 sheets; C123, C124 excess; C125, C126 sheets, stations;
C128 base; C129 base, base_used; C135, C136 seats.
"""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "C101": Severity.ERROR,  # not a sentence of the language of claims
    "C102": Severity.ERROR,  # no contestant of this name
    "C103": Severity.ERROR,  # several contestants of this name
    "C104": Severity.ERROR,  # no area of this name
    "C105": Severity.ERROR,  # no base of this name
    "C106": Severity.ERROR,  # not a percentage between 0 and 100
    "C107": Severity.ERROR,  # more seats than there are
    "C108": Severity.ERROR,  # a contestant compared with itself
    "C109": Severity.ERROR,  # seats claimed of a part of the territory
    "C110": Severity.ERROR,  # seats claimed for what can take none
    "C111": Severity.ERROR,  # a share of a base to which the votes do not belong
    "C112": Severity.ERROR,  # the claim fits several contests
    "C113": Severity.ERROR,  # several areas of this name
    "C114": Severity.ERROR,  # something stands behind the claim
    "C120": Severity.NOTE,  # only unattributed copies: no conclusion
    "C121": Severity.NOTE,  # CAP cannot be formed: registered voters not known
    "C122": Severity.NOTE,  # TURNOUT cannot be formed: no published total
    "C123": Severity.NOTE,  # TURNOUT cannot be formed: the copies exceed the published total
    "C124": Severity.NOTE,  # CAP cannot be formed: the copies exceed the register
    "C125": Severity.NOTE,  # more copies than stations
    "C126": Severity.NOTE,  # no estimate for the whole from a part not drawn at random
    "C127": Severity.NOTE,  # the same, number of stations not known
    "C128": Severity.NOTE,  # the base asked for cannot be formed from the copies
    "C129": Severity.NOTE,  # another base was used
    "C130": Severity.NOTE,  # the votes are not on the copies, or not in the base
    "C131": Severity.NOTE,  # this method did not settle the claim
    "C132": Severity.NOTE,  # the votes alone do not settle it: lots, a second round, silence of the law
    "C133": Severity.NOTE,  # cannot take a seat
    "C134": Severity.NOTE,  # no margins: the quota is rounded to a whole number
    "C135": Severity.NOTE,  # no margins: a lot decides
    "C136": Severity.NOTE,  # no margins: seats that the law leaves open
    "C137": Severity.NOTE,  # no margins: no votes, or no seats
    "C138": Severity.NOTE,  # no k under CAP: registered voters of the copies' stations not known
    "C144": Severity.NOTE,  # not clear which stations are unseen
    "C145": Severity.NOTE,  # a share of no votes
    "C147": Severity.NOTE,  # the law has a condition that is not computed
    "C146": Severity.ERROR,  # a claim about seats that are given by districts
    "C140": Severity.NOTE,  # never said: who or why
    "C141": Severity.NOTE,  # never said: anything about ballots
    "C142": Severity.NOTE,  # never said: a probability that the result is wrong
    "C143": Severity.NOTE,  # never said: whether a chosen set of copies is like a random one
}
