"""The diary of a long look: what was found so far, so that an interrupted verification goes on where it stopped.

The file belongs to whoever verifies; it is believed as long as it is whole and about the same checkpoint. It begins
with a line that names checkpoint and run length; each record behind it carries its length and digest, so a record that
was being written when the machine went down is noticed and dropped.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from secondcount.errors import refusing
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.verify.part import Part

__all__ = ["Diary"]

FORMAT = "secondcount.verification/2"
_LENGTH, _DIGEST = 8, 64
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Part)


def _record(file: BinaryIO) -> tuple[Part, int]:
    """Return the record at the place where a file stands, and where it ends; raises ValueError if it is not whole."""
    head = file.read(_LENGTH + _DIGEST)
    length, left = int.from_bytes(head[:_LENGTH], "big"), os.fstat(file.fileno()).st_size - file.tell()
    record = file.read(min(length, left))  # a length that is torn may be larger than memory
    if sha256_hex(record).encode() != head[_LENGTH:]:
        raise ValueError
    return _DECODER.decode(record), file.tell()


class Diary:
    """Parts written down in a file; without a file, nothing is kept."""

    def __init__(self, path: Path | None, checkpoint: Checkpoint, run: int) -> None:
        """Name the file and the checkpoint that the look is about."""
        self._path = path
        self._head = f"{FORMAT} {sha256_hex(checkpoint.encode())} {run}\n".encode()
        self._file: BinaryIO | None = None
        self._known: dict[int, int] = {}  # the first bundle of a part -> where its record begins

    def begin(self) -> frozenset[int]:
        """Return the first bundles of the parts that an earlier look has written down; make the file ready for more.

        Raises:
            InputError: X108, the file cannot be written.

        """
        if self._path is None:
            return frozenset()
        with refusing("X108", self._path):
            self._file = self._opened(self._path)
            end = self._read(self._file)
            self._file.seek(end)
            self._file.truncate()
            if not end:
                self._file.write(self._head)
        return frozenset(self._known)

    @staticmethod
    def _opened(path: Path) -> BinaryIO:
        """Return a file of ours for reading and writing, new where there is none."""
        if not path.exists():
            return path.open("w+b")
        file = path.open("r+b")
        if file.read(len(FORMAT)) not in {FORMAT.encode(), b""}:  # somebody's file, which is not ours to overwrite
            file.close()
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        return file

    def _read(self, file: BinaryIO) -> int:
        """Note where each whole record of a file about this checkpoint is; return where they end, 0 in any other."""
        file.seek(0)
        at = len(self._head)
        if file.read(at) != self._head:
            return 0
        while True:
            try:
                part, end = _record(file)
            except ValueError:  # torn; or whole, and yet nothing that this release wrote
                return at
            self._known[part.first] = at
            at = end

    def part(self, first: int) -> Part:
        """Return a part that is written down; raises InputError X108 where the file has been changed meanwhile."""
        if self._file is None or self._path is None:
            raise KeyError(first)
        with refusing("X108", self._path):
            self._file.seek(self._known[first])
            try:
                return _record(self._file)[0]
            except ValueError:
                raise OSError(errno.EIO, os.strerror(errno.EIO)) from None

    def write(self, part: Part) -> None:
        """Write a part down."""
        if self._file is not None:
            try:
                record = _ENCODER.encode(part)
            except OverflowError:  # sums of 2^64 and more, of figures that nobody counted: looked at again
                return
            self._file.seek(0, os.SEEK_END)
            self._file.write(len(record).to_bytes(_LENGTH, "big") + sha256_hex(record).encode() + record)
            self._file.flush()

    def close(self) -> None:
        """Close and remove the file: a look that came to its end says nothing of what lies there another day."""
        if self._file is not None and self._path is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)
