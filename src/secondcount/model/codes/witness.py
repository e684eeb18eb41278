"""Codes W###: a witness of logs: its folder (W10x, W11x), what it refuses, and what a log hears from one (W12x)."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "W101": Severity.ERROR,  # a witness is in this folder already
    "W102": Severity.ERROR,  # no witness is in this folder
    "W105": Severity.ERROR,  # not a request for a cosignature (400)
    "W106": Severity.ERROR,  # a log that this witness does not know (404)
    "W107": Severity.ERROR,  # not signed by a trusted key of the log (403)
    "W108": Severity.ERROR,  # the request starts from another size than was cosigned last (409)
    "W109": Severity.ERROR,  # not shown to continue what was cosigned last (422)
    "W110": Severity.ERROR,  # the request starts behind the checkpoint (400)
    "W111": Severity.ERROR,  # the witness's list of logs cannot be read
    "W112": Severity.ERROR,  # a log's key where a witness's is needed
    "W113": Severity.ERROR,  # the address cannot be had
    "W114": Severity.ERROR,  # neither an archive nor a request
    "W115": Severity.ERROR,  # the archive is smaller than what was cosigned last
    "W120": Severity.NOTE,  # a witness does not answer
    "W121": Severity.NOTE,  # a witness refuses
    "W122": Severity.NOTE,  # an answer that no witness gives
    "W123": Severity.ERROR,  # the state of a witness is not its own
    "W124": Severity.NOTE,  # an answer without a valid cosignature
    "W125": Severity.NOTE,  # the proof that the witness needs cannot be made
    "W126": Severity.CONTRADICTION,  # the witness saw a larger log
    "W127": Severity.CONTRADICTION,  # the witness saw another history
    "W128": Severity.NOTE,  # the witness was told of other checkpoints meanwhile
}
