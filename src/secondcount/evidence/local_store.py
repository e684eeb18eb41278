"""A store in a directory: each file is complete under its name or not there at all, and stays when the power goes.

A file is written under a temporary name beside its own (`<name>.writing-0`), flushed to the disk, linked to its name
(which fails where the name exists), and then the directories that changed are flushed. A crash leaves at most
temporary names, which `names` shows and `log.heal` removes.

Symbolic links inside the directory are refused, wherever they lead. This guards against what was copied here, not
against somebody who changes the directory at this very moment: against such a person nothing on this machine does.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from secondcount.errors import InputError, reason_of
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.store import Conflict, Missing, check_path, digest_version, name_temporary

if sys.platform != "win32":
    import fcntl

__all__ = ["LARGEST", "Disk", "LocalStore"]

LARGEST = 1 << 29
"""Bytes of the largest file that is loaded: half a gigabyte, far above any table or photo."""

_LOT_FILES, _LOT_BYTES = 128, 1 << 24  # what is open and in memory at once while many files are written
_FLUSHED_AT_ONCE = 8
_FULL_DISK = {errno.ENOSPC, errno.EDQUOT}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}  # of file systems without hard links
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _flush(descriptor: int) -> None:
    """Make the disk itself write down a file or directory (fsync leaves it in the drive's cache on macOS)."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """The calls by which a store changes the disk; tests count them and let them fail."""

    write: Callable[[int, memoryview], int] = os.write
    flush: Callable[[int], None] = _flush
    link: Callable[[Path, Path], None] = os.link
    rename: Callable[[Path, Path], None] = os.replace
    unlink: Callable[[Path], None] = os.unlink


@dataclass(slots=True, kw_only=True)
class _Writing:
    """A file that is being written under its temporary name; the descriptor is None once it is closed."""

    path: str
    final: Path
    temporary: Path
    descriptor: int | None


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Turn the disk's trouble into ours: A504 where it is full, A505 where it refuses."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL_DISK:
            raise InputError("A504", path=path) from fault
        raise InputError("A505", path=path, reason=reason_of(fault)) from fault


def _lots(items: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Yield the items in lots of bounded number and size."""
    lot: list[tuple[str, bytes]] = []
    size = 0
    for item in items:
        lot.append(item)
        size += len(item[1])
        if len(lot) == _LOT_FILES or size >= _LOT_BYTES:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


class LocalStore:
    """A directory as a `Store`. The version of a file is the SHA-256 digest of its bytes.

    `durable=False` leaves out the flushing, for tests and scratch copies.
    """

    def __init__(self, root: Path, durable: bool = True, disk: Disk | None = None) -> None:
        self.root = root
        self._durable = durable
        self._disk = disk or Disk()

    # ---- reading

    def _place(self, path: str) -> Path:
        """Return where a path lies; A506 where one of its folders is a link or no folder."""
        folder = self.root
        *folders, name = check_path(path).split("/")
        for part in folders:
            folder = folder / part
            try:
                mode = folder.lstat().st_mode
            except (FileNotFoundError, NotADirectoryError):
                break
            if stat.S_ISLNK(mode):
                raise InputError("A506", path=path)
        return self.root.joinpath(*folders, name)

    def _find(self, path: str) -> tuple[Path, os.stat_result | None]:
        """Return where a path lies and what is there; A506 where that is not a plain file."""
        with _told(path):
            place = self._place(path)
            try:
                found = place.lstat()
            except (FileNotFoundError, NotADirectoryError):
                return place, None
        if not stat.S_ISREG(found.st_mode):
            raise InputError("A506", path=path)
        return place, found

    def load(self, path: str) -> bytes:
        """Return the bytes of a file; raises Missing, and A513 for one that is too large (it may be all holes)."""
        place, found = self._find(path)
        if found is None:
            raise Missing(path)
        if found.st_size > LARGEST:
            raise InputError("A513", path=path, limit=LARGEST)
        with _told(path):
            try:
                descriptor = os.open(place, _READ)
            except FileNotFoundError:  # removed a moment ago
                raise Missing(path) from None
            with os.fdopen(descriptor, "rb") as file:
                return file.read()

    def size(self, path: str) -> int | None:
        """Return how many bytes a file has; None where there is none."""
        _, found = self._find(path)
        return found and found.st_size

    def version(self, path: str) -> str | None:
        """Return the digest of a file's bytes; None where there is no file."""
        return digest_version(self, path)

    def names(self, prefix: str = "") -> Iterator[str]:
        r"""Yield every path that starts with `prefix`, sorted.

        Links and devices are shown and not followed. Bytes of a name that are not UTF-8 are shown as `\xNN`; the
        backslash makes the path one that every other operation refuses.
        """
        before = prefix[: prefix.rfind("/") + 1]
        start = self._place(before + "any").parent if before else self.root
        waiting = [_listed(start, before)]
        while waiting:
            folder, name = next(waiting[-1], (None, ""))
            if folder is not None:
                waiting.append(_listed(folder, name))
            elif not name:
                waiting.pop()
            elif name.startswith(prefix):
                yield name

    # ---- writing

    def create(self, path: str, data: bytes) -> bool:
        """Write a new file durably; return False where the path exists."""
        return not self.create_many([(path, data)])

    def create_many(self, items: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Write new files durably: first all bytes, then all names. Return the paths that existed."""
        return tuple(path for lot in _lots(items) for path in self._create_lot(lot))

    def _create_lot(self, lot: list[tuple[str, bytes]]) -> list[str]:
        """Write one lot; whatever happens, no temporary name stays."""
        existed: list[str] = []
        changed: set[Path] = set()
        writings: list[_Writing] = []
        try:
            for path, data in lot:
                place, found = self._find(path)
                if found is None:
                    self._write(path, data, writings, changed)
                else:
                    existed.append(path)
                    changed.add(place.parent)  # whoever made it may have died before its name was on the disk
            self._close(writings)
            existed += [one.path for one in writings if not self._link(one)]
        finally:
            self._discard(writings)
        for folder in sorted(changed):
            self._flush_folder(folder)
        return existed

    def _write(self, path: str, data: bytes, writings: list[_Writing], changed: set[Path]) -> None:
        """Write the bytes of a file under a temporary name, and add it to what is being written."""
        place = self._place(path)
        with _told(path):
            for attempt in count():
                self._make_folders(place.parent, changed)
                temporary = place.with_name(name_temporary(place.name, attempt))
                try:
                    descriptor = os.open(temporary, _WRITE, 0o666)
                except (FileExistsError, FileNotFoundError):  # of a crash or another writer; or its folder just went
                    continue
                break
            writings.append(_Writing(path=path, final=place, temporary=temporary, descriptor=descriptor))
            rest = memoryview(data)
            while rest:
                rest = rest[self._disk.write(descriptor, rest) :]
        changed.add(place.parent)

    def _make_folders(self, folder: Path, changed: set[Path]) -> None:
        """Make a folder and those above it, and note whose lists of names changed."""
        absent: list[Path] = []
        while not folder.is_dir():
            absent.append(folder)
            folder = folder.parent
        for one in reversed(absent):
            with suppress(FileExistsError):
                one.mkdir()
            changed.add(one.parent)

    def _close(self, writings: list[_Writing]) -> None:
        """Flush and close what was written: all bytes are on the disk before the first of them has a name."""
        if self._durable and len(writings) > 1:
            with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:  # a disk takes several at once faster than in turn
                list(pool.map(self._flush, writings))
        elif self._durable:
            list(map(self._flush, writings))
        for one in writings:
            _shut(one)

    def _flush(self, one: _Writing) -> None:
        """Make the bytes of a file last."""
        with _told(one.path):
            if one.descriptor is not None:
                self._disk.flush(one.descriptor)

    def _link(self, one: _Writing) -> bool:
        """Give a written file its name; return False where the name is taken."""
        with _told(one.path):
            try:
                self._disk.link(one.temporary, one.final)
            except FileExistsError:
                return False
            except OSError as fault:
                if fault.errno not in _NO_LINKS:
                    raise
                if one.final.exists():
                    return False
                self._disk.rename(one.temporary, one.final)
        return True

    def _discard(self, writings: list[_Writing]) -> None:
        """Close what is still open and remove the temporary names."""
        for one in writings:
            _shut(one)
            with _told(one.path), suppress(FileNotFoundError):
                self._disk.unlink(one.temporary)

    def _flush_folder(self, folder: Path) -> None:
        """Make the names in a folder last."""
        if not self._durable or sys.platform == "win32":  # Windows cannot open a folder, and writes names through
            return
        with _told(folder.name):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                self._disk.flush(descriptor)
            finally:
                os.close(descriptor)

    def replace(self, path: str, data: bytes, expected: str | None) -> str:
        """Put `data` in the place of the version `expected`; raises Conflict where another one is there."""
        if expected is None:
            if not self.create(path, data):
                raise Conflict(path)
            return sha256_hex(data)
        place, found = self._find(path)
        if found is None:
            raise Conflict(path)
        with self._alone(place.parent, path):
            if self.version(path) != expected:
                raise Conflict(path)
            writings: list[_Writing] = []
            try:
                self._write(path, data, writings, set())
                self._close(writings)
                with _told(path):
                    self._disk.rename(writings[0].temporary, place)
            finally:
                self._discard(writings)
            self._flush_folder(place.parent)
        return sha256_hex(data)

    @contextmanager
    def _alone(self, folder: Path, path: str) -> Iterator[None]:
        """Keep others from replacing files of a folder meanwhile; the lock leaves no file and dies with us."""
        if sys.platform == "win32":  # a folder cannot be locked there: the lock of the archive keeps writers apart
            yield
            return
        with _told(path):
            descriptor = os.open(folder, os.O_RDONLY)
        try:
            with _told(path):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def delete(self, path: str) -> None:
        """Remove a file durably, and its folder if that is empty now; nothing happens where there is no file."""
        place, found = self._find(path)
        if found is None:
            return
        with _told(path), suppress(FileNotFoundError):
            self._disk.unlink(place)
        self._flush_folder(place.parent)
        if place.parent != self.root:
            with suppress(OSError):  # not empty
                place.parent.rmdir()


def _shut(one: _Writing) -> None:
    """Close a file that is being written, once."""
    descriptor, one.descriptor = one.descriptor, None
    if descriptor is not None:
        os.close(descriptor)


def _listed(folder: Path, before: str) -> Iterator[tuple[Path | None, str]]:
    """Yield what is in a folder, in the order of whole paths: (folder, its path and a /), or (None, its path)."""
    with _told(before or "."):
        try:
            with os.scandir(folder) as listing:
                found = [(one.name, one.is_dir(follow_symlinks=False)) for one in listing]
        except (FileNotFoundError, NotADirectoryError):
            return
    for name, deeper in sorted((name + "/" if deeper else name, deeper) for name, deeper in found):
        shown = before + os.fsencode(name).decode("utf-8", "backslashreplace")
        yield (folder / name if deeper else None), shown
