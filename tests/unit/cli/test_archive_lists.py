"""Law: what an archive does not show of its lists of stations is told by every command, and stands in no verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from archiving.archives import DEFINITION
from keeping.archives import begin
from screens.shell import enter, run
from secondcount.evidence.digest import sha256_hex
from secondcount.wording import LANGUAGES

STATIONS = b"station\n0101\n0102\n"
HOWTO = Path(__file__).resolve().parents[3] / "docs" / "howto" / "keep-an-archive.md"
PAST = DEFINITION.replace(b"voting_day = 2030-05-05", b"voting_day = 2020-05-05")
PLAN = {"announced": "2020-05-04T12:00:00Z", "commitment": "", "kind": "deployment", "salt": ""}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an archive of an election that is over, a list, and an entry that names it, in English."""
    enter(tmp_path, monkeypatch, columns=200)
    begin(tmp_path / "a", definition=PAST)
    Path("observed.csv").write_bytes(STATIONS)
    named = {"digest": sha256_hex(STATIONS), "name": "observed.csv", "size": len(STATIONS)}
    Path("deployment.json").write_text(json.dumps({**PLAN, "stations": named}))
    return tmp_path


def add(language: str = "en") -> Result:
    return run("--lang", language, "archive", "add", "a", "--entry", "deployment.json", "--blob", "observed.csv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_that_comes_too_late_is_taken_and_told(language: str) -> None:
    """The entry is kept, as everything is; that it proves nothing is said at once, with place, reason and advice."""
    added = add(language)
    assert added.exit_code == 0, added.output
    assert "(A483)" in added.output
    assert "observed.csv" in added.output
    assert "2020-05-04T12:00:00Z" in added.output


def test_every_command_tells_and_the_verdict_does_not_change() -> None:
    """Status and check tell the same note; verdict.json is that of the archive without the list, byte for byte."""
    before = run("check", "a", "--json")
    assert "A48" not in before.output
    add()
    assert run("archive", "drain", "a").exit_code == 0
    for told in (run("archive", "status", "a"), run("check", "a")):
        assert "(A484)" in told.output
        assert "observed.csv" in told.output
    after = run("check", "a", "--json")
    assert after.exit_code == before.exit_code
    assert after.stdout == before.stdout
    assert "(A484)" in after.stderr
    assert "A484" not in run("check", "a", "--at", "2").output


def test_the_sample_of_the_how_to_is_taken_as_it_stands() -> None:
    """Whoever copies it from the page, with the list that it describes, gets a receipt."""
    sample = next(one for one in HOWTO.read_text(encoding="utf-8").split("```json\n") if '"deployment",' in one)
    Path("deployment.json").write_text(sample.partition("```")[0])
    added = add()
    assert added.exit_code == 0, added.output
    assert "secondcount:receipt:" in added.output
