"""Stores for the tests: one in memory, one that dies after some writes, one that counts what is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from secondcount.evidence.store import Conflict, Missing, check_path


class Died(BaseException):
    """The process ended here; nothing catches this."""


class MemoryStore:
    """A store in a dictionary; `left` writes are done, the next one dies before it begins."""

    def __init__(self, files: dict[str, bytes] | None = None, left: int | None = None) -> None:
        self.files = dict(files or {})
        self.left = left
        self.writes = 0
        self.loads: list[str] = []

    def _write(self) -> None:
        if self.left is not None and self.writes >= self.left:
            raise Died
        self.writes += 1

    def load(self, path: str) -> bytes:
        self.loads.append(path)
        if check_path(path) not in self.files:
            raise Missing(path)
        return self.files[path]

    def size(self, path: str) -> int | None:
        return len(self.files[path]) if path in self.files else None

    def version(self, path: str) -> str | None:
        return sha256(self.files[path]).hexdigest() if path in self.files else None

    def names(self, prefix: str = "") -> Iterator[str]:
        yield from sorted(path for path in self.files if path.startswith(prefix))

    def create(self, path: str, data: bytes) -> bool:
        if check_path(path) in self.files:
            return False
        self._write()
        self.files[path] = data
        return True

    def create_many(self, items: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        return tuple(path for path, data in items if not self.create(path, data))

    def replace(self, path: str, data: bytes, expected: str | None) -> str:
        if self.version(path) != expected:
            raise Conflict(path)
        self._write()
        self.files[path] = data
        return sha256(data).hexdigest()

    def delete(self, path: str) -> None:
        if check_path(path) in self.files:
            self._write()
            del self.files[path]
