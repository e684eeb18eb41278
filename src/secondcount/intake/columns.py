"""What each column of a table is: a head column, a cell of the contest, or nothing that we use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.intake.matching import Names, cell_names
from secondcount.intake.remarks import shown
from secondcount.intake.table import Table
from secondcount.intake.vocabulary import role_of
from secondcount.model.election import Contest
from secondcount.model.issue import Issue

__all__ = ["Column", "Columns", "Meaning", "cell_of", "find_columns", "listed", "missing_cells", "unused_columns"]

_SHARE = ("_pct", "%", " pct", "_percent", " percent")
_SEATS = "seats_"
_LISTED = 20  # headers that one issue lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a header says: a role ("station", "area", ...) or a quantity ("count", "share", "seats") of a cell."""

    role: str = ""
    quantity: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column that is used: its name in `Table.rows`, and its header."""

    name: str
    header: str
    meaning: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one table, each meaning at most once."""

    used: tuple[Column, ...]
    unreliable: frozenset[str]  # cells that two columns claim: unknown, never chosen between
    issues: tuple[Issue, ...]

    def role(self, role: str) -> Column | None:
        """Return the column with this role, or None."""
        return next((one for one in self.used if one.meaning.role == role), None)

    def cells(self, quantity: str = "count") -> dict[str, Column]:
        """Return the columns that hold this quantity of a cell, by cell."""
        return {one.meaning.cell: one for one in self.used if one.meaning.quantity == quantity}


def find_columns(table: Table, contest: Contest, roles: Iterable[str], *, published: bool = False) -> Columns:
    """Return what the columns of a table are; `published` tables may have shares, seats and turnout as well.

    Raises:
        InputError: T111 where the column of polling stations or areas is there twice.

    """
    names, wanted = cell_names(contest), frozenset(roles)
    claims: dict[Meaning, list[Column]] = {}
    unused: list[int] = []
    vague: list[tuple[str, frozenset[str]]] = []
    for number, header in enumerate(table.headers):
        found = _meanings(header, names, wanted, published=published)
        if len(found) > 1:
            vague.append((header, frozenset(one.cell for one in found)))
        elif found:
            claims.setdefault(found[0], []).append(Column(name=f"c{number}", header=header, meaning=found[0]))
        else:
            unused.append(number)
    _refuse_double(table, claims)
    return Columns(
        used=tuple(one[0] for one in claims.values() if len(one) == 1),
        unreliable=frozenset(_unreliable(claims, vague)),
        issues=(
            *_taken_for(table, claims),
            *_doubles(table, claims),
            *_vague(table, vague),
            *unused_columns(table, unused),
        ),
    )


def cell_of(text: str, names: Names) -> str:
    """Return the one cell that a name means, or an empty string."""
    found = names.find(text)
    return next(iter(found)) if len(found) == 1 else ""


def _meanings(header: str, names: Names, roles: frozenset[str], *, published: bool) -> tuple[Meaning, ...]:
    """Return what a header may mean: English role names first, then cells, then other words for roles.

    A header with a percent sign is never a count; only published tables have shares.
    """
    if header.casefold() in roles:
        return (Meaning(role=header.casefold()),)
    if published and (found := _published_meanings(header, names)):
        return found
    if "%" in header:
        return ()
    if cells := names.find(header):
        return _of_cells("count", cells)
    role = role_of(header)
    return (Meaning(role=role),) if role in roles else ()


def _published_meanings(header: str, names: Names) -> tuple[Meaning, ...]:
    """Return what a header with a prefix or suffix means: `seats_auyl`, `auyl_pct`, `Auyl, %`."""
    bare = header.casefold()
    if bare.startswith(_SEATS):
        return _of_cells("seats", names.find(bare.removeprefix(_SEATS)))
    ending = next((one for one in _SHARE if bare.endswith(one)), "")
    if not ending:
        return ()
    stem = bare.removesuffix(ending)
    if role_of(stem) == "turnout":
        return (Meaning(role="turnout"),)
    return _of_cells("share", names.find(stem))


def _of_cells(quantity: str, cells: Iterable[str]) -> tuple[Meaning, ...]:
    return tuple(Meaning(quantity=quantity, cell=cell) for cell in sorted(cells))


def _refuse_double(table: Table, claims: Mapping[Meaning, list[Column]]) -> None:
    for meaning, columns in claims.items():
        if meaning.role in ("station", "area") and len(columns) > 1:
            raise InputError("T111", file=table.name, column=shown(columns[0].header), other=shown(columns[1].header))


def _unreliable(claims: Mapping[Meaning, list[Column]], vague: list[tuple[str, frozenset[str]]]) -> Iterator[str]:
    certain = {meaning.cell for meaning, columns in claims.items() if len(columns) == 1 and meaning.cell}
    yield from (meaning.cell for meaning, columns in claims.items() if len(columns) > 1 and meaning.cell)
    for _, cells in vague:
        yield from cells - certain


def _taken_for(table: Table, claims: Mapping[Meaning, list[Column]]) -> Iterator[Issue]:
    """Say what headers were taken for where they are not the ids themselves."""
    read = [
        f"{shown(columns[0].header)} = {_plainly(meaning)}"
        for meaning, columns in claims.items()
        if len(columns) == 1 and columns[0].header.casefold() != _plainly(meaning)
    ]
    if read:
        yield table.place.issue("T167", value="; ".join(read), count=len(read))


def _plainly(meaning: Meaning) -> str:
    """Return the header that says nothing but what it means."""
    forms = {"share": f"{meaning.cell}_pct", "seats": f"{_SEATS}{meaning.cell}", "count": meaning.cell}
    return meaning.role or forms[meaning.quantity]


def _doubles(table: Table, claims: Mapping[Meaning, list[Column]]) -> Iterator[Issue]:
    for meaning, columns in claims.items():
        for other in columns[1:]:
            first = shown(columns[0].header)
            yield table.place.issue("T130", column=other.header, cell=meaning.cell, value=first)


def _vague(table: Table, vague: list[tuple[str, frozenset[str]]]) -> Iterator[Issue]:
    for header, cells in vague:
        yield table.place.issue("T131", column=header, cells=", ".join(sorted(cells)))


def unused_columns(table: Table, numbers: Iterable[int]) -> Iterator[Issue]:
    """Say which columns are not used; a column with neither header nor content is no column."""
    named = [
        table.headers[number] or f"({number + 1})"
        for number in numbers
        if table.headers[number] or (table.rows[f"c{number}"].str.len_bytes() > 0).any()
    ]
    if named:
        yield table.place.issue("T132", value=listed(named), count=len(named))


def listed(names: Sequence[str]) -> str:
    """Return headers as one text, safe to show, not too long."""
    return "; ".join(shown(one) for one in names[:_LISTED]) + ("; …" if len(names) > _LISTED else "")


def missing_cells(table: Table, contest: Contest, columns: Columns) -> Iterator[Issue]:
    """Say which contestants and protocol lines have no column: they are absent, which is not zero.

    Raises:
        InputError: T110 where no column belongs to the contest at all.

    """
    there = columns.cells().keys() | columns.unreliable
    if not there:
        raise InputError("T110", file=table.name, headers=listed(table.headers))
    contestants = [one.id for one in contest.contestants if one.id not in there]
    lines = [line.id for line in contest.form.lines if line.id not in there]
    if contestants:
        yield table.place.issue("T133", contestants=", ".join(contestants), count=len(contestants))
    if lines:
        yield table.place.issue("T134", lines=", ".join(lines), count=len(lines))
