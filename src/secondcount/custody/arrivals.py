"""Files that arrive: safe first, read later.

A receipt means: the bytes, what was claimed of them and the entry that names them are on the disk, files and folders
flushed. Nothing has been decoded by then. The order, each step durable before the next: the original, sealed; the
place of this file, person and contest, which fixes the entry once and for all; the entry in the outbox; a mark that it
waits to be read; the record of the arrival, named by the receipt. The last one is the acknowledgement. Whoever repeats
a step after a cut finds what is there, and nothing is there twice.

The same file for the same contest is one witness, whoever sends it: the first of them is its collector. Another
person gets a receipt of their own, because they sent it, and no second copy comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from secondcount.custody.archive import Archive
from secondcount.custody.claims import ARRIVED, Claim, check_claim, utc
from secondcount.custody.layout import (
    ARRIVALS,
    ARRIVALS_FIXED,
    ARRIVALS_UNSEEN,
    is_digest,
    naming_digest,
    original_path,
)
from secondcount.custody.outbox import acknowledge
from secondcount.custody.receipts import receipt_text
from secondcount.errors import InputError, refusing
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Custody, encode_entry
from secondcount.evidence.store import Missing, Store
from secondcount.intake import sniff
from secondcount.intake.images import LIMITS
from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Where

__all__ = [
    "Arrived",
    "Waiting",
    "acknowledge_arrival",
    "done_with",
    "load_arrival",
    "sent_before",
    "stored_arrivals",
    "waiting_arrivals",
]

_HEAD = 4_096  # bytes that say what a file is


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file is safe. `receipt` is the digest of its entry, `text` what stands in its QR code."""

    receipt: str
    file: str  # SHA-256 of the bytes
    size: int
    kind: str  # media type by the first bytes
    text: str
    repeated: bool = False  # this person sent this file for this contest before: the receipt is that one
    same: tuple[str, ...] = ()  # receipts of others who sent the same file for this contest
    told: tuple[Issue, ...] = ()  # K123, K124


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An arrival as it is kept: what was claimed, the entry, and when it came."""

    claim: Claim
    entry: str  # canonical JSON
    file: str
    kind: str
    received: str
    size: int

    @property
    def receipt(self) -> str:
        """Return the digest of the entry."""
        return leaf_hash(self.entry.encode()).hex()


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Waiting)


def acknowledge_arrival(archive: Archive, data: Path | bytes, claim: Claim, now: datetime, name: str = "") -> Arrived:
    """Take a file in; it is safe when this returns, and not before.

    Args:
        archive: where it goes.
        data: the file, not a byte changed.
        claim: what is said about it.
        now: when it arrives, with a time zone.
        name: of the file, for refusals only.

    Raises:
        InputError: N1xx it is no picture that can be read, K121 it is too large, K122 no entry can hold what is
            claimed, A504 or A505 the disk or the bucket refuses. Nothing has been acknowledged then.

    """
    check_claim(claim)
    content = _content(data, name)
    kind = sniff(name or "-", content[:_HEAD]).value
    file = sha256_hex(content)
    entry = encode_entry(_entry(claim, file, now))
    fresh = Waiting(claim=claim, entry=entry.decode(), file=file, kind=kind, received=utc(now), size=len(content))
    before = tuple(sent_before(archive, file))
    archive.private.create(original_path(file), content)
    kept = _placed(archive.private, fresh)
    if archive.private.size(_record(kept.receipt)) is None:
        acknowledge(archive, kept.entry.encode())
        archive.private.create(_mark(kept.receipt), b"\n")
    # Where the record is there, its name is flushed: whoever wrote it may have been cut off before.
    repeated = not archive.private.create(_record(kept.receipt), _ENCODER.encode(kept))
    others = [one for one in before if one.receipt != kept.receipt]
    return Arrived(
        receipt=kept.receipt,
        file=file,
        size=kept.size,
        kind=kept.kind,
        text=receipt_text(archive.origin, kept.receipt),
        repeated=repeated,
        same=tuple(one.receipt for one in others if one.claim.contest == claim.contest),
        told=tuple(_told(claim, kept, others)),
    )


def _entry(claim: Claim, file: str, now: datetime) -> Custody:
    """Return the entry of an arrival; its name is the contest, or one file for two contests would be one receipt."""
    return Custody(
        actor=claim.collector,
        event=ARRIVED,
        file=file,
        name=claim.contest,
        synthetic=claim.synthetic,
        time=utc(now),
    )


def _content(data: Path | bytes, name: str) -> bytes:
    """Return the bytes of a file, read once; what is too large is not read at all."""
    if isinstance(data, bytes):
        size = len(data)
    else:
        with refusing("X141", name or data.name):
            size = data.stat().st_size
    if size > LIMITS.size:
        raise InputError("K121", size=size, limit=LIMITS.size)
    if isinstance(data, bytes):
        return data
    with refusing("X141", name or data.name):
        return data.read_bytes()


def _placed(private: Store, fresh: Waiting) -> Waiting:
    """Return the arrival of this file, person and contest: this one, or the one that was there before."""
    path = f"{_folder(fresh.file)}{_who(fresh.claim)}"
    if private.create(path, _ENCODER.encode(fresh)):
        return fresh
    return _DECODER.decode(private.load(path))


def _told(claim: Claim, kept: Waiting, others: list[Waiting]) -> Iterator[Issue]:
    """Say that the file came for another station or contest, or that it came from somebody else (and not for what)."""
    where = Where(station=claim.station, contest=claim.contest)
    ours = [one for one in others if one.claim.collector == claim.collector]
    if claim.station != kept.claim.station:
        ours.insert(0, kept)
    for one in ours:
        values = {"other": one.claim.station, "ballot": one.claim.contest, "time": one.received}
        yield make_issue("K123", where, basis=(one.receipt,), **values)
    for one in others:
        if one.claim.collector != claim.collector:
            yield make_issue("K124", where, basis=(one.receipt,), time=one.received)


def sent_before(archive: Archive, file: str) -> Iterator[Waiting]:
    """Yield what was acknowledged of a file, oldest first."""
    paths = filter(naming_digest, archive.private.names(_folder(file)))
    kept = [_DECODER.decode(archive.private.load(path)) for path in paths]
    for one in sorted(kept, key=lambda one: (one.received, one.receipt)):
        if archive.private.size(_record(one.receipt)) is not None:
            yield one


def load_arrival(archive: Archive, receipt: str) -> Waiting:
    """Return what is kept of an arrival.

    Raises:
        InputError: K125, no file was acknowledged by this receipt.

    """
    if is_digest(receipt):
        with suppress(Missing):
            return _DECODER.decode(archive.private.load(_record(receipt)))
    raise InputError("K125", receipt=receipt[:80])


def waiting_arrivals(archive: Archive) -> Iterator[Waiting]:
    """Yield the arrivals that nobody has looked at yet, in no order."""
    for path in archive.private.names(ARRIVALS_UNSEEN):
        with suppress(InputError):  # a mark without a record: cut off, and never acknowledged
            yield load_arrival(archive, naming_digest(path))


def stored_arrivals(archive: Archive) -> Iterator[Waiting]:
    """Yield every arrival that was ever acknowledged, in no order."""
    for path in archive.private.names(ARRIVALS):
        if receipt := naming_digest(path):
            yield load_arrival(archive, receipt)


def done_with(archive: Archive, receipt: str) -> None:
    """Note that an arrival has been looked at: what came of it is on the disk."""
    archive.private.delete(_mark(receipt))


def _record(receipt: str) -> str:
    return f"{ARRIVALS}{receipt}.json"


def _mark(receipt: str) -> str:
    return f"{ARRIVALS_UNSEEN}{receipt}"


def _folder(file: str) -> str:
    return f"{ARRIVALS_FIXED}{file}/"


def _who(claim: Claim) -> str:
    """Return the name of a person and contest: a file has one place for both."""
    return sha256(f"{claim.contest}\n{claim.collector}".encode()).hexdigest()
