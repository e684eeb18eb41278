"""The worksheet: what is printed and argued with says on every page under which condition, and holds no formula."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from secondcount.model.labels import Labels
from secondcount.site import worksheet
from secondcount.site.worksheet import render_worksheet
from secondcount.wording import LANGUAGES
from unit.site import ballots
from unit.site.test_museum import MUSEUM

RECORD = ballots.record()


def parts(record=RECORD, language: str = "en") -> dict[str, str]:
    """Return the parts of the workbook as text."""
    with ZipFile(BytesIO(render_worksheet(ballots.edition(record, language)))) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def sheet(**asked: object) -> str:
    """Return the markup of the first sheet."""
    return parts(**asked)["xl/worksheets/sheet1.xml"]


def texts(**asked: object) -> list[str]:
    """Return the texts of the workbook in the order in which they were first written."""
    shared = parts(**asked)["xl/sharedStrings.xml"]
    return [unescape(one) for one in re.findall(r"<t[^>]*>(.*?)</t>", shared, re.DOTALL)]


class TestPage:
    def test_is_a4_across_and_one_page_wide(self) -> None:
        """Paper 9 is A4; as many pages down as are needed."""
        assert 'paperSize="9"' in sheet()
        assert 'orientation="landscape"' in sheet()
        assert 'fitToHeight="0"' in sheet()

    def test_repeats_its_headings_on_screen_and_paper(self) -> None:
        """Frozen panes and print titles."""
        assert re.search(r'<pane xSplit="1" ySplit="4" [^>]*state="frozen"', sheet())
        assert re.search(r"_xlnm.Print_Titles[^<]*>[^<]*\$4:\$4<", parts()["xl/workbook.xml"])

    @pytest.mark.parametrize(
        ("language", "words"), [("en", "genuine"), ("ru", "подлинные"), ("kk", "түпнұсқаға сай болса")]
    )
    def test_has_condition_and_page_number_at_its_foot(self, language: str, words: str) -> None:
        """In the language of the report."""
        footer = re.search(r"<oddFooter>(.*?)</oddFooter>", sheet(language=language))
        assert footer
        assert words in footer[1]
        assert footer[1].endswith("&amp;P / &amp;N")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_marked_where_data_are_made_up(self, language: str) -> None:
        """SYNTHETIC in the header of every page, and in the sheet; never where nothing is made up."""
        made_up = sheet(record=ballots.record(synthetic=True), language=language)
        assert re.search(r"<oddHeader>.*SYNTHETIC.*</oddHeader>", made_up)
        assert "SYNTHETIC" not in "".join(parts(language=language).values())

    def test_header_and_footer_are_never_too_long(self) -> None:
        """Excel repairs a file whose header has more than 255 characters; an ampersand stands for itself."""
        name = "A & B " * 80
        election = RECORD.election
        contest = replace(election.contests[0], labels=Labels(en=name, ru=name, kk=name))
        long = replace(ballots.record(synthetic=True), election=replace(election, contests=(contest,)))
        header = re.search(r"<oddHeader>(.*?)</oddHeader>", sheet(record=long))
        assert header
        assert len(unescape(header[1])) <= 255
        assert unescape(header[1]).startswith("&LA && B A && B")
        assert "SYNTHETIC" in header[1]


class TestLines:
    def test_show_copies_published_and_difference(self) -> None:
        """The first station: two figures that differ, each a number."""
        row = re.search(r'<row r="6".*?</row>', sheet())
        assert row
        assert re.findall(r'<c r="([D-G])6" s="\d+"><v>(-?\d+)</v>', row[0]) == [
            ("D", "140"),
            ("F", "40"),
            ("G", "100"),
        ]

    def test_show_two_copies_that_differ_side_by_side(self) -> None:
        """Copy 1 and copy 2, each in its own column."""
        assert re.search(r'<c r="D(\d+)" s="\d+"><v>40</v></c><c r="E\1" s="\d+"><v>90</v></c>', sheet())

    def test_leave_requisites_empty(self) -> None:
        """Five cells without value behind the last column, on every line."""
        row = re.search(r'<row r="5".*?</row>', sheet())
        assert row
        assert re.findall(r'<c r="([I-M])5" s="\d+"/>', row[0]) == ["I", "J", "K", "L", "M"]

    def test_say_what_they_are(self) -> None:
        """The kind of change, the broken identity, the conflict of copies."""
        assert "one digit differs" in texts()
        assert "only lines that are not votes; breaks: Took part: all votes" in texts()
        assert "copies contradict each other" in texts()

    def test_of_an_empty_sheet_say_so(self) -> None:
        """Nothing differs: a sentence, not an empty page; and where that is so because nothing was compared, why."""
        said = " ".join(texts(record=ballots.record(copies=False)))
        assert "No polling station differs" in said
        assert "There is no copy to hold against them." in said

    def test_that_are_left_out_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond the limit no station is cut in two, and how many more stations.csv has is said."""
        monkeypatch.setattr(worksheet, "MOST_ROWS", 5)
        said = " ".join(texts())
        assert "2 polling stations that differ" in said
        assert "2 more polling stations of this kind are in stations.csv" in said


class TestSafety:
    def test_has_no_formula_no_link_no_macro(self) -> None:
        """Only numbers and shared texts."""
        found = parts()
        assert not [name for name in found if "vba" in name or "externalLink" in name]
        assert "<f>" not in "".join(found.values())
        assert "hyperlink" not in sheet()

    @pytest.mark.parametrize("exhibit", sorted(MUSEUM))
    def test_a_name_is_a_text(self, exhibit: str) -> None:
        """Names of the museum, with a sign of a formula in front: texts, and a file that opens."""
        name = f"={MUSEUM[exhibit]}"
        election = RECORD.election
        labels = Labels(en=name, ru=name, kk=name)
        people = tuple(replace(one, labels=labels, short=None) for one in election.contests[0].contestants)
        contest = replace(election.contests[0], labels=labels, contestants=people)
        found = parts(record=replace(RECORD, election=replace(election, labels=labels, contests=(contest,))))
        assert "<f>" not in "".join(found.values())
        assert not set("".join(found.values())) & set("\x00\x1b\x07\u202e\u2066\u200e\u200f\u200b")

    def test_is_the_same_every_time(self) -> None:
        """No clock is in it."""
        edition = ballots.edition(RECORD)
        assert render_worksheet(edition) == render_worksheet(edition)
        assert "2000-01-01T00:00:00Z" in parts()["docProps/core.xml"]
