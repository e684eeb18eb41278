"""Codes K11#, K12#: files that arrive at the desk, and what is said about them."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # K11: the door: what comes through it, and how
    "K110": Severity.ERROR,  # a request that is too large
    "K111": Severity.ERROR,  # no file in it
    "K112": Severity.ERROR,  # a field of what is said about the photo
    "K113": Severity.ERROR,  # what arrived is not what was sent
    "K114": Severity.ERROR,  # a part that does not follow on the others
    "K115": Severity.ERROR,  # no such upload
    "K116": Severity.ERROR,  # an upload that is not complete
    "K117": Severity.ERROR,  # too many uploads that were begun
    "K118": Severity.ERROR,  # a file whose name says no polling station
    "K119": Severity.ERROR,  # JSON that is none
    # K12: arrivals, in custody
    "K120": Severity.ERROR,  # not the claim of an arrival
    "K121": Severity.ERROR,  # a file that is too large
    "K122": Severity.ERROR,  # a claim that no entry can hold
    "K123": Severity.NOTE,  # the same file came for another station or contest
    "K124": Severity.NOTE,  # the same file came from somebody else
    "K125": Severity.ERROR,  # no file was acknowledged by this receipt
    "K126": Severity.ERROR,  # an original that is gone or was changed
    "K127": Severity.ERROR,  # no such copy
}
