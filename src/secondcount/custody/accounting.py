"""Who did what at the desk, sealed by digest; and a person's data, to be handed out or deleted.

Segments of the desk's log of acts lie in the private part, their digests in the public log: nobody can later change
what was done, and nobody outside learns it. Of a person the archive's public part knows a pseudonym alone. Deleting
removes the name behind it; what the person brought and read stays, under the pseudonym, for it is evidence.
"""

from __future__ import annotations

from datetime import datetime

from secondcount.custody.agreeing import decided_copies
from secondcount.custody.archive import Archive
from secondcount.custody.arrivals import stored_arrivals
from secondcount.custody.claims import utc
from secondcount.custody.contacts import forget_contact, load_contacts
from secondcount.custody.layout import LOG_SEGMENTS
from secondcount.custody.outbox import acknowledge
from secondcount.custody.pseudonyms import forget_name, load_pseudonyms
from secondcount.custody.readings import committed
from secondcount.evidence.canonical import Json
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Custody, encode_entry

__all__ = ["DESK_LOG", "PERSON_DELETED", "delete_person", "export_person", "load_log_segment", "seal_log"]

DESK_LOG, PERSON_DELETED = "desk_log", "person_deleted"
"""Events of `custody` entries: a segment of acts was sealed (`file`), a name was removed (`actor`)."""


def seal_log(archive: Archive, lines: bytes, until: datetime) -> str:
    """Keep a segment of the log of acts and put its digest into the outbox; return the digest of the segment.

    The same segment again is the same entry.

    Args:
        archive: where it goes.
        lines: the acts, one a line.
        until: the time of the last one.

    Raises:
        InputError: A504 or A505, the disk or the bucket refuses.

    """
    digest = sha256_hex(lines)
    archive.private.create(_segment(digest), lines)
    entry = Custody(event=DESK_LOG, file=digest, rows=lines.count(b"\n"), time=utc(until))
    acknowledge(archive, encode_entry(entry))
    return digest


def load_log_segment(archive: Archive, digest: str) -> bytes:
    """Return a segment of the log of acts.

    Raises:
        InputError: A501, there is none.

    """
    return archive.private.load(_segment(digest))


def export_person(archive: Archive, pseudonym: str) -> dict[str, Json]:
    """Return everything that the archive knows of a person, as JSON: what they are entitled to see.

    Raises:
        InputError: A362 or A363, the table of contacts cannot be opened.

    """
    contact = load_contacts(archive).get(pseudonym)
    names, _ = load_pseudonyms(archive.private)
    sent = [one for one in stored_arrivals(archive) if pseudonym in {one.claim.collector, one.claim.holder}]
    read = [one for one in committed(archive) if one.reader == pseudonym]
    decided = [one for one in decided_copies(archive) if f'"adjudicator":"{pseudonym}"' in one.adjudication]
    return {
        "arrivals": [
            {"file": one.file, "receipt": one.receipt, "station": one.claim.station, "time": one.received}
            for one in sorted(sent, key=lambda one: (one.received, one.receipt))
        ],
        "contact": contact.contact if contact else "",
        "decisions": tuple(sorted(leaf_hash(one.adjudication.encode()).hex() for one in decided)),
        "name": contact.name if contact else names.names.get(pseudonym, ""),
        "pseudonym": pseudonym,
        "readings": [
            {"commitment": one.digest, "contest": one.contest, "time": one.time}
            for one in sorted(read, key=lambda one: (one.time, one.digest))
        ],
    }


def delete_person(archive: Archive, pseudonym: str) -> bool:
    """Say in the log that the name behind a pseudonym is removed, and remove it; the pseudonym stays.

    The entry bears no time, so that a deletion that was cut off and is done again says the same.

    Returns:
        Whether a name was there. Where none was, nothing is said either.

    Raises:
        InputError: A362 or A363, the table of contacts cannot be opened; A502 somebody else changes a list.

    """
    listed = pseudonym in load_pseudonyms(archive.private)[0].names
    known = pseudonym in load_contacts(archive)
    if listed or known:
        acknowledge(archive, encode_entry(Custody(actor=pseudonym, event=PERSON_DELETED)))
    if listed:
        forget_name(archive.private, pseudonym)
    if known:
        forget_contact(archive, pseudonym)
    return listed or known


def _segment(digest: str) -> str:
    return f"{LOG_SEGMENTS}{digest}"
