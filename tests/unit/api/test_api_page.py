"""The names of the package, its reference page and the notebook of the tutorial are true of each other."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import secondcount as sc

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "reference" / "api.md"
NOTEBOOK = ROOT / "docs" / "tutorial" / "founding-case.ipynb"


def examples(page: Path) -> list[str]:
    """Return the Python blocks of a page, in order."""
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def cells(kind: str) -> list[str]:
    """Return the texts of the notebook's cells of one kind."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


def run(pieces: list[str], place: str) -> None:
    """Run pieces of code one after the other as one session; the last expression of each shows itself."""
    session: dict[str, object] = {"__name__": "__main__"}
    for number, piece in enumerate(pieces, start=1):
        tree = ast.parse(piece, f"{place}, piece {number}")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"{place}, piece {number}", "exec"), session)  # noqa: S102 - the documents are our own
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), place, "eval"), session)  # noqa: S307 - as above
            getattr(shown, "_repr_html_", shown.__repr__)()


def test_every_example_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/reference/api.md runs, as one session from top to bottom."""
    monkeypatch.chdir(tmp_path)
    run(examples(PAGE), PAGE.name)


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notebook of the founding case runs from top to bottom in an empty folder."""
    monkeypatch.chdir(tmp_path)
    run(cells("code"), NOTEBOOK.name)


def test_the_notebook_holds_no_results() -> None:
    """The notebook is kept without outputs and counters: what it shows is always computed anew."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook["cells"])
    assert notebook["nbformat"] == 4


def test_the_page_lists_every_name() -> None:
    """Each public name has a heading of its own on the page, and the page promises no other."""
    headings = set(re.findall(r"^## `?(\w+)`?$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert headings == set(sc.__all__)


def test_every_name_is_there_and_documented() -> None:
    """Each public name is found, has a docstring, and stands in the stub that type checkers read."""
    assert dir(sc) == sorted(sc.__all__) == list(sc.__all__)
    stub = ast.parse((ROOT / "src" / "secondcount" / "__init__.pyi").read_text(encoding="utf-8"))
    named = {name.name for node in stub.body if isinstance(node, ast.ImportFrom) for name in node.names}
    assert named | {"__version__"} == set(sc.__all__)
    assert all((getattr(sc, name).__doc__ or "").strip() for name in named)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """A misspelt name is the usual error, so that hasattr and editors work."""
    misspelt = "chekc"
    with pytest.raises(AttributeError, match=misspelt):
        getattr(sc, misspelt)
    assert not hasattr(sc, "polars")
    assert not hasattr(sc, "build_report")


def test_importing_the_package_loads_no_room() -> None:
    """`import secondcount` alone loads neither Polars nor a room: `--version` stays quick."""
    code = "import sys, secondcount; print([m for m in sys.modules if m == 'polars' or m.startswith('secondcount.')])"
    said = subprocess.run((sys.executable, "-c", code), check=True, capture_output=True, text=True).stdout
    assert said.strip() == "[]"
