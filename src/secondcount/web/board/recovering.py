"""The rows of stations, lists, outcomes and papers made again from the archive, after the database was lost.

Who a pseudonym was is not in an archive: a posting names its observer again only where that account is there. An
outcome is of a station; where several observers are posted at one, all of them get what was said last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from secondcount.custody.archive import load_head
from secondcount.custody.layout import outbox_entry
from secondcount.custody.outbox import waiting
from secondcount.custody.stationing import CONSENTED, HELD, promised_deployments
from secondcount.errors import InputError
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Custody, Deployment, Outcome, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.store import Missing
from secondcount.intake import parse_postings
from secondcount.web.blobs import load_blob
from secondcount.web.board.posting import FILE, post
from secondcount.web.board.registering import register_of_archive, take_register
from secondcount.web.desk import Desk
from secondcount.web.models import Hold, ObserverList, PaperCopy, Posting

__all__ = ["Recovered", "recover"]

_KINDS = tuple(f'"kind":"{one}"'.encode() for one in ("custody", "deployment", "outcome"))
"""Of half a million entries, only these are parsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """How many rows were made."""

    lists: int
    postings: int
    outcomes: int
    holds: int


@dataclass(slots=True, kw_only=True)
class _Found:
    """What an archive says of stations and papers, in the order in which it was said."""

    shown: list[tuple[str, Deployment]] = field(default_factory=list)
    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    acts: list[tuple[str, Custody]] = field(default_factory=list)


def recover(place: Desk) -> Recovered:
    """Make the rows that are missing; doing it twice changes nothing. Copies come first (`web.rebuild`).

    Raises:
        InputError: A505, the disk or the bucket refuses; it can be repeated.

    """
    before = _counted()
    with suppress(InputError):  # K169: the archive has no register
        take_register(place, *register_of_archive(place))
    found = _found(place)
    _lists(place, found)
    said = sum(_outcome(leaf, entry) for leaf, entry in _latest(found.outcomes))
    for leaf, act in sorted(found.acts, key=lambda one: (one[1].event == CONSENTED, one[1].time, one[0])):
        _act(leaf, act)  # whoever consents holds the paper first
    after = _counted()
    return Recovered(
        lists=after[0] - before[0], postings=after[1] - before[1], outcomes=said, holds=after[2] - before[2]
    )


def _counted() -> tuple[int, int, int]:
    lists, postings, holds = (one.objects.count() for one in (ObserverList, Posting, Hold))
    return lists, postings, holds


def _entries(place: Desk) -> Iterator[tuple[str, bytes]]:
    """Yield digest and bytes of every entry: those of the log in their order, then those that wait for it."""
    log = Log(place.archive.public, load_head(place.archive).checkpoint.size)
    for _, data in log.entries(0, log.size):
        yield "", data
    for leaf in sorted(waiting(place.archive)):
        with suppress(Missing):
            yield leaf, place.archive.private.load(outbox_entry(leaf))


def _found(place: Desk) -> _Found:
    found = _Found()
    for leaf, data in _entries(place):
        if not any(kind in data for kind in _KINDS):
            continue
        entry, digest = parse_entry(data), leaf or leaf_hash(data).hex()
        if isinstance(entry, Deployment):
            found.shown.append((digest, entry))
        elif isinstance(entry, Outcome):
            found.outcomes.append((digest, entry))
        elif isinstance(entry, Custody) and entry.event in (HELD, CONSENTED):
            found.acts.append((digest, entry))
    return found


def _lists(place: Desk, found: _Found) -> None:
    """Make the rows of each list, shown or only promised, in the order in which they were fixed."""
    shown = {entry.stations.digest: (leaf, entry) for leaf, entry in found.shown}
    lists: list[tuple[str, bytes, str, str]] = []
    for commitment, announced, data in promised_deployments(place.archive):
        opened = shown.pop(sha256_hex(data), None)
        lists.append((announced, data, commitment, opened[0] if opened else ""))
    for digest, (leaf, entry) in shown.items():
        lists.append((entry.announced, load_blob(place.archive, digest) or b"", entry.commitment, leaf))
    for announced, data, commitment, leaf in sorted(lists):
        _list(data, announced, commitment=commitment, entry=leaf)


def _list(data: bytes, announced: str, *, commitment: str, entry: str) -> None:
    """Make the rows of one list; one that was not made by a desk may have any columns."""
    try:
        rows = [(station, one) for _, station, one in parse_postings(FILE, data).rows.iter_rows()]
    except InputError:
        return
    ObserverList.objects.get_or_create(
        table=sha256_hex(data),
        defaults={
            "commitment": commitment,
            "entry": entry,
            "rows": len(rows),
            "announced": datetime.fromisoformat(announced),
        },
    )
    post(rows, entry or commitment)


def _latest(outcomes: list[tuple[str, Outcome]]) -> list[tuple[str, Outcome]]:
    """Return the last outcome of each station, by its time; of one time, the later entry."""
    last: dict[str, tuple[str, Outcome]] = {}
    for leaf, entry in outcomes:
        known = last.get(entry.station)
        if known is None or known[1].time <= entry.time:
            last[entry.station] = (leaf, entry)
    return list(last.values())


def _outcome(leaf: str, said: Outcome) -> int:
    """Give the postings of a station that know nothing yet what was said last."""
    return Posting.objects.filter(station__name=said.station, entry="").update(
        outcome=said.outcome,
        reason=said.reason if isinstance(said.reason, str) else "",
        time=datetime.fromisoformat(said.time) if said.time else None,
        entry=leaf,
    )


def _act(leaf: str, act: Custody) -> None:
    """Make the row of a hold, or of the consent of whoever holds the paper; of a copy that is lost nothing is made."""
    copy = PaperCopy.objects.filter(pages__entry=act.of).first() if act.of else None
    if copy is None or not act.time:
        return
    if act.event == CONSENTED:
        Hold.objects.filter(copy=copy, holder=act.actor).update(consent=True)
    else:
        Hold.objects.get_or_create(
            entry=leaf,
            defaults={"copy": copy, "holder": act.actor, "since": datetime.fromisoformat(act.time)},
        )
