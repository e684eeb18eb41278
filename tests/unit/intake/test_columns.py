"""Law: a header means what the definition calls it, in any of its spellings; what two headers claim nobody gets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intaking.election import CONTEST, ELECTION, HEADER, row, sheet
from secondcount.errors import InputError
from secondcount.intake import parse_sheets
from secondcount.intake.matching import area_names, cell_names, name_key
from secondcount.model.labels import Labels

NAMES = cell_names(CONTEST)


@pytest.mark.parametrize(
    ("cell", "headers"),
    [
        ("nur", ["nur", "NUR", " Nur ", "Party of Light", "party-of-light", "PARTY  OF LIGHT", "Партия Света"]),
        ("nur", ["Нұр партиясы", "Нур партиясы", "light", "Свет", "Нұр", "PL-2030", "pl 2030", "ＰＬ２０３０"]),
        ("ak_zhol", ["ak_zhol", "Ak Zhol", "ak-zhol", "akzhol", "White Way", "Белый путь", "Ақ жол", "Ак жол"]),
        ("union", ["Союз", "«Союз»", "Одақ", "Одак", "UNION."]),
        ("registered", ["1", "1.", "(1)", "registered", "Voters on the list", "Избиратели в списке"]),
        ("invalid", ["9", "Жарамсыз бюллетеньдер"]),
    ],
)
def test_spellings_of_a_cell(cell: str, headers: list[str]) -> None:
    """Case, spaces, punctuation, width, and Kazakh letters typed as Russian ones change nothing."""
    for header in headers:
        assert NAMES.find(header) == {cell}, header


@pytest.mark.parametrize("header", ["", "weather", "№", "-", "nu", "nurr", "99"])
def test_nothing_is_matched_by_likeness(header: str) -> None:
    """A name that is nearly right is not right."""
    assert NAMES.find(header) == frozenset()


def test_areas_have_names_in_three_languages() -> None:
    """An area is found by its id and by each of its labels; a label of two areas is both."""
    names = area_names(ELECTION.geography)
    assert [names.find(one) for one in ("north", "Север", "солтүстік", "Солтустик")] == [{"north"}] * 4
    assert names.find("Юг") == {"south", "old_south"}


def test_an_exact_name_beats_a_folded_one() -> None:
    """Two lists whose names differ in a Kazakh letter only are told apart by it."""
    other = replace(CONTEST.contestants[0], id="nur_2", labels=Labels(en="Нур"), short=None, aliases=())
    names = cell_names(replace(CONTEST, contestants=(*CONTEST.contestants, other)))
    assert names.find("Нұр") == {"nur"}
    assert names.find("Нур") == {"nur_2"}


def test_marks_of_vowels_belong_to_the_name() -> None:
    """In scripts that write vowels as marks, names that differ in one are different."""
    assert name_key("कि") != name_key("का")


@pytest.mark.parametrize(
    "header",
    [
        "участок;область;уровень;копия;версия;собрал;1;9;Свет;Белый путь;Союз",
        "УЧАСКЕ;АУМАҚ;ДЕҢГЕЙ;КӨШІРМЕ;НҰСҚА;ЖИНАҒАН;1;9;Нұр;Ақ жол;Одақ",
        "Polling Station;Region;Provenance;Copy Number;Version;Collected by;1;9;Light;White Way;Union",
    ],
)
def test_headers_in_three_languages(header: str) -> None:
    """A whole table in Russian, Kazakh or English needs no mapping."""
    data = f"{header}\n{row().replace(',', ';')}\n".encode()
    read = parse_sheets("copies.csv", data, ELECTION, CONTEST)
    assert [one.code for one in read.issues] == ["T167"]
    assert read.frame.select(CONTEST.cells).rows() == [(100, 1, 50, 30, 10)]
    assert read.frame.select("station", "area", "level", "collector").rows() == [("001", "north", 2, "obs")]


def test_what_a_header_was_taken_for_is_said() -> None:
    """A header that is not the id itself is listed with what it was taken for, so that a wrong guess can be seen."""
    data = sheet(row(), header=",".join(HEADER).replace("nur", "Свет").replace("station", "УИК"))
    (issue,) = parse_sheets("copies.csv", data, ELECTION, CONTEST).issues
    assert (issue.code, issue.value("value")) == ("T167", "УИК = station; Свет = nur")


def test_the_order_of_columns_is_free() -> None:
    """Any order of the columns gives the same frame."""
    turned = "\n".join(",".join(reversed(line.split(","))) for line in (",".join(HEADER), row()))
    straight = parse_sheets("copies.csv", sheet(row()), ELECTION, CONTEST).frame
    assert (
        parse_sheets("copies.csv", turned.encode(), ELECTION, CONTEST)
        .frame.drop("basis")
        .equals(straight.drop("basis"))
    )


def test_a_header_that_fits_two_cells_is_not_used() -> None:
    """An alias that two lists share is refused for both: T131, and the cells without another column are unknown."""
    contestants = tuple(replace(one, aliases=("Ours",)) for one in CONTEST.contestants[:2])
    contest = replace(CONTEST, contestants=(*contestants, CONTEST.contestants[2]))
    data = sheet(row(), header=",".join(HEADER).replace("ak_zhol", "Ours"))
    read = parse_sheets("copies.csv", data, ELECTION, contest)
    assert [(one.code, one.value("cells")) for one in read.issues] == [("T131", "ak_zhol, nur")]
    assert read.frame["states"].to_list() == ["===u="]


def test_a_column_of_the_contest_is_required() -> None:
    """A table of something else is refused with its headers, not read as a table of blanks."""
    with pytest.raises(InputError) as caught:
        parse_sheets("weather.csv", b"station,rain\n1,2\n", ELECTION, CONTEST)
    assert caught.value.code == "T110"
    assert caught.value.values["headers"] == "station; rain"
