"""Every word that the room can return has its words on the screens."""

from __future__ import annotations

from enum import StrEnum

import pytest

from secondcount.transcription import STATES, Ground, Kind, Mark, Meaning, Problem, Tie
from secondcount.wording import LANGUAGES, phrasebook


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("topic", "words"),
    [("problem", Problem), ("ground", Ground), ("kind", Kind), ("meaning", Meaning), ("tie", Tie)],
)
def test_each_word_of_a_vocabulary_is_said(language: str, topic: str, words: type[StrEnum]) -> None:
    """No page can meet a word without its sentence."""
    assert [one for one in words if not phrasebook(language).has(f"transcription.{topic}.{one.value}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_marks_and_reasons_are_said(language: str) -> None:
    """Neither a state, nor a mark, nor a reason of an entry."""
    said = phrasebook(language).has
    assert [name for name in STATES if not said(f"transcription.state.{name}")] == []
    assert [one for one in Mark if not said(f"transcription.mark.{one.name.lower()}")] == []
    assert [one for one in ("agreed", "third_reading", "set_aside") if not said(f"transcription.ground.{one}")] == []
    assert [one for one in ("station", "contest", "page", "problem") if not said(f"transcription.cell.{one}")] == []
