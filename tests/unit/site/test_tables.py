"""The tables beside the report: every row is there, numbers are numbers, and no text is taken for a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import polars as pl
import pytest

from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Severity, Where
from secondcount.site import tables
from secondcount.site.tables import build_tables, inert
from secondcount.wording import Phrasebook
from unit.site import ballots
from unit.site.test_museum import MUSEUM

RECORD = ballots.record()


def written(folder: Path, record=RECORD, language: str = "en") -> dict[str, list[dict[str, str]]]:
    """Return the rows of each table as a spreadsheet would read them."""
    found = {}
    edition = ballots.edition(record, language)
    for path in build_tables(edition.verdict, edition, {"list": ballots.sides(record)}, folder):
        text = path.read_text(encoding="utf-8-sig")
        found[path.name] = list(csv.DictReader(StringIO(text)))
    return found


class TestStations:
    def test_are_all_there(self, tmp_path: Path) -> None:
        """Every station of either side has one row, in order."""
        rows = written(tmp_path)["stations.csv"]
        assert len(rows) == 11
        assert [row["station"] for row in rows if row["station"] != "'=1+1"] == sorted(
            {"equal", "differs", "small", "conflict", "nobody", "unlisted", "broken", "unread", "twice"}
            | {"only published"}
        )

    def test_are_all_there_in_any_number_of_chunks(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Written three at a time, the file is the same."""
        whole = written(tmp_path)
        monkeypatch.setattr(tables, "CHUNK", 3)
        assert written(tmp_path) == whole

    def test_hold_numbers_as_numbers(self, tmp_path: Path) -> None:
        """A negative difference keeps its sign and gets no apostrophe."""
        rows = {row["station"]: row for row in written(tmp_path)["stations.csv"]}
        assert rows["differs"]["osdp.difference"] == "100"
        assert rows["nobody"]["nur_otan.difference"] == "-59"

    def test_say_why_a_cell_is_empty(self, tmp_path: Path) -> None:
        """Illegible is not zero and not nothing."""
        rows = {row["station"]: row for row in written(tmp_path)["stations.csv"]}
        assert rows["unread"]["osdp.copy"] == ""
        assert rows["unread"]["unread_copy"] == "osdp: illegible"
        assert rows["equal"]["unread_copy"] == ""

    def test_name_area_and_rows(self, tmp_path: Path) -> None:
        """The area in the language of the report; digest and row of both sides."""
        row = next(one for one in written(tmp_path, language="ru")["stations.csv"] if one["station"] == "differs")
        assert row["area_name"] == "город Алматы"
        assert (row["basis_copy"], row["basis_published"]) == (f"{ballots.COPIES}#4", f"{ballots.OFFICIAL}#3")

    def test_begin_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        """A spreadsheet then reads UTF-8; without it Cyrillic becomes noise. Lines end with a line feed."""
        written(tmp_path)
        for name in ("stations.csv", "issues.csv"):
            data = (tmp_path / name).read_bytes()
            assert data.startswith(b"\xef\xbb\xbf")
            assert data.count(b"\xef\xbb\xbf") == 1
            assert b"\r" not in data

    def test_are_read_back_by_programs(self, tmp_path: Path) -> None:
        """Polars takes the mark for what it is and counts as counts."""
        written(tmp_path)
        frame = pl.read_csv(tmp_path / "stations.csv")
        assert frame.columns[0] == "station"
        assert frame["osdp.published"].dtype == pl.Int64


class TestIssues:
    def test_are_all_there_with_their_sentence(self, tmp_path: Path) -> None:
        """One row for each issue of the verdict, in its order, in the language of the report."""
        edition = ballots.edition(RECORD, "ru")
        rows = written(tmp_path, language="ru")["issues.csv"]
        assert [row["code"] for row in rows] == [one.code for one in edition.verdict.issues]
        different = next(row for row in rows if row["code"] == "R401" and row["cell"] == "osdp")
        assert "Избирательный участок" in different["sentence"]
        assert "difference=100" in different["values"]

    @pytest.mark.parametrize("chunk", [1, 2, 3, 10_000])
    def test_that_the_verdict_only_counts_follow(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
    ) -> None:
        """What notes bring along stands behind what is listed, in order, in however many chunks it is written."""
        monkeypatch.setattr(tables, "ISSUES", chunk)
        one = ballots.edition(RECORD)
        listed, far, farther = (make_issue("S104", Where(station=station), number=1) for station in ("1", "2", "3"))
        notes = (
            replace(make_issue("S900", issue_code="S104", total=2, shown=1), further=lambda: iter([far])),
            make_issue("T199", of="T161", more=7),
            replace(make_issue("T199", of="S104", more=1), further=lambda: iter([farther])),
        )
        build_tables(replace(one.verdict, issues=(*notes, listed)), one, {}, tmp_path)
        text = (tmp_path / "issues.csv").read_text(encoding="utf-8-sig")
        rows = [(row["code"], row["station"]) for row in csv.DictReader(StringIO(text))]
        assert rows[:3] == [("S900", ""), ("T199", ""), ("T199", "")]
        assert rows[3:] == [("S104", "1"), ("S104", "2"), ("S104", "3")]

    def test_are_said_as_on_the_page(self) -> None:
        """A sentence is said of the values that it needs, one within it of what that one needs."""
        book = {
            "issue.T1.title": "Always the same",
            "issue.T1.reason": "In {area}: {count:n}.",
            "issue.T1.advice": "See {phrase_other}",
            "issue.other": "the number {count:n} of {area}.",
        }
        voice = replace(ballots.edition(RECORD).voice, book=Phrasebook("en", lambda _: book))
        values = {"area": "almaty", "count": 1234, "phrase_other": "issue.other"}
        said = [tables._saying(voice, f"issue.T1.{one}") for one in ("title", "reason", "advice", "missing")]
        assert (said[0], said[3]) == ("Always the same", "")
        assert [one(values) for one in said[1:3]] == [
            voice.quote(f"issue.T1.{one}", values) for one in ("reason", "advice")
        ]

    def test_that_are_none_leave_the_headings(self, tmp_path: Path) -> None:
        """A table without a row still says what its columns are."""
        one = ballots.edition(RECORD)
        build_tables(replace(one.verdict, issues=()), one, {}, tmp_path)
        assert (tmp_path / "issues.csv").read_text(encoding="utf-8-sig").startswith("code,severity,title,")


class TestFormulas:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "＝1", "－1"])
    def test_are_no_formulas_any_more(self, text: str) -> None:
        """What a spreadsheet would calculate begins with an apostrophe."""
        assert pl.DataFrame({"a": [text]}).select(inert("a")).item().startswith("'")

    @pytest.mark.parametrize("text", ["a=1", "101", "Nur-Otan", "'quoted", "№ 5"])
    def test_and_everything_else_stays(self, text: str) -> None:
        """Other texts are as they were; nothing stays nothing."""
        assert pl.DataFrame({"a": [text]}).select(inert("a")).item() == text
        assert pl.DataFrame({"a": [""]}).select(inert("a")).item() is None

    @pytest.mark.parametrize("exhibit", sorted(MUSEUM))
    def test_no_name_hides_or_turns_anything(self, tmp_path: Path, exhibit: str) -> None:
        """Names of the museum as station, file and value: one row each, legible, no formula."""
        name = MUSEUM[exhibit]
        sheet = pl.DataFrame([ballots.copy(f"={name}", ballots.figures(1, 2), 3)], schema=RECORD.sheets["list"].schema)
        record = replace(RECORD, sheets={"list": sheet})
        edition = ballots.edition(record)
        issue = Issue(
            code="X109",
            severity=Severity.ERROR,
            where=Where(file=name, station=name, column=name),
            values=(("file", f"@{name}"), ("megabytes", 1), ("allowed", 1)),
        )
        verdict = replace(edition.verdict, issues=(issue,))
        build_tables(verdict, edition, {"list": ballots.sides(record)}, tmp_path)
        for file in ("issues.csv", "stations.csv"):
            text = (tmp_path / file).read_text(encoding="utf-8-sig")
            assert not set(text) & set("\x00\x1b\x07\r\u202e\u2066\u200e\u200f\u200b")
            for row in csv.reader(StringIO(text)):
                assert not [one for one in row if one[:1] in "=+@" and one]


@pytest.mark.parametrize(
    "odd", ["=1", "+x", " -1", "@", "a\tb", "\u2028", "a\x00", "\u202e", "\ufeff", "\u200b=1", "x=1", "", "-"]
)
def test_looking_first_changes_nothing(odd: str) -> None:
    """A column is made harmless exactly where any text of it needs it: the outcome is that of doing it always."""
    frame = pl.DataFrame({"plain": ["1", "", None], "mixed": ["1", odd, None], "number": [1, 2, 3]})
    always = frame.with_columns(inert(one) for one in ("plain", "mixed"))
    assert frame.with_columns(tables._harmless(frame)).equals(always)
