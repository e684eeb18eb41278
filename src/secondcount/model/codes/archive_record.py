"""Codes A45#, A46# and A47#: the record that is made from an archive, and the tables that go into one."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "A450": Severity.ERROR,  # the entries name no election, or several
    "A451": Severity.ERROR,  # sheet entries that do not fit their contest: in no sum
    "A452": Severity.ERROR,  # a blob that the record needs is not there
    "A453": Severity.ERROR,  # the private list of pseudonyms is damaged
    "A454": Severity.ERROR,  # a row that no entry can hold
    "A455": Severity.NOTE,  # a table that has been withdrawn: its figures are not used
    "A456": Severity.NOTE,  # entries that may bear on figures and are not read yet
    "A457": Severity.ERROR,  # a verdict of a derivation that this release does not have
    "A458": Severity.ERROR,  # an archive asked about more entries than it has
    "A459": Severity.ERROR,  # what was found on the way in cannot be read
    "A460": Severity.ERROR,  # an archive and further files at once
    "A461": Severity.ERROR,  # an archive that does not verify: nothing is derived from it
    "A462": Severity.ERROR,  # no archive at this place
    "A463": Severity.ERROR,  # a number of entries without an archive
    "A464": Severity.NOTE,  # pseudonyms of two archives that are one person's
    "A465": Severity.UNUSUAL,  # a table of the authority that stands at several places in the order of publications
    "A466": Severity.CONTRADICTION,  # a row of a table that stands in entries that differ
    "A467": Severity.NOTE,  # readings that were fixed and never shown
    "A470": Severity.NOTE,  # a correction that is applied
    "A471": Severity.ERROR,  # a correction of, or by, an entry that is not there or cannot be used
    "A472": Severity.ERROR,  # a correction between two kinds of entry
    "A473": Severity.ERROR,  # a correction between two stations or contests
    "A474": Severity.ERROR,  # corrections in a circle
    "A475": Severity.ERROR,  # two corrections of one entry
    "A476": Severity.ERROR,  # a correction of something later by something earlier
    "A477": Severity.NOTE,  # corrections that change no figure
    "A478": Severity.ERROR,  # a table that is to correct one copy and has not one
}
