"""Writes `archives.toml`: what each bad archive must be refused with: code, place, values, English sentence.

Run it when an exhibit is added, and read what it wrote: a test holds every archive of the museum against it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from museum.archives.bad import EXHIBITS, Exhibit
from museum.shelves import MUSEUM
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.verify import Report, VerifyOptions, verify_archive
from secondcount.model.issue import Issue
from secondcount.model.naming import issue_values
from secondcount.wording import phrasebook

__all__ = ["Told", "first_words", "told_by"]

Told = dict[str, object]
TOP = "# Written by build_archives.py: the first thing that verification says of each bad archive, word for word.\n"


def first_words(exhibit: Exhibit, folder: Path) -> Report:
    """Write an exhibit into a folder and verify it."""
    exhibit.make(folder)
    return verify_archive(LocalStore(folder), VerifyOptions(**exhibit.options))


def told_by(issue: Issue) -> Told:
    """Return all that a refusal says: its code, its place, its values, and the sentence that is made of them."""
    values = dict(issue.values)
    sentence = phrasebook("en").say(f"issue.{issue.code}.reason", **issue_values(issue))
    return {"code": issue.code, "file": issue.where.file, "values": values, "says": sentence}


def _entry(name: str, told: Told) -> str:
    values = told["values"]
    assert isinstance(values, dict)
    listed = ", ".join(f"{key} = {json.dumps(value)}" for key, value in values.items())
    rows = (f"{key} = {json.dumps(told[key])}" for key in ("code", "file", "says"))
    return "\n".join((f"[{name}]", *rows, f"values = {{ {listed} }}", ""))


def build(file: Path) -> None:
    """Write the list."""
    entries = []
    for exhibit in EXHIBITS:
        with TemporaryDirectory() as folder:
            refused = first_words(exhibit, Path(folder) / "public").refused
        entries.append(_entry(exhibit.name, told_by(refused[0])))
    file.write_text("\n".join((TOP, *entries)), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else MUSEUM / "archives.toml")
