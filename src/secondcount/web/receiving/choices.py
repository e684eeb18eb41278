"""What can be said of a copy without a word of free text: codes, each with a sentence in the catalogue `receiving`."""

from __future__ import annotations

__all__ = ["CAPACITIES", "FROM_WHOM", "HOLDERS", "SAID", "SOURCES", "TIMES"]

SOURCES = ("certified_copy", "posted_sheet", "enlarged_form", "official_scan", "party_copy")
"""What the picture shows: which paper of the station, or whose."""

FROM_WHOM = ("chair", "secretary", "member", "wall", "website", "observer", "other")
"""Who gave the copy, or where it was seen; a capacity, never a name."""

CAPACITIES = ("observer", "proxy", "commission_member", "journalist", "voter", "other")
"""In what capacity the copy was received."""

HOLDERS = ("me", "nobody", "office", "other")
"""Who keeps the paper now: the sender, nobody (it hangs on a wall), the office of the group, somebody else."""

SAID = ("yes", "no")
"""Answers about a requisite; no answer means that nobody looked."""

TIMES = ("count_ended", "issued", "captured")
"""Times that the sender knows, in the local time of the election; the fourth, of arrival, is ours."""
