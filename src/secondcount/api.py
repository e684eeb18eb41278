"""The functions that notebooks and the command line call; they wire the rooms together and own no rule."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from secondcount.allocation import allocate
from secondcount.errors import InputError, refusing
from secondcount.intake import (
    ReportedRead,
    SheetsRead,
    Suggestion,
    TableFile,
    mapping_name,
    named_contest,
    parse_mapping,
    parse_reported,
    parse_sheets,
    suggest_mapping,
)
from secondcount.jurisdictions import Definition, load_definition, load_shipped, shipped_names
from secondcount.model.election import Election
from secondcount.model.layout import Layout
from secondcount.model.progress import Step, Told, untold
from secondcount.model.record import Input, Record
from secondcount.rehearsal import SyntheticFile, almaty_2012, east_3_2023
from secondcount.site import build_priorities, build_report, render_summary
from secondcount.verdict import Verdict, derive, encode, gather_files
from secondcount.verdict.derive import derive_openly
from secondcount.verdict.priorities import priorities
from secondcount.verdict.workings import Workings

__all__ = [
    "Act",
    "Checked",
    "InputError",
    "allocate",
    "build_report",
    "check",
    "demo_acts",
    "derive",
    "elections",
    "encode",
    "load_election",
    "load_record",
    "make_record",
    "read_reported",
    "read_sheets",
    "report",
    "suggest_mappings",
    "write_priorities",
]

_PART = 4 * 2**20  # bytes read at once

Progress = Callable[[str], None]
"""Called with a phrase key before each long step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A record and the verdict derived from it; a notebook shows it by its headlines and their condition."""

    record: Record
    verdict: Verdict
    workings: Mapping[str, Workings] = field(default_factory=dict, repr=False, compare=False)  # quickens the report

    def _repr_html_(self) -> str:
        """Return the short view that notebooks show."""
        return render_summary(self.verdict, self.record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of the founding story: a folder name, a phrase key for its title, and what was found."""

    folder: str
    title: str
    checked: Checked
    files: tuple[SyntheticFile, ...]  # the made-up inputs, so that the reader can run `check` on them


def check(  # noqa: PLR0913 - one parameter for each thing that a check may be given
    name: str | None = None,
    *,
    election: Path | None = None,
    reported: Sequence[Path] = (),
    sheets: Sequence[Path] = (),
    claims: Sequence[str] = (),
    contest: str = "",
    params: Mapping[str, str] = MappingProxyType({}),
    progress: Told = untold,
) -> Checked:
    """Check one election: official figures against themselves, the law, and copies of protocols.

    Args:
        name: a shipped definition, e.g. "kazakhstan.majilis.2012"; or give `election` instead.
        election: path of a definition file (TOML).
        reported: tables of the authority, oldest first (CSV; see docs/reference/tables.md).
        sheets: tables of copies of protocols.
        claims: sentences such as "OSDP >= 7%".
        contest: which contest the tables belong to; empty = the only one, or the first.
        params: values of the definition's parameters, e.g. {"date": "2016-06-26"}.
        progress: told of each step how much of it is done (`model.progress`); nothing depends on it.

    Returns:
        The record of all inputs and the verdict derived from it.

    Raises:
        InputError: an input cannot be used at all (unreadable, no such definition, broken definition or claim).

    """
    record = load_record(
        name,
        election=election,
        reported=reported,
        sheets=sheets,
        claims=claims,
        contest=contest,
        params=params,
        progress=progress,
    )
    verdict, workings = derive_openly(record, progress)
    return Checked(record=record, verdict=verdict, workings=workings)


def load_record(  # noqa: PLR0913 - those of `check`
    name: str | None = None,
    *,
    election: Path | None = None,
    reported: Sequence[Path] = (),
    sheets: Sequence[Path] = (),
    claims: Sequence[str] = (),
    contest: str = "",
    params: Mapping[str, str] = MappingProxyType({}),
    progress: Told = untold,
) -> Record:
    """Return the record of files on disk; arguments and errors as `check`."""
    definition = _definition(name, election, params)
    mappings, described = _mappings([*reported, *sheets], definition.election)
    tables = _load([*reported, *sheets], progress)
    record = make_record(
        definition,
        reported=tables[: len(reported)],
        sheets=tables[len(reported) :],
        claims=claims,
        contest=contest,
        mappings=mappings,
        progress=progress,
    )
    # Whoever derives the verdict anew needs the mappings as much as the tables.
    return replace(record, inputs=(*record.inputs, *described))


def _definition(
    name: str | None, election: Path | None, params: Mapping[str, str] = MappingProxyType({})
) -> Definition:
    """Return a definition by file or by shipped name; `election` may be either, a file of that name wins."""
    if election is None:
        return load_shipped(name or "", params)
    if not election.exists() and str(election) in shipped_names():
        return load_shipped(str(election), params)
    return load_definition(election.name, _read(election), params)


def _mappings(tables: Sequence[Path], election: Election) -> tuple[dict[str, Layout], tuple[Input, ...]]:
    """Return the mapping of each table that has one beside it (`<stem>.map.toml`), by file name; and these files.

    Raises:
        InputError: T182 a mapping that is none, or two tables have one name and one of them a mapping.

    """
    found: dict[str, Layout] = {}
    files: dict[Path, Input] = {}
    for path in tables:
        beside = path.with_name(mapping_name(path.name))
        if beside.is_file():
            if sum(one.name == path.name for one in tables) > 1:
                same = "; ".join(str(one) for one in tables if one.name == path.name)
                raise InputError("T182", file=path.name, columns=same, value=beside.name)
            data = _read(beside)
            found[path.name] = layout = parse_mapping(beside.name, data, election)
            digest = hashlib.sha256(data).hexdigest()
            files[beside] = Input(name=beside.name, digest=digest, rows=len(layout.cells), kind="mapping")
    return found, tuple(files.values())


def suggest_mappings(
    name: str | None = None,
    *,
    election: Path | None = None,
    reported: Sequence[Path] = (),
    sheets: Sequence[Path] = (),
    contest: str = "",
    params: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[Path, Suggestion], ...]:
    """Return what the columns of each table may be, and where its mapping is kept; arguments and errors as `check`."""
    definition = _definition(name, election, params)
    chosen = named_contest(definition.election, contest)
    sides = [(path, "reported") for path in reported] + [(path, "sheets") for path in sheets]
    return tuple(
        (
            path.with_name(mapping_name(path.name)),
            suggest_mapping(path.name, _read(path), definition.election, chosen, side),
        )
        for path, side in sides
    )


def elections() -> tuple[str, ...]:
    """Return the names of the elections that are shipped."""
    return shipped_names()


def load_election(name: str | Path) -> Definition:
    """Return a shipped election by its name, or the definition in a TOML file.

    The definition has the election itself, what was published of it, and `issues`: what is wrong or doubtful in the
    file. `make_record` refuses one with errors.

    Args:
        name: a name of `elections()`, or the path of a file (a `Path`, or a text that ends in ".toml").

    Raises:
        InputError: no such election, or nothing can be made of the file.

    """
    if isinstance(name, Path) or name.endswith(".toml"):
        path = Path(name)
        return load_definition(path.name, _read(path))
    return load_shipped(name)


def read_sheets(path: Path | str, election: Election, *, contest: str = "") -> SheetsRead:
    """Return the table of copies in a file: a frame (`model.tables.sheet_schema`), and its issues.

    Raises:
        InputError: the file cannot be used at all, or the election has no such contest (X112).

    """
    file = Path(path)
    return parse_sheets(file.name, _read(file), election, named_contest(election, contest))


def read_reported(path: Path | str, election: Election, *, contest: str = "") -> ReportedRead:
    """Return the authority's table in a file: its publication, figures, station table (or None), and its issues.

    Raises:
        InputError: as `read_sheets`.

    """
    file = Path(path)
    return parse_reported(file.name, _read(file), election, named_contest(election, contest), 0)


def report(
    checked: Checked, out: Path | str, *, languages: Sequence[str] = ("en", "ru", "kk"), language: str = "en"
) -> tuple[Path, ...]:
    """Write the report of a check into a folder (index.html, verdict.json); return the paths written.

    Args:
        checked: what `check` returned.
        out: the folder, which is made where it is missing.
        languages: which languages the report has.
        language: which of them is shown first.

    Raises:
        OSError: the folder cannot be made or written.

    """
    return build_report(
        checked.verdict,
        checked.record,
        Path(out),
        languages=tuple(languages),
        language=language,
        workings=checked.workings,
    )


def write_priorities(checked: Checked, path: Path | str, *, register: pl.DataFrame | None = None) -> int:
    """Write which polling stations' copies would matter most (station, priority); return how many have a priority.

    What the number is: `verdict.priorities`. `secondcount desk` reads the file.

    Args:
        checked: what `check` returned.
        path: the file (CSV).
        register: stations that no publication names (`model.tables.STATIONS`).

    Raises:
        InputError: X108, with the system's reason.

    """
    rows = priorities(checked.record, checked.verdict, checked.workings, register)
    with refusing("X108", path):
        build_priorities(rows, Path(path))
    return len(rows)


def _load(paths: Sequence[Path], progress: Told) -> list[tuple[str, bytes]]:
    """Return name and bytes of each file, told by bytes: a national table on a slow disk takes a while.

    Raises:
        InputError: X110, with the system's reason.

    """
    total, done = sum(_size(one) for one in paths), 0
    found: list[tuple[str, bytes]] = []
    for path in paths:
        parts: list[bytes] = []
        with refusing("X110", path), path.open("rb") as file:
            while part := file.read(_PART):
                parts.append(part)
                done += len(part)
                progress(Step.LOAD, done, max(total, done))
        found.append((path.name, b"".join(parts)))
    return found


def _size(path: Path) -> int:
    """Return the size of a file, 0 where it cannot be told: then it is refused when it is read."""
    return path.stat().st_size if path.is_file() else 0


def _read(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: X110, with the system's reason.

    """
    with refusing("X110", path):
        return path.read_bytes()


def make_record(
    definition: Definition,
    *,
    reported: Sequence[tuple[str, bytes]] = (),
    sheets: Sequence[tuple[str, bytes]] = (),
    claims: Sequence[str] = (),
    contest: str = "",
    mappings: Mapping[str, Layout] = MappingProxyType({}),
    progress: Told = untold,
) -> Record:
    """Return the record of a definition and of tables given as (file name, bytes); pure.

    `mappings` has, by file name, the layout by which a table is read whatever its headers say. A table belongs to the
    contest that it names (`# contest: id`), else to `contest`.

    Raises:
        InputError: the definition has errors (D100), names no such contest (X112), or an input is unusable.

    """

    def files(tables: Sequence[tuple[str, bytes]]) -> tuple[TableFile, ...]:
        return tuple(
            TableFile(name=file, data=data, contest=contest, mapping=mappings.get(file)) for file, data in tables
        )

    return gather_files(
        definition,
        reported=files(reported),
        sheets=files(sheets),
        claims=claims,
        contest=contest,
        told=progress,
    )


def demo_acts(progress: Progress = lambda _: None) -> tuple[Act, ...]:
    """Return the founding story in three acts: real figures; SYNTHETIC copies of a city; a small full contest."""
    progress("demo.act_1")
    kazakhstan = load_shipped("kazakhstan.majilis.2012")
    first = make_record(kazakhstan, claims=["OSDP >= 7%"])
    progress("demo.act_2")
    copies, city = almaty_2012()
    second = make_record(
        kazakhstan,
        reported=[(city.name, city.data)],
        sheets=[(copies.name, copies.data)],
        claims=["OSDP >= 7%"],
    )
    progress("demo.act_3")
    district = east_3_2023()
    third = make_record(
        load_shipped("kazakhstan.maslikhat.2023.east-3"),
        sheets=[(district.name, district.data)],
        claims=["self_nominated > amanat_candidate"],
    )
    acts = (("1-official", first, ()), ("2-city-copies", second, (copies, city)), ("3-district", third, (district,)))
    return tuple(
        Act(
            folder=folder,
            title=f"demo.title_{folder[0]}",
            checked=Checked(record=record, verdict=derive(record)),
            files=files,
        )
        for folder, record, files in acts
    )
