"""Codes S###: copies of protocols.

Values of the sentences: S101 count, shown (cells with their numbers, as one text); S102 areas (ids); S103 name;
S104 and S109 number; S105 seen, expected; S106, S107, S108 count; S201 and S202 identity (as in the definition),
arithmetic (numbers and signs), left, relation, right, difference; S203 votes, voters, excess;
S204 count, stations, votes (texts); S211 to S213 contest_other, here, there, difference;
S900 issue_code, total, shown.
"""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # several copies of one station
    "S101": Severity.CONTRADICTION,  # copies of one protocol show different numbers: the station is in no sum
    "S102": Severity.CONTRADICTION,  # copies of one station name areas that do not contain each other
    "S103": Severity.ERROR,  # a copy names an area that the election does not have: counted in the whole only
    "S104": Severity.UNUSUAL,  # blank on one copy, a number on another
    "S105": Severity.UNUSUAL,  # copies from more stations than the area officially has
    "S106": Severity.NOTE,  # copies replaced by later versions
    "S107": Severity.NOTE,  # copies from nobody, of stations that also have an attributed copy: set aside
    "S108": Severity.UNUSUAL,  # stations that have only copies from nobody, and these differ
    "S109": Severity.UNUSUAL,  # struck out on one copy, a number on another
    # one copy against its own form
    "S201": Severity.CONTRADICTION,  # a hard identity is broken
    "S202": Severity.UNUSUAL,  # a soft identity is broken
    "S203": Severity.UNUSUAL,  # more votes than voters on the list
    "S204": Severity.UNUSUAL,  # the same votes for every contestant at several stations
    # copies of two contests' protocols from one station
    "S211": Severity.CONTRADICTION,  # contests with the same voters show different registers
    "S212": Severity.CONTRADICTION,  # a contest that only some voters have shows a longer register
    "S213": Severity.UNUSUAL,  # the ballots issued do not go together
    # lists
    "S900": Severity.NOTE,  # further issues of one code are counted, not listed
}
