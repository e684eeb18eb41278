"""The documents are tested: nothing that exists is missing from them, and nothing they name is missing."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest

from architecture.house import ROOT, SOURCE, documents, read, relative
from secondcount.cli.program import program
from secondcount.intake import parse_sheets
from secondcount.jurisdictions import load_definition, load_shipped
from secondcount.model.codes import CODES
from secondcount.model.issue import Severity

DOCS = ROOT / "docs"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
PARTS = ("Status: ", "## Context", "## Decision", "## Consequences")
WISH = re.compile(r"`make ([a-z]+)`|^make ([a-z]+)", re.MULTILINE)


def blocks(language: str) -> list[tuple[str, str]]:
    """Return all code blocks of a language with the name of their document."""
    found = [(relative(path), block) for path in documents() for block in BLOCK.findall(read(path))]
    return [(name, text) for name, (kind, text) in found if kind == language]


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command of the program with its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def options(command: click.Command) -> set[str]:
    """Return the long names of a command's options."""
    return {name for one in command.params for name in one.opts if name.startswith("--")} | {"--help", "--version"}


def test_every_command_is_in_the_docs() -> None:
    """Each command and each of its options stands in the reference of the command line."""
    text = read(DOCS / "reference" / "cli.md")
    missing = [" ".join(path) for path, _ in commands(program) if f"secondcount {' '.join(path)}" not in text]
    wanted = {name for _, command in commands(program) for name in options(command)}
    assert missing == []
    assert sorted(name for name in wanted if name not in text) == []


def test_every_code_and_setting_is_in_the_docs() -> None:
    """The lists of issue codes and of settings are what the source gives: `make golden` would change nothing."""
    command = (sys.executable, ROOT / "tools" / "write_reference.py", "--check")
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    text = read(DOCS / "reference" / "issues.md")
    assert [code for code in CODES if f"### {code}\n" not in text] == []


def anchors(path: Path) -> set[str]:
    """Return the anchors that a document's headings make."""
    plain = (
        re.sub(r"[`*]|\b_(?!\w)|(?<!\w)_\b|\[|\]\([^)]*\)", "", heading).strip().lower()
        for heading in HEADING.findall(read(path))
    )
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def dead(path: Path, link: str) -> bool:
    """Return whether a link leads nowhere; only links inside the repository are followed."""
    if "://" in link or link.startswith("mailto:"):
        return False
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    return not target.exists() or bool(anchor and target.suffix == ".md" and anchor not in anchors(target))


def test_links_are_alive() -> None:
    """Every relative link of every document leads to a file that is there, and to a heading that is in it."""
    broken = [
        f"{relative(path)}: {link}" for path in documents() for link in LINK.findall(read(path)) if dead(path, link)
    ]
    assert not broken, "\n".join(broken)


def test_a_dead_link_would_be_seen() -> None:
    """The search for dead links finds a missing file and a missing heading."""
    assert dead(ROOT / "README.md", "docs/nowhere.md")
    assert dead(ROOT / "README.md", "GLOSSARY.md#nothing-of-the-kind")
    assert not dead(ROOT / "README.md", "GLOSSARY.md#words-that-are-never-our-conclusion")


@pytest.mark.parametrize(("name", "text"), blocks("python"))
def test_python_in_the_docs_runs(name: str, text: str) -> None:
    """Every Python block of the documents compiles; one that asserts something is run, and its assertion holds.

    The page of the Python API is one session from top to bottom: tests/unit/api runs it.
    """
    code = compile(text, name, "exec")
    if name != "docs/reference/api.md" and any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(text))):
        exec(code, {"__name__": "document"})  # noqa: S102 - our own document, which says that this holds


def test_data_in_the_docs_parses() -> None:
    """Every TOML and JSON block of the documents is well formed."""
    for _, text in blocks("toml"):
        tomllib.loads(text)
    for _, text in blocks("json"):
        json.loads(text)


def test_definitions_in_the_docs_load() -> None:
    """A whole definition that a document shows is one that the program takes without an error."""
    whole = [(name, text) for name, text in blocks("toml") if text.startswith("format = ")]
    assert "docs/howto/write-a-definition.md" in [name for name, _ in whole]
    for name, text in whole:
        issues = load_definition(name, text.encode()).issues
        assert [one for one in issues if one.severity is Severity.ERROR] == [], name


def test_tables_in_the_docs_can_be_read() -> None:
    """A table of copies that a document shows is read whole: every row, and nothing worse than a note."""
    election = load_shipped("kazakhstan.majilis.2012").election
    for name, text in blocks("csv"):
        read_back = parse_sheets("copies.csv", text.encode(), election, election.contests[0])
        assert read_back.frame.height == len(text.splitlines()) - 1, name
        assert {one.severity for one in read_back.issues} <= {Severity.NOTE}, name


def command_lines() -> list[tuple[str, list[str]]]:
    """Return the words of every `secondcount ...` line in the shell blocks of the documents."""
    lines = [(name, line) for name, text in blocks("sh") for line in text.replace("\\\n", " ").splitlines()]
    return [(name, shlex.split(line, comments=True)[1:]) for name, line in lines if line.startswith("secondcount ")]


def test_command_lines_in_the_docs_exist() -> None:
    """Every command line in the documents names a command that there is, with options that it takes."""
    known = {path: options(command) for path, command in commands(program)}
    for name, words in command_lines():
        path = next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in known), None)
        if path is None:
            assert set(words) <= options(program), f"{name}: {words}"
            continue
        asked = {word.split("=")[0] for word in words if word.startswith("--")}
        assert asked <= known[path] | options(program), f"{name}: {words}"


def test_wishes_in_the_docs_can_be_granted() -> None:
    """Every `make ...` of the documents is a target of the Makefile, and every target says what it does."""
    makefile = read(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    asked = {one or other for path in documents() for one, other in WISH.findall(read(path))}
    assert sorted(asked - targets) == []
    assert set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()) == targets


def rooms() -> list[str]:
    """Return the names of the rooms that exist."""
    found = [path for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    return sorted(path.stem for path in found if not path.name.startswith("__"))


def test_every_room_is_on_the_map() -> None:
    """ARCHITECTURE.md and the README's map show exactly the rooms that exist."""
    table = re.findall(r"^\| (?:\d|roof) \| `(\w+)` \|", read(ROOT / "ARCHITECTURE.md"), re.MULTILINE)
    assert sorted(table) == rooms()
    readme = read(ROOT / "README.md")
    assert [room for room in rooms() if f"{room}/" not in readme and room not in {"api", "archives", "errors"}] == []


def glossary() -> list[tuple[str, str]]:
    """Return each word of the glossary with its name in the source."""
    rows = [line.split("|") for line in read(ROOT / "GLOSSARY.md").splitlines() if line.startswith("| **")]
    return [(row[1].strip(" *"), row[3].strip(" `")) for row in rows]


@pytest.mark.parametrize(("word", "name"), [entry for entry in glossary() if entry[1]])
def test_a_word_of_the_glossary_exists(word: str, name: str) -> None:
    """What the glossary calls by a name in the source is there under that name."""
    assert resolve_name(f"secondcount.{name}") is not None, word


def test_the_glossary_is_in_order() -> None:
    """The words stand in alphabetical order, each once."""
    words = [word for word, _ in glossary()]
    assert words == sorted(set(words))


def test_decisions_are_numbered() -> None:
    """Decisions are numbered without a gap, each says its number, status, context, decision and consequences."""
    paths = sorted((DOCS / "decisions").glob("*.md"))
    assert [path.name[:4] for path in paths] == [f"{number:04}" for number in range(1, len(paths) + 1)]
    for number, path in enumerate(paths, start=1):
        text = read(path)
        assert text.startswith(f"# {number}. ")
        assert [
            part for part in ("Status: ", "## Context", "## Decision", "## Consequences") if part not in text
        ] == []


def test_the_index_leads_everywhere() -> None:
    """Every document below docs/ is linked from the index, directly or from the page before it."""
    index = read(DOCS / "README.md")
    unlisted = [
        path.relative_to(DOCS).as_posix()
        for path in documents()
        if path.is_relative_to(DOCS) and path.parent.name != "decisions" and path != DOCS / "README.md"
    ]
    assert [name for name in unlisted if name not in index] == []
