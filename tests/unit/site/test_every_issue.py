"""Law: beyond a thousand of one code the verdict counts, and the table of issues has every one of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from intaking.many import MANY, ONCE, REFUSED, TABLES, issues_of
from secondcount.intake import remarks
from secondcount.model.codes import table
from secondcount.model.issue import Issue
from secondcount.model.tally import Tally, tallies
from secondcount.site.tables import build_tables
from secondcount.tabulation import listing, stations
from secondcount.verdict import encode
from tabulating.many import CHECKS
from unit.site import ballots

EDITION = ballots.edition(ballots.record())
LISTED, UNCUT = 1_000, 1_000_000


def every(issues: tuple[Issue, ...], code: str) -> list[Issue]:
    """Return the listed issues of a code, then those that notes bring along."""
    brought = (one for note in issues if note.further for one in note.further())
    return [one for one in (*issues, *brought) if one.code == code]


def written(issues: tuple[Issue, ...], folder: Path) -> list[dict[str, str]]:
    """Return the rows of issues.csv."""
    build_tables(replace(EDITION.verdict, issues=issues), EDITION, {}, folder)
    return list(csv.DictReader(StringIO((folder / "issues.csv").read_text(encoding="utf-8-sig"))))


def uncut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a list of single issues become as long as it will."""
    monkeypatch.setattr(remarks, "LIMIT", UNCUT)
    monkeypatch.setattr(listing, "MOST_LISTED", UNCUT)
    monkeypatch.setattr(stations, "MOST_LISTED", UNCUT)


@pytest.mark.parametrize("code", sorted(TABLES))
def test_of_a_table(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1,500 times one thing wrong: 1,000 listed, 1,500 rows, no two the same, each with its file, line and values."""
    exhibit = TABLES[code]
    issues = issues_of(exhibit)
    assert tallies(issues)[code] == Tally(listed=LISTED, total=MANY, in_table=MANY)
    rows = [row for row in written(issues, tmp_path) if row["code"] == code]
    assert len({tuple(row.values()) for row in rows}) == len(rows) == MANY
    for row in rows:
        assert row["file"] == exhibit.name
        assert row["line"]
        assert row["title"]
        assert row["sentence"]
        values = {one.partition("=")[0] for one in row["values"].split("; ")}
        assert all(row.get(name) or name in values for name in exhibit.names)
    found = every(issues, code)
    uncut(monkeypatch)
    whole = issues_of(exhibit)
    assert found == [one for one in whole if one.code == code]


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_of_a_check(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1,500 stations or areas break one rule: 1,000 listed, 1,500 rows, no two the same, with place and values."""
    issues = CHECKS[code]()
    assert tallies(issues)[code] == Tally(listed=LISTED, total=MANY, in_table=MANY)
    rows = [row for row in written(issues, tmp_path) if row["code"] == code]
    assert len({tuple(row.values()) for row in rows}) == len(rows) == MANY
    for row in rows:
        assert row["area"] if code == "R132" else row["station"]
        assert row["title"]
        assert row["sentence"]
        assert row["values"] or code == "R402"  # says all with its place
    found = every(issues, code)
    uncut(monkeypatch)
    whole = CHECKS[code]()
    assert found == [one for one in whole if one.code == code]


def test_there_is_a_table_for_every_code_that_may_come_a_thousand_times() -> None:
    """A new code of a table is either refused, said once, or written 1,500 times by the law above."""
    assert set(table.CODES) == {*TABLES, *ONCE, *REFUSED}
    assert not set(TABLES) & (ONCE | REFUSED)


def test_the_verdict_says_no_more_than_before() -> None:
    """What notes bring along is no part of the verdict: its bytes are those without it."""
    issues = issues_of(TABLES["T140"])
    without = tuple(replace(one, further=None) for one in issues)
    assert any(one.further for one in issues)
    verdict = EDITION.verdict
    assert encode(replace(verdict, issues=issues)) == encode(replace(verdict, issues=without))


def test_nothing_is_made_before_somebody_asks() -> None:
    """Deriving, telling and counting make no issue that is not listed."""

    def asked() -> Iterator[Issue]:
        raise AssertionError

    issues = tuple(replace(one, further=one.further and asked) for one in issues_of(TABLES["T140"]))
    assert tallies(issues)["T140"].in_table == MANY
    assert encode(replace(EDITION.verdict, issues=issues))


def test_together_they_are_what_is_printed(tmp_path: Path) -> None:
    """Of all tables and checks at once, issues.csv has as many rows of every code as are counted."""
    issues = (
        *(one for it in TABLES.values() for one in issues_of(it)),
        *(one for it in CHECKS.values() for one in it()),
    )
    counted = tallies(issues)
    rows = written(issues, tmp_path)
    found = dict.fromkeys(counted, 0)
    for row in rows:
        found[row["code"]] += 1
    assert found == {code: one.total for code, one in counted.items()}
    assert found == {code: one.in_table for code, one in counted.items()}
