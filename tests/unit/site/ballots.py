"""A small contest with copies and published rows of every standing, for the tests of the tables and the worksheet."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from secondcount.model.form import Form, Identity, Line, Linear, Relation, Role
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Input, Record
from secondcount.model.tables import sheet_schema, table_columns
from secondcount.site.edition import Edition, edition_of
from secondcount.site.side_by_side import SideBySide, sides_of
from secondcount.verdict import Verdict, derive
from unit.site import story

COPIES, OFFICIAL, EARLY = "c" * 64, "d" * 64, "e" * 64
IDS = tuple(story.NAMES)


def contest():
    """Return the contest of the story with one identity: those who took part are the sum of the votes."""
    whole = story.contest()
    took_part = Line(
        id="took_part", role=Role.TOOK_PART, labels=story.labels(("Took part", "Приняли участие", "Қатысқандар"))
    )
    identity = Identity(
        id="sum",
        left=Linear(terms=((1, "took_part"),)),
        relation=Relation.EQUAL,
        right=Linear(terms=tuple((1, one) for one in IDS)),
        hard=True,
        labels=story.labels(("Took part: all votes", "Приняли участие: все голоса", "Қатысқандар: барлық дауыс")),
        text="took_part == sum(contestants)",
    )
    return replace(whole, form=Form(lines=(took_part,), identities=(identity,)))


def figures(osdp: int | None, nur_otan: int, *, took_part: int | None = None) -> dict[str, int | None]:
    """Return the cells of one row: two lists with votes, five with one each."""
    votes = dict.fromkeys(IDS, 1) | {"osdp": osdp, "nur_otan": nur_otan}
    whole = sum(one or 0 for one in votes.values())
    return {"took_part": whole if took_part is None else took_part, **votes}


def states(cells: dict[str, int | None]) -> str:
    """Return the states of a row: read, or illegible."""
    return "".join("i" if one is None else "=" for one in cells.values())


def copy(station: str, cells: dict[str, int | None], row: int, **head: object) -> dict[str, object]:
    """Return one row of copies."""
    usual = {"area": "almaty", "copy": 1, "version": 1, "level": 3, "collector": "observers"}
    made = {"station": station, "states": states(cells), "basis": f"{COPIES}#{row}"}
    return {**usual, **made, **cells, **head}


def published(station: str, cells: dict[str, int | None], row: int, publication: str) -> dict[str, object]:
    """Return one row of a published table."""
    digest = OFFICIAL if publication == "table" else EARLY
    head = {"publication": publication, "station": station, "area": "almaty"}
    return {**head, "states": states(cells), "basis": f"{digest}#{row}", **cells}


def sheets() -> pl.DataFrame:
    """Return copies: equal, different, contradicting, unattributed, not in the table, broken, hardly legible."""
    rows = [
        copy("equal", figures(40, 60), 3),
        copy("differs", figures(140, 60), 4),
        copy("small", figures(41, 60), 5),
        copy("conflict", figures(40, 60), 6),
        copy("conflict", figures(90, 10), 7, copy=2, collector="others"),
        copy("nobody", figures(400, 1), 8, level=0, collector=""),
        copy("unlisted", figures(40, 60), 9),
        copy("broken", figures(40, 60, took_part=300), 10),
        copy("unread", figures(None, 60, took_part=105), 11),
        copy("=1+1", figures(40, 60), 12),
        copy("twice", figures(40, 60), 13),
        copy("twice", figures(40, 60), 14, copy=2, collector="others"),
    ]
    return pl.DataFrame(rows, schema=sheet_schema(contest()))


def tables() -> pl.DataFrame:
    """Return two published tables: an early one of two stations, and the final one."""
    usual = ("equal", "differs", "small", "conflict", "nobody", "broken", "unread", "=1+1", "twice", "only published")
    early = [published(one, figures(30, 70), place, "early") for place, one in enumerate(usual[:2], start=2)]
    final = [published(one, figures(40, 60), place, "table") for place, one in enumerate(usual, start=2)]
    return pl.DataFrame([*early, *final], schema=table_columns(contest()))


def record(*, copies: bool = True, table: bool = True, synthetic: bool = False) -> Record:
    """Return the record of the small contest."""
    named = (("early", Stage.PRELIMINARY), ("table", Stage.FINAL))
    return Record(
        election=replace(story.election(), contests=(contest(),)),
        publications=tuple(
            Publication(id=one, issuer="Commission", stage=stage, labels=story.labels((one, one, one)))
            for one, stage in named
        ),
        reported={"list": tables()} if table else {},
        sheets={"list": sheets()} if copies else {},
        inputs=(
            Input(name="copies.csv", digest=COPIES, rows=12, kind="sheets", synthetic=synthetic),
            Input(name="official.csv", digest=OFFICIAL, rows=10, kind="reported"),
        ),
        synthetic=("file:copies.csv",) if synthetic else (),
    )


def verdict(of: Record) -> Verdict:
    """Return what is derived of a record."""
    return derive(of)


def edition(of: Record, language: str = "en") -> Edition:
    """Return the edition of a record in one language."""
    return edition_of(derive(of), of, language, sides_of(of))


def sides(of: Record) -> SideBySide:
    """Return both sides of the contest."""
    return sides_of(of)["list"]
