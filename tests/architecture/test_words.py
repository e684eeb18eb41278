"""The words of the house: none of accusation, one per thing, spelt the British way."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.house import ROOT, documents, modules, read, relative, shipped

TEXT = {".html", ".jinja", ".js", ".json", ".md", ".svg", ".toml", ".txt"}

MAY_NAME_THE_WORDS = {
    "GLOSSARY.md",  # says which words are never ours
    "docs/decisions/0003-no-accusation-words.md",  # says why
}
NEVER = re.compile(
    r"\b(fraud\w*|rigg(ed|ing)|stolen|suspicious\w*|anomal(y|ies|ous))\b"
    r"|фальсифи|вброс|приписк|карусел|подтасов|бұрмала|жалған",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b(behaviors?|favorites?|neighbors?|neighboring|colors?|centers?|honored|labeled|labeling|canceled|canceling|modeled"
    r"|modeling|traveled|catalogs?|defenses?|artifacts?|judgments?|fulfill|fulfills|gray|skeptic\w*"
    r"|(analy|organi|recogni|summari|normali|initiali|seriali|generali|standardi|categori|minimi|maximi|emphasi|apologi)"
    r"z(e|ed|es|er|ers|ing|ation|ations))\b",
    re.IGNORECASE,
)
CODE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|https?://\S+", re.DOTALL)


def texts() -> Iterator[tuple[str, str]]:
    """Yield name and text of everything in which a word of ours could reach a reader."""
    for path in shipped():
        of_source = path.is_relative_to(ROOT / "src") and path.suffix in TEXT | {".py"}
        if (of_source or path.suffix == ".md") and relative(path) not in MAY_NAME_THE_WORDS:
            yield relative(path), read(path)


def hits(pattern: re.Pattern[str], name: str, text: str) -> Iterator[str]:
    """Yield each line of a text in which a pattern occurs."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := pattern.search(line):
            yield f"{name}:{number} {found[0]!r}: {line.strip()[:80]}"


def test_no_word_of_accusation() -> None:
    """Source, catalogues, templates and documents never accuse, in any of the three languages."""
    found = [hit for name, text in texts() for hit in hits(NEVER, name, text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line", ["It is Fraud.", "an anomaly of party X", "вбросы", "Фальсификации", "хаттама бұрмаланған"]
)
def test_a_word_of_accusation_would_be_seen(line: str) -> None:
    """The search finds inflected and capitalised forms."""
    assert list(hits(NEVER, "page", line))


def synonyms() -> list[str]:
    """Return the words that the glossary replaces, from its column "never"."""
    rows = [line.split("|") for line in read(ROOT / "GLOSSARY.md").splitlines() if line.startswith("| **")]
    return [word.strip() for row in rows for word in row[4].split(",") if word.strip()]


def test_one_word_per_thing() -> None:
    """A word that the glossary replaces by another occurs nowhere."""
    replaced = re.compile("|".join(rf"\b{re.escape(word)}s?\b" for word in synonyms()), re.IGNORECASE)
    found = [hit for name, text in texts() for hit in hits(replaced, name, text)]
    assert synonyms()
    assert not found, "\n".join(found)


def prose(path: Path) -> str:
    """Return what a file says to people: a document without its code, a module's comments and docstrings."""
    if path.suffix == ".md":
        return CODE.sub(lambda code: "\n" * code[0].count("\n"), read(path))
    rows = read(path).splitlines()
    said = [""] * (len(rows) + 1)
    with tokenize.open(path) as lines:
        for token in tokenize.generate_tokens(lines.readline):
            docstring = token.type == tokenize.STRING and token.string.startswith('"""')
            if docstring or token.type == tokenize.COMMENT:
                for offset, part in enumerate(token.string.splitlines()):
                    said[token.start[0] - 1 + offset] = re.sub(r"`[^`]*`", "", part)
    return "\n".join(said)


def test_spelling_is_british() -> None:
    """Documents, docstrings and comments use British spelling (a list of the usual slips)."""
    paths = [*documents(), *modules()]
    found = [hit for path in paths for hit in hits(AMERICAN, relative(path), prose(path))]
    assert not found, "\n".join(found)
