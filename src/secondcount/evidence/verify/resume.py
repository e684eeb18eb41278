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

FORMAT = "secondcount.verification/1"
_LENGTH, _DIGEST = 8, 64
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Part)


class Diary:
    """Parts written down in a file; without a file, nothing is kept."""

    def __init__(self, path: Path | None, checkpoint: Checkpoint, run: int) -> None:
        """Name the file and the checkpoint that the look is about."""
        self._path = path
        self._head = f"{FORMAT} {sha256_hex(checkpoint.encode())} {run}\n".encode()
        self._file: BinaryIO | None = None

    def parts(self) -> dict[int, Part]:
        """Return the parts of an earlier look by their first bundle, and make the file ready for more.

        Raises:
            InputError: X108, the file cannot be written.

        """
        if self._path is None:
            return {}
        with refusing("X108", self._path):
            data = self._path.read_bytes() if self._path.exists() else b""
            if data and not data.startswith(FORMAT.encode()):  # somebody's file, which is not ours to overwrite
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            found, end = self._read(data)
            self._file = self._path.open("r+b" if end else "wb")
            self._file.seek(end)
            self._file.truncate()
            if not end:
                self._file.write(self._head)
        return found

    def _read(self, data: bytes) -> tuple[dict[int, Part], int]:
        """Return the whole records of a file about this checkpoint, and where they end; of any other file nothing."""
        found: dict[int, Part] = {}
        at = len(self._head)
        if not data.startswith(self._head):
            return found, 0
        while True:
            start = at + _LENGTH + _DIGEST
            stop = start + int.from_bytes(data[at : at + _LENGTH], "big")
            record = data[start:stop]
            if start > len(data) or stop > len(data) or sha256_hex(record).encode() != data[at + _LENGTH : start]:
                return found, at
            try:
                part = _DECODER.decode(record)
            except ValueError:  # whole, and yet nothing that this release wrote
                return found, at
            found[part.first] = part
            at = stop

    def write(self, part: Part) -> None:
        """Write a part down."""
        if self._file is not None:
            try:
                record = _ENCODER.encode(part)
            except OverflowError:  # sums of 2^64 and more, of figures that nobody counted: looked at again
                return
            self._file.write(len(record).to_bytes(_LENGTH, "big") + sha256_hex(record).encode() + record)
            self._file.flush()

    def close(self) -> None:
        """Close and remove the file: a look that came to its end says nothing of what lies there another day."""
        if self._file is not None and self._path is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)
