"""Every kind of entry is in the reference, with every field: what may be public is what is written down."""

from __future__ import annotations

import re

import pytest

from architecture.house import ROOT, read
from secondcount.evidence.entries import KINDS
from secondcount.evidence.entries.schema import entry_schema

PAGE = read(ROOT / "docs" / "reference" / "entries.md")


def section(heading: str) -> str:
    """Return the text below a heading, up to the next one of its level."""
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_kind_is_in_the_docs_and_no_other() -> None:
    """The headings of the page are the kinds, in their order, and what several of them have."""
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert headings == ["What holds for all of them", *KINDS, "File", "Blob", "Basis", "Forms of texts"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_in_the_docs(kind: str) -> None:
    """Each field has its row, and the section says what the entry means and who writes it."""
    schema = entry_schema(kind)
    told = section(kind)
    rows = re.findall(r"^\| `(\w+)`(?: \(may be left out\))? \|", told, re.MULTILINE)
    assert rows == sorted(schema["properties"].keys() - {"kind"})
    assert schema["description"] in told
    assert "Written by " in told
