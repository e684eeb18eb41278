"""From what a user writes to the store that it means: a folder, a web address (read only), or a bucket."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from secondcount.errors import InputError
from secondcount.evidence.http_store import HttpStore
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.store import Store

__all__ = ["open_store"]


def open_store(location: str) -> Store:
    """Return the store at a location: `https://...`, `s3://bucket/prefix`, or a folder.

    Nothing is read yet. Keys and endpoint of a bucket come from the environment (see `s3_store`).

    Raises:
        InputError: A509 an address of another kind, or no name of a folder, A510 a bucket without the extra `s3`,
            A511 settings missing.

    """
    scheme, separator, _ = location.partition("://")
    if not separator:
        if not location or "\0" in location:
            raise InputError("A509", location=location.replace("\0", "\\0"))
        return LocalStore(Path(location))
    if scheme in ("http", "https"):
        return HttpStore(location)
    if scheme != "s3":
        raise InputError("A509", location=location)
    if find_spec("obstore") is None:
        raise InputError("A510", location=location)
    # Loaded here and not above: the bare install has no obstore, and a folder needs none.
    store: Store = import_module("secondcount.evidence.s3_store").open_bucket(location)
    return store
