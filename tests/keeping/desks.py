"""A desk without a web: an archive of the made-up election, photos that arrive, people who read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from intaking.photos import encoded, patterned
from secondcount.custody.agreeing import Agreed, Decision, SheetPlace, agree
from secondcount.custody.archive import Archive
from secondcount.custody.arrivals import acknowledge_arrival
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.claims import Claim
from secondcount.custody.decoding import ReadArrival, read_arrival
from secondcount.custody.readings import commit_reading, reveal_readings
from secondcount.custody.sequencer import drain
from secondcount.evidence.entries import Entry, UnknownEntry, kind_of, parse_entry
from secondcount.evidence.log import Log
from secondcount.jurisdictions import load_definition
from secondcount.transcription import CellRead, Mark, Place, Reading, numbers_of, states_of

__all__ = [
    "ANNA",
    "BORIS",
    "CLAIM",
    "CLARA",
    "COLLECTOR",
    "CONTEST",
    "ELECTION",
    "NIGHT",
    "OTHER",
    "PHOTO",
    "agreed_sheet",
    "arrived_copy",
    "begin_desk",
    "decision",
    "in_log",
    "kinds_in_log",
    "reading",
    "where",
]

DEFINITION = Path(__file__).resolve().parents[1] / "desking" / "practice.toml"
ELECTION = load_definition(DEFINITION.name, DEFINITION.read_bytes()).election
CONTEST, OTHER = ELECTION.contests
NIGHT = datetime(2030, 5, 5, 21, 30, tzinfo=UTC)
PHOTO = encoded(patterned())
COLLECTOR, ANNA, BORIS, CLARA = (f"p-{digit * 20}" for digit in "1234")
CLAIM = Claim(station="512", contest=CONTEST.id, sheet="s1", collector=COLLECTOR, level=2)
CELLS = {
    "registered": CellRead(mark=Mark.READ, value=900),
    "received": CellRead(mark=Mark.READ, value=700, old=100, overwritten=True),
    "issued": CellRead(mark=Mark.READ, value=600),
    "cancelled": CellRead(mark=Mark.READ, value=100),
    "invalid": CellRead(mark=Mark.STRUCK),
    "valid": CellRead(mark=Mark.READ, value=590),
    "red": CellRead(mark=Mark.READ, value=300),
    "green": CellRead(mark=Mark.READ, value=200),
    "blue": CellRead(mark=Mark.READ, value=90),
}


def begin_desk(place: Path, *, location: str = "", environment: Mapping[str, str] = MappingProxyType({})) -> Archive:
    """Make an archive of the made-up election in a folder, or at a location; its key lies beside it."""
    plan = Plan(
        location=location or str(place),
        origin="practice.test/log",
        election="exampleland.practice.2030",
        definition=DEFINITION.name,
        data=DEFINITION.read_bytes(),
        params={},
        key_file=place.with_suffix(".key"),
        readme=b"made up for practice\n",
    )
    return create_archive(plan, environment)


def reading(reader: str, **changed: CellRead) -> Reading:
    """Return what somebody reads on the copy."""
    return Reading(reader=reader, place=Place(station="512", contest=CONTEST.id), cells={**CELLS, **changed})


def decision(reason: str = "agreed", **changed: CellRead) -> Decision:
    """Return the figures of `reading`."""
    cells = {**CELLS, **changed}
    return Decision(cells=numbers_of(cells), states=states_of(cells, CONTEST.cells), reason=reason)


def where(station: str = "512", copy: int = 1) -> SheetPlace:
    """Return what the figures are of."""
    return SheetPlace(contest=CONTEST, station=station, area="north", level=2, copy=copy, collector=COLLECTOR)


def arrived_copy(archive: Archive, photo: bytes = PHOTO, claim: Claim = CLAIM, now: datetime = NIGHT) -> str:
    """Take a photo in and look at it; return the digest of the `copy` entry."""
    found = read_arrival(archive, acknowledge_arrival(archive, photo, claim, now).receipt, CONTEST, now)
    assert isinstance(found, ReadArrival)
    return found.copy


def agreed_sheet(archive: Archive, copy: str, now: datetime = NIGHT) -> Agreed:
    """Let two people read a copy alike, and agree."""
    fixed = [commit_reading(archive, reading(one), [copy], CONTEST, now) for one in (ANNA, BORIS)]
    shown = reveal_readings(archive, fixed)
    return agree(archive, [copy], list(shown.values()), decision(), where())


def in_log(archive: Archive) -> list[Entry | UnknownEntry]:
    """Drain, and return every entry but the founding one, in the order of the log."""
    size = drain(archive, NIGHT).size
    return [parse_entry(data) for _, data in Log(archive.public, size).entries(1, size)]


def kinds_in_log(archive: Archive) -> Counter[str]:
    """Drain, and return how many entries there are of each kind but the founding one."""
    return Counter(map(kind_of, in_log(archive)))
