"""The program as somebody calls it in a shell of their own: a folder, an English locale, and no settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secondcount.cli.program import program
from secondcount.cli.settings import Settings
from secondcount.evidence.keys import KEY_VARIABLE, PASSPHRASE_VARIABLE

OURS = (KEY_VARIABLE, PASSPHRASE_VARIABLE, *(f"SECONDCOUNT_{one.upper()}" for one in Settings.model_fields))


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch, *, columns: int) -> None:
    """Work in a folder with an English locale, a screen of this width, and neither settings nor keys."""
    monkeypatch.chdir(folder)
    for name in ("LC_ALL", "LC_MESSAGES", *OURS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", str(columns))


def run(*words: str) -> Result:
    """Run the program with these words."""
    return CliRunner().invoke(program, list(words))
