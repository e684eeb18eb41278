"""Receipts: the digest of an entry at once, and a proof of its place in the log after the next checkpoint.

A receipt file is a C2SP tlog-proof whose `extra` line holds the entry itself, so it can be verified without the
archive. A receipt text fits into a QR code: `secondcount:receipt:1:<digest>:<origin>`, at most 190 characters; it
names the entry and proves nothing by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.index import Index, Placed
from secondcount.custody.layout import is_digest, outbox_entry
from secondcount.errors import InputError
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.log import Log
from secondcount.evidence.proof import encode_receipt

__all__ = ["PREFIX", "Receipt", "find_entries", "parse_receipt_text", "receipt_text", "receipts_of"]

PREFIX = "secondcount:receipt:1:"
_TEXT = re.compile(rf"{PREFIX}([0-9a-f]{{64}}):([!-*,-~]{{1,100}})")
_POSITION = re.compile("[0-9]{1,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The receipt of one entry: its text for a QR code, and the file that proves it."""

    placed: Placed
    text: str
    proof: bytes

    @property
    def file_name(self) -> str:
        """Return a name for the file: the polling station, made safe, and the beginning of the digest."""
        station = re.sub(r"[^\w.-]+", "_", self.placed.station).strip("._")[:40]
        return f"{station or self.placed.kind}-{self.placed.leaf[:12]}.tlog-proof"


def receipt_text(origin: str, leaf: str) -> str:
    """Return the text of a QR code for an entry of a log."""
    return f"{PREFIX}{leaf}:{origin}"


def parse_receipt_text(text: str) -> tuple[str, str]:
    """Return digest and origin of a receipt text.

    Raises:
        InputError: A303, it is none.

    """
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        raise InputError("A303", found=text[:80])
    return found[1], found[2]


def find_entries(archive: Archive, index: Index, wanted: str) -> tuple[Placed, ...]:
    """Return the entries of a polling station, or the entry of a digest, a receipt text or a place in the log.

    A station whose name is a number wins over the place of that number.

    Raises:
        InputError: A301 the log has nothing of the kind, A302 it waits in the outbox.

    """
    if wanted.startswith(PREFIX):
        wanted = parse_receipt_text(wanted)[0]
    if is_digest(wanted):
        found = index.by_leaf(wanted)
        if found is None and archive.private.size(outbox_entry(wanted)) is not None:
            raise InputError("A302", found=wanted, place=archive.location)
        placed: tuple[Placed, ...] = (found,) if found else ()
    else:
        placed = index.by_station(wanted) or _at(archive, index, wanted)
    if not placed:
        raise InputError("A301", found=wanted, place=archive.location)
    return placed


def _at(archive: Archive, index: Index, wanted: str) -> tuple[Placed, ...]:
    size = load_head(archive).checkpoint.size
    if not _POSITION.fullmatch(wanted) or int(wanted) >= size:
        return ()
    found = index.by_leaf(leaf_hash(Log(archive.public, size).entry(int(wanted))).hex())
    return (found,) if found else ()


def receipts_of(archive: Archive, placed: tuple[Placed, ...]) -> tuple[Receipt, ...]:
    """Return the receipts of entries, all under the newest checkpoint."""
    head = load_head(archive)
    log = Log(archive.public, head.checkpoint.size)
    return tuple(_receipt(archive, log, head.note, one) for one in placed)


def _receipt(archive: Archive, log: Log, note: bytes, placed: Placed) -> Receipt:
    proof = encode_receipt(
        index=placed.position,
        inclusion=log.inclusion(placed.position, log.size),
        checkpoint_note=note,
        extra=log.entry(placed.position),
    )
    return Receipt(placed=placed, text=receipt_text(archive.origin, placed.leaf), proof=proof)
