"""What an attacker puts into further files: another contest's register, another number of stations, a sparse row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from secondcount.api import make_record
from secondcount.audit import parse_claim
from secondcount.audit.result import Standing
from secondcount.jurisdictions import Definition
from secondcount.model.election import Election
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Input, Record, Source
from secondcount.model.tables import table_columns
from secondcount.verdict import Verdict, derive
from tabulating.elections import (
    COUNT,
    Printed,
    contest_of,
    election_of,
    figures_of,
    geography_of,
    publication_of,
    sheets_of,
)

CONTEST = contest_of(("a", "b"), identities=())
OTHER = contest_of(("x", "y"), identities=(), contest="district")
FIRST, LATER = publication_of("first", Stage.FINAL), publication_of("later", Stage.FINAL)


def land(stations: int | None, *contests: Any) -> Election:
    """Return an election of one area."""
    election = election_of(CONTEST, geography_of({"land": None}, {"land": stations} if stations else {}))
    return replace(election, contests=contests or (CONTEST,))


def copy(station: str, a: int | str, b: int | str, **more: Any) -> dict[str, Any]:
    """Return one copy."""
    return {"station": station, "area": "land", "registered": 100, "a": a, "b": b, **more}


def weighed(election: Election, rows: list[dict[str, Any]], **more: Any) -> Verdict:
    """Return the verdict on "a > b"."""
    claims = (parse_claim("a > b", (CONTEST,), election.geography),)
    sheets = {CONTEST.id: sheets_of(CONTEST, rows)}
    return derive(Record(election=election, sheets=sheets, claims=claims, **more))


def standings(verdict: Verdict) -> set[Standing]:
    """Return the standings of the one claim."""
    return {one.standing for claim in verdict.contests[0].claims for one in claim.assessments}


class TestRegister:
    """The register that bounds the unseen is this contest's."""

    @pytest.mark.parametrize(("contest", "bounded"), [("list", True), ("", True), ("district", False)])
    def test_another_contests_register_bounds_nothing(self, contest: str, bounded: bool) -> None:
        """A register of 120 published for the district leaves 20 unseen voters there, and says nothing of the list."""
        figure = Printed(
            publication="first", quantity=COUNT, cell="registered", text="120", area="land", contest=contest
        )
        election = land(10, CONTEST, OTHER)
        found = weighed(election, [copy("1", 60, 10)], figures=figures_of(figure), publications=(FIRST,))
        assert (Standing.PROVED in standings(found)) is bounded


class TestNumberOfStations:
    """The number of stations closes coverage, so no later file may lower it."""

    def stations(self, known: int | None, *tables: str) -> int | None:
        """Return the number of stations of the record made of a definition and of files of the authority."""
        given = Input(name="definition.toml", digest="d" * 64, rows=0, kind="definition")
        definition = Definition(election=land(known), source=Source(), issues=(), input=given)
        files = [(f"{place}.csv", text.encode()) for place, text in enumerate(tables)]
        return make_record(definition, reported=files).election.geography.root.stations

    def table(self, stations: int, head: str = "# stage: final") -> str:
        """Return a table of the whole area with a number of stations."""
        return f"{head}\narea,stations,a\nland,{stations},5\n"

    def test_a_later_file_lowers_no_number(self) -> None:
        """Of two published numbers the larger one closes less, in whichever order the files come."""
        assert self.stations(None, self.table(10)) == 10
        assert self.stations(None, self.table(10), self.table(3)) == 10
        assert self.stations(None, self.table(3), self.table(10)) == 10

    def test_no_file_changes_the_number_of_the_definition(self) -> None:
        """What the definition says of its areas stands."""
        assert self.stations(12, self.table(3)) == 12

    def test_one_side_and_a_preliminary_count_say_no_number(self) -> None:
        """A party's number, or one given before the end, closes nothing."""
        assert self.stations(None, self.table(3, "# stage: final\n# one_side: party B")) is None
        assert self.stations(None, self.table(3, "# stage: preliminary")) is None


def table(publication: Publication, *rows: tuple[str, int | None, int | None]) -> pl.DataFrame:
    """Return a published table: a station, and the votes of a and b (None = no number there)."""
    others = len(CONTEST.cells) - 2
    full = [
        {
            "publication": publication.id,
            "station": station,
            "area": "land",
            "states": "u" * others + "".join("u" if one is None else "=" for one in (a, b)),
            "basis": f"{publication.id}#{place}",
            "registered": None,
            "a": a,
            "b": b,
        }
        for place, (station, a, b) in enumerate(rows, start=2)
    ]
    return pl.DataFrame(full, schema=table_columns(CONTEST))


class TestSparseRows:
    """A newer row with fewer numbers is the newest word: its holes are neither zeros nor filled from before."""

    def test_a_hole_in_the_newest_published_row_bounds_nothing(self) -> None:
        """The later table leaves b of the unseen station open: it could be anything, so the claim is open."""
        first = table(FIRST, ("1", 60, 10), ("2", 5, 8))
        later = table(LATER, ("2", 5, None))
        for tables, proved in ((first, True), (pl.concat([first, later]), False)):
            found = weighed(land(2), [copy("1", 60, 10)], reported={CONTEST.id: tables}, publications=(FIRST, LATER))
            assert (Standing.PROVED in standings(found)) is proved

    def test_a_later_version_of_a_copy_replaces_it_whole(self) -> None:
        """Version 2 shows only a: b of version 1 is not mixed into it, and its station is unseen, not zero for b."""
        rows = [copy("1", 60, 10), copy("2", 5, 50), copy("2", 6, "i", version=2)]
        found = weighed(land(2), rows)
        sums = {cell.cell: (cell.total, cell.unread) for one in found.contests[0].sums for cell in one.cells}
        assert (sums["a"], sums["b"]) == ((66, 0), (10, 1))
        assert standings(found) == {Standing.NOT_DECIDED}
