"""What was agreed of a copy goes into the log: an `adjudication`, and the `sheet` with its figures.

A copy is decided once. The first call fixes both entries in a file that is created once; whoever calls again, after a
cut or in another process, finds that decision. One picture is one witness: where the same picture is a sheet of that
station and contest already, no second sheet is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from secondcount.custody.archive import Archive
from secondcount.custody.decoding import load_copy
from secondcount.custody.layout import DECISIONS, DECISIONS_BY_PICTURE, DECISIONS_FIXED, naming_digest
from secondcount.custody.outbox import acknowledge
from secondcount.errors import InputError
from secondcount.evidence import canonical
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Adjudication, Basis, Sheet, encode_entry, verify_sheet
from secondcount.model.election import Contest
from secondcount.model.tables import CellState

__all__ = ["Agreed", "Decided", "Decision", "SheetPlace", "agree", "decided_copies", "set_aside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a copy says in the end: `states` has one character for each cell of the contest, `cells` the numbers."""

    cells: Mapping[str, int] = field(default_factory=dict)
    states: str
    reason: str  # "agreed", "third_reading", "arithmetic", ...
    adjudicator: str = ""  # pseudonym


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlace:
    """What figures are of, as a `sheet` entry says it."""

    contest: Contest  # whose cells they are
    station: str  # as the paper says, or as claimed where nobody can read it
    area: str  # deepest known area
    level: int = 0  # provenance level
    copy: int = 1  # number among the independent copies of this protocol
    version: int = 1  # number among the protocols of this commission
    collector: str = ""  # as labelled in public


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The digests of the entries of a decision; `sheet` is "" for a copy that was set aside."""

    adjudication: str
    sheet: str
    same: bool = False  # the sheet was there: the same picture of the same station


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it is kept."""

    adjudication: str  # canonical JSON of the entry
    copies: tuple[str, ...]  # digests of the `copy` entries, in the order of the pages
    sheet: str = ""  # canonical JSON of the entry, "" where the copy was set aside

    @property
    def key(self) -> str:
        """Return the name under which the decision of these copies is kept."""
        return _key(self.copies)


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Decided)
_SAID = msgspec.json.Decoder(dict[str, object])
_FIXED = ("cells", "contest", "states", "station")


def agree(
    archive: Archive, copies: Sequence[str], readings: Sequence[str], decision: Decision, where: SheetPlace
) -> Agreed:
    """Put a decision and its sheet into the outbox; both are safe when this returns.

    Args:
        archive: where they go.
        copies: digests of the `copy` entries, in the order of the pages; the sheet rests on the first one's picture.
        readings: digests of the revealed `reading` entries.
        decision: the figures.
        where: what they are the figures of.

    Raises:
        InputError: K127 no such copy, K153 these copies were decided otherwise, A504 or A505 the disk or the bucket
            refuses. Nothing has been agreed then.
        VerificationError: V8xx the figures do not fit the contest or an entry.

    """
    picture = load_copy(archive, copies[0]).derivative
    sheet = Sheet(
        area=where.area,
        basis=Basis(file=picture, row=0),
        cells=dict(decision.cells),
        collector=where.collector,
        contest=where.contest.id,
        copy=where.copy,
        level=where.level,
        states=decision.states,
        station=where.station,
        version=where.version,
    )
    verify_sheet(sheet, where.contest.cells)
    adjudication = _adjudication(copies, readings, decision, where.contest, where.station)
    kept = _placed(archive, adjudication, tuple(copies), encode_entry(sheet))
    first = _first(archive, kept, f"{DECISIONS_BY_PICTURE}{picture}/{_of(where.contest.id, where.station)}")
    return _complete(archive, kept, first)


def set_aside(
    archive: Archive,
    copies: Sequence[str],
    readings: Sequence[str],
    reason: str,
    *,
    contest: Contest,
    station: str,
    adjudicator: str = "",
) -> str:
    """Put into the outbox that no figures come of a copy; return the digest of the `adjudication` entry.

    Raises:
        InputError: as `agree`.

    """
    nothing = Decision(states=CellState.UNKNOWN * len(contest.cells), reason=reason, adjudicator=adjudicator)
    load_copy(archive, copies[0])
    adjudication = _adjudication(copies, readings, nothing, contest, station)
    kept = _placed(archive, adjudication, tuple(copies), b"")
    return _complete(archive, kept, kept).adjudication


def decided_copies(archive: Archive) -> Iterator[Decided]:
    """Yield every decision that was completed, in no order."""
    for path in filter(naming_digest, archive.private.names(DECISIONS)):
        yield _DECODER.decode(archive.private.load(path))


def _adjudication(
    copies: Sequence[str], readings: Sequence[str], decision: Decision, contest: Contest, station: str
) -> bytes:
    return encode_entry(
        Adjudication(
            adjudicator=decision.adjudicator,
            cells=dict(decision.cells),
            contest=contest.id,
            copy=copies[0],
            pages=tuple(copies),
            readings=tuple(sorted(readings)),
            reason=decision.reason,
            states=decision.states,
            station=station,
        )
    )


def _placed(archive: Archive, adjudication: bytes, copies: tuple[str, ...], sheet: bytes) -> Decided:
    """Return the decision of these copies: this one, or the one that was there before, if it says the same."""
    fresh = Decided(adjudication=adjudication.decode(), copies=copies, sheet=sheet.decode())
    path = f"{DECISIONS_FIXED}{fresh.key}"
    if archive.private.create(path, _ENCODER.encode(fresh)):
        return fresh
    kept = _DECODER.decode(archive.private.load(path))
    ours, theirs = _SAID.decode(fresh.adjudication), _SAID.decode(kept.adjudication)
    if bool(kept.sheet) != bool(fresh.sheet) or any(ours[name] != theirs[name] for name in _FIXED):
        raise InputError("K153", digest=_leaf(kept.adjudication))
    return kept


def _first(archive: Archive, kept: Decided, path: str) -> Decided:
    """Return the decision by which a picture has become a sheet of a station: this one, or an earlier one."""
    if archive.private.create(path, _ENCODER.encode(kept)):
        return kept
    return _DECODER.decode(archive.private.load(path))


def _complete(archive: Archive, kept: Decided, first: Decided) -> Agreed:
    """Put the entries into the outbox, unless all that was done before."""
    same = first.copies != kept.copies
    if archive.private.size(_done(kept.key)) is None:
        acknowledge(archive, kept.adjudication.encode())
        if kept.sheet and not same:
            acknowledge(archive, kept.sheet.encode())
    archive.private.create(_done(kept.key), _ENCODER.encode(kept))  # or its name is flushed
    return Agreed(adjudication=_leaf(kept.adjudication), sheet=_leaf(first.sheet) if first.sheet else "", same=same)


def _leaf(entry: str) -> str:
    return leaf_hash(entry.encode()).hex()


def _key(copies: Sequence[str]) -> str:
    return sha256_hex(canonical.encode(list(copies)))


def _of(contest: str, station: str) -> str:
    return sha256_hex(canonical.encode([contest, station]))


def _done(key: str) -> str:
    return f"{DECISIONS}{key}"
