"""How a record is put together: a definition, what the authority's tables and the copies say, and the claims.

Pure. Files on disk and an archive give the same parts and end here, so that both give the same record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from secondcount.audit import parse_claim
from secondcount.errors import InputError
from secondcount.intake import (
    ReportedRead,
    SheetsRead,
    TableFile,
    named_contest,
    read_all_reported,
    read_all_sheets,
    with_all_contestants,
)
from secondcount.jurisdictions import Definition
from secondcount.model.claim import Claim, InClaim, SeatsClaim
from secondcount.model.election import Election
from secondcount.model.issue import Issue, Severity
from secondcount.model.progress import Step, Told, untold
from secondcount.model.publication import Publication, Quantity, Stage
from secondcount.model.record import Input, Record

__all__ = ["Copies", "gather_files", "gather_record", "refuse_broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Copies of protocols, wherever they come from: a frame of `model.tables.sheet_schema` for each contest."""

    frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    inputs: tuple[Input, ...] = ()
    issues: tuple[Issue, ...] = ()


def gather_files(
    definition: Definition,
    *,
    reported: Sequence[TableFile] = (),
    sheets: Sequence[TableFile] = (),
    claims: Sequence[str] = (),
    contest: str = "",
    told: Told = untold,
) -> Record:
    """Return the record of a definition and of tables; `contest` must exist even where no table is given.

    `told` hears of each table that has been read, by its bytes.

    Raises:
        InputError: the definition has errors (X111), names no such contest (X112), or an input is unusable.

    """
    refuse_broken(definition)
    election = with_all_contestants(definition.election, reported)
    named_contest(election, contest)
    heard = _counting(told, (*reported, *sheets))
    election, published = read_all_reported(election, reported, heard=heard)
    election, found = read_all_sheets(election, sheets, heard=heard)
    return gather_record(definition, election, published, _copies(found), claims)


def _counting(told: Told, files: Sequence[TableFile]) -> Callable[[TableFile], None]:
    """Return what is told of each file and tells how many bytes of all files have been read."""
    total, done = sum(len(one.data) for one in files), 0

    def heard(file: TableFile) -> None:
        nonlocal done
        done += len(file.data)
        told(Step.READ, done, total)

    if files:
        told(Step.READ, 0, total)
    return heard


def gather_record(
    definition: Definition,
    election: Election,
    published: Sequence[ReportedRead],
    copies: Copies,
    claims: Sequence[str] = (),
) -> Record:
    """Return the record of parts that have been read: `election` is the definition's, with what the tables added.

    Raises:
        InputError: a claim cannot be understood (C-codes).

    """
    publications = (*definition.source.publications, *(one.publication for one in published))
    figures = pl.concat([definition.source.figures, *(one.figures for one in published)])
    tables: dict[str, list[pl.DataFrame]] = {}
    for one in published:
        if one.reported is not None:
            tables.setdefault(one.contest, []).append(one.reported)
    inputs = (definition.input, *(one.input for one in published), *copies.inputs)
    found = (issue for one in published for issue in one.issues)
    return Record(
        election=_with_stations(election, figures, publications),
        publications=publications,
        figures=figures,
        reported={contest: pl.concat(frames) for contest, frames in tables.items()},
        sheets=copies.frames,
        claims=_claims(claims, election),
        inputs=inputs,
        issues=(*definition.issues, *found, *copies.issues),
        synthetic=_synthetic(inputs, publications),
    )


def refuse_broken(definition: Definition) -> None:
    """Refuse to weigh by a definition that has errors: a wrong law would give a wrong verdict.

    Raises:
        InputError: X111, with the errors.

    """
    errors = [one for one in definition.issues if one.severity is Severity.ERROR]
    if errors:
        raise InputError("X111", file=definition.input.name, count=len(errors), issues=tuple(errors))


def _copies(found: Sequence[SheetsRead]) -> Copies:
    frames: dict[str, list[pl.DataFrame]] = {}
    for one in found:
        frames.setdefault(one.contest, []).append(one.frame)
    return Copies(
        frames={contest: pl.concat(parts) for contest, parts in frames.items()},
        inputs=tuple(one.input for one in found),
        issues=tuple(issue for one in found for issue in one.issues),
    )


def _claims(texts: Sequence[str], election: Election) -> tuple[Claim, ...]:
    claims = tuple(parse_claim(text, election.contests, election.geography) for text in texts)
    for one in claims:
        contest = election.contest(one.contest)
        if contest and contest.allocated_in and isinstance(one.body, SeatsClaim | InClaim):
            raise InputError("C146", claim=one.text)
    return claims


def _synthetic(inputs: Sequence[Input], publications: Sequence[Publication]) -> tuple[str, ...]:
    files = tuple(f"file:{one.name}" for one in inputs if one.synthetic)
    return files + tuple(f"publication:{one.id}" for one in publications if one.synthetic)


def _with_stations(election: Election, figures: pl.DataFrame, publications: Sequence[Publication]) -> Election:
    """Fill in the number of polling stations of areas where the definition leaves it open and the authority gives it.

    Neither one side's account of how many stations there are, nor a number given before the end, closes anything.
    """
    official = [one.id for one in publications if not one.one_side and one.stage is Stage.FINAL]
    rows = figures.filter((pl.col("quantity") == Quantity.STATIONS.value) & pl.col("publication").is_in(official))
    # Of two numbers the larger closes less.
    published: Mapping[str, int] = dict(rows.group_by("area").agg(pl.col("value").max()).iter_rows())
    if not published:
        return election
    areas = tuple(
        replace(one, stations=published.get(one.id)) if one.stations is None else one
        for one in election.geography.areas
    )
    return replace(election, geography=replace(election.geography, areas=areas))
