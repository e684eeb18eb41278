"""Both sides of every station: nothing is lost, nothing is compared that was not read, nobody's copy contradicts."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from secondcount.site import side_by_side as side_by_side_room
from secondcount.site.side_by_side import notable_rows, side_by_side, sides_of, stations_file, wide_rows, wide_slices
from secondcount.tabulation import compare_stations, from_level, tabulate
from unit.site import ballots

RECORD = ballots.record()
SIDES = ballots.sides(RECORD)
STANDINGS = dict(SIDES.keys.select("station", "standing").iter_rows())


def row(station: str) -> dict[str, object]:
    """Return the wide row of one station."""
    return wide_rows(SIDES, SIDES.keys.filter(pl.col("station") == station)).row(0, named=True)


class TestStandings:
    def test_say_of_every_station_what_it_is(self) -> None:
        """One standing for each station of either side."""
        assert STANDINGS == {
            "equal": "equal",
            "differs": "differs",
            "small": "differs",
            "conflict": "conflict",
            "nobody": "unattributed",
            "unlisted": "copy_only",
            "broken": "differs",
            "unread": "equal",
            "=1+1": "equal",
            "twice": "equal",
            "only published": "published_only",
        }

    def test_agree_with_the_comparison_of_the_verdict(self) -> None:
        """The stations that differ here are those that tabulation finds different."""
        contest, geography = ballots.contest(), RECORD.election.geography
        copies = from_level(tabulate(RECORD.sheets["list"], contest, geography), 1, contest, geography)
        table = RECORD.reported["list"].filter(pl.col("publication") == "table")
        compared = compare_stations(copies.usable, table, contest)
        assert set(compared.differing["station"]) == {one for one, what in STANDINGS.items() if what == "differs"}

    def test_nothing_read_on_both_sides_is_no_equality(self) -> None:
        """A copy of which no number was read is neither equal nor different."""
        nothing = dict.fromkeys(ballots.contest().cells)
        sheet = ballots.copy("equal", nothing, 3)
        frame = pl.DataFrame([sheet], schema=RECORD.sheets["list"].schema)
        sides = ballots.sides(replace(RECORD, sheets={"list": frame}))
        assert sides.keys.filter(pl.col("station") == "equal")["standing"].to_list() == ["not_compared"]

    def test_are_told_by_every_cell_of_a_form_of_any_length(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One figure on both sides is enough, wherever it stands in the form."""
        figure = {**dict.fromkeys(ballots.contest().cells), list(ballots.contest().cells)[-1]: 1}
        frame = pl.DataFrame([ballots.copy("equal", figure, 3)], schema=RECORD.sheets["list"].schema)
        record = replace(RECORD, sheets={"list": frame})
        whole = ballots.sides(record).keys
        assert whole.filter(pl.col("station") == "equal").select("standing", "compared").row(0) == ("equal", 1)
        monkeypatch.setattr(side_by_side_room, "_BITS", 3)
        assert ballots.sides(record).keys.equals(whole)

    def test_without_a_table_there_is_nothing_to_differ_from(self) -> None:
        """Copies alone stand as such."""
        standings = set(ballots.sides(ballots.record(table=False)).keys["standing"])
        assert standings == {"no_table", "conflict"}

    def test_without_anything_there_is_nothing(self) -> None:
        """A contest without copies and without a table has no sides."""
        assert side_by_side(ballots.record(copies=False, table=False), ballots.contest()) is None
        assert sides_of(ballots.record(copies=False, table=False)) == {}


class TestWideRows:
    def test_hold_copy_published_and_difference(self) -> None:
        """The difference is copy minus published."""
        found = row("differs")
        assert [found[f"osdp.{part}"] for part in ("copy", "copy_2", "published", "difference")] == [
            140,
            None,
            40,
            100,
        ]

    def test_show_both_of_two_copies(self) -> None:
        """Copies that contradict each other stand side by side and have no difference; agreeing ones have one."""
        found, twice = row("conflict"), row("twice")
        assert (found["osdp.copy"], found["osdp.copy_2"], found["osdp.difference"]) == (40, 90, None)
        assert (twice["osdp.copy"], twice["osdp.copy_2"], twice["osdp.difference"]) == (40, 40, 0)
        assert [found["copies"], twice["copies"], row("equal")["copies"]] == [2, 2, 1]

    def test_leave_what_was_not_read_empty(self) -> None:
        """An illegible number is no zero and no difference."""
        found = row("unread")
        assert (found["osdp.copy"], found["osdp.published"], found["osdp.difference"]) == (None, 40, None)

    def test_are_the_same_by_ones_and_twos(self) -> None:
        """In slices of any size, of all keys or of a few, a station has the same row."""
        whole = wide_rows(SIDES, SIDES.keys)
        for size in (1, 2, 3, whole.height, whole.height + 1):
            assert pl.concat(wide_slices(SIDES, SIDES.keys, size)).equals(whole)
        assert wide_rows(SIDES, SIDES.keys.head(2)).equals(whole.head(2))
        assert wide_rows(SIDES, SIDES.keys.clear()).equals(whole.clear())

    def test_have_one_row_for_each_key(self) -> None:
        """No join multiplies or loses a station."""
        assert wide_rows(SIDES, SIDES.keys)["station"].to_list() == SIDES.keys["station"].to_list()


class TestNotable:
    def test_come_with_the_largest_difference_first(self) -> None:
        """Votes decide the order, then the number of figures; conflicts follow."""
        assert SIDES.notable["station"].to_list() == ["differs", "small", "broken", "conflict"]

    def test_count_votes_once(self) -> None:
        """Votes apart are those of contestants: a line that is their sum adds nothing."""
        assert notable_rows(SIDES)[0].apart == 100

    def test_show_the_figures_that_matter(self) -> None:
        """What differs; of a broken identity, all its figures; of copies that conflict, those that do."""
        rows = {one.station: [cell.cell for cell in one.cells] for one in notable_rows(SIDES)}
        assert rows["differs"] == ["took_part", "osdp"]
        assert rows["broken"] == ["took_part", *ballots.IDS]
        assert rows["conflict"] == ["nur_otan", "osdp"]

    def test_name_every_row_that_they_rest_on(self) -> None:
        """File and line of copies and of the published row."""
        rows = {one.station: one.basis for one in notable_rows(SIDES)}
        assert rows["differs"] == (f"{ballots.COPIES}#4", f"{ballots.OFFICIAL}#3")
        assert rows["conflict"] == (f"{ballots.COPIES}#6", f"{ballots.COPIES}#7", f"{ballots.OFFICIAL}#5")

    def test_are_cut_at_the_end(self) -> None:
        """A limit leaves out the least."""
        assert [one.station for one in notable_rows(SIDES, 2)] == ["differs", "small"]


def test_contests_have_tables_of_their_own() -> None:
    """One contest: stations.csv; several: one file for each."""
    assert stations_file({"list": SIDES}, "list") == "stations.csv"
    assert stations_file({"list": SIDES, "single": SIDES}, "single") == "stations-single.csv"
