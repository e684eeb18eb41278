"""docs/validation.md holds no figure without a command: each table names what prints it, and that can be run."""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from architecture.house import ROOT, read
from secondcount.cli.program import program

PAGE = ROOT / "docs" / "validation.md"
BENCHMARKS = ROOT / "benchmarks"
COMMAND = re.compile(r"`((?:python|pytest|secondcount|make) [^`]+)`")
WITH_VALUE = {"-k", "-m"}  # options of pytest whose value is no path


def tables(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each table of the page, as cells, with the paragraph before it."""
    before = ""
    for block in re.split(r"\n{2,}", text):
        if block.startswith("|"):
            yield before, [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in block.splitlines()]
        before = block


def printed_by(before: str) -> str:
    """Return the command of a paragraph that prints the table behind it, or an empty string."""
    return next((one for one in COMMAND.findall(before) if "--markdown" in one), "")


@pytest.fixture
def benchmark_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Return a function: the path of a benchmark -> its module, as Python would run it."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))

    def load(path: str) -> ModuleType:
        return importlib.import_module(Path(path).stem)

    return load


MEASURED = [(printed_by(before), rows) for before, rows in tables(read(PAGE)) if printed_by(before)]
TYPED = [rows for before, rows in tables(read(PAGE)) if not printed_by(before)]


def test_the_page_has_tables_of_both_kinds() -> None:
    """The search finds them: what benchmarks print, and figures with a command beside each."""
    assert len(MEASURED) >= 5
    assert len(TYPED) >= 5


@pytest.mark.parametrize("rows", TYPED, ids=lambda rows: rows[2][0][:40])
def test_each_row_has_its_command(rows: list[list[str]]) -> None:
    """A table that no benchmark prints names a command in the last cell of every row."""
    assert [row[0] for row in rows[2:] if not COMMAND.search(row[-1])] == []


@pytest.mark.parametrize(("command", "rows"), MEASURED, ids=[one for one, _ in MEASURED])
def test_a_measured_table_is_what_its_command_prints(
    benchmark_of: object, command: str, rows: list[list[str]]
) -> None:
    """The benchmark that is named prints this very head, and every row has as many cells."""
    assert callable(benchmark_of)
    module = benchmark_of(shlex.split(command)[1])
    assert tuple(rows[0]) == module.COLUMNS
    assert {len(row) for row in rows} == {len(module.COLUMNS)}


@pytest.mark.parametrize("command", sorted(set(COMMAND.findall(read(PAGE)))))
def test_every_command_exists_and_parses(benchmark_of: object, command: str) -> None:
    """Each command of the page can be asked: files are there, options are known."""
    name, *words = shlex.split(command)
    if name == "make":
        assert re.search(rf"^{words[0]}:", read(ROOT / "Makefile"), re.MULTILINE)
    elif name == "secondcount":
        assert words[0] in program.list_commands(click.Context(program))
    elif name == "pytest":
        values = {words[at + 1] for at, word in enumerate(words[:-1]) if word in WITH_VALUE}
        paths = [word for word in words if not word.startswith("-") and word not in values]
        assert paths
        assert [one for one in paths if not (ROOT / one.partition("::")[0]).exists()] == []
    else:
        assert (ROOT / words[0]).is_file()
        assert callable(benchmark_of)
        made = getattr(benchmark_of(words[0]), "parser", None) if words[1:] else None
        assert made is not None or not words[1:]
        if made is not None:
            asked = made()
            assert isinstance(asked, argparse.ArgumentParser)
            asked.parse_args(words[1:])


def test_a_table_without_a_command_would_be_seen() -> None:
    """A paragraph without a command prints no table."""
    ((before, rows),) = tables("Seen on a good day:\n\n| what | figure |\n|---|---|\n| speed | 5 |")
    assert printed_by(before) == ""
    assert not COMMAND.search(rows[2][-1])
