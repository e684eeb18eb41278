"""Where everything of an archive lies: a public part that is copied as it is, and a private part that stays."""

from __future__ import annotations

import re

from secondcount.evidence.verify.listing import blob_path
from secondcount.evidence.verify.place import PUBLIC

__all__ = [
    "ARRIVALS",
    "ARRIVALS_FIXED",
    "ARRIVALS_REFUSED",
    "ARRIVALS_REPEATED",
    "ARRIVALS_UNSEEN",
    "CHECKPOINT",
    "CONTACTS",
    "COPIES",
    "COPIES_BY_FILE",
    "COPIES_BY_PICTURE",
    "COPIES_BY_PRINT",
    "DECISIONS",
    "DECISIONS_BY_PICTURE",
    "DECISIONS_FIXED",
    "FORMAT",
    "INDEX",
    "JOURNAL",
    "LOCK",
    "LOG_SEGMENTS",
    "MANIFEST",
    "POLICY",
    "PRIVATE",
    "PROMISES",
    "PROMISES_FIXED",
    "PUBLIC",
    "READINGS",
    "READINGS_FIXED",
    "READINGS_SHOWN",
    "README",
    "SETTINGS",
    "VERIFIER",
    "VKEY",
    "blob_path",
    "is_digest",
    "named_digests",
    "naming_digest",
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

# private part, what the desk keeps: folders, and what names the files in them; each is written once
ARRIVALS = "arrival/record/"  # <receipt>.json: an arrival that was acknowledged
ARRIVALS_FIXED = "arrival/file/"  # <file>/<person and contest>: fixes the entry of an arrival
ARRIVALS_UNSEEN = "arrival/waiting/"  # <receipt>: nobody has looked at it; deleted afterwards
ARRIVALS_REPEATED = "arrival/same/"  # <receipt>: told that it is a copy that was there
ARRIVALS_REFUSED = "arrival/refused/"  # <receipt>: no picture; <receipt>.told: its entry is in the outbox
COPIES = "copy/"  # <`copy` entry>.json
COPIES_BY_FILE = "arrival/copy/"  # <file>/<contest>: fixes the `copy` entry
COPIES_BY_PICTURE = "arrival/picture/"  # <public picture>/<contest>
COPIES_BY_PRINT = "arrival/print/"  # <contest, station and page>/<fingerprint>
READINGS = "reading/record/"  # <commitment>.json
READINGS_FIXED = "reading/place/"  # <person and copies>: fixes a reading
READINGS_SHOWN = "reading/shown/"  # <commitment>
DECISIONS = "decided/record/"  # <copies>: a decision whose entries are in the outbox
DECISIONS_FIXED = "decided/place/"  # <copies>: fixes a decision
DECISIONS_BY_PICTURE = "decided/picture/"  # <public picture>/<contest and station>: the sheet of a picture
PROMISES = "deployment/record/"  # <commitment>.json: a list of stations, shown meanwhile or not
PROMISES_FIXED = "deployment/place/"  # <list>: fixes its commitment
LOG_SEGMENTS = "desk-log/"  # <segment>

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMED = re.compile(rb'"([0-9a-f]{64})"')


def is_digest(text: str) -> bool:
    """Return whether a text is a SHA-256 digest as this house writes it: 64 lower-case hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def naming_digest(path: str) -> str:
    """Return the digest that names a file, "" where none does: one whose writing was cut off is named otherwise."""
    name = path.rpartition("/")[2].removesuffix(".json")
    return name if is_digest(name) else ""


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
