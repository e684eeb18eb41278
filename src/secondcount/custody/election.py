"""The election of an archive, as the definition in it says: for whoever receives something that must fit it."""

from __future__ import annotations

from secondcount.custody.layout import blob_path
from secondcount.errors import InputError
from secondcount.evidence import entries
from secondcount.evidence.log import Log
from secondcount.evidence.store import Store
from secondcount.jurisdictions import load_definition
from secondcount.model.election import Election

__all__ = ["load_election"]


def load_election(public: Store, log: Log, place: str) -> Election:
    """Return the election of an archive, by its first entry.

    Raises:
        InputError: A103 the first entry founds no election, A501 the definition is not there, D-codes it is none.

    """
    first = entries.parse_entry(log.entry(0))
    if not isinstance(first, entries.Election):
        raise InputError("A103", place=place)
    named = first.definition
    return load_definition(named.name, public.load(blob_path(named.digest)), first.params).election
