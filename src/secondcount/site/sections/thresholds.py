"""The threshold, on both bases: margins, least votes moved, least votes added, and the base at which it tips."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.model.labels import said_in
from secondcount.site.charts import Chart, thresholds_chart
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.thresholds import tests_by_list
from secondcount.verdict.result import ThresholdTest

__all__ = ["ThresholdsView", "thresholds_view"]

_ALWAYS = ("passes", "break_even")
_WITH_TOTAL = ("passes", "margin", "moved", "added", "break_even")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdsView:
    """The section on the threshold; without tables the law has none, or no votes are known."""

    law: str
    source: str
    chart: Chart | None
    sentences: tuple[str, ...]  # about the lists closest to the threshold
    tables: tuple[Grid, ...]  # one per base, the base of the law last


def thresholds_view(part: Part) -> ThresholdsView:
    """Return the section on the threshold of one contest."""
    bases = dict.fromkeys(test.base for tests in tests_by_list(part) for test in tests)
    return ThresholdsView(
        law=_law(part),
        source=_source(part),
        chart=thresholds_chart(part),
        sentences=tuple(_sentence(part, one) for one in _closest(part)),
        tables=tuple(_table(part, base) for base in bases),
    )


def _law(part: Part) -> str:
    threshold, voice = part.contest.threshold, part.voice
    if threshold is None:
        return voice.say("threshold.none")
    base, published = voice.name("base", threshold.base), voice.name("base", part.contest.share_base)
    if threshold.base == part.contest.share_base:
        return voice.say("threshold.law_same", share=threshold.share, base=base)
    return voice.say("threshold.law", share=threshold.share, base=base, published=published)


def _source(part: Part) -> str:
    threshold = part.contest.threshold
    if threshold is None or not threshold.source:
        return ""
    return part.voice.say(
        "seats.source", source=said_in(part.voice.language, threshold.source, threshold.source_labels)
    )


def _closest(part: Part) -> tuple[ThresholdTest, ...]:
    """Return, on the first base with a known total, the list closest above the threshold and the closest below."""
    known = [next((one for one in tests if one.margin is not None), None) for tests in tests_by_list(part)]
    above = [one for one in known if one and one.passes]
    below = [one for one in known if one and one.passes is False]
    return (*above[-1:], *below[:1])


def _sentence(part: Part, one: ThresholdTest) -> str:
    return part.voice.say(
        "threshold.passes_by" if one.passes else "threshold.short_by",
        contestant=part.voice.contestant(one.contestant),
        base=part.voice.name("base", one.base),
        votes=abs(one.margin) if one.margin is not None else 0,
        moved=one.moved or 0,
        added=one.added or 0,
    )


def _table(part: Part, base: str) -> Grid:
    """Return every list on one base; distances in votes only where the base's total is published."""
    voice = part.voice
    tests = [test for tests in tests_by_list(part) for test in tests if test.base == base]
    columns = _WITH_TOTAL if any(one.margin is not None for one in tests) else _ALWAYS
    return Grid(
        caption=_caption(part, tests[0]),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            *(Column(title=voice.say(f"threshold.{one}"), figures=one != "passes") for one in columns),
        ),
        rows=tuple((voice.contestant(one.contestant), *_cells(part, one, columns)) for one in tests),
        note=voice.say("threshold.note" if columns is _WITH_TOTAL else "threshold.note_open"),
    )


def _caption(part: Part, one: ThresholdTest) -> str:
    name = part.voice.name("base", one.base)
    key = "threshold.table_legal" if one.legal else "threshold.table_published"
    return part.voice.say(key, base=name)


def _cells(part: Part, one: ThresholdTest, columns: tuple[str, ...]) -> tuple[str, ...]:
    voice = part.voice
    answer = {True: "yes", False: "no", None: "open"}[one.passes]
    cells = {
        "passes": voice.say(f"threshold.{answer}"),
        "margin": voice.decimal(one.margin),
        "moved": voice.count(one.moved),
        "added": voice.count(one.added),
        "break_even": voice.decimal(one.break_even_base),
    }
    return tuple(cells[name] for name in columns)
