"""One published station table against the one before it, as the report tells it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from secondcount.model.record import Record
from secondcount.model.tables import table_columns
from secondcount.site.report import render_report
from secondcount.site.sections.between import MOST_SHOWN, BetweenView, between_views
from secondcount.wording import LANGUAGES
from unit.site import ballots


def record(early: list[tuple[str, int]], late: list[tuple[str, int]]) -> Record:
    """Return a record with two published tables: a station and OSDP's votes a row."""
    rows = [
        ballots.published(station, ballots.figures(votes, 60), place, name)
        for name, table in (("early", early), ("table", late))
        for place, (station, votes) in enumerate(table, start=2)
    ]
    tables = pl.DataFrame(rows, schema=table_columns(ballots.contest()))
    return replace(ballots.record(copies=False), reported={"list": tables})


def views(of: Record, language: str = "en") -> tuple[BetweenView, ...]:
    """Return what is told between the tables of a record."""
    return between_views(ballots.edition(of, language).parts[0])


CHANGED = record([("a", 40), ("b", 50), ("gone", 9)], [("a", 37), ("b", 50), ("c", 8), ("d", 8)])


def test_counts_net_and_stations_are_told() -> None:
    """Changed, added and removed stations are counted, the net change named, the changed station shown in both."""
    (found,) = views(CHANGED)
    assert [number for _, number in found.counts.rows] == ["2", "1", "0", "0", "2", "1"]
    assert found.net is not None
    assert [(row[0], *row[1:]) for row in found.net.rows if "OSDP" in row[0]] == [
        (found.net.rows[-1][0], "−3", "0", "1")
    ]
    assert found.stations is not None
    assert [row[0] for row in found.stations.rows] == ["a"]
    assert "40 → 37 (−3)" in found.stations.rows[0][2]
    assert found.listed == ("Only in the later table (2): c, d.", "Only in the earlier table (1): gone.")


def test_the_largest_change_comes_first_and_the_rest_is_counted() -> None:
    """At most so many stations are written out, the largest change first; how many are not is said."""
    names = [f"{number:02}" for number in range(MOST_SHOWN + 3)]
    (found,) = views(record([(one, 10) for one in names], [(one, 11 + place) for place, one in enumerate(names)]))
    assert found.stations is not None
    assert (len(found.stations.rows), found.stations.rows[0][0]) == (MOST_SHOWN, names[-1])
    assert found.stations.note.startswith("3 more")
    assert f"({len(names)})" in found.fold


def test_one_table_has_nothing_before_it() -> None:
    """A single published table, and a record without any, are told nothing of."""
    assert views(record([], [("a", 40)])) == ()
    assert views(ballots.record(table=False)) == ()


def test_tables_that_share_no_station_are_not_compared() -> None:
    """Nothing is changed where no station is in both; the stations are named."""
    (found,) = views(record([("a", 40)], [("b", 40)]))
    assert found.lead == "No polling station is in both tables."
    assert (found.net, found.stations) == (None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_it_in_every_language(language: str) -> None:
    """The section stands on the page, and a name that somebody wrote into a table is escaped."""
    hostile = record([("<b>x", 40)], [("<b>x", 0)])
    page = render_report(ballots.verdict(hostile), hostile, languages=(language,), language=language)
    (found,) = views(hostile, language)
    assert found.title in page
    assert "&lt;b&gt;x" in page
    assert "<b>x" not in page
