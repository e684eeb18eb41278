"""What is quoted of a table of copies becomes public for ever: nobody's telephone or identity number is among it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondcount.evidence.arrival import WITHHELD, withhold
from secondcount.model.codes import make_issue


@pytest.mark.parametrize("text", ["+7 701 111 22 33", "87011112233", "850101300123", "tel 870111122"])
def test_a_number_of_a_person_is_withheld(text: str) -> None:
    """With or without letters, however it is grouped."""
    assert dict(withhold(make_issue("T111", value=text)).values)["value"] == WITHHELD


@pytest.mark.parametrize("text", ["12 345 678", "-5", "1,5"])
def test_a_figure_is_shown(text: str) -> None:
    """What may be a count stays, so that its mistake can be found."""
    assert dict(withhold(make_issue("T111", value=text)).values)["value"] == text


def test_what_a_note_only_counts_is_not_brought_along() -> None:
    """A note keeps its number; the issues behind it quote the private table, and nothing of them is withheld."""
    note = replace(make_issue("T199", of="T147", more=7), further=lambda: iter([make_issue("T147", value="Anna")]))
    assert withhold(note) == note
    assert withhold(note).further is None
