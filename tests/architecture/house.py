"""What the architecture tests look at: the files that git would ship, and the syntax trees of the source."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "secondcount"
COUNTING_ROOMS = ("model", "transcription", "tabulation", "allocation", "audit")
"""Rooms in which every number is an int or a Fraction (law 4)."""

ESTIMATES = frozenset({"transcription/quality.py"})
"""Modules of those rooms that estimate something beside the count, which never becomes a figure (law 4)."""

DOORS = ("cli", "site", "rehearsal")
"""Rooms that meet people: only they make text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function of the source, with its length in lines without its docstring."""

    place: str
    lines: int


@cache
def shipped() -> tuple[Path, ...]:
    """Return all files that git tracks or would track: new files count before their first commit."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout.decode("utf-8").split("\0")
    return tuple(sorted(path for path in (ROOT / name for name in set(filter(None, names))) if path.is_file()))


def relative(path: Path) -> str:
    """Return a path as it is written in the repository, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def documents() -> tuple[Path, ...]:
    """Return every Markdown file."""
    return tuple(path for path in shipped() if path.suffix == ".md")


def read(path: Path) -> str:
    """Return the text of a file; every text file of the house is UTF-8."""
    return path.read_text(encoding="utf-8")


def modules(*rooms: str) -> Iterator[Path]:
    """Yield the Python files of some rooms, or of all."""
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        if not rooms or room in rooms:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(read(path), filename=relative(path))


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines the docstring of a function takes."""
    if ast.get_docstring(node, clean=False) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1


def functions(path: Path) -> Iterator[Function]:
    """Yield every function and method of a file, nested ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
            yield Function(place=f"{relative(path)}:{node.lineno} {node.name}", lines=lines)
