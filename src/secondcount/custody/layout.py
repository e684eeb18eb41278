"""Where everything of an archive lies: a public part that is copied as it is, and a private part that stays."""

from __future__ import annotations

import re

from secondcount.evidence.verify.listing import blob_path
from secondcount.evidence.verify.place import PUBLIC

__all__ = [
    "CHECKPOINT",
    "CONTACTS",
    "FORMAT",
    "INDEX",
    "JOURNAL",
    "LOCK",
    "MANIFEST",
    "POLICY",
    "PRIVATE",
    "PUBLIC",
    "README",
    "SETTINGS",
    "VERIFIER",
    "VKEY",
    "blob_path",
    "is_digest",
    "named_digests",
    "original_path",
    "outbox_blob",
    "outbox_entry",
    "timestamp_path",
    "unverified_path",
    "withdrawn_path",
]

FORMAT = "secondcount.archive/1"
PRIVATE = "private"

# public part
CHECKPOINT = "checkpoint"
MANIFEST = "manifest"
VKEY = "log.vkey"
POLICY = "policy"
README = "README.txt"
VERIFIER = "verify.py"

# private part
SETTINGS = "archive.toml"
JOURNAL = "journal"
LOCK = "lock"
INDEX = "index.sqlite"
CONTACTS = "contacts"

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMED = re.compile(rb'"([0-9a-f]{64})"')


def is_digest(text: str) -> bool:
    """Return whether a text is a SHA-256 digest as this house writes it: 64 lower-case hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def named_digests(entry: bytes) -> frozenset[str]:
    """Return every digest that an entry names, whatever for; a blob belongs to an entry that names it."""
    return frozenset(found.decode() for found in _NAMED.findall(entry))


def timestamp_path(digest: str) -> str:
    """Return the public path of the timestamp of a checkpoint's text with this digest."""
    return f"timestamp/{digest}.tsr"


def unverified_path(digest: str) -> str:
    """Return the public path of a signature line that nobody here can verify."""
    return f"unverified/{digest}.sig"


def original_path(digest: str) -> str:
    """Return the private path of a sealed original."""
    return f"original/{digest}"


def outbox_entry(leaf: str) -> str:
    """Return the private path of an entry that has been acknowledged and is not in the log yet."""
    return f"outbox/entry/{leaf}"


def outbox_blob(digest: str) -> str:
    """Return the private path of a blob that waits for its entry."""
    return f"outbox/blob/{digest}"


def withdrawn_path(digest: str) -> str:
    """Return the private path of a blob that has been taken out of the public part."""
    return f"withdrawn/{digest}"
