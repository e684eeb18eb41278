"""The top of the screen: which election, whose figures, and the statements, local ones first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from secondcount.cli.screen.blocks import boxed, heading, marked, styled_words
from secondcount.cli.screen.voice import Voice
from secondcount.model.record import Record
from secondcount.verdict.result import Statement, Verdict

__all__ = ["headlines", "title"]

SIGNS: Mapping[str, tuple[str, str]] = {
    "proved": ("✓", "bold green"),
    "refuted": ("✗", "bold magenta"),
    "open": ("?", "bold yellow"),
    "contradiction": ("≠", "bold red"),
    "consistent": ("=", "bold green"),
    "fact": ("·", ""),
    "refused": ("–", "bold yellow"),
}
"""Sign and colour of each kind of statement; the sentence says the same in words."""

STANDINGS = ("proved", "refuted", "not_decided")
NAMED = ("contradiction", "consistent", "refused")
"""Kinds whose sentence does not begin with their name: it is put before it."""


def title(verdict: Verdict, record: Record, voice: Voice) -> Iterator[RenderableType]:
    """Yield the name of the election, its day, and what must be known before any figure is read."""
    election = record.election
    yield Text(voice.name("election", election.labels.get(voice.book.language)), style="bold")
    yield Text(voice.say("voting_day", date=election.voting_day))
    if verdict.synthetic:
        parts = ", ".join(_part(one, voice) for one in verdict.synthetic_parts) or voice.say("none")
        yield boxed(voice.say("banner.synthetic"), voice.say("banner.synthetic_why", parts=parts))
    if verdict.one_side:
        yield boxed(voice.say("banner.one_side"), voice.say("banner.one_side_why", who=verdict.one_side))


def _part(name: str, voice: Voice) -> str:
    kind, _, thing = name.partition(":")
    if kind == "publication":
        return voice.say("banner.synthetic_publication", publication=voice.name("publication", thing))
    return voice.say("banner.synthetic_file", name=thing)


def headlines(verdict: Verdict, voice: Voice, root: str) -> Iterator[RenderableType]:
    """Yield the statements in two groups: on parts of the territory, and on the whole."""
    local = [one for one in verdict.statements if one.area not in ("", root)]
    whole = [one for one in verdict.statements if one.area in ("", root)]
    for key, statements in (("heading.local", local), ("heading.whole", whole)):
        if statements:
            yield heading(voice.say(key))
            yield _statements(statements, voice)


def _statements(statements: Sequence[Statement], voice: Voice) -> RenderableType:
    return marked((*SIGNS.get(one.tone, SIGNS["fact"]), _sentence(one, voice)) for one in statements)


def _sentence(statement: Statement, voice: Voice) -> Text:
    said = voice.quote(f"statement.{statement.key}", dict(statement.values))
    if statement.conditional and voice.say("condition").casefold() not in said.casefold():
        said = voice.say("conditional", sentence=said)
    style = SIGNS.get(statement.tone, SIGNS["fact"])[1]
    standings = [voice.say(f"standing.word_{one}") for one in STANDINGS]
    text = styled_words(said, standings, style)
    if statement.tone in NAMED:
        return Text.assemble((voice.say(f"tone.{statement.tone}"), style), ". ", text)
    return text
