"""What an attacker tried to make the verdict state wrongly: each attempt is a record, and must stay without effect."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from secondcount.audit import parse_claim
from secondcount.audit.result import Standing
from secondcount.model.election import Election
from secondcount.model.form import Line, Role
from secondcount.model.publication import Publication, Stage
from secondcount.model.record import Record
from secondcount.model.tables import table_columns
from secondcount.verdict import Verdict, derive
from tabulating.elections import (
    COUNT,
    Printed,
    contest_of,
    election_of,
    figures_of,
    geography_of,
    name,
    publication_of,
    sheets_of,
)

CONTEST = contest_of(("a", "b"), lines=contest_of().form.lines)
ADDED = Line(id="added", role=Role.ADDED, labels=name("added"))
FINAL = publication_of("final", Stage.FINAL)


def land(stations: int | None) -> Election:
    return election_of(CONTEST, geography_of({"land": None}, {"land": stations} if stations else {}))


def copy(station: str, a: int, b: int, **more: Any) -> dict[str, Any]:
    return {"station": station, "area": "land", "registered": 400, "a": a, "b": b, **more}


def table(*rows: dict[str, Any], publication: str = "final") -> pl.DataFrame:
    full = [{"publication": publication, "area": "land", "states": "", "basis": "t", **row} for row in rows]
    return pl.DataFrame(full, schema=table_columns(CONTEST))


def totals(a: str, b: str, publication: str = "final", **more: str) -> list[Printed]:
    cells = {"a": a, "b": b, **more}
    return [
        Printed(publication=publication, quantity=COUNT, cell=cell, text=text, area="land")
        for cell, text in cells.items()
    ]


def derived(
    rows: list[dict[str, Any]],
    claim: str = "a > b",
    *,
    stations: int | None,
    figures: list[Printed] | None = None,
    publications: tuple[Publication, ...] = (FINAL,),
    reported: pl.DataFrame | None = None,
) -> Verdict:
    election = land(stations)
    return derive(
        Record(
            election=election,
            publications=publications,
            figures=figures_of(*(figures or [])),
            reported={} if reported is None else {CONTEST.id: reported},
            sheets={CONTEST.id: sheets_of(CONTEST, rows)},
            claims=(parse_claim(claim, election.contests, election.geography),),
        )
    )


def standings(verdict: Verdict) -> set[Standing]:
    return {one.standing for claim in verdict.contests[0].claims for one in claim.assessments}


def headline(verdict: Verdict) -> dict[str, Any]:
    (found,) = [one for one in verdict.statements if one.key.startswith("claim_")]
    return {"key": found.key, **dict(found.values)}


OPEN = {Standing.NOT_DECIDED}


class TestPartialTable:
    """A station table speaks only for an area of which it lists every station."""

    def test_one_row_is_not_a_country(self) -> None:
        """A table of one station, with its copy, proves nothing about an area of a hundred."""
        found = derived([copy("1", 60, 10)], stations=100, reported=table(copy("1", 60, 10)))
        assert standings(found) == OPEN
        assert found.contests[0].official == ""
        assert [one.code for one in found.issues if one.code.startswith("R4")] == ["R405"]

    def test_a_complete_list_with_empty_figures_is_told_as_that(self) -> None:
        """Every station listed and a figure missing: the figures are what is missing, not the stations."""
        rows = [copy("1", 60, 10), copy("2", 0, 20)]
        listed = table(*rows).with_columns(pl.lit(None, pl.Int64).alias(one) for one in CONTEST.cells)
        found = derived(rows, stations=2, reported=listed)
        assert [one.code for one in found.issues if one.code.startswith("R40")] == ["R406"]

    def test_a_table_of_unknown_extent_is_no_total(self) -> None:
        """Where nobody says how many stations there are, a table is whole only if it says so."""
        rows, listed = [copy("1", 60, 10)], table(copy("1", 60, 10), copy("2", 0, 20))
        assert standings(derived(rows, stations=None, reported=listed)) == OPEN
        said = replace(FINAL, complete=True)
        assert Standing.PROVED in standings(derived(rows, stations=None, reported=listed, publications=(said,)))

    def test_copies_from_stations_outside_the_table_cover_nothing(self) -> None:
        """Two copies of two stations, one of them not in the table: the station without a copy is still unseen."""
        listed = table(copy("1", 60, 10), copy("2", 0, 90))
        assert standings(derived([copy("1", 60, 10), copy("9", 60, 10)], stations=2, reported=listed)) == OPEN


class TestRoom:
    """The room of the unseen stations is never made smaller than it can be."""

    def test_voters_beyond_the_register_take_no_room_elsewhere(self) -> None:
        """Of the published register only what the copies' registers show is taken off."""
        rows = [copy("1", 160, 110, registered=100), copy("2", 10, 9, registered=100)]
        (claim,) = derived(rows, stations=3, figures=totals("0", "0", registered="300")).contests[0].claims
        assert {one.unseen for one in claim.assessments if one.feasible.value == "cap"} == {100}

    def test_a_register_smaller_than_the_copies_is_refused(self) -> None:
        """No room at all would be less than nothing: the set is not formed, and says why."""
        rows = [copy("1", 60, 50, registered=120), copy("2", 60, 50, registered=120)]
        (claim,) = derived(rows, stations=3, figures=totals("0", "0", registered="200")).contests[0].claims
        (cap,) = [one for one in claim.assessments if one.feasible.value == "cap"]
        assert (cap.standing, [one.code for one in cap.refusals]) == (Standing.NOT_DECIDED, ["C124"])

    def test_a_partly_read_copy_is_no_coverage(self) -> None:
        """Three copies for two stations, one illegible: nobody knows which station is unseen."""
        rows = [copy("1", 60, 10), copy("2", 60, 10), copy("3", 60, 10) | {"b": "i"}]
        assert standings(derived(rows, stations=2)) == OPEN

    def test_numbers_that_differ_in_zeros_are_no_two_stations(self) -> None:
        """Stations "1" and "01" may be one: they do not make full coverage of two."""
        assert standings(derived([copy("1", 60, 10), copy("01", 60, 10)], stations=2)) == OPEN

    def test_a_conflicting_station_is_a_station(self) -> None:
        """Two good copies and a third station whose copies differ: of two stations, nobody knows which is unseen."""
        rows = [copy("1", 60, 10), copy("2", 60, 10), copy("3", 1, 500), copy("3", 2, 500, copy=2)]
        found = derived(rows, stations=2, figures=totals("65", "510"))
        assert standings(found) == OPEN
        assert not [one for one in found.issues if one.code == "R302"]

    @pytest.mark.parametrize("other", ["01", "№1", " 1", "1 "])
    def test_two_spellings_contradict_no_sum(self, other: str) -> None:
        """Copies of "1" and of another spelling of it do not make the sum of two stations."""
        found = derived([copy("1", 60, 10), copy(other, 60, 10)], stations=2, figures=totals("65", "510"))
        assert not [one for one in found.issues if one.code == "R302"]

    def test_two_alphabets_are_no_two_stations(self) -> None:
        """Latin 12A and Cyrillic 12А may be one station."""
        assert standings(derived([copy("12A", 60, 10), copy("12А", 60, 10)], stations=2)) == OPEN

    def test_voters_added_on_the_day_have_room(self) -> None:
        """What was published of added voters is room for the unseen as well."""
        contest = contest_of(("a", "b"), lines=(*contest_of().form.lines, ADDED))
        election = election_of(contest, geography_of({"land": None}, {"land": 2}))
        figures = figures_of(*totals("0", "0", registered="200", added="500"))
        sheets = {contest.id: sheets_of(contest, [copy("1", 100, 10, registered=150)])}
        claims = (parse_claim("a > b", election.contests, election.geography),)
        found = derive(Record(election=election, publications=(FINAL,), figures=figures, sheets=sheets, claims=claims))
        (claim,) = found.contests[0].claims
        assert {one.unseen for one in claim.assessments if one.feasible.value == "cap"} == {550}


class TestWhoPublished:
    """Only the authority's final figures are the published total."""

    @pytest.mark.parametrize(
        "publication", [replace(FINAL, one_side="party B"), publication_of("final", Stage.PRELIMINARY)]
    )
    def test_other_figures_close_nothing(self, publication: Publication) -> None:
        """One side's total, or a preliminary one, does not bound the unseen, and copies do not contradict it."""
        found = derived([copy("1", 60, 10)], stations=10, figures=totals("50", "20"), publications=(publication,))
        assert standings(found) == OPEN
        assert not [one for one in found.issues if one.code in ("R301", "R302", "R303")]

    def test_one_sides_table_is_no_register(self) -> None:
        """A party's table of two stations does not say how many stations there are."""
        party = replace(FINAL, one_side="party B", complete=True)
        found = derived([copy("1", 60, 10)], stations=None, reported=table(copy("1", 60, 10)), publications=(party,))
        assert standings(found) == OPEN
        assert not [one for one in found.issues if one.code == "R401"]

    def test_a_complete_table_of_areas_completes_no_table_of_stations(self) -> None:
        """A "complete: yes" on figures of areas says nothing of a station table of another publication."""
        areas, stations = replace(FINAL, complete=True), publication_of("table", Stage.FINAL)
        found = derived(
            [copy("1", 60, 10)],
            stations=None,
            figures=totals("0", "0", registered="1000"),
            publications=(areas, stations),
            reported=table(copy("1", 60, 10), copy("2", 0, 5), publication="table"),
        )
        assert Standing.PROVED not in standings(found)


class TestHeadline:
    """A headline never says more than its weakest ground."""

    def test_k_does_not_rest_on_turnout_where_the_sentence_does_not(self) -> None:
        """With every station seen, one false copy of 1,000 voters can hide a majority: k is 1."""
        found = headline(derived([copy(str(at), 10, 0, registered=1000) for at in range(10)], stations=10))
        assert (found["key"], found["k"]) == ("claim_proved_full", 1)

    def test_k_counts_what_the_authority_published_for_a_station(self) -> None:
        """A false copy's station can hold what the published table gives it, not only what the copy shows."""
        listed = table(
            copy("1", 10, 1000, registered=2000),
            copy("2", 10, 0, registered=2000),
            copy("3", 10, 0, registered=2000),
            copy("4", 1, 4, registered=2000),
        )
        rows = [copy(str(at), 20, 0, registered=2000) for at in (1, 2, 3)]
        found = headline(derived(rows, stations=4, reported=listed))
        assert (found["key"], found["k"]) == ("claim_proved_turnout", 1)

    def test_a_threshold_of_everything_is_no_crash(self) -> None:
        """Votes that are added never make a part the whole."""
        held = contest_of(("a", "b"))
        assert held.rule.threshold is not None
        rule = replace(held.rule, threshold=replace(held.rule.threshold, share=Fraction(1), base="votes"))
        record = Record(
            election=election_of(replace(held, rule=rule), geography_of({"land": None})),
            publications=(FINAL,),
            figures=figures_of(*totals("5", "3")),
        )
        assert {one.added for one in derive(record).contests[0].thresholds} == {None}

    def test_a_share_of_no_votes_is_nothing(self) -> None:
        """Where nobody voted no percentage is proved or refuted."""
        for claim in ("a >= 7%", "a < 7%"):
            assert standings(derived([copy("1", 0, 0)], claim, stations=1)) == OPEN

    def test_some_announced_seats_are_not_agreement(self) -> None:
        """Seats of one list alone do not make "the announced seats"."""
        seats = [Printed(publication="final", quantity="seats", cell="a", text="69", area="land")]
        found = derived([], stations=10, figures=[*totals("700", "300"), *seats])
        assert found.contests[0].seats.agrees is not True
