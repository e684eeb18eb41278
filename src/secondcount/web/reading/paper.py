"""What the page beside a picture shows: the cells of a form in the order and with the numbers of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.model.election import Contest, Election
from secondcount.transcription.cells import CellRead, Mark
from secondcount.transcription.reading import CONTEST, PLACES, Answer, Problem
from secondcount.web.reading.typed import TypedCell, TypedForm
from secondcount.web.shell import language, phrases

__all__ = ["MARKS", "PROBLEMS", "Line", "Said", "lines_of", "name_of", "said", "what_was_typed"]

MARKS = tuple((mark.value, f"reading.mark.{mark.name.lower()}") for mark in Mark if mark is not Mark.READ)
"""What a cell can be instead of a number: value of the field, key of its sentence."""

PROBLEMS = tuple((one.value, f"reading.problem.{one.value}") for one in Problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One cell of the form."""

    cell: str
    number: str  # as printed; "" where the form has none
    label: str
    typed: TypedCell
    trouble: str  # key of a sentence, "" = none


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One cell with what was said of it, in words."""

    cell: str
    number: str
    label: str
    text: str
    plain: bool  # a number and nothing else


def _names(contest: Contest) -> dict[str, tuple[str, str]]:
    """Return the printed number and the label of each cell."""
    lines = {one.id: (one.number, one.labels.get(language())) for one in contest.form.lines}
    return lines | {one.id: ("", one.labels.get(language())) for one in contest.contestants}


def lines_of(contest: Contest, form: TypedForm, *, asked: tuple[str, ...] = (), checked: bool = False) -> list[Line]:
    """Return the cells to be filled in, in the order of the form; troubles only once the form was sent."""
    names = _names(contest)
    cells = (name for name in contest.cells if not asked or name in asked)
    return [_line(name, names[name], form.cells.get(name, TypedCell()), checked=checked) for name in cells]


def _line(cell: str, name: tuple[str, str], typed: TypedCell, *, checked: bool) -> Line:
    trouble = f"reading.trouble.{typed.trouble}" if checked and typed.trouble else ""
    return Line(cell=cell, number=name[0], label=name[1], typed=typed, trouble=trouble)


def name_of(cell: str, contest: Contest | None) -> tuple[str, str]:
    """Return the printed number and the label of a cell or pseudo-cell."""
    if cell in PLACES:
        return "", phrases().say(f"reading.place.{cell.removeprefix('@')}")
    return _names(contest).get(cell, ("", cell)) if contest else ("", cell)


def said(answer: Answer, cell: str, election: Election) -> str:
    """Return an answer in words."""
    book = phrases()
    if cell == CONTEST:
        contest = election.contest(str(answer))
        return contest.labels.get(language()) if contest else "—"
    if not isinstance(answer, CellRead):
        return str(answer) or book.say("reading.mark.no_station")
    if answer.value is None:
        return book.say(f"reading.mark.{answer.mark.name.lower()}")
    number = book.number(answer.value)
    if not answer.overwritten:
        return number
    old = book.say("reading.over.unknown") if answer.old is None else book.number(answer.old)
    return book.say("reading.over.said", new=number, old=old)


def what_was_typed(form: TypedForm, election: Election, asked: tuple[str, ...]) -> list[Said]:
    """Return everything that was typed, place first, in words."""
    shown = asked or (PLACES if form.problem else tuple(form.answers()))
    wanted = {name: one for name, one in form.answers().items() if name in shown}
    return _in_words(wanted, form.contest, election)


def _in_words(answers: Mapping[str, Answer], contest: Contest | None, election: Election) -> list[Said]:
    found = []
    for cell, answer in answers.items():
        number, label = name_of(cell, contest)
        plain = not isinstance(answer, CellRead) or (answer.value is not None and not answer.overwritten)
        found.append(Said(cell=cell, number=number, label=label, text=said(answer, cell, election), plain=plain))
    return found
