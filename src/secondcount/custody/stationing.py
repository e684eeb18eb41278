"""Observers and papers: which stations were to be watched, what became of each copy, who holds it, and why it counts.

A list of stations is public at once, or promised by a salted digest before the polls close and shown later; then the
list and its salt lie in the private part. An act is an entry of what is known, with the time at which it happened;
said again in the same words it is the same entry. No name stands anywhere: people are pseudonyms.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from secondcount.custody.archive import Archive
from secondcount.custody.claims import utc
from secondcount.custody.decoding import load_copy
from secondcount.custody.layout import PROMISES, PROMISES_FIXED, is_digest, naming_digest
from secondcount.custody.outbox import acknowledge
from secondcount.errors import InputError
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import (
    SALT_BYTES,
    Commitment,
    Custody,
    Deployment,
    File,
    Outcome,
    Provenance,
    encode_entry,
    public_name,
    salted_digest,
)
from secondcount.evidence.store import Missing

__all__ = [
    "AS_CLAIMED",
    "CONSENTED",
    "HANDED_OVER",
    "HELD",
    "fix_deployment",
    "open_deployment",
    "promise_deployment",
    "promised_deployments",
    "record_consent",
    "record_hand_over",
    "record_hold",
    "record_outcome",
    "record_provenance",
]

HELD, HANDED_OVER, CONSENTED = "paper_held", "handed_over", "consents_to_be_named"
"""Events of `custody` entries: `actor` holds, gives away, or may be named to a court; `of` is the copy."""


AS_CLAIMED = "as_claimed"
"""Ground of a `provenance` entry that nobody has judged: it says why, and the level of the copy is no other."""


class _Promised(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it is kept until it is shown."""

    announced: str
    commitment: str  # canonical JSON of the entry
    data: bytes
    name: str
    salt: str

    @property
    def digest(self) -> str:
        return leaf_hash(self.commitment.encode()).hex()


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(_Promised)


def fix_deployment(archive: Archive, name: str, data: bytes, announced: datetime) -> str:
    """Put a list of stations into the outbox for everybody to see; return the digest of its entry.

    Args:
        archive: where it goes.
        name: of the file; choose one that names nobody.
        data: a table with one station in each row, and pseudonyms at most.
        announced: when the list was fixed.

    Raises:
        InputError: A504 or A505, the disk or the bucket refuses.

    """
    return acknowledge(archive, encode_entry(_deployment(name, data, utc(announced))), (data,))


def promise_deployment(archive: Archive, name: str, data: bytes, announced: datetime) -> str:
    """Fix a list without showing it; return the digest of the commitment, by which it is shown later.

    The same list promised again is the same promise.

    Raises:
        InputError: A504 or A505, the disk or the bucket refuses.

    """
    salt = secrets.token_bytes(SALT_BYTES)
    entry = Commitment(digest=salted_digest(salt, sha256_hex(data).encode()), purpose="deployment")
    fresh = _Promised(
        announced=utc(announced), commitment=encode_entry(entry).decode(), data=data, name=name, salt=salt.hex()
    )
    path = f"{PROMISES_FIXED}{sha256_hex(data)}"
    archive.private.create(path, _ENCODER.encode(fresh))
    kept = _DECODER.decode(archive.private.load(path))
    acknowledge(archive, kept.commitment.encode())
    archive.private.create(_record(kept.digest), _ENCODER.encode(kept))
    return kept.digest


def promised_deployments(archive: Archive) -> Iterator[tuple[str, str, bytes]]:
    """Yield commitment, time and list of everything that was promised, shown meanwhile or not: for a lost database.

    Raises:
        InputError: A505, the disk or the bucket refuses.

    """
    for path in sorted(filter(naming_digest, archive.private.names(PROMISES))):
        kept = _DECODER.decode(archive.private.load(path))
        yield kept.digest, kept.announced, kept.data


def open_deployment(archive: Archive, commitment: str) -> str:
    """Show a list that was promised; return the digest of its entry.

    Raises:
        InputError: A301 nothing was promised by this digest; A504 or A505, the disk or the bucket refuses.

    """
    try:
        kept = _DECODER.decode(archive.private.load(_record(commitment if is_digest(commitment) else "-")))
    except Missing:
        raise InputError("A301", found=commitment[:80], place=archive.location) from None
    entry = msgspec.structs.replace(
        _deployment(kept.name, kept.data, kept.announced), commitment=kept.digest, salt=kept.salt
    )
    return acknowledge(archive, encode_entry(entry), (kept.data,))


def _deployment(name: str, data: bytes, announced: str) -> Deployment:
    file = File(digest=sha256_hex(data), name=public_name(name), size=len(data))
    return Deployment(announced=announced, stations=file)


def record_outcome(
    archive: Archive, station: str, outcome: str, time: datetime | None, *, deployment: str = "", reason: str = ""
) -> str:
    """Say what became of the copy that was expected from a station; return the digest of the entry.

    Raises:
        InputError: A504 or A505, the disk or the bucket refuses.
        VerificationError: V6xx, a station or word that no entry can hold.

    """
    entry = Outcome(
        deployment=deployment,
        outcome=outcome,
        reason=reason or msgspec.UNSET,
        station=station,
        time=utc(time) if time else "",
    )
    return acknowledge(archive, encode_entry(entry))


def record_hold(archive: Archive, copy: str, holder: str, time: datetime | None) -> str:
    """Say who holds the paper of a copy; return the digest of the entry.

    Raises:
        InputError: K127 no such copy; A504 or A505.

    """
    return _act(archive, HELD, copy, holder, time)


def record_hand_over(archive: Archive, copy: str, giver: str, taker: str, time: datetime | None) -> str:
    """Say that a paper went from one person to another; return the digest of the entry that the taker holds it.

    Raises:
        InputError: K127 no such copy; A504 or A505.

    """
    _act(archive, HANDED_OVER, copy, giver, time)
    return _act(archive, HELD, copy, taker, time)


def record_consent(archive: Archive, copy: str, person: str, time: datetime | None) -> str:
    """Say that whoever holds a paper may be named to a court; return the digest of the entry.

    Raises:
        InputError: K127 no such copy; A504 or A505.

    """
    return _act(archive, CONSENTED, copy, person, time)


def _act(archive: Archive, event: str, copy: str, actor: str, time: datetime | None) -> str:
    load_copy(archive, copy)
    entry = Custody(actor=actor, event=event, of=copy, time=utc(time) if time else "")
    return acknowledge(archive, encode_entry(entry))


def record_provenance(
    archive: Archive, copy: str, level: int, grounds: Sequence[str], *, by: str, corroborated_by: Sequence[str] = ()
) -> str:
    """Say at which level a copy stands, and on what grounds; return the digest of the entry.

    Args:
        archive: where it goes.
        copy: digest of the `copy` entry.
        level: 0 to 4; 4 needs other copies that say the same.
        grounds: words such as `custody.claims.grounds_of` gives them.
        by: pseudonym of who judged it; "" where nobody has and it is the level that was claimed (`AS_CLAIMED`).
        corroborated_by: digests of the `copy` entries of independent copies.

    Raises:
        InputError: K127 no such copy; A504 or A505.
        VerificationError: V810, level 4 without another copy, or another level with one.

    """
    for one in (copy, *corroborated_by):
        load_copy(archive, one)
    entry = Provenance(
        by=by,
        corroborated_by=tuple(sorted(set(corroborated_by))),
        grounds=tuple(sorted({*grounds, *([] if by else [AS_CLAIMED])})),
        level=level,
        of=copy,
    )
    return acknowledge(archive, encode_entry(entry))


def _record(commitment: str) -> str:
    return f"{PROMISES}{commitment}.json"
