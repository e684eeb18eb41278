"""Is any entry in the log twice? Told from 8 bytes of each leaf hash, bucket by bucket, and then confirmed."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator

from secondcount.evidence.log import Log
from secondcount.evidence.verify.part import BUCKETS
from secondcount.evidence.verify.prefixes import Prefixes

__all__ = ["duplicates"]

_PREFIX = 8


def duplicates(known: Prefixes, log: Log) -> Iterator[tuple[int, int]]:
    """Yield the indices of two equal entries, for every entry that stands in the log again.

    Only where two prefixes agree (by chance: once in 2^64 / n^2) are the whole hashes read again.
    """
    candidates = {one for bucket in range(BUCKETS) for one in _repeated(known.bucket(bucket))}
    if not candidates:
        return
    seen: dict[bytes, int] = {}
    for index, leaf in enumerate(log.leaf_hashes(0, log.size)):
        if leaf[:_PREFIX] in candidates:
            first = seen.setdefault(leaf, index)
            if first != index:
                yield first, index


def _repeated(bucket: bytes) -> Iterator[bytes]:
    """Yield the prefixes of a bucket that occur more than once."""
    prefixes = array("Q", bucket)
    if len(set(prefixes)) != len(prefixes):
        repeated = (prefix for prefix, times in Counter(prefixes).items() if times > 1)
        yield from (array("Q", [prefix]).tobytes() for prefix in repeated)
