"""The record of an archive: definition, publications as captured, copies entry by entry.

The inverse of `custody.importing`. Whoever calls this has verified the archive, or is verifying it. The record is
that of the same files, but for inputs and bases: the basis of a row is the leaf hash of its entry ("hash#line" for a
row of a publication). It depends on which entries there are, never on the order in which they arrived; so any two
machines derive the same verdict, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from secondcount.evidence.arrival import Arrival, parse_arrival
from secondcount.evidence.entries import Publication
from secondcount.intake import (
    ReportedRead,
    TableFile,
    arrived_file,
    mapping_name,
    parse_mapping,
    read_all_reported,
    with_all_contestants,
    with_areas,
)
from secondcount.jurisdictions import Definition, load_definition
from secondcount.model.codes import make_issue
from secondcount.model.election import Election
from secondcount.model.issue import Issue, Where
from secondcount.model.record import Input, Record
from secondcount.verdict.corrections import Corrections, correct_sheets, corrections_of, told_corrections
from secondcount.verdict.entries import ArchiveLog, Found, find_entries, named_entries, resting_on, sheets_of
from secondcount.verdict.gather import Copies, gather_record, refuse_broken
from secondcount.verdict.sheets import read_sheet_entries

__all__ = ["Blobs", "Standing", "load_record", "load_standing"]

Blobs = Callable[[str], bytes]
"""Returns the bytes of a public blob by its digest; raises InputError where it is not there."""

_TOGETHER = 16_384  # sheets that are decoded at once: memory grows by the columns alone
_WITHOUT_BEARING = frozenset(
    {
        "commitment",
        "copy",
        "correction",
        "custody",
        "deployment",
        "draw",
        "election",
        "eligibility",
        "incident",
        "key",
        "observation",
        "outcome",
        "plan",
        "publication",
        "reply",
        "sheet",
        "verdict",
        "withdrawal",
    }
)
"""Kinds of entry that state no figures of a protocol beyond those that this derivation reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An archive as further tables find it: the election with what its tables have added, and its publications."""

    election: Election
    publications: tuple[Publication, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Everything of a record but the copies."""

    definition: Definition
    election: Election
    published: tuple[ReportedRead, ...]
    arrivals: tuple[Arrival, ...]
    inputs: tuple[Input, ...]  # mappings
    issues: tuple[Issue, ...]


def load_record(log: ArchiveLog, blobs: Blobs, size: int, *, claims: Sequence[str] = ()) -> Record:
    """Return the record of the first `size` entries of a log.

    Raises:
        InputError: A450 the entries name no election or two, A452 a blob is not there, X111 the definition has errors,
            C-codes a claim that cannot be understood.
        VerificationError: an entry, or what it names, is none.

    """
    found = find_entries(log, size)
    corrections = _corrections(log, found, size)
    parts = _parts(found, blobs, corrections)
    corrections = corrections.fitting(parts.election)
    files = [one.file for one in found.tables.values()]
    sheets = read_sheet_entries(sheets_of(log, found, _TOGETHER), parts.election, files, corrections.named)
    frames, doubts = correct_sheets(sheets.frames, corrections)
    copies = Copies(
        frames=frames,
        inputs=(*_tables(found), *_photos(resting_on(log, found, found.made_up))),
        issues=(*(issue for one in parts.arrivals for issue in one.issues), *sheets.issues),
    )
    record = gather_record(parts.definition, parts.election, parts.published, copies, claims)
    told = (*parts.issues, *told_corrections(corrections), *_unread(found))
    return replace(record, inputs=(*record.inputs, *parts.inputs), issues=(*record.issues, *told), doubts=doubts)


def load_standing(log: ArchiveLog, blobs: Blobs, size: int) -> Standing:
    """Return what must be known of an archive to read further tables; its copies are not decoded.

    Raises:
        InputError: as `load_record`, but for X113: further tables may name the contestants.

    """
    found = find_entries(log, size)
    definition = _definition(found, blobs)
    publications = tuple(found.publications.values())
    if not publications:
        arrivals = _arrivals(found, blobs)
        return Standing(election=_with_made_areas(definition.election, arrivals), publications=())
    election = _parts(found, blobs, _corrections(log, found, size)).election
    return Standing(election=election, publications=publications)


def _corrections(log: ArchiveLog, found: Found, size: int) -> Corrections:
    return corrections_of(found.corrections.values(), lambda leaves: named_entries(log, size, leaves), found.same)


def _parts(found: Found, blobs: Blobs, corrections: Corrections) -> _Parts:
    definition = _definition(found, blobs)
    refuse_broken(definition)
    there = {
        leaf: one
        for leaf, one in found.publications.items()
        if not found.withdrawn & {one.file.digest, one.layout} and leaf not in corrections.out
    }
    files = [_file(one, definition.election, blobs) for one in there.values()]
    election = with_all_contestants(definition.election, files)
    # What was captured first keeps its place, and so its id, whatever is withdrawn later.
    places = {leaf: place for place, leaf in enumerate(found.publications)}
    election, published = read_all_reported(election, files, [places[leaf] for leaf in there])
    arrivals = _arrivals(found, blobs)
    return _Parts(
        definition=definition,
        election=_with_made_areas(election, arrivals),
        published=tuple(map(_resting_on, there, map(_labelled, there.values(), published))),
        arrivals=arrivals,
        inputs=tuple(_mappings(found, election, blobs)),
        issues=(*_withdrawn(found), *_disputed(found)),
    )


def _definition(found: Found, blobs: Blobs) -> Definition:
    named = found.election.definition
    return load_definition(named.name, blobs(named.digest), found.election.params)


def _file(publication: Publication, election: Election, blobs: Blobs) -> TableFile:
    """Return a publication as it was captured, with the mapping that its entry names."""
    mapping = blobs(publication.layout) if publication.layout else b""
    return arrived_file(publication.file.name, blobs(publication.file.digest), election, publication.contest, mapping)


def _labelled(publication: Publication, read: ReportedRead) -> ReportedRead:
    """Return what a publication holds, made up for practice where its entry says so, whatever is in its file."""
    if not publication.synthetic:
        return read
    return replace(
        read, publication=replace(read.publication, synthetic=True), input=replace(read.input, synthetic=True)
    )


def _resting_on(leaf: str, read: ReportedRead) -> ReportedRead:
    """Return what a publication holds, its rows resting on its entry instead of its file."""
    line = pl.col("basis").str.slice(len(read.input.digest))
    basis = pl.concat_str(pl.lit(leaf), line).alias("basis")
    reported = None if read.reported is None else read.reported.with_columns(basis)
    return replace(read, figures=read.figures.with_columns(basis), reported=reported)


def _arrivals(found: Found, blobs: Blobs) -> tuple[Arrival, ...]:
    there = (one.issues for one in found.tables.values() if one.issues and one.issues not in found.withdrawn)
    return tuple(parse_arrival(blobs(one)) for one in there)


def _with_made_areas(election: Election, arrivals: Sequence[Arrival]) -> Election:
    for one in arrivals:
        election = with_areas(election, one.areas)
    return election


def _withdrawn(found: Found) -> Iterator[Issue]:
    """Say which tables, or what was said of them on the way in, are no longer shown."""
    named = [(one.file.name, one.file.digest) for one in found.publications.values()]
    named += [(mapping_name(one.file.name), one.layout) for one in found.publications.values()]
    named += [(one.name, one.issues) for one in found.tables.values()]
    for name, digest in named:
        if digest in found.withdrawn:
            yield make_issue("A455", Where(file=name), basis=(digest,))


def _disputed(found: Found) -> Iterator[Issue]:
    """Say of which tables archives that were merged do not agree when they came."""
    for leaf, count in found.disputed.items():
        name = found.publications[leaf].file.name
        yield make_issue("A465", Where(file=name), basis=(leaf,), count=count)


def _tables(found: Found) -> Iterator[Input]:
    for one in found.tables.values():
        yield Input(name=one.name, digest=one.file, rows=one.rows, kind="sheets", synthetic=one.synthetic)


def _photos(sheets: Mapping[str, int]) -> Iterator[Input]:
    """Yield the photos made up for practice that sheets rest on: their label must reach the verdict."""
    for digest, rows in sorted(sheets.items()):
        yield Input(name=digest[:16], digest=digest, rows=rows, kind="sheets", synthetic=True)


def _mappings(found: Found, election: Election, blobs: Blobs) -> Iterator[Input]:
    """Yield the mappings by which tables were read: whoever derives the verdict anew needs them too."""
    named: dict[tuple[str, str], None] = {}
    for publication in found.publications.values():
        named[mapping_name(publication.file.name), publication.layout] = None
    for table in found.tables.values():
        named[mapping_name(table.name), table.layout] = None
    for name, digest in named:
        if digest and digest not in found.withdrawn:
            rows = len(parse_mapping(name, blobs(digest), election).cells)
            yield Input(name=name, digest=digest, rows=rows, kind="mapping")


def _unread(found: Found) -> Iterator[Issue]:
    """Say which entries may bear on figures and are not read by this derivation: none is dropped in silence."""
    others: Mapping[str, int] = {kind: count for kind, count in found.kinds.items() if kind not in _WITHOUT_BEARING}
    if others:
        listed = ", ".join(f"{kind or '?'} {count}" for kind, count in others.items())
        yield make_issue("A456", kinds=listed, count=sum(others.values()))
