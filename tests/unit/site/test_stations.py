"""The section on polling stations: what differs is shown with its rows, and what is not shown is counted."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import polars as pl
import pytest

from secondcount.site import render_report
from secondcount.site.charts.differences import differences_chart
from secondcount.site.charts.frame import Chart
from secondcount.site.charts.snapshots import snapshots_chart
from secondcount.site.sections import stations
from secondcount.site.sections.stations import StationsView, stations_view
from secondcount.verdict import derive
from unit.site import ballots
from unit.site.page import Page
from unit.site.test_charts import plain, said
from unit.site.test_museum import MUSEUM

RECORD = ballots.record()


@cache
def view(language: str = "en") -> StationsView:
    """Return the section of the small contest."""
    found = stations_view(ballots.edition(RECORD, language).parts[0])
    assert found
    return found


def drawn() -> dict[str, Chart]:
    """Return the charts of the section."""
    part = ballots.edition(RECORD).parts[0]
    found = {"differences": differences_chart(part), "snapshots": snapshots_chart(part)}
    return {name: chart for name, chart in found.items() if chart}


class TestLead:
    def test_counts_what_was_compared(self) -> None:
        """Attributed copies beside a row, equal and different ones; the condition in the same sentence."""
        assert "Copies of 7 polling stations stand beside a row" in view().lead
        assert "In 4 of them" in view().lead
        assert "in 3 some figure differs, and if these copies are genuine" in view().lead

    def test_says_every_other_standing(self) -> None:
        """Conflicts, stations on one side only, copies of nobody, broken identities."""
        facts = " ".join(view().facts)
        for words in (
            "1 polling station has copies that contradict each other",
            "1 polling station has a copy and no published row",
            "1 polling station has a published row and no copy",
            "1 copy is of nobody",
            "The copies of 1 polling station break an identity",
        ):
            assert words in facts

    def test_without_a_table_says_that_nothing_was_compared(self) -> None:
        """Copies alone, and a table alone, have sentences of their own."""
        alone = stations_view(ballots.edition(ballots.record(table=False)).parts[0])
        table = stations_view(ballots.edition(ballots.record(copies=False)).parts[0])
        assert alone
        assert table
        assert "No station table was published" in alone.lead
        assert "There is no copy to hold against them" in table.lead

    def test_is_not_there_where_there_are_no_stations(self) -> None:
        """Neither copies nor a table: no section, and no link to a table that is not written."""
        record = ballots.record(copies=False, table=False)
        assert stations_view(ballots.edition(record).parts[0]) is None
        assert "stations.csv" not in render_report(derive(record), record)


class TestTable:
    def test_shows_copy_published_and_difference(self) -> None:
        """In one cell, in the order that the note explains."""
        assert view().first
        assert view().first.rows[0][2].endswith("OSDP: 140 | 40 (+100)")
        assert view().first.rows[0][3:] == ("100", "one digit differs")

    def test_names_files_and_rows(self) -> None:
        """Every row says in its title on which rows of which files it rests."""
        page = Page(render_report(derive(RECORD), RECORD, languages=("en",)))
        titles = [one.attributes["title"] for one in page.all("tr") if "title" in one.attributes]
        assert titles[0] == "Rests on copies.csv row 4, official.csv row 3"
        assert len(titles) == 4

    def test_counts_kinds(self) -> None:
        """As many stations as differ, each under one kind."""
        assert view().kinds
        assert sum(int(row[1]) for row in view().kinds.rows) == 3

    def test_folds_what_is_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond the open rows there is a fold that says how many it holds."""
        monkeypatch.setattr(stations, "OPEN_ROWS", 1)
        found = stations_view(ballots.edition(RECORD).parts[0])
        assert found
        assert found.first
        assert found.rest
        assert (len(found.first.rows), len(found.rest.rows)) == (1, 3)
        assert len(found.rest.sources) == 3
        assert found.rest_title == "3 more polling stations"

    def test_counts_what_it_leaves_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the page would become too large, the rest is in stations.csv, and how much is said."""
        monkeypatch.setattr(stations, "MOST_BYTES", 1_200)
        found = stations_view(ballots.edition(RECORD).parts[0])
        assert found
        assert found.first
        assert len(found.first.rows) < 4
        assert f"{4 - len(found.first.rows)} more polling station" in found.left_out

    def test_keeps_the_page_below_five_megabytes(self) -> None:
        """Three thousand stations that differ in every figure, with long names, in three languages."""
        cells = ballots.figures(9, 9)
        rows = [ballots.copy(f"{'name ' * 8}{place}", cells, place + 2) for place in range(3_000)]
        other = dict.fromkeys(cells, 1000000)
        table = [ballots.published(str(row["station"]), other, 2, "table") for row in rows]
        record = replace(
            RECORD,
            sheets={"list": pl.DataFrame(rows, schema=RECORD.sheets["list"].schema)},
            reported={"list": pl.DataFrame(table, schema=RECORD.reported["list"].schema)},
        )
        text = render_report(derive(record), record)
        assert 1_000_000 < len(text.encode()) < 5_000_000
        assert "in stations.csv only." in text


class TestCharts:
    def test_differences_go_both_ways(self) -> None:
        """Votes by which copies show more, and less; nobody's copy is not among them."""
        chart = drawn()["differences"]
        assert "OSDP +101 / −0" in said(chart).replace("OSDP: +101 / −0", "OSDP +101 / −0")
        assert "3 polling stations that differ" in chart.takeaway
        rows = {row[0]: row[1:] for row in chart.table.rows}
        assert rows["OSDP"] == ("2", "101", "0", "101")

    def test_snapshots_go_from_first_to_last(self) -> None:
        """Shares of what each table lists, and how many stations that is."""
        chart = drawn()["snapshots"]
        assert "first in “early” (2 polling stations), last in “table” (10 polling stations)" in chart.takeaway
        assert "OSDP: 28.57 % → 38.10 %" in plain(said(chart))
        assert chart.table.foot[1:] == ("2", "10")

    def test_say_their_frame(self) -> None:
        """From how many stations, held against what, on which base, from whom."""
        text = {name: said(chart) for name, chart in drawn().items()}
        assert "Copies from 7 of 9,764 polling stations" in text["differences"]
        assert "Held against: table" in text["differences"]
        assert "Base: votes for contestants in the stations" in text["snapshots"]
        assert all("Issued by: Commission" in one for one in text.values())

    def test_are_stamped_where_data_are_made_up(self) -> None:
        """A chart that is cut out still says so."""
        part = ballots.edition(ballots.record(synthetic=True)).parts[0]
        found = differences_chart(part)
        assert found
        assert "SYNTHETIC" in found.svg

    def test_are_not_there_without_anything_to_show(self) -> None:
        """No differences, or a single table: no chart."""
        part = ballots.edition(ballots.record(table=False)).parts[0]
        assert differences_chart(part) is None
        assert snapshots_chart(part) is None


@pytest.mark.parametrize("exhibit", sorted(MUSEUM))
def test_no_name_becomes_more_than_a_name(exhibit: str) -> None:
    """A station, a collector and a file named like an attack: well formed, no foreign element, nothing hidden."""
    name = MUSEUM[exhibit]
    sheet = pl.DataFrame(
        [ballots.copy(name, ballots.figures(5, 6), 3, collector=name)], schema=RECORD.sheets["list"].schema
    )
    table = [ballots.published(name, ballots.figures(7, 8), 2, "table")]
    record = replace(
        RECORD,
        sheets={"list": sheet},
        reported={"list": pl.DataFrame(table, schema=RECORD.reported["list"].schema)},
        inputs=tuple(replace(one, name=name) for one in RECORD.inputs),
    )
    text = render_report(derive(record), record, languages=("en",))
    page = Page(text)
    assert page.mistakes == []
    assert not {"script", "img", "b"} & {one.name for one in page.elements}
    assert [key for one in page.elements for key in one.attributes if key.startswith("on")] == []
    assert not set(text) & set("\x00\x1b\x07\r\u202e\u2066\u200e\u200f\u200b")
