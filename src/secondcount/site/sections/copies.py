"""Copies: how much they cover, and what holding them against an area's published sum shows."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.site.charts import Chart, coverage_chart
from secondcount.site.charts.coverage import n_of_n
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.voice import counted, shortened
from secondcount.tabulation.result import Held, HeldKind

__all__ = ["CopiesView", "HeldView", "copies_view"]

_TONES = {
    HeldKind.EXCEEDS: "contradiction",
    HeldKind.FULL_DIFFERS: "contradiction",
    HeldKind.FULL_EQUAL: "consistent",
    HeldKind.REMAINDER: "fact",
}
_ORDER = (HeldKind.EXCEEDS, HeldKind.FULL_DIFFERS, HeldKind.FULL_EQUAL, HeldKind.REMAINDER)
MOST_SENTENCES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldView:
    """One published sum held against the copies: tone, its word, the sentence and the arithmetic."""

    tone: str
    word: str
    sentence: str
    arithmetic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesView:
    """The section on copies."""

    lead: str
    chart: Chart | None
    held: tuple[HeldView, ...]  # contradictions first
    table: Grid | None


def copies_view(part: Part) -> CopiesView:
    """Return the section on copies of one contest."""
    seen = part.stations(part.root)[0]
    lead = part.voice.say("copies.lead", n=seen) if seen else part.voice.say("copies.none")
    held = sorted(part.found.held, key=lambda one: _ORDER.index(one.kind))
    said = [one for one in held if one.kind is not HeldKind.REMAINDER][:MOST_SENTENCES]
    return CopiesView(
        lead=lead,
        chart=coverage_chart(part),
        held=tuple(_view(part, one) for one in said),
        table=shortened(part.voice, _table(part, held)) if held else None,
    )


def _view(part: Part, one: Held) -> HeldView:
    voice = part.voice
    tone = _TONES[one.kind]
    values = {
        "area": voice.name("area", one.area),
        "cell": voice.contestant(one.cell),
        "publication": part.dated(one.publication),
        "from": counted(voice, "from", one.seen, one.expected),
    }
    return HeldView(
        tone=tone,
        word=voice.say(f"tone.{tone}"),
        sentence=voice.say(
            f"held.{one.kind.value}",
            copies=one.copies_sum,
            official=one.official,
            difference=abs(one.remainder),
            k=one.k if one.k is not None else 0,
            **values,
        ),
        arithmetic=_arithmetic(part, one),
    )


def _arithmetic(part: Part, one: Held) -> str:
    return part.voice.say(
        "held.arithmetic", official=one.official, copies=one.copies_sum, remainder=part.voice.count(one.remainder)
    )


def _table(part: Part, held: list[Held]) -> Grid:
    voice = part.voice
    names = ("area", "cell", "copies", "official", "remainder", "seen", "k")
    texts = {"area", "cell"}
    return Grid(
        caption=voice.say("held.caption"),
        columns=tuple(Column(title=voice.say(f"held.column.{one}"), figures=one not in texts) for one in names),
        rows=tuple(
            (
                voice.name("area", one.area),
                voice.contestant(one.cell),
                voice.count(one.copies_sum),
                voice.count(one.official),
                voice.count(one.remainder),
                n_of_n(part, one.seen, one.expected),
                voice.count(one.k),
            )
            for one in held
        ),
        note=voice.say("held.note"),
    )
