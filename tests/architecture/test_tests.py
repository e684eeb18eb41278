"""The tests themselves are held to something: mutants are well formed, nothing is skipped in silence."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from architecture.house import ROOT, read, relative, tree

LISTS = sorted((ROOT / "tests" / "mutants").glob("*.toml"))
KEYS = {"law", "file", "find", "replace", "test"}


def mutants() -> list[tuple[str, dict[str, str]]]:
    """Return every entry of every list with its list's name."""
    return [(path.stem, one) for path in LISTS for one in tomllib.loads(read(path))["mutant"]]


@pytest.mark.parametrize(("room", "mutant"), mutants(), ids=lambda one: one if isinstance(one, str) else one["law"])
def test_a_mutant_is_well_formed(room: str, mutant: dict[str, str]) -> None:
    """A mutant names its law, an edit that fits exactly once and changes something, and a test that is there."""
    assert set(mutant) == KEYS, room
    assert read(ROOT / mutant["file"]).count(mutant["find"]) == 1
    assert mutant["find"] != mutant["replace"]
    assert (ROOT / mutant["test"].split("::")[0]).is_file()


def test_laws_have_different_names() -> None:
    """No two mutants of a list have the same law and file: a report names each."""
    names = [(room, one["file"], one["law"]) for room, one in mutants()]
    assert len(names) == len(set(names))


def every_test() -> list[tuple[Path, ast.FunctionDef]]:
    """Return every test function with its file."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    nodes = [(path, node) for path in files for node in ast.walk(tree(path))]
    return [
        (path, node) for path, node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def said_by_class(path: Path) -> set[ast.AST]:
    """Return the methods of classes with a docstring: the class says the guarantee, their names complete it."""
    classes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef) and ast.get_docstring(node)]
    return {method for one in classes for method in one.body}


def test_every_test_says_its_guarantee() -> None:
    """Every test has a docstring of its own or of its class: the guarantee that it holds."""
    silent = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path, node in every_test()
        if not ast.get_docstring(node) and node not in said_by_class(path)
    ]
    assert not silent, "\n".join(silent)


def test_nothing_is_skipped_for_good() -> None:
    """No test is marked as skipped or as expected to fail; what data is needed is asked for by a fixture.

    A test may be left out on a system that has not what it is about (signals on Windows).
    """
    marks = ("pytest.mark.skip(", "pytest.mark.xfail", "unittest.skip")
    of_a_system = ("pytest.mark.skipif(sys.platform ==", "pytest.mark.skipif(os.name ==")
    skipped = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path, node in every_test()
        for mark in map(ast.unparse, node.decorator_list)
        if mark.startswith(marks) or ("skipif" in mark and not mark.startswith(of_a_system))
    ]
    assert not skipped, "\n".join(skipped)
