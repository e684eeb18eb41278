"""Law: `--map` shows and keeps a mapping, overwrites none, and the next check reads by it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TABLE = "precinct,Nurr Otan,osdp\n001,5,6\n002,7,8\n"
ELECTION = "kazakhstan.majilis.2012"


def run(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "secondcount", *words], capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout


def test_a_mapping_is_saved_edited_and_used(tmp_path: Path) -> None:
    """First the table of guesses and a file; then, with a confirmed guess, its figures count."""
    table, saved = tmp_path / "ours.csv", tmp_path / "ours.map.toml"
    table.write_text(TABLE, encoding="utf-8")
    code, screen = run("check", ELECTION, "--sheets", str(table), "--map")
    assert code == 0
    assert "Nurr Otan" in screen
    text = saved.read_text(encoding="utf-8")
    edited = text.replace("# nur_otan", "nur_otan")
    assert edited != text
    saved.write_text(edited, encoding="utf-8")
    assert run("check", ELECTION, "--sheets", str(table), "--map")[0] == 0
    assert saved.read_text(encoding="utf-8") == edited
    out = tmp_path / "out"
    run("check", ELECTION, "--sheets", str(table), "--out", str(out))
    issues = json.loads((out / "verdict.json").read_text(encoding="utf-8"))["issues"]
    (note,) = [json.dumps(one) for one in issues if one["code"] == "T181"]
    assert "ours.map.toml" in note
