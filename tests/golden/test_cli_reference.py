"""The page of commands in the documents is what the program prints."""

from __future__ import annotations

from pathlib import Path

from secondcount.cli.reference import reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cli.md"


def test_the_page_is_the_help_of_the_program() -> None:
    """docs/reference/cli.md is what `python -m secondcount.cli.reference` prints, and the same on any terminal."""
    assert PAGE.read_text(encoding="utf-8") == reference()
