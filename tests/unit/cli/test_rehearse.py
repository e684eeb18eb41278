"""`secondcount rehearse` as people use it: a table, JSON, a folder that `check` takes, refusals with a code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from secondcount import api
from secondcount.cli.program import program


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        program.main(["rehearse", *words])
    seen = capsys.readouterr()
    return int(end.value.code or 0), seen.out, seen.err


@pytest.mark.parametrize(("language", "label"), [("en", "SYNTHETIC"), ("ru", "УЧЕБНЫЕ"), ("kk", "ОҚУ")])
def test_the_first_line_says_synthetic(capsys: pytest.CaptureFixture[str], language: str, label: str) -> None:
    """Whatever the language, nobody takes the table for an election's; no sentence is missing."""
    code, out, _ = run(capsys, "--stations", "20", "--lang", language)
    assert code == 0
    assert out.startswith(label)
    assert "rehearsal." not in out
    assert "{" not in out


def test_json_is_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """What a program reads has every column of the table, labelled."""
    _, out, _ = run(capsys, "--stations", "20", "--json")
    found = json.loads(out)
    assert found["synthetic"] is True
    assert found["stations"] == 20
    assert {one["kind"] for one in found["detection"]} >= {"digit", "swapped", "misread"}


def test_what_is_written_can_be_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The agreed sheets become a verdict that says synthetic, with the totals that the rehearsal tells."""
    folder = tmp_path / "out"
    run(capsys, str(folder), "--stations", "20", "--errors", "unclear=0")
    score = json.loads((folder / "rehearsal.json").read_text(encoding="utf-8"))
    tables = [folder / "agreed-list.csv", folder / "agreed-mayor.csv"]
    checked = api.check(election=folder / "rehearsal.toml", sheets=tables)
    assert checked.verdict.synthetic
    agreed = sum(number for name, number in score["outcomes"].items() if name != "set_aside")
    assert sum(one.height for one in checked.record.sheets.values()) == agreed


@pytest.mark.parametrize(("words", "code"), [(("--errors", "x=1"), "K180"), (("--errors", "digit=-1"), "K181")])
def test_a_rate_that_cannot_be_is_told(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str) -> None:
    """A wrong rate ends with 2, the code and what there is."""
    ended, _, err = run(capsys, *words)
    assert ended == 2
    assert code in err


def test_a_folder_that_cannot_be_made_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The disk's refusal is a sentence, not a traceback."""
    (tmp_path / "file").write_text("here")
    ended, _, err = run(capsys, str(tmp_path / "file"), "--stations", "2")
    assert ended == 2
    assert "X108" in err


@pytest.mark.slow
def test_two_thousand_stations_in_a_minute() -> None:
    """The promise of the rehearsal: 2,000 stations straight through `transcription` in 60 seconds."""
    words = (sys.executable, "-m", "secondcount", "rehearse", "--stations", "2000", "--json")
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout)["papers"] == 4000
