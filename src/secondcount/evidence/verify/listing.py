"""The manifest: which other files an archive has, with digest and size; and which names such files may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.errors import VerificationError

__all__ = ["BLOB_NAME", "LISTED_NAME", "Listed", "Manifest", "blob_path", "parse_manifest"]

BLOB_NAME = re.compile(r"blob/([0-9a-f]{2})/(\1[0-9a-f]{62})")
"""A blob lies under its digest, in a folder named after the first two digits."""

LISTED_NAME = re.compile(
    r"log\.vkey|policy|README\.txt|verify\.py"
    r"|timestamp/[0-9a-f]{64}\.(tsr|checkpoint)|unverified/[0-9a-f]{64}\.sig"
)
"""The names that a manifest may list."""

_LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9][0-9]{0,15}) ([!-~]{1,200})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One file of the manifest: SHA-256 in hexadecimal, bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The log's origin, and the files by path in ascending order."""

    origin: str
    files: Mapping[str, Listed]


def blob_path(digest: str) -> str:
    """Return where the blob of a digest lies."""
    return f"blob/{digest[:2]}/{digest}"


def parse_manifest(text: bytes) -> Manifest:
    """Return what the text of a manifest lists (docs/evidence.md, "Manifest").

    Raises:
        VerificationError: V120 the first line, V121 another line, V122 paths out of order or twice, V123 a path that
            no manifest lists.

    """
    head, *lines = text.decode("utf-8", "replace").removesuffix("\n").split("\n")
    if not head.endswith("/manifest"):
        raise VerificationError("V120")
    files: dict[str, Listed] = {}
    last = ""
    for number, line in enumerate(lines, 2):
        found = _LINE.fullmatch(line)
        if found is None:
            raise VerificationError("V121", line=number)
        digest, size, path = found.groups()
        if path <= last:
            raise VerificationError("V122", line=number, path=path)
        if not LISTED_NAME.fullmatch(path):
            raise VerificationError("V123", line=number, path=path)
        files[path] = Listed(digest=digest, size=int(size))
        last = path
    return Manifest(origin=head.removesuffix("/manifest"), files=files)
