"""Codes V###: evidence that does not verify: form, signatures, witnesses, time, tree, entries, blobs."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "V201": Severity.ERROR,  # a signed note beyond the size limit
    "V202": Severity.ERROR,  # a signed note that is not UTF-8
    "V203": Severity.ERROR,  # a control character in a signed note
    "V204": Severity.ERROR,  # a text without signature lines after an empty line
    "V205": Severity.ERROR,  # a line below a note that is no signature line
    "V206": Severity.ERROR,  # a signature in no canonical base64, or with nothing in it
    "V207": Severity.ERROR,  # more signatures than are read
    "V208": Severity.ERROR,  # two lines of one known key
    "V209": Severity.ERROR,  # a signature of a known key that does not fit
    "V210": Severity.ERROR,  # no known key signed
    "V211": Severity.ERROR,  # a key name that no signature line can carry
    "V212": Severity.ERROR,  # not a verifier key
    "V213": Severity.ERROR,  # a verifier key whose id is not its own
    "V214": Severity.ERROR,  # an algorithm that is not supported
    "V215": Severity.ERROR,  # bytes that are no usable public key
    "V216": Severity.ERROR,  # two keys under one name and id
    "V217": Severity.ERROR,  # a cosignature at a time that cannot be
    "V220": Severity.ERROR,  # a checkpoint with fewer than three lines
    "V221": Severity.ERROR,  # an origin that is too long
    "V222": Severity.ERROR,  # a tree size that is no decimal number
    "V223": Severity.ERROR,  # a root that is no hash
    "V225": Severity.ERROR,  # an empty tree under the root of another
    "V240": Severity.ERROR,  # not a key file
    "V241": Severity.ERROR,  # a key that needs a passphrase
    "V242": Severity.ERROR,  # another passphrase
    "V243": Severity.ERROR,  # a key file that others may read
    "V244": Severity.ERROR,  # a key file that cannot be read
    "V245": Severity.ERROR,  # a key file that exists already
    "V246": Severity.ERROR,  # a key file that cannot be written
    "V247": Severity.ERROR,  # a private key that is not that of its public line
    "V250": Severity.ERROR,  # a key entry that follows another key
    "V251": Severity.ERROR,  # a key entry that the old key did not sign
    "V253": Severity.ERROR,  # a key that was there before
    "V255": Severity.ERROR,  # a successor of another name or algorithm
    "V260": Severity.ERROR,  # not a file of two histories
    "V261": Severity.ERROR,  # two checkpoints that can both be true
    "V262": Severity.ERROR,  # checkpoints of two logs
    "V263": Severity.ERROR,  # hashes that prove nothing of the larger tree
    "V301": Severity.ERROR,  # a control character in a policy
    "V302": Severity.ERROR,  # a line of a policy that begins with no known word
    "V303": Severity.ERROR,  # a line of a policy with too many or too few words
    "V304": Severity.ERROR,  # a name that is defined twice
    "V305": Severity.ERROR,  # a name that is not defined before
    "V306": Severity.ERROR,  # the name none for a witness or group
    "V307": Severity.ERROR,  # a threshold that its group cannot have
    "V308": Severity.ERROR,  # a member of two groups
    "V309": Severity.ERROR,  # one key twice in a policy
    "V310": Severity.ERROR,  # a policy without a quorum
    "V311": Severity.ERROR,  # a policy with two quorums
    "V312": Severity.ERROR,  # a policy beyond the limits
    "V313": Severity.ERROR,  # a policy that does not end in a newline
    "V314": Severity.ERROR,  # a key that cannot sign in its role
    "V401": Severity.ERROR,  # not a timestamp
    "V402": Severity.ERROR,  # a timestamp that the authority refused
    "V403": Severity.ERROR,  # a timestamp of another text
    "V404": Severity.ERROR,  # a timestamp by an authority that is not trusted
    "V405": Severity.ERROR,  # a timestamp outside the validity of its certificate
    "V406": Severity.ERROR,  # a timestamp whose signature does not fit
    "V407": Severity.ERROR,  # a certificate that is not one for timestamps
    "V408": Severity.ERROR,  # no root certificates
    "V409": Severity.ERROR,  # a timestamp that only OpenSSL could read
    "V420": Severity.ERROR,  # no answer of a timestamp authority
    "V421": Severity.ERROR,  # a refusal of a timestamp authority
    "V422": Severity.ERROR,  # an answer that is no timestamp
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
    "V531": Severity.ERROR,  # a receipt that is too large
    "V532": Severity.ERROR,  # a file that is no receipt of this version
    "V533": Severity.ERROR,  # a line of a receipt that is not what belongs there
    "V534": Severity.ERROR,  # a receipt whose checkpoint the log of its origin did not sign
    "V535": Severity.ERROR,  # a receipt whose checkpoint too few witnesses cosigned
    "V600": Severity.ERROR,  # bytes that are no JSON
    "V601": Severity.ERROR,  # bytes that are no UTF-8
    "V602": Severity.ERROR,  # a number with a fraction, or from 2^53
    "V603": Severity.ERROR,  # a key that is not ASCII
    "V604": Severity.ERROR,  # JSON in another spelling than the canonical one
    "V605": Severity.ERROR,  # objects and arrays too deep in one another
    "V606": Severity.ERROR,  # a value that JSON does not have
    "V610": Severity.ERROR,  # an entry over 65,535 bytes
    "V611": Severity.ERROR,  # no object with a kind
    "V613": Severity.ERROR,  # a field is missing
    "V614": Severity.ERROR,  # a field that the kind does not have
    "V615": Severity.ERROR,  # a value of another type, or out of range
    "V616": Severity.ERROR,  # a text that has not the form of its field
    "V617": Severity.ERROR,  # a character that a public text may not have
    "V618": Severity.ERROR,  # a text that is not in the normal form NFC
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
