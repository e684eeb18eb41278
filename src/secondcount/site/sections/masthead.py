"""The head of the page: what this is, whose figures, how many copies, and what is made up."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.model.labels import said_in
from secondcount.site.edition import Edition, Part
from secondcount.site.voice import counted
from secondcount.wording import visible

__all__ = ["Masthead", "masthead"]

MOST_PARTS = 4  # made-up files that are named; verdict.json has all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """Finished texts of the page's head; empty texts are left out."""

    title: str
    standfirst: str
    facts: tuple[tuple[str, str], ...]  # (term, value)
    synthetic: tuple[str, ...]  # what is made up; empty = nothing
    one_side: str


def masthead(edition: Edition) -> Masthead:
    """Return the head of the page."""
    voice, election = edition.voice, edition.record.election
    copies = sum(part.stations(part.root)[0] for part in edition.parts)
    return Masthead(
        title=visible(election.labels.get(edition.language)),
        standfirst=voice.say("head.standfirst", n=copies) if copies else voice.say("head.standfirst_none"),
        facts=_facts(edition),
        synthetic=_made_up(edition),
        one_side=_one_side(edition),
    )


def _facts(edition: Edition) -> tuple[tuple[str, str], ...]:
    voice = edition.voice
    facts = [(voice.say("head.voting_day"), voice.book.date(edition.record.election.voting_day))]
    if len(edition.parts) == 1:
        facts += _contest_facts(edition.parts[0])
    return tuple(facts)


def _contest_facts(part: Part) -> list[tuple[str, str]]:
    voice = part.voice
    seen, expected = part.stations(part.root)
    facts = [(voice.say("head.copies"), counted(voice, "head.copies_of", seen, expected))]
    if part.found.official:
        facts.insert(0, (voice.say("head.official"), part.dated(part.found.official)))
    return facts


def _made_up(edition: Edition) -> tuple[str, ...]:
    """Return what is made up, in words; a part that no catalogue knows is shown by its key, never left out."""
    if not edition.verdict.synthetic:
        return ()
    parts = edition.verdict.synthetic_parts
    said = [_part_in_words(edition, one) for one in parts[:MOST_PARTS]]
    if len(parts) > MOST_PARTS:
        said.append(edition.voice.say("synthetic.more", count=len(parts) - MOST_PARTS))
    return tuple(said) or (edition.voice.say("synthetic.unsaid"),)


def _part_in_words(edition: Edition, key: str) -> str:
    kind, _, name = key.partition(":")
    voice = edition.voice
    if kind == "file" and name:
        return voice.say("synthetic.file", file=visible(name))
    if kind == "publication" and name:
        return voice.say("synthetic.publication", publication=voice.name("publication", name))
    return voice.book.say(key) if voice.book.has(key) else visible(key)


def _one_side(edition: Edition) -> str:
    who = said_in(edition.language, edition.verdict.one_side, edition.record.election.one_side_labels)
    return edition.voice.say("head.one_side", who=visible(who)) if who else ""
