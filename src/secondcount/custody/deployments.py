"""Whether a list of observed stations was fixed before the polls closed, as far as the archive shows it.

A list that was fixed beforehand shows that stations were not chosen by their figures. One that came afterwards shows
nothing of the kind, and neither does the time that it states itself: whoever keeps the archive wrote it. So three
things are asked, of which only the first is proof: a cosignature over the list from before the close; the order of the
log, which nobody can change; and the list's own word, which can only speak against it.

Nothing here bears on figures, so nothing of it is in a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.claims import utc
from secondcount.custody.election import load_election
from secondcount.custody.layout import CHECKPOINT, MANIFEST, POLICY
from secondcount.errors import InputError, SecondcountError, VerificationError
from secondcount.evidence.checkpoint import parse_checkpoint
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import Commitment, Copy, Deployment, Sheet, open_commitment, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.note import open_note, split_note
from secondcount.evidence.policy import NONE, parse_policy
from secondcount.evidence.store import Store
from secondcount.evidence.verify.listing import parse_manifest
from secondcount.model.codes import make_issue
from secondcount.model.election import Election
from secondcount.model.issue import Issue, Value, Where

__all__ = ["Closing", "Lists", "arriving", "check_arriving", "check_lists", "closing_of"]

# Half a million entries pass, so each is only looked at: in canonical bytes keys stand in their order, and a kind is
# spelled in one way. What looks like one of these is parsed.
_HEADS = (b'{"announced":', b'{"digest":')  # the first keys of a deployment and of a commitment
_SHEET, _PHOTO = b'"kind":"sheet"', b'"kind":"copy"'
_LONGEST_DAY = timedelta(hours=25)  # where clocks are put back
_STAMPED = ".checkpoint"  # a checkpoint that was kept because it has a timestamp, with its cosignatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """When the first polls close: not before one moment and not after another; the same one where it is known."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of stations, and where in the log it was fixed: its own place, or that of the commitment it opens."""

    leaf: str
    entry: Deployment
    place: int


@dataclass(slots=True, kw_only=True)
class Lists:
    """What a log says of lists, gathered while its entries pass by on their way to somebody else."""

    begun: bool = False
    found: list[Listed] = field(default_factory=list)
    first_copy: int | None = None  # place of the first copy of a protocol
    commitments: dict[str, tuple[int, Commitment]] = field(default_factory=dict)

    def passing(self, entries: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Yield entries, with their places, as they come, and remember what bears on lists."""
        self.begun = True
        for place, data in entries:
            if self.first_copy is None and (_SHEET in data or _PHOTO in data):
                self.first_copy = place if isinstance(parse_entry(data), Sheet | Copy) else None
            elif data.startswith(_HEADS):
                self._take(place, data)
            yield place, data

    def _take(self, place: int, data: bytes) -> None:
        entry, leaf = parse_entry(data), leaf_hash(data).hex()
        if isinstance(entry, Commitment):
            self.commitments.setdefault(leaf, (place, entry))
        elif isinstance(entry, Deployment):
            self.found.append(Listed(leaf=leaf, entry=entry, place=self._fixed(entry, place)))

    def _fixed(self, entry: Deployment, place: int) -> int:
        """Return where a list was fixed: where its digest was promised, if what was promised is this list."""
        known = self.commitments.get(entry.commitment)
        if known is not None:
            with suppress(VerificationError):
                open_commitment(known[1].digest, bytes.fromhex(entry.salt), entry.stations.digest.encode())
                return known[0]
        return place


def closing_of(election: Election) -> Closing:
    """Return when the first polls close; where nothing says when: some time on voting day, in some of its time zones.

    Of a day at the end of the calendar nothing is known.
    """
    try:
        if election.polls_close is not None:
            moment = election.polls_close.astimezone(UTC)
            return Closing(earliest=moment, latest=moment)
        zones = {election.timezone, *(one.timezone for one in election.geography.areas if one.timezone)}
        days = [datetime.combine(election.voting_day, time(), ZoneInfo(one)).astimezone(UTC) for one in zones]
        return Closing(earliest=min(days), latest=max(days) + _LONGEST_DAY)
    except OverflowError:
        return Closing(earliest=datetime.min.replace(tzinfo=UTC), latest=datetime.max.replace(tzinfo=UTC))


def check_lists(lists: Lists, election: Election, public: Store) -> tuple[Issue, ...]:
    """Return a note for each list of which the archive does not show that it was fixed before the polls closed.

    A480: it says so itself. A481: copies stand before it in the log. A482: the definition does not say when the polls
    close. A484: only its own word says so.
    """
    closing = closing_of(election)
    notes = tuple(_notes(public)) if lists.found else ()
    open_ones = (one for one in lists.found if not _is_witnessed(public, notes, one.place, closing.earliest))
    return tuple(_note(one, lists.first_copy, closing) for one in open_ones)


def arriving(archive: Archive, entry: bytes, now: datetime) -> tuple[Issue, ...]:
    """Return what there is to say of an entry that an archive has just taken in (`check_arriving`)."""
    if not isinstance(parse_entry(entry), Deployment):
        return ()
    with suppress(InputError):  # of a definition that is gone, `archive status` speaks
        log = Log(archive.public, load_head(archive).checkpoint.size)
        return check_arriving(entry, load_election(archive.public, log, archive.location), now)
    return ()


def check_arriving(entry: bytes, election: Election, now: datetime) -> tuple[Issue, ...]:
    """Return a note where an entry is a list that comes after the polls have closed, A480, A482 or A483.

    One that opens a commitment comes late on purpose: when that was made, the log says (`check_lists`).
    """
    found, closing = parse_entry(entry), closing_of(election)
    if not isinstance(found, Deployment):
        return ()
    if _moment(found.announced) > closing.latest:
        return (_issue("A480", found, entry, closes=utc(closing.latest)),)
    if found.commitment or now <= closing.earliest:
        return ()
    if now > closing.latest:
        return (_issue("A483", found, entry, closes=utc(closing.latest), now=utc(now)),)
    return (_unknown(found, entry, closing),)


def _note(one: Listed, first_copy: int | None, closing: Closing) -> Issue:
    announced = _moment(one.entry.announced)
    if announced > closing.latest:
        return _issue("A480", one.entry, one.leaf, closes=utc(closing.latest))
    if first_copy is not None and first_copy < one.place:
        return _issue("A481", one.entry, one.leaf, number=one.place + 1, first=first_copy + 1)
    if announced > closing.earliest:
        return _unknown(one.entry, one.leaf, closing)
    return _issue("A484", one.entry, one.leaf, closes=utc(closing.earliest))


def _unknown(entry: Deployment, leaf: str | bytes, closing: Closing) -> Issue:
    return _issue("A482", entry, leaf, opens=utc(closing.earliest), ends=utc(closing.latest))


def _issue(code: str, entry: Deployment, leaf: str | bytes, **values: Value) -> Issue:
    digest = leaf if isinstance(leaf, str) else leaf_hash(leaf).hex()
    where = Where(file=entry.stations.name)
    return make_issue(code, where, basis=(digest,), digest=digest, announced=entry.announced, **values)


def _is_witnessed(public: Store, notes: Iterable[bytes], place: int, moment: datetime) -> bool:
    """Return whether enough of the archive's witnesses had cosigned a checkpoint over a place by a moment."""
    policy = parse_policy(public.load(POLICY))
    if policy.quorum == NONE:
        return False
    for note in notes:
        with suppress(VerificationError):  # V210: none of them has cosigned this one
            opened = open_note(note, policy.witness_keys)
            seen = (one.key for one in opened.verified if one.time and one.time <= moment.timestamp())  # 0: none
            if parse_checkpoint(opened.text).size > place and policy.satisfied(seen):
                return True
    return False


def _notes(public: Store) -> Iterator[bytes]:
    """Yield the newest checkpoint and those that were kept for their timestamps; what is not there shows nothing."""
    with suppress(SecondcountError):
        kept = [name for name in parse_manifest(split_note(public.load(MANIFEST))[0]).files if name.endswith(_STAMPED)]
        yield from map(public.load, (CHECKPOINT, *kept))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
