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
    "V600": Severity.ERROR,  # bytes that are no JSON
    "V601": Severity.ERROR,  # bytes that are no UTF-8
    "V602": Severity.ERROR,  # a number with a fraction, or from 2^53
    "V603": Severity.ERROR,  # a key that is not ASCII
    "V604": Severity.ERROR,  # JSON in another spelling than the canonical one
    "V605": Severity.ERROR,  # objects and arrays too deep in one another
    "V606": Severity.ERROR,  # a value that JSON does not have
    "V610": Severity.ERROR,  # an entry over 65,535 bytes
    "V611": Severity.ERROR,  # no object with a kind
    "V612": Severity.NOTE,  # a kind that this release does not know
    "V613": Severity.ERROR,  # a field is missing
    "V614": Severity.ERROR,  # a field that the kind does not have
    "V615": Severity.ERROR,  # a value of another type, or out of range
    "V616": Severity.ERROR,  # a text that has not the form of its field
    "V617": Severity.ERROR,  # a character that a public text may not have
    "V618": Severity.ERROR,  # a text that is not in Normalization Form C
    "V619": Severity.ERROR,  # a character that this release does not know
    "V801": Severity.ERROR,  # states and figures that do not count alike
    "V802": Severity.ERROR,  # states for another number of cells than the contest has
    "V803": Severity.ERROR,  # a figure without the state that it was read, or the reverse
    "V804": Severity.ERROR,  # a day that no calendar has
    "V805": Severity.ERROR,  # an entry that names one entry on both sides
    "V806": Severity.ERROR,  # a commitment that does not open
    "V807": Severity.ERROR,  # two times in the wrong order
    "V808": Severity.ERROR,  # a list not sorted, or with a member twice
    "V809": Severity.ERROR,  # fewer than two readings adjudicated
    "V810": Severity.ERROR,  # level 4 without a second copy, or the reverse
    "V811": Severity.ERROR,  # nobody named where somebody decided
    "V812": Severity.ERROR,  # a salt without its commitment, or the reverse
    "V813": Severity.ERROR,  # a salt of another length
    "V814": Severity.ERROR,  # a custody entry about nothing
}
