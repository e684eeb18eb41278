"""The museum of bad archives: each is refused with its own message, and by the independent verifier too."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from museum.archives.bad import EXHIBITS, Exhibit
from museum.archives.good import good_kit
from museum.build_archives import first_words as shown
from museum.build_archives import told_by
from museum.shelves import MUSEUM, can_be_said
from secondcount.evidence.equivocation import verify_equivocation
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.verify import STEPS, Outcome, Status, independent, verify_archive
from secondcount.model.naming import issue_values

NOT_THEIRS = {"time", "schemas", "derivations"}  # steps that the independent verifier says it does not take
OF_TIMESTAMPS = {"V583"}  # found in the tree, and about a timestamp all the same
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and links that Windows does not have")


LIST = tomllib.loads((MUSEUM / "archives.toml").read_text(encoding="utf-8"))
ALIKE = (
    {"log_key_missing", "folder_for_the_key"},
    {"empty_checkpoint", "checkpoint_that_is_no_note"},
    {"bit_in_the_root", "bit_in_the_signature"},
    {"key_file_of_another_key", "signed_by_a_stranger_alone"},
    {"entry_replaced_and_tree_rebuilt", "entries_swapped_and_tree_rebuilt", "root_of_something_else"},
    {"entry_with_a_float", "entry_with_a_number_too_large"},
    {"entry_that_is_no_json", "entry_of_nothing"},
    {"entry_nested_too_deeply", "entry_nested_one_too_deeply"},
    {"no_founding_entry", "founding_entry_not_the_first"},
)
"""Exhibits that one rule refuses at one place: what was done differs, what a verifier can know of it does not."""
ONE_PLACE = {
    "checkpoint_of_no_entries",
    "old_checkpoint_of_a_stranger",
    "no_founding_entry",
    "founding_entry_not_the_first",
}
"""Of the checkpoint, of the one that the user gave, of the first entry: the sentence says so."""


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda one: one.name)
def test_each_is_refused_with_its_own_message(exhibit: Exhibit, tmp_path: Path) -> None:
    """The first thing that the report says is what is wrong, where, and with which values, as the list has it.

    What rests on a step that did not pass has not passed. Everything that is refused can be said in each language.
    """
    report = shown(exhibit, tmp_path / "public")
    assert report.outcome is Outcome.REFUSED
    assert report.refused[0].code == exhibit.code, report.refused
    assert told_by(report.refused[0]) == LIST[exhibit.name]
    assert all(can_be_said(one.code, issue_values(one)) for one in report.refused)

    passed = {step.name for step in report.steps if step.status is Status.PASSED}
    needs = {
        "tree": "signatures",
        "entries": "tree",
        "blobs": "entries",
        "schemas": "entries",
        "witnesses": "signatures",
    }
    assert [name for name in passed if needs.get(name, name) not in passed] == []
    assert [step.name for step in report.steps] == list(STEPS)


@pytest.mark.parametrize("exhibit", [one for one in EXHIBITS if not one.options], ids=lambda one: one.name)
def test_the_independent_verifier_agrees(
    exhibit: Exhibit, tmp_path: Path, of_the_other: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """It refuses what ours refuses, but for the steps that it says it does not take."""
    folder = tmp_path / "public"
    steps = shown(exhibit, folder).steps
    refused = [one.code for step in steps if step.name not in NOT_THEIRS for one in step.refused]
    assert of_the_other(folder) == (1 if set(refused) - OF_TIMESTAMPS else 0), capsys.readouterr().out


def test_the_good_one_is_verified_by_both(tmp_path: Path) -> None:
    """The archive that all exhibits are made from is good: without the change, nothing is refused."""
    folder = good_kit().publish(tmp_path / "public")
    report = verify_archive(LocalStore(folder))
    assert (report.outcome, report.refused) == (Outcome.VERIFIED, ())
    command = (sys.executable, "-I", folder / "verify.py", "--key", report.key)
    theirs = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (theirs.returncode, theirs.stderr) == (0, "")
    assert "NOT CHECKED: timestamps" in theirs.stdout


def test_the_independent_verifier_is_short_and_stands_alone() -> None:
    """It has at most 250 lines and imports the standard library and `cryptography` only."""
    source = Path(independent.__file__).read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    names = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert len(source.splitlines()) <= 250
    assert {name.split(".")[0] for name in names} <= {*sys.stdlib_module_names, "cryptography"}


def test_the_museum_is_large_and_its_names_differ() -> None:
    """There are more than fifty exhibits, each has a name of its own, and all are in the list, and nothing else is."""
    names = [one.name for one in EXHIBITS]
    assert len(names) == len(set(names)) > 100
    assert set(LIST) == set(names)


def test_no_two_messages_are_the_same() -> None:
    """But for the few exhibits that differ in what was done only, place or sentence tell one from the other."""
    together: dict[tuple[str, str], set[str]] = {}
    for name, told in LIST.items():
        together.setdefault((told["file"], told["says"]), set()).add(name)
    assert [one for one in together.values() if len(one) > 1] == list(ALIKE)


def test_every_message_says_where() -> None:
    """A file, or the number of an entry or hand-over; the sentence itself where there can be only one place."""
    placed = {"path", "index", "number"}
    nowhere = {name for name, one in LIST.items() if not one["file"] and not placed & set(one["values"])}
    assert nowhere == ONE_PLACE


@pytest.mark.parametrize("name", ["two_histories", "two_roots_of_one_size"])
def test_two_histories_leave_evidence(name: str, tmp_path: Path) -> None:
    """A third party who has only the log's key is convinced by the file that is kept."""
    exhibit = next(one for one in EXHIBITS if one.name == name)
    evidence = shown(exhibit, tmp_path / "public").equivocation
    assert verify_equivocation(evidence, [good_kit().key.verifier()]).first.origin == good_kit().origin
