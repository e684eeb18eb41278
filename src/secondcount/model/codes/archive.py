"""Codes A###: trouble with an archive, its storage, and what is put into it."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "A101": Severity.ERROR,  # there is no archive at this place
    "A102": Severity.ERROR,  # something is there already
    "A103": Severity.ERROR,  # the beginning of the archive was cut off
    "A104": Severity.ERROR,  # no signing key is known: the archive can be read only
    "A105": Severity.ERROR,  # the key is not the one of this log
    "A106": Severity.ERROR,  # archive.toml cannot be read
    "A107": Severity.ERROR,  # the origin cannot be one
    "A108": Severity.ERROR,  # the manifest is not that of this log
    "A109": Severity.ERROR,  # a folder cannot be made
    "A201": Severity.ERROR,  # somebody else writes and does not come to an end
    "A211": Severity.ERROR,  # the disk or the bucket refuses; what was acknowledged waits
    "A212": Severity.ERROR,  # files in the outbox that the log cannot take
    "A221": Severity.ERROR,  # blobs are missing
    "A222": Severity.ERROR,  # the signing key cannot be used
    "A223": Severity.NOTE,  # the contacts are to be deleted
    "A224": Severity.NOTE,  # little room on the disk
    "A301": Severity.ERROR,  # the log has nothing of the kind
    "A302": Severity.ERROR,  # it waits in the outbox
    "A303": Severity.ERROR,  # not the text of a receipt
    "A321": Severity.ERROR,  # the target holds another log, or a newer state
    "A322": Severity.ERROR,  # the target holds something else
    "A331": Severity.ERROR,  # no copy of an archive
    "A332": Severity.ERROR,  # the copy does not verify
    "A333": Severity.ERROR,  # the key is not the one of this copy's log
    "A334": Severity.ERROR,  # another election
    "A335": Severity.ERROR,  # a blob changed while it was copied
    "A341": Severity.ERROR,  # not a digest
    "A342": Severity.ERROR,  # no such blob
    "A343": Severity.ERROR,  # a blob that cannot be withdrawn
    "A361": Severity.ERROR,  # not a table of contacts
    "A362": Severity.ERROR,  # no passphrase for the contacts
    "A363": Severity.ERROR,  # the table of contacts cannot be opened
    "A364": Severity.ERROR,  # no such pseudonym
    "A365": Severity.ERROR,  # no consent
    "A371": Severity.ERROR,  # nothing was given to take in
    "A372": Severity.ERROR,  # two things at once
    "A381": Severity.ERROR,  # an entry that is no JSON
    "A382": Severity.ERROR,  # an entry of a kind that has a command of its own
    "A383": Severity.ERROR,  # an entry that names an entry which is not there
    "A384": Severity.ERROR,  # an entry that needs a file which is not there, or of another size
    "A385": Severity.ERROR,  # a sheet that rests on a file which no entry has brought in
    "A501": Severity.ERROR,  # no file of that name
    "A502": Severity.ERROR,  # a file that is there already, or was changed meanwhile
    "A503": Severity.ERROR,  # a path that could lead out of the store
    "A504": Severity.ERROR,  # the disk is full
    "A505": Severity.ERROR,  # the disk refuses
    "A506": Severity.ERROR,  # a symbolic link, or something else that is no plain file
    "A507": Severity.ERROR,  # a web server answers with an error
    "A508": Severity.ERROR,  # a web server can only be read, and not listed
    "A509": Severity.ERROR,  # a location of no known kind
    "A510": Severity.ERROR,  # a bucket, and the extra is not installed
    "A511": Severity.ERROR,  # a bucket that does not let us in
    "A512": Severity.ERROR,  # a server that cannot be reached, or breaks off
    "A513": Severity.ERROR,  # a file too large to be fetched
}
