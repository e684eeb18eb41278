"""Readings are committed before any is shown, shown together, and what was agreed becomes a sheet.

A reading is fixed by SHA-256(32 random bytes, canonical bytes of its entry): a `commitment` entry, in the log before
any `reading` of that copy. Whoever opens it gives salt and reading. So nobody can fit a reading to another one, nor
could whoever runs the desk: the log has the order.

Each function can be cut off anywhere and called again. What fixes a step is a file that is created once and never
replaced: the first call decides, and every later one finds it. The salt and what was read lie in the private part
until then; the database only indexes, and `desk_state` gives back what it has lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from secondcount.custody.archive import Archive
from secondcount.custody.claims import utc
from secondcount.custody.decoding import load_copy
from secondcount.custody.layout import READINGS, READINGS_FIXED, READINGS_SHOWN, is_digest, naming_digest
from secondcount.custody.outbox import acknowledge
from secondcount.errors import InputError
from secondcount.evidence import canonical
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import SALT_BYTES, Commitment, Reading, encode_entry, salted_digest
from secondcount.evidence.store import Missing
from secondcount.model.election import Contest
from secondcount.transcription import (
    PAGE,
    STATION,
    PartReading,
    encode_part,
    encode_reading,
    numbers_of,
    overwritten_of,
    states_of,
)
from secondcount.transcription import Reading as WholeReading

__all__ = [
    "PURPOSE",
    "UNREAD",
    "Committed",
    "commit_reading",
    "committed",
    "is_revealed",
    "load_committed",
    "reveal_readings",
]

PURPOSE = "reading"
"""Purpose of the `commitment` entry of a reading."""

UNREAD = "?"
"""Station of an entry where no number of a station can be read on the paper; no register has such a one."""


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """A reading as it is kept from its commitment on."""

    commitment: str  # canonical JSON of the `commitment` entry
    content: dict[str, object]  # as `transcription.encode_reading` or `encode_part` spells it
    contest: str
    copies: tuple[str, ...]  # digests of the `copy` entries, in the order of the pages
    entry: str  # canonical JSON of the `reading` entry
    reader: str  # pseudonym
    time: str  # when it was committed

    @property
    def digest(self) -> str:
        """Return the digest of the commitment."""
        return leaf_hash(self.commitment.encode()).hex()

    @property
    def revealed(self) -> str:
        """Return the digest that the `reading` entry has, once it is revealed."""
        return leaf_hash(self.entry.encode()).hex()


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Committed)


def commit_reading(
    archive: Archive,
    reading: WholeReading | PartReading,
    copies: Sequence[str],
    contest: Contest,
    now: datetime,
    *,
    station: str = "",
) -> str:
    """Fix a reading; it is safe, and nobody can change it, when this returns.

    Args:
        archive: where it goes.
        reading: a whole one, or a third one of single cells.
        copies: digests of the `copy` entries that were read, in the order of the pages.
        contest: the one that was read on the paper; beside a problem the one that was claimed.
        now: when it is committed; kept in the private part alone.
        station: the one in force, where the reading names none.

    Returns:
        The digest of the commitment. The same person and copies give the same commitment.

    Raises:
        InputError: K127 no such copy, K150 this person has committed another reading of this copy, K174 other cells
            than the contest's, A504 or A505 the disk or the bucket refuses. Nothing has been committed then.

    """
    first = load_copy(archive, copies[0])
    fresh = _fixed(reading, tuple(copies), contest, station or first.station, utc(now))
    kept = _placed(archive, fresh)
    if (kept.content, kept.contest) != (fresh.content, fresh.contest):
        raise InputError("K150", digest=kept.digest)
    if archive.private.size(_record(kept.digest)) is None:
        acknowledge(archive, kept.commitment.encode())
    archive.private.create(_record(kept.digest), _ENCODER.encode(kept))  # or its name is flushed
    return kept.digest


def _fixed(
    reading: WholeReading | PartReading, copies: tuple[str, ...], contest: Contest, station: str, time: str
) -> Committed:
    """Return a reading with a new salt, and the entries that it will be."""
    salt = secrets.token_bytes(SALT_BYTES)
    plain = _entry(reading, copies[0], contest, station)
    fixed = Commitment(digest=salted_digest(salt, encode_entry(plain)), purpose=PURPOSE)
    commitment = encode_entry(fixed)
    opening = msgspec.structs.replace(plain, commitment=leaf_hash(commitment).hex(), salt=salt.hex())
    content = encode_part(reading) if isinstance(reading, PartReading) else encode_reading(reading)
    return Committed(
        commitment=commitment.decode(),
        content=content,
        contest=contest.id,
        copies=copies,
        entry=encode_entry(opening).decode(),
        reader=reading.reader,
        time=time,
    )


def _entry(reading: WholeReading | PartReading, copy: str, contest: Contest, station: str) -> Reading:
    """Return the entry of a reading as it is committed: without commitment and salt."""
    cells = reading.cells
    if surplus := cells.keys() - set(contest.cells):
        raise InputError("K174", missing=0, surplus=len(surplus))
    overwritten = overwritten_of(cells)
    if isinstance(reading, PartReading):
        answers = reading.answers
        read, pages, problem = str(answers.get(STATION, station)), answers.get(PAGE), None
    else:
        read, pages, problem = reading.place.station, reading.place.page_count, reading.problem
        read = read or (station if problem else "")
    return Reading(
        cells=numbers_of(cells),
        contest=contest.id,
        copy=copy,
        means="person",
        overwritten=overwritten or msgspec.UNSET,
        page_count=pages if isinstance(pages, int) else msgspec.UNSET,
        problem=problem.value if problem else msgspec.UNSET,
        reader=reading.reader,
        states=states_of(cells, contest.cells),
        station=read or UNREAD,
    )


def _placed(archive: Archive, fresh: Committed) -> Committed:
    """Return the reading of this person and these copies: this one, or the one that was there before."""
    place = sha256_hex(canonical.encode({"copies": fresh.copies, "reader": fresh.reader}))
    path = f"{READINGS_FIXED}{place}"
    if archive.private.create(path, _ENCODER.encode(fresh)):
        return fresh
    return _DECODER.decode(archive.private.load(path))


def load_committed(archive: Archive, commitment: str) -> Committed:
    """Return a committed reading.

    Raises:
        InputError: A301, there is none.

    """
    if is_digest(commitment):
        try:
            return _DECODER.decode(archive.private.load(_record(commitment)))
        except Missing:
            pass
    raise InputError("A301", found=commitment[:80], place=archive.location)


def committed(archive: Archive) -> Iterator[Committed]:
    """Yield every committed reading, in no order; of each `is_revealed` says whether it is shown."""
    for path in archive.private.names(READINGS):
        if digest := naming_digest(path):
            yield load_committed(archive, digest)


def is_revealed(archive: Archive, commitment: str) -> bool:
    """Return whether a reading has been revealed."""
    return archive.private.size(_shown(commitment)) is not None


def reveal_readings(archive: Archive, commitments: Sequence[str]) -> dict[str, str]:
    """Show the readings of a copy, all of them together; return the digests of their entries by commitment.

    Raises:
        InputError: A301 one is not committed, K151 they are of fewer than two people, K152 of different copies, A504
            or A505 the disk or the bucket refuses.

    """
    kept = [load_committed(archive, one) for one in commitments]
    people = {one.reader for one in kept}
    if len(people) < 2 or len(people) != len(kept):
        raise InputError("K151", count=len(people))
    if len({one.copies for one in kept}) > 1:
        raise InputError("K152", count=len({one.copies for one in kept}))
    for one in kept:
        if not is_revealed(archive, one.digest):
            acknowledge(archive, one.entry.encode())
            archive.private.create(_shown(one.digest), one.revealed.encode())
    return {one.digest: one.revealed for one in kept}


def _record(commitment: str) -> str:
    return f"{READINGS}{commitment}.json"


def _shown(commitment: str) -> str:
    return f"{READINGS_SHOWN}{commitment}"
