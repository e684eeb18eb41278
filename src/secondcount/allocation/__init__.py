"""From votes to seats by the rule of a contest: exact, pure, without any country's name.

`allocate` is the only door. What the law leaves open (lots, silence, a second round) is a result here, never
an error and never a silent default: the seats that are certain are given, the rest is reported as open.
"""

from secondcount.allocation.procedure import allocate
from secondcount.allocation.quota import droop_quota, hare_quota
from secondcount.allocation.result import Allocation, ListResult, Lot, Outcome
from secondcount.allocation.threshold import reaches

__all__ = ["Allocation", "ListResult", "Lot", "Outcome", "allocate", "droop_quota", "hare_quota", "reaches"]
