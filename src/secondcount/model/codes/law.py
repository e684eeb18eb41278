"""Codes L###: the electoral law as applied to figures.

Values of the sentences: L101 contestant, announced, computed (and the publication of its place); L102 seats;
L103 and L108 seats, contestants; L105 contestants; L106 and L107 contestant, base, break_even (votes);
L109 seats, house, contestants_more, contestants_fewer; L110 computed, house;
L111 condition (id of the contest).
"""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "L101": Severity.CONTRADICTION,  # announced seats differ from the seats that the rule gives
    "L102": Severity.NOTE,  # seats are left over, and the law seen does not say whose they are
    "L103": Severity.NOTE,  # the law draws lots
    "L104": Severity.NOTE,  # no list reaches the threshold
    "L105": Severity.NOTE,  # a second round between the first two
    "L106": Severity.NOTE,  # the base of the threshold is not published
    "L107": Severity.UNUSUAL,  # above the threshold on the published base, below it on the base of the law
    "L108": Severity.NOTE,  # a tie on which the law seen is silent
    "L109": Severity.CONTRADICTION,  # announced seats of one district differ from the seats that the rule gives
    "L110": Severity.UNUSUAL,  # districts whose seats can be computed have not as many seats as there are
    "L111": Severity.NOTE,  # the law has a condition that is not computed
}
