"""Where the public part of an archive is, whichever of its folders the user names."""

from __future__ import annotations

from collections.abc import Sequence

from secondcount.errors import InputError
from secondcount.evidence.location import open_store
from secondcount.evidence.store import Store

__all__ = ["PUBLIC", "find_public", "open_public"]

PUBLIC, MARKS = "public", ("checkpoint", "manifest", "log.vkey")


def open_public(location: str) -> Store:
    """Return the public part of an archive: of a folder or address that holds `public/`, or of the part itself.

    A part without its checkpoint is one too, as long as anything else of it is there: verification says what is gone.

    Raises:
        InputError: A462 neither place has anything of an archive; A5xx the place cannot be reached.

    """
    store = find_public(location, MARKS)
    if store is None:
        raise InputError("A462", place=location)
    return store


def find_public(location: str, marks: Sequence[str]) -> Store | None:
    """Return the public part at a location, inside it or itself: the first place that has one of these files.

    Raises:
        InputError: A5xx the place cannot be reached.

    """
    for place in (f"{location.rstrip('/')}/{PUBLIC}", location):
        store = open_store(place)
        if any(_has(store, mark) for mark in marks):
            return store
    return None


def _has(store: Store, mark: str) -> bool:
    """Return whether something has this name; a link has it too, and is refused later."""
    try:
        return store.size(mark) is not None
    except InputError as error:
        if error.code == "A506":
            return True
        raise
