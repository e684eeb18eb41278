"""The walls between the rooms stand, and each of them would be heard if it broke."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.house import ROOT, SOURCE

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as go; go()"

PLANTED = {
    "a neighbour": ("allocation/planted.py", "import secondcount.tabulation.result\n", "Law 1:"),
    "a floor above": ("tabulation/planted.py", "import secondcount.verdict.result\n", "Law 1:"),
    "a door from below": ("model/planted.py", "import secondcount.site\n", "Law 1:"),
    "a room nobody planned": ("utils/__init__.py", '"""A room without a name."""\n', "Law 1:"),
    "a cycle": ("audit/planted.py", "import secondcount.audit.pile\n", "Law 2:"),
    "frames in allocation": ("allocation/planted.py", "import polars\n", "Law 1b:"),
    "Django outside its room": ("custody/planted.py", "import django\n", "Law 3:"),
    "a reader who could see totals": ("web/planted.py", "import secondcount.tabulation.sums\n", "Law 5:"),
    "frames where readings are compared": ("transcription/planted.py", "import polars\n", "Law 5b:"),
    "text in audit": ("audit/planted.py", "import secondcount.wording\n", "Law 1c:"),
}
"""What is planted: where, which import, and the contract that must notice."""


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the tree in `folder`."""
    return subprocess.run(
        (sys.executable, "-c", LINT_IMPORTS, "--no-cache"),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_walls_stand() -> None:
    """No room imports a neighbour, a room above, or a library that its contract forbids."""
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", PLANTED)
def test_a_broken_wall_is_heard(tmp_path: Path, name: str) -> None:
    """Each contract fails on an import planted in a copy of the source."""
    path, line, contract = PLANTED[name]
    package = tmp_path / "src" / "secondcount"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (package / path).parent.mkdir(exist_ok=True)
    (package / path).write_text(line, encoding="utf-8")
    if name == "a cycle":
        pile = package / "audit" / "pile.py"
        pile.write_text(pile.read_text(encoding="utf-8") + "\nimport secondcount.audit.planted\n", encoding="utf-8")
    checked = lint_imports(tmp_path)
    assert checked.returncode != 0
    assert any(row.startswith(contract) and row.rstrip().endswith("BROKEN") for row in checked.stdout.splitlines())
