"""The functions that join archives to the rest: a record of an archive, tables into an archive, a verdict for its log.

They wire the rooms together and own no rule, as `api` does for files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing import get_context

import polars as pl

from secondcount.custody.archive import Archive
from secondcount.custody.correct import correction_of
from secondcount.custody.deployments import Lists, check_lists
from secondcount.custody.election import load_election
from secondcount.custody.importing import ArrivingTable, Imported, import_tables
from secondcount.custody.layout import CHECKPOINT, blob_path, original_path
from secondcount.custody.openings import Openings, check_openings
from secondcount.custody.pseudonyms import PSEUDONYMS, load_pseudonyms
from secondcount.custody.publish import Derived
from secondcount.custody.recognising import recogniser_of
from secondcount.custody.sequencer import Drained, Writer, append_all, drain_with, writing
from secondcount.errors import InputError, SecondcountError
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Stations, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.note import stated_checkpoint
from secondcount.evidence.store import Missing, Store
from secondcount.evidence.verify import Outcome, Report, VerifyOptions, verify_archive
from secondcount.evidence.verify.place import open_public
from secondcount.evidence.verify.sharing import leave_interrupts, travels
from secondcount.intake import parse_register
from secondcount.model.issue import Issue
from secondcount.model.record import Record
from secondcount.model.tables import empty_stations
from secondcount.verdict import encode
from secondcount.verdict.derivations import DERIVATIONS, derivation, rederive
from secondcount.verdict.load import Blobs, load_record, load_standing

__all__ = [
    "Opened",
    "Taken",
    "blobs_of",
    "correct_by_table",
    "derive_for",
    "import_into",
    "load_archive",
    "load_register",
    "open_record",
    "rederive",
]

_REGISTER = b'"kind":"stations"'

Progress = Callable[[int, int], None]
"""Called with what is done and what there is to do."""


def blobs_of(store: Store) -> Blobs:
    """Return the function that loads the public blobs of an archive by their digests."""

    def load(digest: str) -> bytes:
        with suppress(Missing):
            data = store.load(blob_path(digest))
            if sha256_hex(data) == digest:
                return data
        raise InputError("A452", digest=digest)

    return load


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The record of an archive, and what there is to say of it that has no bearing on a verdict."""

    record: Record
    told: tuple[Issue, ...] = ()  # of lists of observed stations, and of readings that were not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passing:
    """A log whose entries are looked at for lists and openings the first time that they are read from the start."""

    log: Log
    lists: Lists
    openings: Openings

    def entries(self, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
        """Yield index and bytes of the entries `start <= index < stop`."""
        entries = self.log.entries(start, stop)
        return entries if start or self.lists.begun else self.lists.passing(self.openings.passing(entries))


def load_archive(location: str, *, claims: Sequence[str] = (), at: int | None = None, jobs: int = 1) -> Record:
    """Return the record of an archive that was verified just now, as `open_record`."""
    return open_record(location, claims=claims, at=at, jobs=jobs).record


def open_record(location: str, *, claims: Sequence[str] = (), at: int | None = None, jobs: int = 1) -> Opened:
    """Return the record of an archive that was verified just now, and what else there is to say of it.

    The record is made while the archive is being verified, in a process of its own where there may be more than one;
    nothing is returned before all of it has passed.

    Args:
        location: a folder or address with `public/checkpoint`, or the public part itself.
        claims: sentences such as "OSDP >= 7%".
        at: how many entries the record is made of, from the first one; None = all.
        jobs: how many processes there may be; more than one needs a main module that may be loaded again.

    Raises:
        InputError: A461 the archive does not verify (with its issues), A462 there is none, A458 it is not that long,
            and whatever `verdict.load.load_record` raises.

    """
    store = open_public(location)
    size = at or _stated_size(store)  # read before verification begins, so that no later entry is taken unverified
    with _beside(store, jobs) as beside:
        # With two processors: one reads, one verifies. With more, the verifying one is helped by others.
        verifying = beside.submit(_verified, store, max(1, jobs - 1))
        found = _attempt(store, claims, size, location)
        report = verifying.result()
    _refuse_unverified(location, report)  # first: what cannot be read of a broken archive is beside the point
    if size > report.size:
        raise InputError("A458", number=size, size=report.size)
    if isinstance(found, SecondcountError):
        raise found
    return found


def load_register(location: str) -> pl.DataFrame:
    """Return the newest register of stations in an archive (`model.tables.STATIONS`); no rows where it has none.

    It bears on no verdict. What cannot be used in it is left out; whoever takes it into a desk is told.

    Raises:
        InputError: T1xx, it is no table of stations, or a file is missing (A452).

    """
    store = open_public(location)
    log = Log(store, _stated_size(store))
    newest: Stations | None = None
    for _, data in log.entries(0, log.size):
        if _REGISTER in data:
            entry = parse_entry(data)
            newest = entry if isinstance(entry, Stations) else newest
    if newest is None:
        return empty_stations()
    geography = load_election(store, log, location).geography
    listing = parse_register(newest.blob.name, blobs_of(store)(newest.blob.digest), geography)
    return listing.rows.select("station", "area", "registered", basis=pl.lit(newest.blob.digest))


def _beside(store: Store, jobs: int) -> Executor:
    """Return what verifies meanwhile: another process where it may, and where the store can be handed to one."""
    if jobs > 1 and travels(store):
        return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=leave_interrupts)
    return ThreadPoolExecutor(1)


def _verified(store: Store, jobs: int) -> Report:
    return verify_archive(store, VerifyOptions(jobs=jobs))


def _stated_size(store: Store) -> int:
    """Return how many entries the checkpoint states, 0 where it cannot be read: verification says why."""
    try:
        return stated_checkpoint(store.load(CHECKPOINT)).size
    except SecondcountError:
        return 0


def _attempt(store: Store, claims: Sequence[str], size: int, location: str) -> Opened | SecondcountError:
    """Return the record of an archive that is being verified meanwhile, or why there is none."""
    log, lists, openings = Log(store, max(size, _stated_size(store))), Lists(), Openings()
    try:
        record = load_record(_Passing(log=log, lists=lists, openings=openings), blobs_of(store), size, claims=claims)
        told = check_lists(lists, load_election(store, log, location), store) if lists.found else ()
        return Opened(record=record, told=(*told, *check_openings(openings)))
    except SecondcountError as error:
        return error


def _refuse_unverified(location: str, report: Report) -> None:
    """Refuse an archive of which anything is wrong, or of which what matters could not be checked."""
    if report.outcome is not Outcome.VERIFIED:
        raise InputError("A461", place=location, issues=report.refused or report.unchecked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of tables that were imported: the log after it, and what the tables hold."""

    drained: Drained
    imported: Imported


def import_into(
    archive: Archive,
    *,
    reported: Sequence[ArrivingTable] = (),
    sheets: Sequence[ArrivingTable] = (),
    now: datetime,
    progress: Progress = lambda *_: None,
) -> Taken:
    """Put tables into an archive; durable when it returns. What is in the log already is not added again.

    Tables of copies go to the private part as they are, and so does the list of pseudonyms, before the first entry
    that needs them is written.

    Raises:
        InputError: a table cannot be used (T1xx), has a row that no entry can hold (A454), or the archive cannot be
            written (A1xx, A2xx, A5xx).

    """
    with writing(archive, now) as writer:
        imported = _imported(writer, reported, sheets)
        recogniser = recogniser_of(writer)
        drained = append_all(writer, recogniser.new_of(imported.entries()), imported.public, progress)
        drained = replace(drained, repeated=drained.repeated + recogniser.recognised)
    return Taken(drained=drained, imported=imported)


def _imported(writer: Writer, reported: Sequence[ArrivingTable], sheets: Sequence[ArrivingTable]) -> Imported:
    """Return what tables become; what they need in the private part is there when it returns."""
    size, public, private = drain_with(writer).size, writer.archive.public, writer.archive.private
    standing = load_standing(Log(public, size), blobs_of(public), size)
    known, version = load_pseudonyms(private)
    imported = import_tables(standing.election, known, reported=reported, sheets=sheets, earlier=standing.publications)
    if imported.pseudonyms.names != known.names:
        private.replace(PSEUDONYMS, imported.pseudonyms.encode(), version)
    for table in imported.private:
        private.create(original_path(sha256_hex(table)), table)
    return imported


def correct_by_table(archive: Archive, old: str, table: ArrivingTable, reason: str, now: datetime) -> Drained:
    """Take in a table with one copy, and let it hold instead of an entry.

    Raises:
        InputError: A478 the table has not one copy; or as `import_into` and `custody.correct.correct_entry`.

    """
    with writing(archive, now) as writer:
        imported = _imported(writer, (), (table,))
        if imported.sheets[0].frame.height != 1:
            raise InputError("A478", file=table.name, count=imported.sheets[0].frame.height)
        entries = tuple(imported.entries())  # the copy is the last of them
        new = leaf_hash(entries[-1]).hex()
        correction = correction_of(writer, old, new, reason, {new: entries[-1]})
        return append_all(writer, (*entries, correction), imported.public)


def derive_for(claims: Sequence[str], release: str) -> Callable[[Archive, int], Derived]:
    """Return what `custody.publish.publish_verdict` derives with: the newest derivation, from the first entries."""
    version = max(DERIVATIONS, key=int)

    def derive(archive: Archive, size: int) -> Derived:
        record = load_record(Log(archive.public, size), blobs_of(archive.public), size, claims=claims)
        return Derived(data=encode(derivation(version)(record)), derivation=int(version), release=release)

    return derive
