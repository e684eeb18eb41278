"""How an archive is: its log, who has cosigned it, what waits, what is missing. Looking heals what was cut off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import groupby
from pathlib import PurePath

from secondcount.custody.archive import Archive, load_head, load_log_key, load_signer
from secondcount.custody.deployments import Lists, check_lists
from secondcount.custody.election import load_election
from secondcount.custody.journal import load_journal
from secondcount.custody.layout import CHECKPOINT, POLICY, PUBLIC, blob_path, timestamp_path
from secondcount.custody.outbox import waiting
from secondcount.custody.sequencer import looking
from secondcount.custody.withdrawn import withdrawn_blobs
from secondcount.errors import InputError
from secondcount.evidence.entries import parse_entry, public_blobs
from secondcount.evidence.log import Log
from secondcount.evidence.note import open_note
from secondcount.evidence.policy import parse_policy
from secondcount.evidence.tiles import FULL
from secondcount.evidence.verify import fingerprint
from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue

__all__ = ["Cosigned", "Status", "load_status"]

LITTLE_ROOM = 500_000_000  # bytes that are free on the disk
BLOBLESS = frozenset({"sheet", "reading", "withdrawal"})  # kinds, the most numerous among them, that name no blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """One witness of the policy, and when it cosigned the newest checkpoint (None = it has not)."""

    name: str
    time: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What `archive status` shows."""

    origin: str
    vkey: str
    fingerprint: str  # what two people compare by telephone
    size: int
    root: bytes
    changed: datetime | None  # when the checkpoint was written, by the clock of this machine
    kinds: Mapping[str, int]
    witnesses: tuple[Cosigned, ...]
    is_quorate: bool
    is_stamped: bool
    waiting: int
    free: int | None  # bytes on the disk, None in a bucket
    key_file: str
    began: str  # when the run began that was cut off and has been healed, "" where none was
    issues: tuple[Issue, ...]


def load_status(archive: Archive, today: date, *, rebuild: bool = False) -> Status:
    """Return how an archive is; a run that was cut off is healed first, the index rebuilt where that is asked for.

    Raises:
        InputError: A201 somebody else writes.
        VerificationError: V2xx, the checkpoint is not signed by this log.

    """
    cut = load_journal(archive)
    with looking(archive, rebuild=rebuild) as (healed, index):
        kinds = index.kinds()
        positions = [one.position for kind in kinds if kind not in BLOBLESS for one in index.of_kind(kind)]
        withdrawn = withdrawn_blobs(healed, index)
    archive = healed
    head, key = load_head(archive), load_log_key(archive)
    policy = parse_policy(archive.public.load(POLICY))
    opened = open_note(head.note, [key, *policy.witness_keys])
    lines = {one.key: one.time for one in opened.verified}
    stamped = archive.public.size(timestamp_path(sha256(opened.text).hexdigest())) is not None
    free = shutil.disk_usage(archive.folder).free if archive.folder else None
    return Status(
        origin=archive.origin,
        vkey=str(key),
        fingerprint=fingerprint(key),
        size=head.checkpoint.size,
        root=head.checkpoint.root,
        changed=_changed(archive),
        kinds=kinds,
        witnesses=tuple(Cosigned(name=name, time=lines.get(one.key)) for name, one in policy.witnesses.items()),
        is_quorate=policy.satisfied(lines),
        is_stamped=stamped,
        waiting=sum(1 for _ in waiting(archive)),
        free=free,
        key_file=archive.settings.key,
        began=cut.began if cut else "",
        issues=(
            *_missing_blobs(archive, head.checkpoint.size, positions, withdrawn),
            *_key_issues(archive),
            *_contact_issues(archive, today),
            *(_list_issues(archive, head.checkpoint.size) if "deployment" in kinds else ()),
            *_room_issues(free),
        ),
    )


def _changed(archive: Archive) -> datetime | None:
    """Return when the checkpoint was last written, as the disk remembers it; a bucket is not asked."""
    if archive.folder is None:
        return None
    written = (archive.folder / PUBLIC / CHECKPOINT).stat().st_mtime
    return datetime.fromtimestamp(written, UTC)


def _missing_blobs(
    archive: Archive, size: int, positions: Sequence[int], withdrawn: frozenset[str]
) -> Iterator[Issue]:
    """Yield an issue for the blobs that entries name and that are neither public nor withdrawn."""
    log = Log(archive.public, size)
    named = {digest for entry in _entries(log, positions) for digest in public_blobs(parse_entry(entry))}
    gone = [one for one in sorted(named - withdrawn) if archive.public.size(blob_path(one)) is None]
    if gone:
        yield make_issue("A221", count=len(gone), found=gone[0])


def _entries(log: Log, positions: Sequence[int]) -> Iterator[bytes]:
    """Yield the entries at some positions; those that lie in one bundle are read with it, once."""
    for _, group in groupby(sorted(positions), lambda at: at // FULL):
        wanted = list(group)
        within = set(wanted)
        yield from (entry for at, entry in log.entries(wanted[0], wanted[-1] + 1) if at in within)


def _key_issues(archive: Archive) -> Iterator[Issue]:
    try:
        load_signer(archive)
    except InputError as error:
        yield make_issue("A222", file=PurePath(archive.settings.key).name, refusal=error.code)


def _contact_issues(archive: Archive, today: date) -> Iterator[Issue]:
    day = archive.settings.delete_contacts_on
    if day and day <= today.isoformat():
        yield make_issue("A223", day=day)


def _list_issues(archive: Archive, size: int) -> Iterator[Issue]:
    """Yield what there is to say of lists of observed stations; nothing where the definition is gone: A221 says so."""
    log, lists = Log(archive.public, size), Lists()
    for _ in lists.passing(log.entries(0, size)):
        pass
    with suppress(InputError):
        yield from check_lists(lists, load_election(archive.public, log, archive.location), archive.public)


def _room_issues(free: int | None) -> Iterator[Issue]:
    if free is not None and free < LITTLE_ROOM:
        yield make_issue("A224", count=free // 1_000_000)
