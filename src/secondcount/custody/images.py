"""The arrival of a photo: the original is sealed, a picture without metadata is published, and a `copy` entry says so.

The order, each step on the disk before the next: the sealed original; the list of pseudonyms, where a name has to be
replaced; the `copy` entry with its public picture; the `custody` entry with what was odd about the photo. Whoever
brought it may be told that it is safe when the last one is there. If the power fails between two steps, the same photo
can be brought again: what is there already is found, and nothing is there twice.

The name of the file is nowhere in the public part (people put names into it), nor is anything that its metadata say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.claims import Claim, utc
from secondcount.custody.election import load_election
from secondcount.custody.index import open_index
from secondcount.custody.layout import original_path, outbox_entry
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.pseudonyms import PSEUDONYMS, is_code, load_pseudonyms
from secondcount.errors import InputError
from secondcount.evidence.arrival import Arrival, encode_arrival
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Blob, Copy, Custody, encode_entry, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.store import Conflict
from secondcount.intake import Mask, PhotoRead, named_contest, parse_mask, read_photo
from secondcount.model.election import Contest

__all__ = [
    "IMAGE_RECEIVED",
    "Brought",
    "Received",
    "copy_entry",
    "form_masks",
    "known_contest",
    "oddities",
    "receive_photo",
    "received_entry",
]

IMAGE_RECEIVED = "image_received"
"""Event of the `custody` entry of a photo, which names in `issues` what was odd about it."""

_ATTEMPTS = 8
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What is said about a photo by whoever brings it; nothing of it is read from the picture."""

    station: str
    contest: Contest  # of the archive's definition (`known_contest`): its form says what is masked in every photo
    collector: str = ""  # a code is published as it is, anything else becomes a pseudonym
    level: int = 0  # provenance level, 0 (nobody says where it comes from) to 4
    holder: str = ""  # pseudonym of who keeps the paper
    supersedes: str = ""  # digest of the entry of an earlier photo of the same paper
    synthetic: bool = False
    form_masks: bool = True  # False: whoever brings it says that the masks of the form do not fit this photo


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a photo has become. `digest` is the receipt: the entry digest of its `copy` entry."""

    digest: str
    photo: PhotoRead
    repeated: bool = False  # the same file was brought for this station and contest before: nothing was added


def receive_photo(
    archive: Archive, name: str, data: bytes, brought: Brought, *, masks: tuple[Mask, ...] = (), now: datetime
) -> Received:
    """Take a photo into the outbox of an archive; it is safe when this returns.

    What the definition masks in the form is masked here, so that no door that receives photos can forget it.

    Args:
        archive: where it goes.
        name: of the file, for refusals only.
        data: the file as it arrived, not a byte changed.
        brought: what is said about it.
        masks: what must not be seen in public beyond the masks of the form, in the upright picture.
        now: when it arrives, with a time zone; a fact that goes into the entry, to the second.

    Raises:
        InputError: N1xx the photo cannot be used or a mask hides nothing, A453 the list of pseudonyms is damaged,
            A501 or A502 it is being changed all the time, A504 or A505 the disk or the bucket refuses.
        VerificationError: V6xx, a station, contest or pseudonym is none that an entry may hold; N14x, the picture
            carries more than pixels. Nothing has been taken then.

    """
    photo = read_photo(name, data, (*(form_masks(brought.contest) if brought.form_masks else ()), *masks))
    labelled = replace(brought, collector=_label(archive, brought.collector))
    copy = copy_entry(photo, labelled, brought.contest.id, utc(now))
    copy = msgspec.structs.replace(copy, supersedes=brought.supersedes)
    entry = encode_entry(copy)
    parse_entry(entry)  # before anything is written
    known = _already(archive, copy)
    if known:
        return Received(digest=known, photo=photo, repeated=True)
    archive.private.create(original_path(photo.original_digest), data)
    issues = oddities(photo, copy, f".{_SUFFIXES[photo.kind.value]}")
    digest = acknowledge(archive, entry, (photo.derivative,))
    acknowledge(archive, encode_entry(received_entry(copy, issues)), (issues,))
    return Received(digest=digest, photo=photo)


def known_contest(archive: Archive, wanted: str) -> Contest:
    """Return a contest of the archive's election; "" asks for the only one.

    Raises:
        InputError: X112, there is no such contest, or several to choose from.

    """
    log = Log(archive.public, load_head(archive).checkpoint.size)
    election = load_election(archive.public, log, archive.location)
    if not wanted and len(election.contests) > 1:
        raise InputError("X112", contest="", known=", ".join(one.id for one in election.contests))
    return named_contest(election, wanted)


def form_masks(contest: Contest) -> tuple[Mask, ...]:
    """Return what the definition masks in every photo of a contest's form."""
    return tuple(map(parse_mask, contest.form.masks))


def copy_entry(photo: PhotoRead, said: Brought | Claim, contest: str, received: str) -> Copy:
    """Return the `copy` entry of a photo, by whichever way it came; its collector is labelled as in public."""
    return Copy(
        collector=said.collector,
        contest=contest,
        derivative=Blob(digest=photo.derivative_digest, size=len(photo.derivative), type=photo.kind.value),
        holder=said.holder,
        level=said.level,
        original=photo.original_digest,
        received=received,
        station=said.station,
        synthetic=said.synthetic,
    )


def received_entry(copy: Copy, issues: bytes, receipt: str = "") -> Custody:
    """Return the `custody` entry of a photo: what was odd about it, and the receipt by which it was acknowledged."""
    return Custody(
        event=IMAGE_RECEIVED,
        file=copy.original,
        issues=sha256_hex(issues),
        of=receipt,
        synthetic=copy.synthetic,
        time=copy.received,
    )


def oddities(photo: PhotoRead, copy: Copy, suffix: str = "") -> bytes:
    """Return what was odd about a photo, as a blob of its `custody` entry.

    It stands under the name of the public picture: the file's own may be that of a person.
    """
    public = f"{copy.derivative.digest[:16]}{suffix}"
    issues = tuple(replace(one, where=replace(one.where, file=public)) for one in photo.issues)
    return encode_arrival(Arrival(contest=copy.contest, issues=issues))


def _label(archive: Archive, collector: str) -> str:
    """Return what is public of a collector; a name is first written into the private list."""
    if is_code(collector):
        return collector
    for _ in range(_ATTEMPTS):
        earlier, version = load_pseudonyms(archive.private)
        known = earlier.with_names([collector])
        try:
            archive.private.replace(PSEUDONYMS, known.encode(), version)
        except Conflict:  # somebody else has just added a name: add ours to theirs
            continue
        return known.label(collector)
    raise InputError("A502", path=PSEUDONYMS)


def _already(archive: Archive, copy: Copy) -> str:
    """Return the digest of the entry by which the same file was taken for the same station and contest, "" for none.

    Only a file whose original is sealed can have been: all others are not looked for.
    """
    if archive.private.size(original_path(copy.original)) is None:
        return ""
    same = (copy.original, copy.station, copy.contest, copy.derivative)
    for entry in _earlier(archive, copy.station):
        found = parse_entry(entry)
        if isinstance(found, Copy) and (found.original, found.station, found.contest, found.derivative) == same:
            return leaf_hash(entry).hex()
    return ""


def _earlier(archive: Archive, station: str) -> Iterator[bytes]:
    """Yield the entries that wait, and those of a station in the log."""
    for leaf in waiting(archive):
        yield archive.private.load(outbox_entry(leaf))
    size = load_head(archive).checkpoint.size
    log = Log(archive.public, size)
    with open_index(archive.index_file) as index:
        places = [one.position for one in index.by_station(station) if one.kind == "copy" and one.position < size]
    yield from (log.entry(position) for position in places)
