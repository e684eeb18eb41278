"""Codes V###: evidence that does not verify: form, signatures, witnesses, time, tree, entries, blobs."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "V501": Severity.ERROR,  # an entry that a tree of this size does not have
    "V502": Severity.ERROR,  # something in a proof that is not a hash
    "V503": Severity.ERROR,  # a proof with more or fewer hashes than the sizes ask for
    "V504": Severity.ERROR,  # an inclusion proof that leads to another root
    "V505": Severity.ERROR,  # a consistency proof from a larger tree to a smaller one
    "V506": Severity.ERROR,  # two roots for one size: two histories
    "V507": Severity.ERROR,  # a consistency proof that does not lead to the older root
    "V508": Severity.ERROR,  # a consistency proof that does not lead to the newer root
    "V511": Severity.ERROR,  # an entry too long for a bundle
    "V512": Severity.ERROR,  # a bundle that ends within an entry
    "V513": Severity.ERROR,  # a bundle with more than 256 entries
    "V521": Severity.ERROR,  # a tile or bundle that is not there
    "V522": Severity.ERROR,  # a tile of the wrong length
    "V523": Severity.ERROR,  # a bundle with the wrong number of entries
    "V524": Severity.ERROR,  # entries that the log has not come to
    "V525": Severity.ERROR,  # stored tiles that do not give the root of the checkpoint
}
