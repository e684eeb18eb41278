"""What the columns of a table may be: a line for each station, area and cell, with samples, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from secondcount.cli.screen.blocks import Column, heading, table
from secondcount.intake import Guess, Suggestion
from secondcount.wording import Phrasebook, visible

__all__ = ["mapping_lines"]


def mapping_lines(suggestion: Suggestion, book: Phrasebook, width: int) -> Iterator[Text]:
    """Yield the table of one file."""
    yield from heading(visible(suggestion.file), width)
    columns = [
        Column(title=book.say("cli.map.name"), whole=True),
        Column(title=book.say("cli.map.header")),
        Column(title=book.say("cli.map.likeness"), number=True),
        Column(title=book.say("cli.map.samples")),
    ]
    yield from table(columns, [_row(one, book) for one in suggestion.guesses], width)


def _row(guess: Guess, book: Phrasebook) -> tuple[str, str, str, str]:
    header = visible(guess.header) if guess.header else book.say("cli.map.nothing")
    likeness = book.percent(guess.likeness, decimals=0) if guess.header else ""
    return guess.name, header, likeness, " · ".join(map(visible, guess.samples))
