"""The one spelling of readings as JSON: what is sealed, committed and kept, and what comes from outside.

A whole reading: {"cells": {cell: {"mark": "="|"i"|"b"|"s"|"a", "value": 12, "overwritten": true, "old": 21}},
"contest": id, "format": 1, "page_count": 1, "problem": "", "reader": pseudonym, "station": "512"}. A part:
{"answers": {"@station": "512", "@page": 2, cell: {...}}, "format": 1, "reader": pseudonym}. A decision: as a part,
with "adjudicator" instead of "reader", and "ground" and "problem". Members of a cell that say nothing are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from secondcount.errors import InputError
from secondcount.model.election import Contest
from secondcount.transcription.cells import CellRead, Mark
from secondcount.transcription.reading import Answer, PartReading, Place, Problem, Reading
from secondcount.transcription.reconcile import require_exactly
from secondcount.transcription.states import Decision, Ground

__all__ = [
    "encode_cell",
    "encode_decision",
    "encode_part",
    "encode_reading",
    "parse_cell",
    "parse_decision",
    "parse_part",
    "parse_reading",
]

FORMAT = 1
_WHOLE = {"cells", "contest", "format", "page_count", "problem", "reader", "station"}
_PART = {"answers", "format", "reader"}
_DECISION = {"adjudicator", "answers", "format", "ground", "problem"}
_CELL = {"mark", "value", "old", "overwritten"}
_MARKS = {one.value: one for one in Mark}

Word = TypeVar("Word", bound=StrEnum)


def encode_cell(cell: CellRead) -> dict[str, object]:
    """Return a cell as JSON values."""
    data: dict[str, object] = {"mark": cell.mark.value}
    if cell.value is not None:
        data["value"] = cell.value
    if cell.overwritten:
        data["overwritten"] = True
    if cell.old is not None:
        data["old"] = cell.old
    return data


def encode_reading(reading: Reading) -> dict[str, object]:
    """Return a whole reading as JSON values, its cells in the order of the contest."""
    return {
        "cells": {name: encode_cell(cell) for name, cell in reading.cells.items()},
        "contest": reading.place.contest,
        "format": FORMAT,
        "page_count": reading.place.page_count,
        "problem": reading.problem.value if reading.problem else "",
        "reader": reading.reader,
        "station": reading.place.station,
    }


def encode_part(part: PartReading) -> dict[str, object]:
    """Return a third reading of single cells as JSON values."""
    return {"answers": _encode_answers(part.answers), "format": FORMAT, "reader": part.reader}


def encode_decision(decision: Decision) -> dict[str, object]:
    """Return a decision as JSON values."""
    return {
        "adjudicator": decision.adjudicator,
        "answers": _encode_answers(decision.answers),
        "format": FORMAT,
        "ground": decision.ground.value,
        "problem": decision.problem.value if decision.problem else "",
    }


def _encode_answers(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {name: encode_cell(said) if isinstance(said, CellRead) else said for name, said in answers.items()}


def parse_reading(data: object, contests: Sequence[Contest]) -> Reading:
    """Return a whole reading of JSON values.

    Raises:
        InputError: K174, not exactly the cells of the contest; K175, a cell that cannot be; K176, a place that cannot
            be, or a contest that this election does not have; K179, not spelt as a reading.

    """
    fields = _fields(data, _WHOLE)
    place = Place(
        station=_text(fields, "station"), contest=_text(fields, "contest"), page_count=_integer(fields, "page_count")
    )
    problem = _word(Problem, fields, "problem") if fields["problem"] != "" else None
    said = _object(fields["cells"], "cells")
    cells = _in_order(said, _contest_of(place.contest, contests)) if problem is None else dict(said)
    read = {name: parse_cell(cell) for name, cell in cells.items()}
    return Reading(reader=_text(fields, "reader"), place=place, cells=read, problem=problem)


def parse_part(data: object, asked: tuple[str, ...]) -> PartReading:
    """Return a third reading of exactly the cells that are asked.

    Raises:
        InputError: K173, other cells than asked; K175, K176 and K179 as `parse_reading`.

    """
    fields = _fields(data, _PART)
    said = _answers(fields)
    require_exactly(said, asked)
    return PartReading(reader=_text(fields, "reader"), answers={name: said[name] for name in asked})


def parse_decision(data: object) -> Decision:
    """Return a decision; whether it answers exactly what is open, `adjudicate` says.

    Raises:
        InputError: K173, K175, K176 and K179 as `parse_reading`.

    """
    fields = _fields(data, _DECISION)
    return Decision(
        adjudicator=_text(fields, "adjudicator"),
        ground=_word(Ground, fields, "ground"),
        answers=_answers(fields),
        problem=_word(Problem, fields, "problem") if fields["problem"] != "" else None,
    )


def parse_cell(data: object) -> CellRead:
    """Return one cell of JSON values.

    Raises:
        InputError: K175, a cell that cannot be; K179, not spelt as a cell.

    """
    if not isinstance(data, dict) or not data.keys() <= _CELL or data.get("overwritten", True) is not True:
        raise InputError("K179", key="cells")
    mark = _MARKS.get(data["mark"]) if isinstance(data.get("mark"), str) else None
    if mark is None or any(type(data[name]) is not int for name in ("value", "old") if name in data):
        raise InputError("K179", key="cells")
    return CellRead(mark=mark, value=data.get("value"), old=data.get("old"), overwritten="overwritten" in data)


def _answers(fields: Mapping[str, object]) -> dict[str, Answer]:
    said = _object(fields["answers"], "answers")
    return {name: cell if isinstance(cell, str | int) else parse_cell(cell) for name, cell in said.items()}


def _contest_of(name: str, contests: Sequence[Contest]) -> Contest:
    found = next((one for one in contests if one.id == name), None)
    if found is None:
        raise InputError("K176", cell="@contest")
    return found


def _in_order(cells: Mapping[str, object], contest: Contest) -> dict[str, object]:
    missing, surplus = set(contest.cells) - cells.keys(), cells.keys() - set(contest.cells)
    if missing or surplus:
        raise InputError("K174", missing=len(missing), surplus=len(surplus))
    return {name: cells[name] for name in contest.cells}


def _fields(data: object, names: set[str]) -> Mapping[str, object]:
    fields = _object(data, "format")
    if fields.keys() != names:
        raise InputError("K179", key=", ".join(sorted(map(str, fields.keys() ^ names)))[:200])
    if fields["format"] is True or fields["format"] != FORMAT:
        raise InputError("K179", key="format")
    return fields


def _object(data: object, key: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
        raise InputError("K179", key=key)
    return data


def _text(fields: Mapping[str, object], key: str) -> str:
    found = fields[key]
    if not isinstance(found, str):
        raise InputError("K179", key=key)
    return found


def _integer(fields: Mapping[str, object], key: str) -> int:
    found = fields[key]
    if type(found) is not int:
        raise InputError("K179", key=key)
    return found


def _word(kind: type[Word], fields: Mapping[str, object], key: str) -> Word:
    """Return a word of a vocabulary."""
    try:
        return kind(_text(fields, key))
    except ValueError as error:
        raise InputError("K179", key=key) from error
