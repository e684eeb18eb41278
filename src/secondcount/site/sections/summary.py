"""In two minutes: what is proved, refuted, not decided, and what contradicts; local conclusions first."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.model.issue import Severity
from secondcount.site.edition import Edition
from secondcount.verdict.result import Statement

__all__ = ["Group", "Line", "SummaryView", "summary_view"]

TONES = ("proved", "refuted", "contradiction", "open", "consistent", "fact", "refused")
"""Kinds of headline, in the order in which they are told within an area."""


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
    """Return how many claims are proved, refuted and open, where there are claims, and how many contradictions."""
    claims = [one.tone for one in edition.verdict.statements if one.key.startswith("claim_")]
    counts = {tone: claims.count(tone) for tone in ("proved", "refuted", "open")} if claims else {}
    counts["contradiction"] = sum(one.severity is Severity.CONTRADICTION for one in edition.verdict.issues)
    return tuple(
        Line(tone=tone, word=edition.voice.say(f"tally.{tone}", n=number), sentence=edition.voice.count(number))
        for tone, number in counts.items()
    )


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
        word=voice.say(f"tone.{tone}"),
        sentence=voice.headline(f"statement.{statement.key}", dict(statement.values)),
        section=_section(statement.key),
    )


def _section(key: str) -> str:
    """Return the key of the section in which a headline is shown with its arithmetic."""
    return next((section for start, section in _SECTIONS if key.startswith(start)), "findings")
