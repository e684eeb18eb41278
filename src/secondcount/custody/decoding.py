"""An arrival is looked at: it becomes a `copy` entry with a picture that may be shown, or a refusal with its reason.

The picture is decoded in a child process (`intake.read_photo`), what the definition masks in the form is masked. The
order, each step durable before the next: the picture in the outbox; the place of this file and contest, which fixes
the `copy` entry once and for all; the entries; the record of the copy, by its digest. So a cut between two steps loses
nothing and a second look finds the first. The original stays sealed whatever comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from secondcount.custody.archive import Archive
from secondcount.custody.arrivals import Waiting, done_with, load_arrival, sent_before
from secondcount.custody.claims import utc
from secondcount.custody.images import copy_entry, form_masks, oddities, received_entry
from secondcount.custody.layout import (
    ARRIVALS_REFUSED,
    ARRIVALS_REPEATED,
    COPIES,
    COPIES_BY_FILE,
    COPIES_BY_PICTURE,
    COPIES_BY_PRINT,
    is_digest,
    naming_digest,
    original_path,
    outbox_blob,
)
from secondcount.custody.outbox import acknowledge
from secondcount.errors import InputError, SecondcountError
from secondcount.evidence.arrival import Arrival, encode_arrival
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Copy, Custody, encode_entry
from secondcount.evidence.store import Missing
from secondcount.intake import PhotoRead, read_photo
from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.issue import Issue, Value, Where

__all__ = [
    "IMAGE_REFUSED",
    "IMAGE_REPEATED",
    "CopyRecord",
    "ReadArrival",
    "RefusedFile",
    "SameFile",
    "copies_of",
    "load_copy",
    "read_arrival",
    "stored_copies",
]

IMAGE_REFUSED = "image_refused"
"""Event of the `custody` entry of a file of which no picture could be made; `issues` says why."""

IMAGE_REPEATED = "image_repeated"
"""Event of the `custody` entry of a file that somebody else had sent before; `of` is the copy."""

SAME_PICTURE = 16
"""Bits of 256 by which a picture may differ from itself. Seen on made-up photos: 0 to 12 when it was encoded anew and
made smaller, up to 28 when it was made brighter as well; 22 to 90 and more between photos of different papers."""

_PHOTO = "N"  # codes of photos; whatever else fails is trouble of ours, not of the file


class CopyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a copy in the private part: whose arrival it is, and its entries."""

    receipt: str
    copy: str  # canonical JSON of the `copy` entry
    custody: str  # of the entry that says what was odd
    contest: str
    station: str  # as claimed
    derivative: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Return the digest of the `copy` entry."""
        return leaf_hash(self.copy.encode()).hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArrival:
    """A copy has come of an arrival. `copy` is the digest of its entry, `derivative` that of the public picture."""

    receipt: str
    copy: str
    derivative: str
    width: int  # pixels
    height: int
    issues: tuple[Issue, ...] = ()  # notes of the photo, where it was decoded just now


@dataclass(frozen=True, slots=True, kw_only=True)
class SameFile:
    """The same file had been sent before by somebody else: it is that copy, and no second witness."""

    receipt: str
    of: str  # receipt of the arrival that counts
    copy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """No picture can be made of the file; it stays as it is. `values` belong to the sentence of the code."""

    receipt: str
    code: str
    values: tuple[tuple[str, Value], ...] = ()


class _Refusal(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    entry: str
    issues: str
    values: dict[str, int | str]


_COPIES = msgspec.json.Decoder(CopyRecord)
_REFUSALS = msgspec.json.Decoder(_Refusal)
_ENCODER = msgspec.json.Encoder(order="sorted")


def read_arrival(
    archive: Archive, receipt: str, contest: Contest, now: datetime, *, first: str = "", again: bool = False
) -> ReadArrival | SameFile | RefusedFile:
    """Look at an arrival, once; whoever asks again gets the same answer.

    Args:
        archive: where it lies.
        receipt: of the arrival.
        contest: the one that was claimed: its form says what is masked.
        now: when it is looked at, for the entry of a refusal.
        first: digest of the `copy` entry of page 1, for a further page.
        again: look once more at a file that was refused.

    Raises:
        InputError: K125 there is no such arrival, K126 its original is gone or changed, A504 or A505 the disk or the
            bucket refuses.

    """
    arrival = load_arrival(archive, receipt)
    known = _known(archive, arrival)
    if known is None and not again and (refused := _refused(archive, receipt)):
        return refused
    issues: tuple[Issue, ...] = ()
    if known is None:
        counted = next((one for one in sent_before(archive, arrival.file) if _alike(one, arrival)), arrival)
        photo = _decoded(archive, arrival, counted, contest, now)
        if isinstance(photo, RefusedFile):
            return photo
        known, issues = _settled(archive, counted, photo, first), photo.issues
    _complete(archive, known)
    if known.receipt != receipt:
        _note_repeated(archive, arrival, known)
        return SameFile(receipt=receipt, of=known.receipt, copy=known.digest)
    done_with(archive, receipt)
    return ReadArrival(
        receipt=receipt,
        copy=known.digest,
        derivative=known.derivative,
        width=known.width,
        height=known.height,
        issues=issues,
    )


def load_copy(archive: Archive, digest: str) -> CopyRecord:
    """Return what is kept of a copy.

    Raises:
        InputError: K127, the desk of this archive has no such copy.

    """
    if is_digest(digest):
        try:
            return _COPIES.decode(archive.private.load(_record(digest)))
        except Missing:
            pass
    raise InputError("K127", digest=digest[:80])


def copies_of(archive: Archive, derivative: str) -> Iterator[str]:
    """Yield the digests of the `copy` entries that show a public picture; they may still wait for the log."""
    for path in filter(naming_digest, archive.private.names(_pictures(derivative))):
        yield _COPIES.decode(archive.private.load(path)).digest


def stored_copies(archive: Archive) -> dict[str, CopyRecord]:
    """Return every copy that came of an arrival, by the digest of its entry."""
    names = map(naming_digest, archive.private.names(COPIES))
    return {digest: load_copy(archive, digest) for digest in names if digest}


def _alike(one: Waiting, other: Waiting) -> bool:
    return one.claim.contest == other.claim.contest


def _known(archive: Archive, arrival: Waiting) -> CopyRecord | None:
    return _copy_at(archive, _place(arrival))


def _copy_at(archive: Archive, path: str) -> CopyRecord | None:
    try:
        return _COPIES.decode(archive.private.load(path))
    except Missing:
        return None


def _refused(archive: Archive, receipt: str) -> RefusedFile | None:
    """Return the refusal that is on the disk; its entry is acknowledged where a cut left that open."""
    try:
        kept = _REFUSALS.decode(archive.private.load(_refusal(receipt)))
    except Missing:
        return None
    if archive.private.size(f"{_refusal(receipt)}.told") is None:
        acknowledge(archive, kept.entry.encode(), (kept.issues.encode(),))
        archive.private.create(f"{_refusal(receipt)}.told", b"\n")
    done_with(archive, receipt)
    return RefusedFile(receipt=receipt, code=kept.code, values=tuple(kept.values.items()))


def _decoded(
    archive: Archive, arrival: Waiting, counted: Waiting, contest: Contest, now: datetime
) -> PhotoRead | RefusedFile:
    """Return the picture of an original, or the refusal, which is on the disk then."""
    masks = form_masks(contest) if counted.claim.form_masks else ()
    try:
        data = archive.private.load(original_path(arrival.file))
    except Missing:
        data = b""
    if sha256_hex(data) != arrival.file:
        raise InputError("K126", receipt=arrival.receipt)
    try:
        return read_photo(arrival.file[:16], data, masks)
    except SecondcountError as error:
        if not error.code.startswith(_PHOTO):
            raise
        values = {name: value if isinstance(value, int) else str(value) for name, value in error.values.items()}
        return _refuse(archive, arrival, error.code, values, now)


def _refuse(archive: Archive, arrival: Waiting, code: str, values: dict[str, int | str], now: datetime) -> RefusedFile:
    """Put a refusal on the disk; where one is there already, of another look, that one stays."""
    said: dict[str, Value] = {name: value for name, value in values.items() if name != "file"}
    issue = replace(make_issue(code, Where(file=arrival.file[:16])), values=tuple(said.items()))
    told = encode_arrival(Arrival(contest=arrival.claim.contest, issues=(issue,)))
    entry = Custody(
        event=IMAGE_REFUSED,
        file=arrival.file,
        issues=sha256_hex(told),
        of=arrival.receipt,
        synthetic=arrival.claim.synthetic,
        time=utc(now),
    )
    kept = _Refusal(code=code, entry=encode_entry(entry).decode(), issues=told.decode(), values=values)
    archive.private.create(_refusal(arrival.receipt), _ENCODER.encode(kept))
    return _refused(archive, arrival.receipt) or RefusedFile(receipt=arrival.receipt, code=code)


def _settled(archive: Archive, counted: Waiting, photo: PhotoRead, first: str) -> CopyRecord:
    """Fix the `copy` entry of a picture, file and contest; return the one that is there, whoever wrote it."""
    picture = f"{_pictures(photo.derivative_digest)}{sha256_hex(counted.claim.contest.encode())}"
    known = _copy_at(archive, picture) or _alike_picture(archive, counted, photo)
    known = known or _fixed(archive, counted, photo, first, picture)
    archive.private.create(_place(counted), _ENCODER.encode(known))
    return _known(archive, counted) or known


def _alike_picture(archive: Archive, counted: Waiting, photo: PhotoRead) -> CopyRecord | None:
    """Return the copy of this station and contest that shows the same picture, encoded anew on its way, or None.

    A messenger that forwards a photo encodes it anew: whoever sends it on is no second witness. Two photos of one
    paper differ by far more bits than `SAME_PICTURE`.
    """
    if not photo.fingerprint:
        return None
    bits, folder = int(photo.fingerprint, 16), _prints(counted)
    for path in filter(naming_digest, archive.private.names(folder)):
        if (int(naming_digest(path), 16) ^ bits).bit_count() <= SAME_PICTURE:
            return _copy_at(archive, path)
    return None


def _fixed(archive: Archive, counted: Waiting, photo: PhotoRead, first: str, picture: str) -> CopyRecord:
    """Put a picture into the outbox and fix its `copy` entry; return the one that is there, whoever was faster."""
    copy = _copy(counted, photo, first)
    issues = oddities(photo, copy)
    fresh = CopyRecord(
        receipt=counted.receipt,
        copy=encode_entry(copy).decode(),
        custody=encode_entry(received_entry(copy, issues, counted.receipt)).decode(),
        contest=counted.claim.contest,
        station=counted.claim.station,
        derivative=photo.derivative_digest,
        width=photo.width,
        height=photo.height,
    )
    for blob in (photo.derivative, issues):
        archive.private.create(outbox_blob(sha256_hex(blob)), blob)
    archive.private.create(picture, _ENCODER.encode(fresh))
    if photo.fingerprint:
        archive.private.create(f"{_prints(counted)}{photo.fingerprint}", _ENCODER.encode(fresh))
    return _copy_at(archive, picture) or fresh


def _complete(archive: Archive, known: CopyRecord) -> None:
    """Put the entries of a copy into the outbox, unless all that was done before."""
    if archive.private.size(_record(known.digest)) is None:
        acknowledge(archive, known.copy.encode())
        acknowledge(archive, known.custody.encode())
    archive.private.create(_record(known.digest), _ENCODER.encode(known))


def _note_repeated(archive: Archive, arrival: Waiting, known: CopyRecord) -> None:
    """Say that an arrival is a copy that was there; its time is that of the arrival, so it is the same said again."""
    entry = Custody(
        actor=arrival.claim.collector,
        event=IMAGE_REPEATED,
        file=arrival.file,
        of=known.digest,
        synthetic=arrival.claim.synthetic,
        time=arrival.received,
    )
    path = f"{ARRIVALS_REPEATED}{arrival.receipt}"
    if archive.private.size(path) is None:
        acknowledge(archive, encode_entry(entry))
        archive.private.create(path, known.digest.encode())
    done_with(archive, arrival.receipt)


def _copy(counted: Waiting, photo: PhotoRead, first: str) -> Copy:
    claim = counted.claim
    return msgspec.structs.replace(
        copy_entry(photo, claim, claim.contest, counted.received),
        first=first or msgspec.UNSET,
        page=claim.page if claim.pages > 1 else msgspec.UNSET,
    )


def _place(arrival: Waiting) -> str:
    return f"{COPIES_BY_FILE}{arrival.file}/{sha256_hex(arrival.claim.contest.encode())}"


def _pictures(derivative: str) -> str:
    return f"{COPIES_BY_PICTURE}{derivative}/"


def _prints(arrival: Waiting) -> str:
    claim = arrival.claim
    place = "\n".join((claim.contest, claim.station, str(claim.page)))
    return f"{COPIES_BY_PRINT}{sha256_hex(place.encode())}/"


def _record(digest: str) -> str:
    return f"{COPIES}{digest}.json"


def _refusal(receipt: str) -> str:
    return f"{ARRIVALS_REFUSED}{receipt}"
