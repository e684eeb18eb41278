"""A verdict becomes an entry: its bytes are a blob, and the entry says from how many entries it was derived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from secondcount.custody.archive import Archive
from secondcount.custody.sequencer import Drained, Writer, append, drain_with, writing
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Verdict, encode_entry, parse_entry
from secondcount.evidence.log import Log

__all__ = ["Derived", "publish_verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A verdict that was derived from an archive, and by what."""

    data: bytes  # verdict.json
    derivation: int  # version of the derivation
    release: str  # of this program


def publish_verdict(
    archive: Archive,
    derive: Callable[[Archive, int], Derived],
    *,
    claims: Sequence[str],
    contest: str,
    now: datetime,
) -> tuple[Drained, str]:
    """Derive a verdict from the log as it is and append it; return what the log is then, and the verdict's digest.

    `derive` is handed over by a door: custody does not know how verdicts are derived. It gets the archive and the
    number of entries.
    """
    with writing(archive, now) as writer:
        drained = drain_with(writer)
        size = drained.size
        derived = derive(writer.archive, size)
        digest = sha256_hex(derived.data)
        entry = Verdict(
            claims=tuple(claims),
            contest=contest,
            derivation=derived.derivation,
            digest=digest,
            release=derived.release,
            tree_size=size,
        )
        if _is_published(writer, entry, size):
            return drained, digest
        return append(writer, [encode_entry(entry)], {digest: lambda: derived.data}), digest


def _is_published(writer: Writer, entry: Verdict, size: int) -> bool:
    """Return whether the newest verdict says the same, word for word, whatever has come into the log since."""
    newest = writer.index.of_kind("verdict")[-1:]
    if not newest:
        return False
    found = parse_entry(Log(writer.archive.public, size).entry(newest[0].position))
    return isinstance(found, Verdict) and msgspec.structs.replace(found, tree_size=entry.tree_size) == entry
