"""Law: a published figure is kept exactly as printed, belongs to one area, and says from which line it comes."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import polars as pl
import pytest

from intaking.election import CONTEST, ELECTION
from secondcount.errors import InputError
from secondcount.intake import ReportedRead, parse_reported
from secondcount.model.publication import Stage
from secondcount.model.tables import FIGURES, table_columns

ABOUT = "# issuer: Commission\n# stage: preliminary\n# published: 2030-05-06T09:30\n# label: First\n"


def read(text: str, *, above: str = ABOUT, name: str = "official.csv", order: int = 1) -> ReportedRead:
    """Return the publication of a table."""
    return parse_reported(name, (above + text).encode(), ELECTION, CONTEST, order)


def figures(found: ReportedRead) -> list[tuple[object, ...]]:
    """Return area, quantity, cell, value, decimals and rounding of each figure, sorted."""
    return sorted(found.figures.select("area", "quantity", "cell", "value", "decimals", "rounding").rows())


def test_counts_by_area() -> None:
    """A column for each list, a row for each area."""
    found = read("area,nur,ak_zhol,union\nland,9,5,2\nСевер,4,3,1\n")
    assert found.issues == ()
    assert figures(found) == [
        ("land", "count", "ak_zhol", 5, 0, 0),
        ("land", "count", "nur", 9, 0, 0),
        ("land", "count", "union", 2, 0, 0),
        ("north", "count", "ak_zhol", 3, 0, 0),
        ("north", "count", "nur", 4, 0, 0),
        ("north", "count", "union", 1, 0, 0),
    ]


@pytest.mark.parametrize("header", ["nur_pct", "nur %", '"Нұр, %"', "Light percent", "nur"])
def test_percentages_by_column(header: str) -> None:
    """A column is one of percentages by its header, or because every cell of it ends in %."""
    found = read(f"area,{header},ak_zhol_pct,union_pct\nland,80.90%,7,0\nnorth,7.5 %,7.46,100\n")
    assert {one.code for one in found.issues} <= {"T167"}
    assert [one for one in figures(found) if one[2] == "nur"] == [
        ("land", "share", "nur", 8090, 2, 1),
        ("north", "share", "nur", 75, 1, 1),
    ]
    assert ("land", "share", "union", 0, 0, 1) in figures(found)
    assert ("north", "share", "union", 100, 0, 1) in figures(found)


def test_a_decimal_comma_is_one_in_percentages() -> None:
    """In a column of percentages a comma before any number of digits is a decimal comma."""
    found = read("area;nur_pct;ak_zhol_pct;union_pct\nland;80,99;7,475;0,5\n")
    assert [one[3:5] for one in figures(found)] == [(7475, 3), (8099, 2), (5, 1)]


def test_turnout_seats_and_stations() -> None:
    """What belongs to every contest has no contest and no cell; seats are counts of seats."""
    found = read("area,turnout,stations,seats_nur\nland,75.45%,9 764,7\n")
    assert figures(found) == [
        ("land", "seats", "nur", 7, 0, 0),
        ("land", "stations", "", 9764, 0, 0),
        ("land", "turnout", "", 7545, 2, 1),
    ]
    assert dict(found.figures.select("quantity", "contest").rows()) == {"seats": "list", "stations": "", "turnout": ""}
    assert found.issues == ()


def test_a_long_table() -> None:
    """One figure in each row, whatever its quantity."""
    found = read(
        "area,quantity,cell,value\nland,count,Партия Света,9\nland,SHARE,nur,80.9\nland,turnout,,75%\n"
        "land,seats,union,2\nnorth,stations,,12\nnorth,count,1,1000\n"
    )
    assert found.issues == ()
    assert figures(found) == [
        ("land", "count", "nur", 9, 0, 0),
        ("land", "seats", "union", 2, 0, 0),
        ("land", "share", "nur", 809, 1, 1),
        ("land", "turnout", "", 75, 0, 1),
        ("north", "count", "registered", 1000, 0, 0),
        ("north", "stations", "", 12, 0, 0),
    ]


def test_a_long_table_without_quantities_holds_counts() -> None:
    """Area, cell and value are enough for votes."""
    assert figures(read("area,cell,value\nland,nur,9\n")) == [("land", "count", "nur", 9, 0, 0)]


@pytest.mark.parametrize(
    "text", ["area,cell,value,turnout\nland,nur,9,75%\n", "area,quantity,nur,ak_zhol,union\nland,count,9,5,2\n"]
)
def test_columns_of_the_other_shape_are_named(text: str) -> None:
    """A long table uses no column of figures, a wide one no column of quantities; what is not used is said."""
    found = read(text)
    assert [(one.code, one.value("count")) for one in found.issues] == [("T132", 1)]
    assert ("land", "count", "nur", 9, 0, 0) in figures(found)


def test_a_table_by_station() -> None:
    """A column of polling stations makes it the authority's station table, with the contract of its own."""
    found = read("station,area,nur,ak_zhol,union,1,9\n0012,north,5,?,1,9,0\n", order=3)
    assert found.reported is not None
    assert found.reported.schema == pl.Schema(table_columns(CONTEST))
    assert found.reported.drop("basis").rows() == [("official-3", "0012", "north", "===i=", 9, 0, 5, None, 1)]
    assert found.figures.is_empty()
    assert found.figures.schema == pl.Schema(FIGURES)
    assert found.input.rows == 1


def test_percentages_are_no_votes_of_a_station() -> None:
    """In a station table a column of percentages is not used, and that is said."""
    found = read("station,area,nur,ak_zhol,union,registered,invalid,nur_pct\n0012,north,5,3,1,9,0,55.5\n")
    assert [one.code for one in found.issues] == ["T132"]


def test_each_figure_names_its_line_publication_and_source() -> None:
    """The frame keeps the contract; the basis is digest and line; the source is the one that the file names."""
    text = "area,nur,ak_zhol,union\nland,9,5,2\n"
    found = read(text, above=ABOUT + "# source: bulletin no. 7\n", name="Bulletin No. 7.csv.gz", order=2)
    digest = hashlib.sha256((ABOUT + "# source: bulletin no. 7\n" + text).encode()).hexdigest()
    assert found.figures.schema == pl.Schema(FIGURES)
    assert found.figures["publication"].unique().to_list() == ["bulletin-no-7-2"] == [found.publication.id]
    assert found.figures["source"].unique().to_list() == ["bulletin no. 7"]
    assert found.figures["basis"].unique().to_list() == [f"{digest}#7"]


def test_the_publication_says_what_the_file_says() -> None:
    """Issuer, stage, label in three languages, and whose account it is."""
    above = ABOUT + "# label_ru: Первая\n# label_kk: Бірінші\n# one_side: the candidate's own account\n"
    publication = read("area,nur,ak_zhol,union\nland,9,5,2\n", above=above).publication
    assert (publication.issuer, publication.stage) == ("Commission", Stage.PRELIMINARY)
    assert [publication.labels.get(one) for one in ("en", "ru", "kk")] == ["First", "Первая", "Бірінші"]
    assert publication.one_side == "the candidate's own account"
    assert not publication.synthetic


def test_what_the_file_does_not_say_is_not_invented() -> None:
    """No issuer, no time, no label: empty, and said; no stage: taken as final, and said."""
    found = read("area,nur,ak_zhol,union\nland,9,5,2\n", above="", name="итоги.csv")
    assert (found.publication.id, found.publication.issuer, found.publication.published) == ("reported-1", "", None)
    assert found.publication.labels.en == "итоги"
    assert found.publication.stage is Stage.FINAL
    assert [(one.code, dict(one.values)) for one in found.issues] == [
        ("T170", {"keys": "issuer, published, label"}),
        ("T171", {}),
    ]


@pytest.mark.parametrize(
    ("said", "hours"), [("2030-05-06T09:30", 5), ("2030-05-06 09:30+03:00", 3), ("2030-05-06T09:30Z", 0)]
)
def test_a_time_of_day_has_a_zone(said: str, hours: int) -> None:
    """A time without an offset is of the election's time zone; one with an offset keeps it."""
    published = read("area,nur,ak_zhol,union\nland,9,5,2\n", above=f"# published: {said}\n").publication.published
    assert published is not None
    assert published.utcoffset() == timedelta(hours=hours)
    assert published.replace(tzinfo=None) == datetime(2030, 5, 6, 9, 30)


def test_a_date_alone_has_no_time() -> None:
    """A date is midnight without a zone, as in definitions: nobody said when on that day."""
    published = read("area,nur,ak_zhol,union\nland,9,5,2\n", above="# published: 2030-05-06\n").publication.published
    assert published == datetime(2030, 5, 6)


def test_a_synthetic_publication_says_so() -> None:
    """The label reaches the publication and the input."""
    found = read("area,nur,ak_zhol,union\nland,9,5,2\n", above=ABOUT + "# synthetic: seed 7\n")
    assert found.publication.synthetic
    assert found.input.synthetic


def test_a_figure_of_nowhere_is_not_used() -> None:
    """Other than a copy, a figure of an unknown area cannot count for the whole: it would be taken for its total."""
    found = read("area,nur,ak_zhol,union\nMoon,9,5,2\n")
    assert found.figures.is_empty()
    assert [one.code for one in found.issues] == ["T175"]


def test_a_figure_given_twice_differently_is_not_used() -> None:
    """Neither of two figures is preferred; the same figure twice is one."""
    found = read("area,nur,ak_zhol,union\nland,9,5,2\nland,9,6,2\n")
    assert figures(found) == [("land", "count", "nur", 9, 0, 0), ("land", "count", "union", 2, 0, 0)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("nur,ak_zhol\n1,2\n", "T109"), ("area,weather\nland,fine\n", "T110"), ("area,area\n1,2\n", "T111")],
)
def test_a_table_of_something_else_is_refused(text: str, code: str) -> None:
    """Without areas, without figures, or with two columns of areas a file is not guessed at."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.code == code


def test_a_column_claimed_twice_gives_no_figure() -> None:
    """Two columns for one figure: neither is used."""
    found = read("area,nur,Партия Света,ak_zhol,union\nland,9,8,5,2\n")
    assert [one[2] for one in figures(found)] == ["ak_zhol", "union"]
    assert "T130" in [one.code for one in found.issues]
