"""A contest of six cells with two identities, a sheet that keeps both, and readings of it by made-up people."""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.model.election import Contest, Contestant, ContestantKind
from secondcount.model.form import Form, Identity, Line, Linear, Relation, Role
from secondcount.model.labels import Labels
from secondcount.model.rule import Base, Method, Rule, Ties
from secondcount.transcription import Answer, CellRead, Mark, PartReading, Place, Problem, Reading

NAME = Labels(en="name")
ANNA, BORIS, CLARA, DINA = "p-anna", "p-boris", "p-clara", "p-dina"


def linear(*cells: str) -> Linear:
    """Return a sum of cells."""
    return Linear(terms=tuple((1, cell) for cell in cells))


def identity(name: str, left: Linear, relation: Relation, right: Linear, *, hard: bool = True) -> Identity:
    """Return an identity of a form."""
    return Identity(id=name, left=left, relation=relation, right=right, hard=hard, labels=NAME, text=name)


def contest(name: str, lists: tuple[str, ...] = ("red", "green")) -> Contest:
    """Return a contest: ballots issued are those valid and invalid, and the valid ones are the votes."""
    lines = (
        ("registered", Role.REGISTERED),
        ("issued", Role.ISSUED),
        ("invalid", Role.INVALID),
        ("valid", Role.VALID),
    )
    return Contest(
        id=name,
        labels=NAME,
        contestants=tuple(Contestant(id=one, labels=NAME, kind=ContestantKind.LIST) for one in lists),
        rule=Rule(method=Method.HARE, seats=9, ties=Ties.SILENT),
        bases=(Base(id="votes", labels=NAME, cells=lists),),
        share_base="votes",
        form=Form(
            lines=tuple(Line(id=line, role=role, labels=NAME) for line, role in lines),
            identities=(
                identity("few", linear("invalid"), Relation.AT_MOST, linear("valid"), hard=False),
                identity("boxes", linear("issued"), Relation.EQUAL, linear("valid", "invalid")),
                identity("votes", linear("valid"), Relation.EQUAL, linear(*lists)),
                identity("register", linear("issued"), Relation.AT_MOST, linear("registered")),
            ),
        ),
    )


LIST = contest("list")
SINGLE = contest("single", ("ada", "bela", "cyril"))
CONTESTS = (LIST, SINGLE)

GOOD = {"registered": 900, "issued": 615, "invalid": 15, "valid": 600, "red": 352, "green": 248}
"""A sheet of LIST that keeps all its identities."""

GOOD_SINGLE = {"registered": 900, "issued": 615, "invalid": 5, "valid": 610, "ada": 300, "bela": 200, "cyril": 110}


def number(value: int) -> CellRead:
    """Return a cell that holds a number."""
    return CellRead(mark=Mark.READ, value=value)


def mark(one: Mark) -> CellRead:
    """Return a cell that holds none."""
    return CellRead(mark=one)


def cells(numbers: Mapping[str, int] = GOOD, **others: int | CellRead) -> dict[str, CellRead]:
    """Return the cells of a sheet, some of them other than they stand there."""
    read = {**numbers, **others}
    return {name: one if isinstance(one, CellRead) else number(one) for name, one in read.items()}


def reading(reader: str, station: str = "512", pages: int = 1, **others: int | CellRead) -> Reading:
    """Return a reading of the good sheet, some cells of it read otherwise."""
    place = Place(station=station, contest="list", page_count=pages)
    return Reading(reader=reader, place=place, cells=cells(GOOD, **others))


def other_contest(reader: str, station: str = "512", **others: int | CellRead) -> Reading:
    """Return a reading of a sheet of the other contest."""
    place = Place(station=station, contest="single", page_count=1)
    return Reading(reader=reader, place=place, cells=cells(GOOD_SINGLE, **others))


def problem(reader: str, one: Problem = Problem.UNREADABLE) -> Reading:
    """Return a reading that found a problem."""
    return Reading(reader=reader, place=Place(), problem=one)


def part(reader: str, **answers: Answer | int) -> PartReading:
    """Return a third reading; numbers stand for cells, `station`, `contest` and `page` for the place."""
    place = {"station", "contest", "page"}
    said = {f"@{name}" if name in place else name: one for name, one in answers.items()}
    return PartReading(
        reader=reader,
        answers={
            name: number(one) if isinstance(one, int) and not name.startswith("@") else one
            for name, one in said.items()
        },
    )
