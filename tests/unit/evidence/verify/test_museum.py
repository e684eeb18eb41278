"""The museum of bad archives: each is refused, with its own code, and by the independent verifier too."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from museum.archives.bad import EXHIBITS, Exhibit
from museum.archives.good import good_kit
from secondcount.evidence.equivocation import verify_equivocation
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.verify import STEPS, Outcome, Report, Status, VerifyOptions, independent, verify_archive

NOT_THEIRS = {"time", "schemas", "derivations"}  # steps that the independent verifier says it does not take
OF_TIMESTAMPS = {"V583"}  # found in the tree, and about a timestamp all the same
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and links that Windows does not have")


def shown(exhibit: Exhibit, folder: Path) -> Report:
    """Write an exhibit and verify it."""
    exhibit.make(folder)
    return verify_archive(LocalStore(folder), VerifyOptions(**exhibit.options))


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda one: one.name)
def test_each_is_refused_with_its_own_code(exhibit: Exhibit, tmp_path: Path) -> None:
    """The first thing that the report says is what is wrong, and what rests on a step that did not pass has not."""
    report = shown(exhibit, tmp_path / "public")
    assert report.outcome is Outcome.REFUSED
    assert report.refused[0].code == exhibit.code, report.refused

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
    """There are more than fifty exhibits, and each has a name of its own."""
    names = [one.name for one in EXHIBITS]
    assert len(names) == len(set(names)) > 100


@pytest.mark.parametrize("name", ["two_histories", "two_roots_of_one_size"])
def test_two_histories_leave_evidence(name: str, tmp_path: Path) -> None:
    """A third party who has only the log's key is convinced by the file that is kept."""
    exhibit = next(one for one in EXHIBITS if one.name == name)
    evidence = shown(exhibit, tmp_path / "public").equivocation
    assert verify_equivocation(evidence, [good_kit().key.verifier()]).first.origin == good_kit().origin
