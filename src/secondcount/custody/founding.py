"""What an archive's first entry says: the election that it is of, by its definition."""

from __future__ import annotations

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.layout import blob_path
from secondcount.errors import InputError
from secondcount.evidence.entries import Election as ElectionEntry
from secondcount.evidence.entries import parse_entry
from secondcount.evidence.log import Log
from secondcount.jurisdictions import load_definition
from secondcount.model.election import Election

__all__ = ["known_election"]


def known_election(archive: Archive) -> Election:
    """Return the election of an archive, as the definition in its log describes it.

    Raises:
        InputError: A103, the log does not begin with an election.

    """
    first = parse_entry(Log(archive.public, load_head(archive).checkpoint.size).entry(0))
    if not isinstance(first, ElectionEntry):
        raise InputError("A103", place=archive.location)
    data = archive.public.load(blob_path(first.definition.digest))
    return load_definition(first.definition.name, data, first.params).election
