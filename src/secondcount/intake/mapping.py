"""A mapping: which columns of one file are what, suggested from headers and contents, kept beside the file as TOML.

Only what a header plainly says is in force at once; what is merely alike stands in the file as a comment, for a
person to confirm by removing the "#". No figure ever rests on a guess.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from secondcount.errors import InputError
from secondcount.intake.columns import Columns, find_columns
from secondcount.intake.layouts import choose_layout
from secondcount.intake.matching import name_key
from secondcount.intake.metadata import file_stem
from secondcount.intake.remarks import shown
from secondcount.intake.table import Table, file_name, read_table
from secondcount.intake.vocabulary import ROLES
from secondcount.model.election import Contest, Election
from secondcount.model.layout import KeyPart, Layout

__all__ = ["Guess", "Suggestion", "mapping_name", "parse_mapping", "render_mapping", "suggest_mapping"]

_HEADS = ("station", "area", "level", "copy", "version", "collector")
_OTHER = ("value", "quantity", "turnout", "stations")
_SAMPLES = 3
_LEAST = Fraction(6, 10)  # of likeness; below, a suggestion would be noise
_ROWS = 1_000  # of which the contents are looked at
_FIGURE = r"^\s*[0-9]{1,9}(?:\.0)?\s*$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What one column may be: `likeness` 1 is certain, 0 means that no column was found."""

    name: str  # "station", "area", ... or a cell of the contest
    header: str
    likeness: Fraction
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """All guesses of one file; `layout` is the layout of the definition that reads it already, "" where none does."""

    file: str
    side: str
    guesses: tuple[Guess, ...]
    layout: str = ""
    by_headers: bool = False  # shares, seats or a long table: a mapping holds counts only, and would lose them


def mapping_name(name: str) -> str:
    """Return the name of the file beside a table that holds its mapping: `copies.csv.gz` has `copies.map.toml`."""
    return file_stem(file_name(name)) + ".map.toml"


def suggest_mapping(name: str, data: bytes, election: Election, contest: Contest, side: str) -> Suggestion:
    """Return what the columns of a file may be; `side` is "reported" or "sheets".

    Raises:
        InputError: the file cannot be read as a table.

    """
    table = read_table(name, data)
    layout = choose_layout(table, election, contest, side)
    if layout is not None:
        certain = [(part.column, "station") for part in layout.station]
        certain += [(header, cell) for cell, header in (*layout.areas, *layout.cells)]
        guesses = tuple(Guess(name=one, header=header, likeness=Fraction(1)) for header, one in certain)
        return Suggestion(file=table.name, side=side, guesses=guesses, layout=layout.id)
    columns = find_columns(table, contest, (*_HEADS, *_OTHER), published=side == "reported")
    guesses = tuple(_guesses(table, columns, contest))
    return Suggestion(file=table.name, side=side, guesses=guesses, by_headers=_has_more(columns))


def _has_more(columns: Columns) -> bool:
    """Return whether a table has figures that are no counts, or has them in rows."""
    kinds = (one.meaning for one in columns.used)
    return any(one.role in _OTHER or one.quantity in ("share", "seats") for one in kinds)


def _guesses(table: Table, columns: Columns, contest: Contest) -> Iterator[Guess]:
    used = {column.name for column in columns.used}
    free = [f"c{number}" for number, header in enumerate(table.headers) if header and f"c{number}" not in used]
    cells = columns.cells()
    for name in (*_HEADS, *contest.cells):
        column = cells.get(name) or columns.role(name)
        if column is not None:
            yield Guess(name=name, header=column.header, likeness=Fraction(1), samples=_samples(table, column.name))
        elif name not in _HEADS or name in ("station", "area"):
            yield _alike(table, free, name, _words(name, contest))


def _alike(table: Table, free: list[str], name: str, words: tuple[str, ...]) -> Guess:
    """Return the free column whose header is most like one of the words; a cell needs figures in its column."""
    best = Guess(name=name, header="", likeness=Fraction(0))
    for column in free:
        header = table.headers[int(column[1:])]
        likeness = max((_likeness(header, word) for word in words), default=Fraction(0))
        if likeness >= _LEAST and likeness > best.likeness and (name in _HEADS or _has_figures(table, column)):
            best = Guess(name=name, header=header, likeness=likeness, samples=_samples(table, column))
    return best


def _likeness(header: str, word: str) -> Fraction:
    """Return twice the letters in common, in order, among all letters; never quite 1."""
    ours, theirs = name_key(header), name_key(word)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    whole = len(ours) + len(theirs)
    return min(Fraction(2 * sum(one.size for one in blocks), whole), Fraction(99, 100)) if whole else Fraction(0)


def _has_figures(table: Table, column: str) -> bool:
    filled = table.rows[column].head(_ROWS)
    filled = filled.filter(filled.str.strip_chars() != "")
    return 10 * int(filled.str.contains(_FIGURE).sum()) >= 8 * filled.len() > 0


def _samples(table: Table, column: str) -> tuple[str, ...]:
    texts = table.rows[column].head(_ROWS).str.strip_chars()
    return tuple(shown(one) for one in texts.filter(texts != "").unique(maintain_order=True).head(_SAMPLES))


def _words(name: str, contest: Contest) -> tuple[str, ...]:
    if name in _HEADS:
        return ROLES[name]
    labels = [line.labels for line in contest.form.lines if line.id == name]
    aliases: list[str] = []
    for one in contest.contestants:
        if one.id == name:
            labels += [one.labels, *((one.short,) if one.short else ())]
            aliases += one.aliases
    return (name, *(text for one in labels for text in (one.en, one.ru, one.kk) if text), *aliases)


def render_mapping(suggestion: Suggestion) -> str:
    """Return the mapping as TOML; guesses that are not certain are comments."""
    heads = [one for one in suggestion.guesses if one.name in _HEADS]
    cells = [one for one in suggestion.guesses if one.name not in _HEADS]
    lines = [
        f"# How {shown(suggestion.file)} is read. Lines that begin with # are guesses or gaps:",
        "# correct them if needed, and remove the # to put them in force. Delete this file to be asked anew.",
        f"serves = {json.dumps(suggestion.side)}",
        *map(_line, heads),
        "",
        "[cells]",
        *map(_line, cells),
    ]
    return "\n".join(lines) + "\n"


def _line(guess: Guess) -> str:
    certain = guess.likeness == 1
    percent = (
        "" if certain or not guess.header else f"  # {100 * guess.likeness.numerator // guess.likeness.denominator} %"
    )
    return f"{'' if certain else '# '}{guess.name} = {json.dumps(guess.header, ensure_ascii=False)}{percent}"


def parse_mapping(name: str, data: bytes, election: Election) -> Layout:
    """Return the layout that a mapping file describes.

    Raises:
        InputError: T182 it is no TOML, or names neither a polling station or area nor a cell.

    """
    try:
        given = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("T182", file=file_name(name), columns="TOML", value=shown(str(error))) from error
    cells = given.pop("cells", None)
    known = {*_HEADS, "serves"}
    texts = {key: value for key, value in given.items() if isinstance(value, str) and value.strip()}
    wrong = sorted(key for key in given if key not in known or key not in texts)
    all_cells = {cell for contest in election.contests for cell in contest.cells}
    if not isinstance(cells, dict) or not cells:
        wrong.append("cells")
    else:
        wrong += [key for key, value in cells.items() if key not in all_cells or not isinstance(value, str)]
    if wrong or not ("station" in texts or "area" in texts):
        wrong = wrong or ["station"]
        raise InputError("T182", file=file_name(name), columns=shown("; ".join(wrong)), value=mapping_name(name))
    return _layout(name, texts, {str(key): str(value) for key, value in (cells or {}).items()})


def _layout(name: str, texts: dict[str, str], cells: dict[str, str]) -> Layout:
    return Layout(
        id=file_name(name),
        serves=texts.get("serves", "both"),
        cells=tuple(cells.items()),
        station=(KeyPart(column=texts["station"]),) if "station" in texts else (),
        area=(KeyPart(column=texts["area"]),) if "area" in texts else (),
        level_column=texts.get("level", ""),
        copy_column=texts.get("copy", ""),
        version_column=texts.get("version", ""),
        collector_column=texts.get("collector", ""),
    )
