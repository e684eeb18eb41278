"""The first 8 bytes of every leaf hash of a log, in buckets, of which memory holds a bounded part.

That no entry stands twice can be told only by who remembers something of each entry. Here that is 8 bytes an entry,
which have to lie somewhere: beyond 131,072 entries they lie in a temporary file without a name, which is gone with the
process. One bucket is looked at at a time.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Sequence
from contextlib import suppress
from io import RawIOBase

from secondcount.errors import InputError, reason_of
from secondcount.evidence.verify.part import BUCKETS

__all__ = ["KEPT", "Prefixes"]

KEPT = 1 << 20
"""Bytes that are kept in memory: the prefixes of 131,072 entries."""


class Prefixes:
    """The prefixes that were taken in, by bucket; `kept` says how many bytes of them are in memory."""

    def __init__(self) -> None:
        """Begin with none."""
        self._buckets = [bytearray() for _ in range(BUCKETS)]
        self._file: RawIOBase | None = None
        self._runs: list[array[int]] = []  # where each bucket of a run begins in the file, and where the last one ends
        self._limit = KEPT
        self.kept = 0

    def take(self, buckets: Sequence[bytes]) -> None:
        """Take in the prefixes of a part, bucket by bucket."""
        for bucket, more in zip(self._buckets, buckets, strict=True):
            bucket.extend(more)
            self.kept += len(more)
        if self.kept > self._limit and not self._write():
            self._limit *= 2  # a disk that refuses costs memory, and no certainty

    def _write(self) -> bool:
        """Write what is kept behind what the file holds; return False where the disk does not take all of it."""
        start = self._runs[-1][-1] if self._runs else 0
        run = b"".join(self._buckets)
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - read again until `close`
            self._file.seek(start)
            if self._file.write(run) != len(run):  # the next run is written over it
                return False
        except OSError:
            return False
        places = array("Q", [start])
        for bucket in self._buckets:
            places.append(places[-1] + len(bucket))
            bucket.clear()
        self._runs.append(places)
        self.kept = 0
        return True

    def bucket(self, number: int) -> bytes:
        """Return all prefixes of a bucket, those that came first at the beginning.

        Raises:
            InputError: A505, the temporary file cannot be read again.

        """
        return b"".join(
            [*(self._read(places[number], places[number + 1]) for places in self._runs), self._buckets[number]]
        )

    def _read(self, start: int, stop: int) -> bytes:
        """Return a piece of the file, all of it."""
        reason = ""
        try:
            if self._file is not None:
                self._file.seek(start)
                found = self._file.read(stop - start) or b""
                if len(found) == stop - start:
                    return found
        except OSError as error:
            reason = reason_of(error)
        raise InputError("A505", path=tempfile.gettempdir(), reason=reason)

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
