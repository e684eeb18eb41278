"""Where the bytes of an archive lie: the few operations that a directory, a bucket and a web server share.

Paths are relative, with `/` between their parts. A store knows nothing of logs; what makes it safe for one is that
`create` never overwrites, that `replace` fails when somebody else was faster, and that both are durable on return.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex

__all__ = ["Conflict", "Missing", "Store", "check_path", "digest_version", "is_temporary", "name_temporary"]

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:\ud800-\udfff]|(^|/)(\.{0,2})(/|$)")
_LONGEST = 1024  # the longest key of a bucket; far above any path of an archive
_TEMPORARY = re.compile(r".*\.writing-[0-9]+", re.DOTALL)


class Missing(InputError):  # noqa: N818 a word of the Store protocol, caught by name
    """A store has no file of that name (A501)."""

    def __init__(self, path: str) -> None:
        """Remember the path."""
        super().__init__("A501", path=path)


class Conflict(InputError):  # noqa: N818 a word of the Store protocol, caught by name
    """A file is there already, or was changed by somebody else meanwhile (A502)."""

    def __init__(self, path: str) -> None:
        """Remember the path."""
        super().__init__("A502", path=path)


class Store(Protocol):
    """The operations; every one raises InputError with an A5xx code where the disk or the network fails."""

    def load(self, path: str) -> bytes:
        """Return the bytes of a file; raises Missing."""
        ...

    def size(self, path: str) -> int | None:
        """Return how many bytes a file has; None where there is none."""
        ...

    def version(self, path: str) -> str | None:
        """Return the token that `replace` compares, which changes with the bytes; None where there is no file."""
        ...

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield every path that starts with `prefix`, sorted; odd ones too, so that they can be refused."""
        ...

    def create(self, path: str, data: bytes) -> bool:
        """Write a new file durably; return False, and leave what is there untouched, where the path exists."""
        ...

    def create_many(self, items: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Write new files durably, all of them when it returns; return the paths that existed and were left alone.

        The items are drawn in bounded lots, so a generator may yield more than memory holds.
        """
        ...

    def replace(self, path: str, data: bytes, expected: str | None) -> str:
        """Put `data` in the place of the version `expected` (None: of no file); return the new version.

        The change is atomic: a reader sees the old bytes or the new ones. Raises Conflict where another version
        (or none) is there.
        """
        ...

    def delete(self, path: str) -> None:
        """Remove a file durably; nothing happens where there is none."""
        ...


def check_path(path: str) -> str:
    """Return a path that names something inside a store, and nothing outside.

    Raises:
        InputError: A503: an empty path or part, `.` or `..`, a path from the root, a backslash, a colon (a drive or a
            stream on Windows), a control character, half a character, or more than 1,024 characters.

    """
    if len(path) > _LONGEST or _UNSAFE.search(path):
        raise InputError("A503", path=path[:_LONGEST].encode("unicode_escape").decode("ascii"))
    return path


def digest_version(store: Store, path: str) -> str | None:
    """Return the digest of a file, the version in a store that has no other; None where there is no file."""
    try:
        return sha256_hex(store.load(path))
    except Missing:
        return None


def name_temporary(path: str, attempt: int) -> str:
    """Return the name under which a file is written before it gets its own: never that of a file of an archive."""
    return f"{path}.writing-{attempt}"


def is_temporary(path: str) -> bool:
    """Return whether a name is that of a file whose writing was cut off."""
    return _TEMPORARY.fullmatch(path) is not None
