"""Files that a command line names, read."""

from __future__ import annotations

from pathlib import Path

from secondcount.errors import refusing

__all__ = ["read_file"]


def read_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: X110, with the system's reason.

    """
    with refusing("X110", path):
        return path.read_bytes()
