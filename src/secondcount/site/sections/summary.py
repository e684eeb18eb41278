"""In two minutes: what is proved, refuted, not decided, and what contradicts; local conclusions first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.model.issue import Severity
from secondcount.model.tally import tally_of
from secondcount.site.edition import Edition
from secondcount.site.standing import conditioned
from secondcount.verdict.result import Statement

__all__ = ["Group", "Line", "SummaryView", "summary_view"]

TONES = ("proved", "refuted", "contradiction", "open", "consistent", "fact", "refused")
"""Kinds of headline, in the order in which they are told within an area."""

_KINDS = ("proved", "proved_total", "refuted", "refuted_total", "open")

_SECTIONS = (
    ("claim_", "claims"),
    ("exceeds", "copies"),
    ("full_", "copies"),
    ("held_", "copies"),
    ("coverage", "copies"),
    ("seats_", "seats"),
    ("closest_seat", "seats"),
    ("closest_", "threshold"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One headline: its tone, the word of the tone, the sentence, and the section that shows why."""

    tone: str
    word: str
    sentence: str
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The headlines of one area."""

    area: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView:
    """The box that a reader with two minutes reads."""

    tally: tuple[Line, ...]  # tone, word, number
    groups: tuple[Group, ...]  # in the order of the verdict: local first
    condition: str


def summary_view(edition: Edition) -> SummaryView:
    """Return the summary of the whole verdict."""
    areas = dict.fromkeys(one.area for one in edition.verdict.statements)
    copies = any(part.stations(part.root)[0] for part in edition.parts)
    return SummaryView(
        tally=_tally(edition),
        groups=tuple(_group(edition, area) for area in areas),
        condition=edition.voice.say("summary.condition" if copies else "summary.condition_none"),
    )


def _tally(edition: Edition) -> tuple[Line, ...]:
    """Return how many claims are proved, refuted and open, where there are claims, and how many contradictions.

    Conclusions that need the published total of votes too are counted apart. None of a kind has no colour: a red
    nought would look like a finding.
    """
    voice = edition.voice
    claims = [_kind(one) for one in edition.verdict.statements if one.key.startswith("claim_")]
    counts = {kind: claims.count(kind) for kind in _KINDS} if claims else {}
    counts["contradiction"] = tally_of(edition.verdict.issues, Severity.CONTRADICTION).total
    return tuple(
        Line(
            tone=kind.removesuffix("_total") if number else "fact",
            word=voice.say(f"tally.{kind}", n=number),
            sentence=voice.count(number),
        )
        for kind, number in counts.items()
        if number or not _told_otherwise(kind, counts)
    )


def _kind(statement: Statement) -> str:
    """Return a headline's tone, marked where its conclusion needs the published total of votes too."""
    return conditioned(statement.tone, total=statement.key.endswith(("_turnout", "_turnout_only")))


def _told_otherwise(kind: str, counts: Mapping[str, int]) -> bool:
    """Return whether a zero need not be told: a twin with or without the second condition has a number, or stands."""
    return kind.endswith("_total") or counts.get(f"{kind}_total", 0) > 0


def _group(edition: Edition, area: str) -> Group:
    lines = [_line(edition, one) for one in edition.verdict.statements if one.area == area]
    return Group(
        area=edition.voice.name("area", area), lines=tuple(sorted(lines, key=lambda one: TONES.index(one.tone)))
    )


def _line(edition: Edition, statement: Statement) -> Line:
    tone = statement.tone if statement.tone in TONES else "fact"
    voice = edition.voice
    return Line(
        tone=tone,
        word=voice.say(f"tone.{_kind(statement) if tone == statement.tone else tone}"),
        sentence=_sentence(edition, statement),
        section=_section(statement.key),
    )


def _sentence(edition: Edition, statement: Statement) -> str:
    """Return the headline; a claim stands as it was typed, and beside it what it means, with the names of the page."""
    values, found = dict(statement.values), edition.verdict.claim_of(statement)
    part = next((one for one in edition.parts if found and one.contest.id == found[0]), None)
    if part is None or found is None:
        return edition.voice.quote(f"statement.{statement.key}", values)
    threshold = values.get("phrase_base") == "statement.threshold_of_base"
    values["words"] = part.voice.claim(found[1].claim.body, part.contest.share_base)
    values["phrase_base"] = "claim.beside_threshold" if threshold else "claim.beside"
    return part.voice.quote(f"statement.{statement.key}", values)


def _section(key: str) -> str:
    """Return the key of the section in which a headline is shown with its arithmetic."""
    return next((section for start, section in _SECTIONS if key.startswith(start)), "findings")
