"""Elections made for tests: one contest, a form with identities, a small hierarchy of areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from secondcount.model.election import Contest, Contestant, ContestantKind, Election
from secondcount.model.form import Form, Identity, Line, Linear, Relation, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.issue import Issue
from secondcount.model.labels import Labels
from secondcount.model.publication import Publication, Stage
from secondcount.model.rule import Base, Comparison, Method, Rule, Threshold, Ties
from secondcount.model.tables import FIGURES, sheet_schema

COUNT, SHARE, TURNOUT, LEAD = "count", "share", "turnout", "lead"


def name(text: str) -> Labels:
    """Return a label that is the same in every language."""
    return Labels(en=text)


def linear(*terms: tuple[int, str], constant: int = 0) -> Linear:
    """Return an integer linear expression."""
    return Linear(terms=terms, constant=constant)


def identity(text: str, left: Linear, relation: Relation, right: Linear, *, hard: bool = True) -> Identity:
    """Return an identity of a form under its own text as id."""
    return Identity(id=text, left=left, relation=relation, right=right, hard=hard, labels=name(text), text=text)


LINES = (
    Line(id="registered", role=Role.REGISTERED, labels=name("registered")),
    Line(id="received", role=Role.RECEIVED, labels=name("received")),
    Line(id="issued", role=Role.ISSUED, labels=name("issued")),
    Line(id="cancelled", role=Role.CANCELLED, labels=name("cancelled")),
    Line(id="took_part", role=Role.TOOK_PART, labels=name("took part")),
    Line(id="invalid", role=Role.INVALID, labels=name("invalid")),
)
RECEIVED = identity(
    "received == issued + cancelled",
    linear((1, "received")),
    Relation.EQUAL,
    linear((1, "issued"), (1, "cancelled")),
)
BOXES = identity("took_part <= issued", linear((1, "took_part")), Relation.AT_MOST, linear((1, "issued")))
TURNOUT_95 = identity(
    "20 took_part <= 19 registered",
    linear((20, "took_part")),
    Relation.AT_MOST,
    linear((19, "registered")),
    hard=False,
)


def contest_of(
    contestants: Sequence[str] = ("a", "b", "c"),
    *,
    lines: tuple[Line, ...] = LINES,
    identities: tuple[Identity, ...] = (RECEIVED, BOXES, TURNOUT_95),
    contest: str = "list",
) -> Contest:
    """Return a contest of lists with the base "votes" (published) and, by law, "voters" (who took part)."""
    bases = [Base(id="votes", labels=name("votes"), cells=tuple(contestants))]
    if any(line.role is Role.TOOK_PART for line in lines):
        bases.append(Base(id="voters", labels=name("voters"), cells=("took_part",)))
    threshold = Threshold(share=Fraction(7, 100), base=bases[-1].id, comparison=Comparison.AT_LEAST)
    return Contest(
        id=contest,
        labels=name(contest),
        contestants=tuple(Contestant(id=one, labels=name(one), kind=ContestantKind.LIST) for one in contestants),
        rule=Rule(method=Method.HARE, seats=98, ties=Ties.SILENT, threshold=threshold),
        bases=tuple(bases),
        share_base="votes",
        form=Form(lines=lines, identities=identities),
    )


def geography_of(
    parents: Mapping[str, str | None], stations: Mapping[str, int] | None = None, levels: Sequence[str] = ("country",)
) -> Geography:
    """Return areas with their parents (the first has none) and official numbers of stations."""
    known = stations or {}
    return Geography(
        levels=tuple(Level(id=one, labels=name(one)) for one in levels),
        areas=tuple(
            Area(id=area, level=levels[0], labels=name(area), parent=parent, stations=known.get(area))
            for area, parent in parents.items()
        ),
    )


LAND = geography_of({"land": None, "north": "land", "south": "land", "port": "north"}, {"port": 3, "north": 5})


def election_of(contest: Contest, geography: Geography = LAND) -> Election:
    """Return an election with one contest."""
    return Election(
        id="test",
        labels=name("test"),
        country="test",
        voting_day=date(2012, 1, 15),
        timezone="Asia/Almaty",
        contests=(contest,),
        geography=geography,
    )


def publication_of(publication: str, stage: Stage) -> Publication:
    """Return a publication of the election commission."""
    return Publication(id=publication, issuer="commission", stage=stage, labels=name(publication))


def sheets_of(contest: Contest, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return a frame of copies: cells that a row does not name are unknown, a letter is a cell's state."""
    full = [_sheet(contest, place, row) for place, row in enumerate(rows, start=1)]
    return pl.DataFrame(full, schema=sheet_schema(contest), orient="row")


def _sheet(contest: Contest, place: int, row: Mapping[str, Any]) -> dict[str, Any]:
    head = {"area": "port", "copy": 1, "version": 1, "level": 2, "collector": "", "basis": f"digest#{place}"}
    cells = {cell: row.get(cell, "u") for cell in contest.cells}
    states = "".join("=" if isinstance(value, int) else value for value in cells.values())
    numbers = {cell: value if isinstance(value, int) else None for cell, value in cells.items()}
    return {**head, **{key: row[key] for key in ("station", *head) if key in row}, "states": states, **numbers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A figure as a page prints it: "80.99" has two decimals and is rounded to one unit of the last place."""

    publication: str
    quantity: str
    cell: str
    text: str
    area: str = "land"
    minus: str = ""
    source: str = "commission"
    contest: str = "list"
    rounding: int | None = None  # in units of the last place; None = 1 for percentages, 0 for counts


def figures_of(*printed: Printed) -> pl.DataFrame:
    """Return a frame of figures."""
    return pl.DataFrame([_figure(one) for one in printed], schema=FIGURES, orient="row")


def _figure(one: Printed) -> dict[str, Any]:
    whole, _, part = one.text.partition(".")
    percent = one.quantity in (SHARE, TURNOUT)
    return {
        "publication": one.publication,
        "contest": one.contest,
        "area": one.area,
        "quantity": one.quantity,
        "cell": one.cell,
        "minus": one.minus,
        "value": int(whole + part),
        "decimals": len(part),
        "rounding": int(percent) if one.rounding is None else one.rounding,
        "source": one.source,
        "basis": "",
    }


def codes(issues: Sequence[Issue]) -> list[str]:
    """Return the codes of issues in their order."""
    return [one.code for one in issues]


def only(issues: Sequence[Issue], code: str) -> Issue:
    """Return the one issue of this code."""
    (found,) = [one for one in issues if one.code == code]
    return found


def values_of(issue: Issue) -> dict[str, object]:
    """Return the values of an issue's sentence."""
    return dict(issue.values)
