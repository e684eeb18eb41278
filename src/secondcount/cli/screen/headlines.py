"""The top of the screen: which election, whose figures, and the statements, local ones first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from secondcount.cli.screen.blocks import boxed, folded, heading, marked
from secondcount.cli.screen.signs import SIGNS, standing_styles
from secondcount.cli.screen.voice import Voice, voice_of
from secondcount.model.issue import Value
from secondcount.model.labels import said_in
from secondcount.model.record import Record
from secondcount.verdict.result import Statement, Verdict
from secondcount.wording import visible

__all__ = ["headlines", "title"]

NAMED = ("contradiction", "consistent", "refused")
"""Kinds whose sentence does not begin with their name: it is put before it."""

MOST_PARTS = 4  # made-up files that are named; verdict.json has all of them


def title(verdict: Verdict, record: Record, voice: Voice, width: int) -> Iterator[Text]:
    """Yield the name of the election, its day, and what must be known before any figure is read."""
    election = record.election
    name = visible(election.labels.get(voice.book.language))
    yield from (Text(line, style="bold") for line in folded(name, width))
    yield Text(voice.say("voting_day", date=election.voting_day))
    if verdict.synthetic:
        yield from boxed(
            voice.say("banner.synthetic"), voice.say("banner.synthetic_why", parts=_parts(verdict, voice)), width
        )
    if verdict.one_side:
        who = said_in(voice.book.language, verdict.one_side, election.one_side_labels)
        yield from boxed(voice.say("banner.one_side"), voice.say("banner.one_side_why", who=who), width)


def _parts(verdict: Verdict, voice: Voice) -> str:
    """Return what is made up: of an archive of photos each is a part, and the first few are enough on a screen."""
    named = [_part(one, voice) for one in verdict.synthetic_parts[:MOST_PARTS]]
    if more := len(verdict.synthetic_parts) - len(named):
        named.append(voice.say("banner.synthetic_more", count=more))
    return ", ".join(named) or voice.say("none")


def _part(name: str, voice: Voice) -> str:
    kind, _, thing = name.partition(":")
    if kind == "publication":
        return voice.say("banner.synthetic_publication", publication=voice.name("publication", thing))
    return voice.say("banner.synthetic_file", name=thing)


def headlines(verdict: Verdict, record: Record, voice: Voice, width: int) -> Iterator[Text]:
    """Yield the statements in two groups: on parts of the territory, and on the whole."""
    root = record.election.geography.root.id
    local = [one for one in verdict.statements if one.area not in ("", root)]
    whole = [one for one in verdict.statements if one.area in ("", root)]
    for key, statements in (("heading.local", local), ("heading.whole", whole)):
        if statements:
            yield from heading(voice.say(key), width)
        for one in statements:
            yield from _statement(one, _values(one, verdict, record, voice), voice, width)


def _values(statement: Statement, verdict: Verdict, record: Record, voice: Voice) -> dict[str, Value]:
    """Return the values of a headline; beside a claim as it was typed stands what it means, with names."""
    values, found = dict(statement.values), verdict.claim_of(statement)
    contest = record.election.contest(found[0]) if found else None
    if found is None or contest is None:
        return values
    threshold = values.get("phrase_base") == "statement.threshold_of_base"
    values["words"] = voice_of(record, voice.book, contest.id).claim(found[1].claim.body, contest.share_base)
    values["phrase_base"] = "claim.beside_threshold" if threshold else "claim.beside"
    return values


def _statement(statement: Statement, values: Mapping[str, Value], voice: Voice, width: int) -> Iterator[Text]:
    sign, style = SIGNS.get(statement.tone, SIGNS["fact"])
    said = voice.quote(f"statement.{statement.key}", values)
    if statement.conditional and voice.say("condition").casefold() not in said.casefold():
        said = voice.say("conditional", sentence=said)
    if statement.tone not in NAMED:
        return marked(sign, style, said, width, standing_styles(voice))
    name = voice.say(f"tone.{statement.tone}")
    return marked(sign, style, f"{name}. {said}", width, {name: style})
