"""A correction: another entry holds from now on; the old one stays in the log, and everybody sees both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from secondcount.custody.archive import Archive
from secondcount.custody.layout import is_digest
from secondcount.custody.sequencer import Drained, Writer, append, drain_with, writing
from secondcount.errors import InputError
from secondcount.evidence.corrections import Pair, judge_corrections, piece_of
from secondcount.evidence.entries import Correction, encode_entry, parse_entry
from secondcount.evidence.log import Log

__all__ = ["REASONS", "correct_entry", "correction_of"]

REASONS = ("misread", "mistyped", "wrong_area", "authority_corrected", "duplicate")
NOTHING: Mapping[str, bytes] = MappingProxyType({})


def correct_entry(archive: Archive, old: str, new: str, reason: str, now: datetime) -> Drained:
    """Put a correction into the log: `new` holds instead of `old`, both by their digests.

    Raises:
        InputError: A341 no digest, A301 the log has no such entry, A472 to A476 the correction would be in doubt, and
            neither entry would be used (`evidence.corrections`); or as `writing`.

    """
    with writing(archive, now) as writer:
        drain_with(writer)
        return append(writer, [correction_of(writer, old, new, reason)], {})


def correction_of(writer: Writer, old: str, new: str, reason: str, arriving: Mapping[str, bytes] = NOTHING) -> bytes:
    """Return the entry of a correction that will not be in doubt: it could never be removed from the log.

    `arriving` are entries that are about to come into the log, by digest. Errors as `correct_entry`.
    """
    for digest in (old, new):
        if not is_digest(digest):
            raise InputError("A341", found=digest[:80])
        if digest not in arriving and writer.index.by_leaf(digest) is None:
            raise InputError("A301", found=digest, place=writer.archive.location)
    pairs = {(old, new), *_known(writer)}
    entries = {**_entries(writer, frozenset(leaf for pair in pairs for leaf in pair)), **arriving}
    judged = judge_corrections(pairs, {leaf: piece_of(parse_entry(data)) for leaf, data in entries.items()})
    doubt = judged.doubted.get(old)
    if doubt:
        raise InputError(doubt.code, count=len(doubt.leaves), shown=", ".join(doubt.leaves))
    return encode_entry(Correction(by=new, of=old, reason=reason))


def _entries(writer: Writer, leaves: frozenset[str]) -> dict[str, bytes]:
    log = Log(writer.archive.public, writer.index.size)
    placed = {leaf: writer.index.by_leaf(leaf) for leaf in sorted(leaves)}
    return {leaf: log.entry(one.position) for leaf, one in placed.items() if one}


def _known(writer: Writer) -> Iterator[Pair]:
    log = Log(writer.archive.public, writer.index.size)
    for one in writer.index.of_kind("correction"):
        found = parse_entry(log.entry(one.position))
        if isinstance(found, Correction):
            yield found.of, found.by
