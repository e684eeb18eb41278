"""Laws of the hallway: what may count as official, what copies may support, and what the unseen may hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema
import polars as pl
import pytest

from secondcount.audit import parse_claim
from secondcount.audit.result import Assessment, Feasible, Standing
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Record
from secondcount.model.tables import STATIONS, table_columns
from secondcount.verdict import Verdict, derive
from secondcount.verdict.encode import plain
from secondcount.verdict.schema import verdict_schema
from tabulating.elections import COUNT, LAND, Printed, contest_of, election_of, figures_of, publication_of, sheets_of

CONTEST = contest_of(("a", "b", "c"))
FINAL = publication_of("final", Stage.FINAL)
TOTALS = [
    Printed(publication="final", quantity=COUNT, cell=one, text=text, area="land")
    for one, text in (("a", "500"), ("b", "300"), ("c", "200"))
]


def copy(station: str, a: int, b: int, c: int, **more: Any) -> dict[str, Any]:
    return {"station": station, "registered": 400, "a": a, "b": b, "c": c, **more}


def derived(
    rows: list[dict[str, Any]],
    *claims: str,
    figures: list[Printed] = TOTALS,
    publications: tuple[Publication, ...] = (FINAL,),
    **more: Any,
) -> Verdict:
    election = election_of(CONTEST)
    record = Record(
        election=election,
        publications=publications,
        figures=figures_of(*figures),
        sheets={CONTEST.id: sheets_of(CONTEST, rows)},
        claims=tuple(parse_claim(one, election.contests, election.geography) for one in claims),
        **more,
    )
    return derive(record)


def assessed(verdict: Verdict, area: str, level: int, feasible: Feasible) -> Assessment:
    (claim,) = [one for one in verdict.contests[0].claims if one.area == area]
    return next(one for one in claim.assessments if (one.level, one.feasible) == (level, feasible))


class TestOfficial:
    """What counts as the official votes."""

    def test_the_newest_complete_publication_counts(self) -> None:
        """A later publication that leaves a contestant out replaces nothing."""
        newer = publication_of("newer", Stage.FINAL)
        partial = [Printed(publication="newer", quantity=COUNT, cell="a", text="1", area="land")]
        found = derived([], figures=[*TOTALS, *partial], publications=(FINAL, newer))
        assert found.contests[0].official == "final"

    def test_one_sides_account_is_never_official(self) -> None:
        """Figures on one side's word alone are shown, and decide nothing."""
        account = replace(FINAL, one_side="observers of a candidate")
        assert derived([], publications=(account,)).contests[0].official == ""


class TestProvenance:
    """What copies of each level support."""

    @pytest.mark.parametrize("feasible", list(Feasible))
    def test_level_0_supports_no_conclusion(self, feasible: Feasible) -> None:
        """Copies from nobody decide nothing, however many there are."""
        rows = [copy(str(at), 300, 0, 0, level=0) for at in range(3)]
        assert assessed(derived(rows, "a > b"), "port", 0, feasible).standing is Standing.NOT_DECIDED

    def test_level_0_contradicts_nobody(self) -> None:
        """An excess that only copies from nobody show is no contradiction."""
        found = derived([copy("1", 501, 0, 0, level=0)])
        assert not [one for one in found.issues if one.code == "R301"]
        assert [one.code for one in derived([copy("1", 501, 0, 0)]).issues if one.code == "R301"] == ["R301"]

    def test_each_level_that_changes_the_pile_is_computed(self) -> None:
        """From level 1 up there are two copies, from level 3 up one; level 2 is left out."""
        rows = [copy("1", 9, 1, 0, level=1), copy("2", 9, 1, 0, level=3)]
        (port,) = [one for one in derived(rows, "a > b").contests[0].claims if one.area == "port"]
        assert sorted({one.level for one in port.assessments}) == [1, 3]
        assert {one.sheets for one in port.assessments} == {1, 2}


class TestUnseen:
    """What stations without a copy may hold."""

    def test_an_unread_cell_makes_the_station_unseen(self) -> None:
        """A copy with an illegible vote is no evidence of anything about votes; zero is a vote count."""
        rows = [copy("1", 9, 1, 0), copy("2", 9, 1, 0) | {"c": "i"}]
        assert assessed(derived(rows, "a > b"), "port", 2, Feasible.CAP).sheets == 1

    def test_full_coverage_leaves_nothing(self) -> None:
        """With a copy of every station the claim is decided under both sets."""
        rows = [copy(str(at), 10, 1, 1) for at in range(3)]
        found = derived(rows, "a > b")
        for feasible in Feasible:
            assert assessed(found, "port", 2, feasible).standing is Standing.PROVED

    def test_without_the_register_cap_is_not_bounded(self) -> None:
        """Copies that do not show their voters, and no published register: nothing is proved under CAP."""
        rows = [{"station": str(at), "a": 10, "b": 1, "c": 1} for at in range(2)]
        assert assessed(derived(rows, "a > b"), "port", 2, Feasible.CAP).standing is Standing.NOT_DECIDED

    def test_a_published_total_below_the_copies_cannot_be_used(self) -> None:
        """TURNOUT is refused where the copies alone are more than the published total."""
        found = assessed(derived([copy("1", 900, 200, 0)], "a > b"), "land", 2, Feasible.TURNOUT)
        assert found.standing is Standing.NOT_DECIDED
        assert found.refusals

    def test_a_station_table_says_what_each_unseen_station_can_hold(self) -> None:
        """The stations of the table without a copy make the unseen mass, by their own figures."""
        table = pl.DataFrame(
            [
                {
                    "publication": "final",
                    "station": str(at),
                    "area": "port",
                    "states": "=" * 9,
                    "basis": "t",
                    "registered": 400,
                    "a": 50,
                    "b": 30,
                    "c": 20,
                }
                for at in range(3)
            ],
            schema=table_columns(CONTEST),
        )
        register = table.select("station", "area", "registered", "basis").cast(pl.Schema(STATIONS))
        found = derived([copy("0", 60, 20, 20)], "a > b", figures=[], reported={CONTEST.id: table}, stations=register)
        port = assessed(found, "port", 2, Feasible.TURNOUT)
        assert port.unseen == 200
        assert assessed(found, "port", 2, Feasible.CAP).unseen == 800
        assert found.contests[0].stations is not None
        assert (found.contests[0].stations.compared, found.contests[0].stations.cells) == (1, 2)


class TestLabel:
    """What is made up says so at the top."""

    def test_synthetic_travels_to_the_verdict(self) -> None:
        """One synthetic part makes the whole verdict synthetic."""
        assert derived([], synthetic=("file:copies.csv",)).synthetic
        assert not derived([]).synthetic


class TestSchema:
    """Every verdict is as the published schema says."""

    def test_a_verdict_with_everything_is_valid(self) -> None:
        """Copies, claims, contradictions and all."""
        found = derived([copy("1", 501, 0, 0), copy("2", 9, 1, 0)], "a >= 7%", "a > b", "a gets 50 seats", "c is in")
        jsonschema.validate(plain(found), verdict_schema(), jsonschema.Draft202012Validator)
        assert LAND.root.id == "land"
