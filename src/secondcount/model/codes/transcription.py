"""Codes K14#, K15#, K17#: readings, agreement and adjudication of copies."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # K14: readers at the desk
    "K140": Severity.ERROR,  # a reading of a copy that has been read as often as it must be
    "K141": Severity.ERROR,  # a second, different reading by one person
    "K143": Severity.ERROR,  # a picture that was withdrawn
    # K17: what a reading, a third reading or a decision must be
    "K170": Severity.ERROR,  # one person in two places of one copy
    "K171": Severity.ERROR,  # an adjudicator who read the copy
    "K172": Severity.ERROR,  # a step that this state of a copy does not have
    "K173": Severity.ERROR,  # answers to other cells than were asked
    "K174": Severity.ERROR,  # other cells than those of the contest
    "K175": Severity.ERROR,  # a cell that cannot be
    "K176": Severity.ERROR,  # a place that cannot be
    "K177": Severity.NOTE,  # the paper shows another place than was claimed
    "K178": Severity.NOTE,  # the station rests on the claim alone
    "K179": Severity.ERROR,  # not spelt as a reading
    # K15: what is committed, revealed and agreed, in custody
    "K150": Severity.ERROR,  # this person committed another reading of this copy before
    "K151": Severity.ERROR,  # readings of fewer than two people
    "K152": Severity.ERROR,  # readings of different copies
    "K153": Severity.ERROR,  # this copy was decided otherwise before
    "K154": Severity.NOTE,  # the same picture is a sheet already: no second witness
    "K155": Severity.ERROR,  # a decision about a copy that is decided
}
