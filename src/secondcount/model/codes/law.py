"""Codes L###: the electoral law as applied to figures.

Values of the sentences: L101 contestant, announced, computed, publication; L102 seats, contestant (the list
admitted as the runner-up); L103 and L108 seats, contestants (names, as one text); L104 share (Fraction), base;
L105 contestant, contestant_other; L106 contestant, base, break_even (votes, rounded down); L107 contestant, base,
share, base_published, share_published, threshold (Fractions); L109 seats.
"""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "L101": Severity.CONTRADICTION,  # announced seats differ from the seats that the rule gives
    "L102": Severity.NOTE,  # the law seen is silent on seats that the correction index leaves over
    "L103": Severity.NOTE,  # the law draws lots
    "L104": Severity.NOTE,  # no list reaches the threshold
    "L105": Severity.NOTE,  # a second round between the first two
    "L106": Severity.NOTE,  # the base of the threshold is not published
    "L107": Severity.UNUSUAL,  # below the threshold on the base of the law, above it on the published one
    "L108": Severity.NOTE,  # a tie on which the law seen is silent
    "L109": Severity.NOTE,  # seats that the rule as given assigns to nobody
}
