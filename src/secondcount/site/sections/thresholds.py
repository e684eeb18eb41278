"""The threshold, on both bases: margins, least votes moved, least votes added, and the base at which it tips."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.site.charts import Chart, thresholds_chart
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.thresholds import tests_by_list
from secondcount.verdict.result import ThresholdTest

__all__ = ["ThresholdsView", "thresholds_view"]

_COLUMNS = ("base", "passes", "margin", "moved", "added", "break_even")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdsView:
    """The section on the threshold; `table` is None where the law has none or no votes are known."""

    law: str
    chart: Chart | None
    sentences: tuple[str, ...]  # about the lists closest to the threshold
    table: Grid | None


def thresholds_view(part: Part) -> ThresholdsView:
    """Return the section on the threshold of one contest."""
    return ThresholdsView(
        law=_law(part),
        chart=thresholds_chart(part),
        sentences=tuple(_sentence(part, one) for one in _closest(part)),
        table=_table(part),
    )


def _law(part: Part) -> str:
    threshold, voice = part.contest.rule.threshold, part.voice
    if threshold is None:
        return voice.say("threshold.none")
    said = voice.say(
        "threshold.law",
        share=threshold.share,
        base=voice.name("base", threshold.base),
        published=voice.name("base", part.contest.share_base),
    )
    return f"{said} {voice.say('seats.source', source=threshold.source)}" if threshold.source else said


def _closest(part: Part) -> tuple[ThresholdTest, ...]:
    """Return, on the first base with a known total, the list closest above the threshold and the closest below."""
    known = [tests[0] for tests in tests_by_list(part) if tests[0].margin is not None]
    above = [one for one in known if one.passes]
    below = [one for one in known if one.passes is False]
    return (*above[-1:], *below[:1])


def _sentence(part: Part, one: ThresholdTest) -> str:
    return part.voice.say(
        "threshold.passes_by" if one.passes else "threshold.short_by",
        contestant=part.voice.contestant(one.contestant),
        base=part.voice.name("base", one.base),
        votes=abs(one.margin) if one.margin is not None else 0,
        moved=one.moved or 0,
        added=one.added or 0,
        break_even=one.break_even_base,
    )


def _table(part: Part) -> Grid | None:
    lists = tests_by_list(part)
    if not lists:
        return None
    voice = part.voice
    return Grid(
        caption=voice.say("threshold.table"),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            *(Column(title=voice.say(f"threshold.{one}"), figures=one not in {"base", "passes"}) for one in _COLUMNS),
        ),
        rows=tuple(_row(part, test) for tests in lists for test in tests),
        note=voice.say("threshold.note"),
    )


def _row(part: Part, one: ThresholdTest) -> tuple[str, ...]:
    voice = part.voice
    answer = {True: "yes", False: "no", None: "open"}[one.passes]
    return (
        voice.contestant(one.contestant),
        voice.name("base", one.base),
        voice.say(f"threshold.{answer}"),
        voice.decimal(one.margin),
        voice.count(one.moved),
        voice.count(one.added),
        voice.decimal(one.break_even_base),
    )
