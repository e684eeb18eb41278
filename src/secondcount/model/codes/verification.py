"""Codes V###: a whole archive that does not verify, and what a verification left open."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "V101": Severity.ERROR,  # a checkpoint of an empty log
    "V102": Severity.ERROR,  # a file that every archive has is not there
    "V103": Severity.ERROR,  # a file that is no part of an archive
    "V104": Severity.ERROR,  # a file that the manifest should list and does not
    "V105": Severity.ERROR,  # a file of the manifest is not there
    "V106": Severity.ERROR,  # a tile or bundle of this size is not there
    "V107": Severity.ERROR,  # a name below tile/ that no tile has
    "V108": Severity.ERROR,  # a name below blob/ that no blob has
    "V110": Severity.ERROR,  # a tile beyond the checkpoint: an append was cut off, or copied meanwhile
    "V111": Severity.ERROR,  # a partial tile that a wider one has replaced
    "V112": Severity.ERROR,  # a file whose writing was cut off
    "V113": Severity.ERROR,  # a path that could lead elsewhere
    "V114": Severity.ERROR,  # a name with letters that look like others
    "V115": Severity.ERROR,  # two names that a file system or a reader takes for one
    "V116": Severity.ERROR,  # a symbolic link, or something else that is no file
    "V117": Severity.ERROR,  # a tile of another length
    "V120": Severity.ERROR,  # the first line of the manifest
    "V121": Severity.ERROR,  # a line of the manifest
    "V122": Severity.ERROR,  # paths of the manifest out of order, or twice
    "V123": Severity.ERROR,  # a path that no manifest lists
    "V190": Severity.NOTE,  # files could not be listed
    "V191": Severity.NOTE,  # a step before this one did not pass
    "V280": Severity.ERROR,  # log.vkey is not one verifier key and a line end
    "V281": Severity.ERROR,  # a log key that is not Ed25519
    "V282": Severity.ERROR,  # a note of another log
    "V283": Severity.ERROR,  # a checkpoint that the log itself has not signed
    "V284": Severity.ERROR,  # a signature line that nobody here can verify
    "V285": Severity.ERROR,  # a checkpoint with extension lines
    "V286": Severity.ERROR,  # a file of the manifest with other bytes
    "V287": Severity.ERROR,  # the key is not the one that is trusted
    "V290": Severity.NOTE,  # no trusted key was given
    "V380": Severity.ERROR,  # too few witnesses for the policy that was given
    "V381": Severity.ERROR,  # a log that the policy does not name
    "V390": Severity.NOTE,  # too few witnesses for the archive's own policy
    "V391": Severity.NOTE,  # no policy was given, and the archive has none
    "V392": Severity.NOTE,  # the policy that was given asks for no witness
    "V393": Severity.NOTE,  # the policy is the archive's own
    "V480": Severity.ERROR,  # a timestamp of a checkpoint that is not there
    "V481": Severity.ERROR,  # a stamped checkpoint that is not one of this log
    "V490": Severity.NOTE,  # no timestamps
    "V491": Severity.NOTE,  # no certificates of the timestamp authority were given
    "V580": Severity.ERROR,  # a tile of level 0 that does not hold the hashes of its entries
    "V581": Severity.ERROR,  # a higher tile that does not follow from those below it
    "V582": Severity.ERROR,  # entries that do not give the root of the checkpoint
    "V583": Severity.ERROR,  # a stamped checkpoint that is no beginning of this log
    "V584": Severity.ERROR,  # an earlier checkpoint that no key of this log has signed
    "V585": Severity.ERROR,  # an earlier checkpoint of another log
    "V586": Severity.ERROR,  # an archive older than the checkpoint that is held
    "V587": Severity.ERROR,  # two histories of one log
    "V590": Severity.NOTE,  # no earlier checkpoint was given
    "V680": Severity.ERROR,  # the first entry is not the founding one
    "V681": Severity.ERROR,  # an entry that stands in the log twice
    "V682": Severity.ERROR,  # a founding entry of another log
    "V683": Severity.ERROR,  # a second founding entry
    "V684": Severity.ERROR,  # signed under a key that was replaced
    "V685": Severity.ERROR,  # signed under a key that no entry names
    "V686": Severity.ERROR,  # a digest that is not in the log
    "V687": Severity.ERROR,  # a receipt of another log
    "V690": Severity.NOTE,  # entries of a kind that this release does not know
    "V700": Severity.ERROR,  # a blob that an entry names is not there
    "V701": Severity.ERROR,  # a blob with other bytes than its digest says
    "V702": Severity.ERROR,  # a blob of another size than its entry says
    "V703": Severity.ERROR,  # a blob that no entry names
    "V704": Severity.ERROR,  # two entries that give one blob two sizes
    "V790": Severity.NOTE,  # blobs that were withdrawn
    "V880": Severity.ERROR,  # an entry that names one which does not stand before it
    "V881": Severity.ERROR,  # a verdict of a tree that did not exist
    "V882": Severity.ERROR,  # a sheet that rests on a file which no entry brought in
    "V900": Severity.ERROR,  # a verdict that does not follow from its entries
    "V901": Severity.ERROR,  # entries that give no record for their verdict
    "V990": Severity.NOTE,  # no verdict to derive again
    "V991": Severity.NOTE,  # verdicts were not derived again
    "V992": Severity.NOTE,  # a verdict of another derivation
    "V993": Severity.NOTE,  # a verdict that rests on a blob which was withdrawn since
}
