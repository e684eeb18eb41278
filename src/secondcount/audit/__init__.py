"""Floor 3: how far seats are from flipping, and what copies of protocols decide, contradict and leave open.

Assertions are integer linear forms on totals; everything is exact. What is compared is protocols, not ballots.
"""

from secondcount.audit.assertions import assertions_of, margins_of, refusals_of
from secondcount.audit.claims import NEVER_SAID, assess
from secondcount.audit.language import parse_claim
from secondcount.audit.margins import lose_by_moving, margin, reach_by_adding, reach_by_moving
from secondcount.audit.pile import Pile, UnseenPart
from secondcount.audit.result import Assessment, Feasible, Standing

__all__ = [
    "NEVER_SAID",
    "Assessment",
    "Feasible",
    "Pile",
    "Standing",
    "UnseenPart",
    "assertions_of",
    "assess",
    "lose_by_moving",
    "margin",
    "margins_of",
    "parse_claim",
    "reach_by_adding",
    "reach_by_moving",
    "refusals_of",
]
