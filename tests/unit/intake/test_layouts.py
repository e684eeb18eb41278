"""Law: a layout says what a table is: rows, keys, areas and cells; everything else in the file is said, not used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intaking.election import CONTEST, ELECTION
from secondcount.errors import InputError
from secondcount.intake import ReportedRead, SheetsRead, parse_reported, parse_sheets, with_areas
from secondcount.model.labels import Labels
from secondcount.model.layout import KeyPart, Layout
from secondcount.model.publication import Stage

CELLS = (("nur", "Nur votes"), ("union", "U"))
PLAIN = Layout(id="plain", serves="both", cells=CELLS, station=(KeyPart(column="No"),))
PLACES = replace(
    PLAIN,
    station=(KeyPart(column="No", number=True), KeyPart(column="Code", pattern=r"-([A-Z])$")),
    areas=(("region", "Region"), ("region", "Village")),
)


def copies(layout: Layout, data: str) -> SheetsRead:
    return parse_sheets("a.csv", data.encode(), replace(ELECTION, layouts=(layout,)), CONTEST)


def published(layout: Layout, data: str, **kept: object) -> ReportedRead:
    return parse_reported("a.csv", data.encode(), replace(ELECTION, layouts=(layout,), **kept), CONTEST, 0)


def codes(read: SheetsRead | ReportedRead) -> list[str]:
    return [one.code for one in read.issues]


def test_a_key_is_made_of_its_parts() -> None:
    """Leading zeros and a zero fraction are no part of a number; a pattern takes its first group."""
    read = copies(PLACES, "No,Code,Region,Village,Nur votes,U\n007,x-A,N,V,1,2\n7.0,x-B,N,V,3,4\n00,y-A,N,V,5,6\n")
    assert read.frame["station"].to_list() == ["7/A", "7/B", "0/A"]
    assert read.frame["nur"].to_list() == [1, 3, 5]


def test_a_part_cannot_look_like_two() -> None:
    """The parts "1/2" and "3" are another key than "1" and "2/3"; a key of one part is kept as it is."""
    layout = replace(PLAIN, station=(KeyPart(column="No"), KeyPart(column="Code")))
    assert copies(layout, "No,Code,Nur votes,U\n1/2,3,1,2\n1,2/3,1,2\n").frame["station"].n_unique() == 2
    assert copies(PLAIN, "No,Nur votes,U\n1/2,1,2\n").frame["station"].to_list() == ["1/2"]


def test_a_row_without_a_whole_key_is_named() -> None:
    """A part that is empty or does not fit its pattern makes no station: the row is left out and named."""
    read = copies(PLACES, "No,Code,Region,Village,Nur votes,U\n1,x-A,N,V,1,2\n,x-A,N,V,1,2\n2,xx,N,V,1,2\n")
    assert read.frame.height == 1
    assert [one.where.line for one in read.issues if one.code == "T123"] == [3, 4]


def test_areas_are_made_from_columns() -> None:
    """Two villages of one name in two regions stay two; labels are the texts; parents lead to the root."""
    data = "No,Code,Region,Village,Nur votes,U\n1,-A,N,V,1,2\n2,-A,S,V,1,2\n3,-A,S,,1,2\n4,-A,,V,1,2\n5,-A,,,1,2\n"
    read = copies(PLACES, data)
    assert read.frame["area"].to_list() == ["N/V", "S/V", "S", "/V", "land"]
    made = {one.id: (one.parent, one.labels.en) for one in read.areas}
    assert made == {
        "N": ("land", "N"),
        "S": ("land", "S"),
        "N/V": ("N", "V"),
        "S/V": ("S", "V"),
        "/V": ("land", "V"),
    }
    assert "T136" not in codes(read)
    merged = with_areas(ELECTION, read.areas).geography
    assert merged.lineage("S/V") == ("S/V", "S", "land")
    assert with_areas(with_areas(ELECTION, read.areas), read.areas).geography == merged


def test_an_area_of_the_definition_is_not_made_again() -> None:
    """A column that gives the id of an area that is there already means that area."""
    read = copies(PLACES, "No,Code,Region,Village,Nur votes,U\n1,-A,north,V,1,2\n")
    assert [one.id for one in read.areas] == ["north/V"]
    assert read.areas[0].parent == "north"


def test_rows_of_other_kinds_are_counted_once() -> None:
    """`where` keeps the rows of this table; the others are no errors, and their number is said."""
    layout = replace(PLAIN, where=(("Kind", "final"),))
    read = copies(layout, "No,Kind,Nur votes,U\n1,final,1,2\n1,draft,9,9\n2, final ,3,4\n3,,9,9\n")
    assert read.frame["nur"].to_list() == [1, 3]
    (note,) = [one for one in read.issues if one.code == "T180"]
    assert (note.value("count"), note.value("value"), note.where.line) == (2, "Kind = final", 3)


def test_columns_that_nobody_names_are_one_note() -> None:
    """What the layout does not name is not used, even where its header is an id of the contest."""
    read = copies(PLAIN, "No,Nur votes,U,ak_zhol,weather\n1,1,2,99,fine\n")
    assert read.frame.select("nur", "ak_zhol", "union", "states").rows() == [(1, None, 2, "aa=a=")]
    (note,) = [one for one in read.issues if one.code == "T132"]
    assert note.value("value") == "ak_zhol; weather"


def test_a_column_that_says_synthetic_is_heard() -> None:
    """No layout can hide that a file is made up."""
    assert copies(PLAIN, "No,Nur votes,U,synthetic\n1,1,2,yes\n").synthetic == "synthetic"


def test_an_empty_cell_is_unknown() -> None:
    """Nothing is not zero, whatever the layout."""
    assert copies(PLAIN, "No,Nur votes,U\n1,,0\n").frame.select("nur", "union", "states").rows() == [
        (None, 0, "aaua=")
    ]


def test_the_layout_with_most_columns_reads_the_file() -> None:
    """Of two that fit, the one that knows more of the file; one for the other side or contest never."""
    wide = replace(PLAIN, id="wide", cells=(*CELLS, ("ak_zhol", "A")))
    other = replace(wide, id="other", serves="reported", cells=(*wide.cells, ("invalid", "I")))
    foreign = replace(wide, id="foreign", contest="mayor", cells=other.cells)
    land = replace(ELECTION, layouts=(PLAIN, wide, other, foreign))
    read = parse_sheets("a.csv", b"No,Nur votes,U,A,I\n1,1,2,3,4\n", land, CONTEST)
    assert read.frame["ak_zhol"].to_list() == [3]
    assert [one.value("layout") for one in read.issues if one.code == "T181"] == ["wide"]


def test_a_file_that_fits_no_layout_is_read_by_its_headers() -> None:
    """A missing column means another table: the usual reading decides."""
    assert copies(PLAIN, "station,nur,union\n1,1,2\n").frame["nur"].to_list() == [1]


def test_level_issuer_stage_and_labels_come_from_the_layout() -> None:
    """What the layout says of its tables needs no lines above the header; what the file says counts first."""
    layout = replace(PLAIN, level=3, issuer="Commission", stage="preliminary", labels=Labels(en="Quick", ru="Быстро"))
    assert copies(layout, "No,Nur votes,U\n1,1,2\n").frame["level"].to_list() == [3]
    read = published(layout, "No,Nur votes,U\n1,1,2\n")
    assert (read.publication.issuer, read.publication.stage) == ("Commission", Stage.PRELIMINARY)
    assert read.publication.labels.ru == "Быстро"
    assert "T171" not in codes(read)
    own = published(layout, "# issuer: Court\n# stage: final\n# label: Judgment\nNo,Nur votes,U\n1,1,2\n")
    assert (own.publication.issuer, own.publication.stage) == ("Court", Stage.FINAL)
    assert own.publication.labels.en == "Judgment"


def test_head_columns_have_any_name() -> None:
    """Level, copy, version and collector are read from the columns that the layout names."""
    layout = replace(PLAIN, level_column="L", copy_column="C", version_column="V", collector_column="Who", level=1)
    read = copies(layout, "No,L,C,V,Who,Nur votes,U\n1,3,2,4,group,1,2\n")
    assert read.frame.select("level", "copy", "version", "collector").rows() == [(3, 2, 4, "group")]


def test_a_table_of_areas_has_no_station() -> None:
    """Keys are translated by `area_ids`; one that is not there and no name of an area belongs nowhere."""
    layout = replace(
        PLAIN,
        serves="reported",
        station=(),
        area=(KeyPart(column="kind"), KeyPart(column="nr", number=True)),
        area_ids=(("LAND/1", "north"), ("LAND/2", "south")),
    )
    read = published(layout, "kind,nr,Nur votes,U\nLAND,01,5,\nLAND,2,6,7.0\nLAND,9,1,1\n")
    assert read.figures.select("area", "cell", "value").sort("area", "cell").rows() == [
        ("north", "nur", 5),
        ("south", "nur", 6),
        ("south", "union", 7),
    ]
    assert [(one.code, one.where.line) for one in read.issues if one.code in ("T175", "T176")] == [
        ("T176", 2),
        ("T175", 4),
    ]


def test_a_table_of_made_areas_has_no_row_for_nothing() -> None:
    """A row without an area is no figure of the country, a totals row is."""
    layout = replace(PLAIN, serves="reported", station=(), areas=(("region", "Region"),))
    read = published(layout, "Region,Nur votes,U\nEast,1,2\n,8,8\nTotal,1,2\n")
    assert read.figures.select("area", "value").sort("area", "value").rows() == [
        ("East", 1),
        ("East", 2),
        ("land", 1),
        ("land", 2),
    ]
    assert [one for one in codes(read) if one in ("T175", "T178")] == ["T175", "T178"]


@pytest.mark.parametrize(
    ("layout", "header", "code"),
    [
        (PLAIN, "No,No,Nur votes,U", "T111"),
        (replace(PLAIN, station=(KeyPart(column="No", pattern="("),)), "No,Code,Nur votes,U", "T182"),
    ],
)
def test_what_cannot_be_told_is_refused(layout: Layout, header: str, code: str) -> None:
    """A column twice, or a pattern that is none, ends the reading with its code."""
    with pytest.raises(InputError) as caught:
        copies(layout, header + "\n1,2,3,4\n")
    assert caught.value.code == code


def test_a_mapping_must_fit() -> None:
    """A layout that is given is used whatever the headers are, and refused where its columns are not there."""
    read = parse_sheets("a.csv", b"No,Nur votes,U\n1,1,2\n", ELECTION, CONTEST, PLAIN)
    assert read.frame["union"].to_list() == [2]
    with pytest.raises(InputError) as caught:
        parse_sheets("a.csv", b"station,nur,U\n1,1,2\n", ELECTION, CONTEST, PLAIN)
    assert (caught.value.code, caught.value.values["columns"]) == ("T182", "No; Nur votes")
