"""Uploads in parts, for networks that break: each part says where it begins, and the whole is checked at the end.

An upload is a file in the private folder of the desk, named by the pseudonym of its member and by 32 hexadecimal
digits that the sender draws; no name from outside is ever part of a path. Nothing of it is acknowledged before it is
complete.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from secondcount.errors import InputError, refusing
from secondcount.intake import sniff
from secondcount.intake.images import LIMITS
from secondcount.web.desk import Desk
from secondcount.web.models import Member

__all__ = ["MOST_AT_ONCE", "PART", "add_part", "finished", "forget", "forget_old", "size_so_far"]

PART = 2**20
"""Bytes of one part, at most: below what a request may hold in memory."""

MOST_AT_ONCE = 60
KEPT_FOR = timedelta(days=3)
_ID = re.compile(r"[0-9a-f]{32}")


def _folder(place: Desk) -> Path:
    folder = Path(place.config.folder) / "uploads"
    with refusing("K108", folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _file(place: Desk, member: Member, upload: str) -> Path:
    if not _ID.fullmatch(upload):
        raise InputError("K115")
    return _folder(place) / f"{member.pseudonym}-{upload}.part"


def size_so_far(place: Desk, member: Member, upload: str) -> int:
    """Return how many bytes of an upload are here; 0 where nothing is."""
    file = _file(place, member, upload)
    return file.stat().st_size if file.is_file() else 0


def add_part(place: Desk, member: Member, upload: str, offset: int, data: bytes, *, name: str = "-") -> int:
    """Put one part behind those that are here, and return how many bytes there are now.

    Raises:
        InputError: K110 the part or the whole is too large, K114 it begins elsewhere, K117 too many were begun,
            N1xx the first part is that of no picture, K108 the disk refuses.

    """
    if len(data) > PART or offset + len(data) > LIMITS.size:
        raise InputError("K110", limit=PART if len(data) > PART else LIMITS.size)
    file = _file(place, member, upload)
    if offset == 0 and not file.exists():
        _begin(place, member, name, data)
    with refusing("K108", file.parent), _opened(file) as descriptor:
        here = os.fstat(descriptor).st_size
        if here != offset:
            raise InputError("K114", expected=here)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        return here + len(data)


def _begin(place: Desk, member: Member, name: str, data: bytes) -> None:
    sniff(name, data)
    begun = sum(1 for _ in _folder(place).glob(f"{member.pseudonym}-*.part"))
    if begun >= MOST_AT_ONCE:
        raise InputError("K117", count=begun)


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(file, flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def finished(place: Desk, member: Member, upload: str, size: int) -> bytes:
    """Return the bytes of an upload that is complete.

    Raises:
        InputError: K115 there is none, K116 some of it is missing.

    """
    file = _file(place, member, upload)
    if not file.is_file():
        raise InputError("K115")
    with refusing("K108", file.parent):
        data = file.read_bytes()
    if len(data) != size:
        raise InputError("K116", size=len(data), wanted=size)
    return data


def forget(place: Desk, member: Member, upload: str) -> None:
    """Remove an upload: it has been taken in, or its sender starts again."""
    _file(place, member, upload).unlink(missing_ok=True)


def forget_old(place: Desk, now: datetime) -> bool:
    """Remove uploads that nobody has gone on with; return whether there were any."""
    old = [one for one in _folder(place).glob("*.part") if one.stat().st_mtime < (now - KEPT_FOR).timestamp()]
    for one in old:
        one.unlink(missing_ok=True)
    return bool(old)
