"""How far every list is from the threshold, on the base of the law and on the base of the published percentages."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from secondcount.model.rule import Threshold
from secondcount.site.charts.frame import LEFT, RIGHT, Chart, official_frame, picture
from secondcount.site.charts.ink import Block, Scale, circle, diamond, line, rect, stack, triangle
from secondcount.site.charts.rows import axis, legend, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.thresholds import distance, share_range, tests_by_list
from secondcount.verdict.result import ThresholdTest

__all__ = ["thresholds_chart"]


def thresholds_chart(part: Part) -> Chart | None:
    """Return the chart of distances to the threshold, or None where the law has none or no votes are known."""
    threshold = part.contest.threshold
    lists = tests_by_list(part)
    if threshold is None or not lists:
        return None
    voice, key = part.voice, f"{part.key}-threshold"
    title = voice.say("chart.threshold.title", share=threshold.share)
    scale = Scale(low=0, high=2 * threshold.share, left=LEFT, right=RIGHT)
    rows = tuple(_row(part, tests, scale, threshold.share) for tests in lists)
    body = stack((*rows, _axis(part, scale, threshold), _legend(part, lists)))
    return Chart(
        key=key,
        title=title,
        takeaway=voice.say("chart.threshold.takeaway"),
        svg=picture(key, title, _description(part, lists, threshold), body, official_frame(part, threshold.base)),
        table=_table(part, lists),
    )


def _row(part: Part, tests: tuple[ThresholdTest, ...], scale: Scale, share: Fraction) -> Block:
    middle = scale.at(share)
    marks: list[Markup] = [
        line((LEFT, 29), (RIGHT, 29), "track"),
        line((middle, 19), (middle, 46), "cut"),
    ]
    for one in tests:
        marks += _mark(part, one, scale)
    return row(part.voice.short(tests[0].contestant), distance(part, tests), marks, height=52)


def _mark(part: Part, test: ThresholdTest, scale: Scale) -> tuple[Markup, ...]:
    least, most = share_range(part, test)
    if least is None or most is None:
        return ()
    if least >= scale.high:
        return (triangle(RIGHT - 6, 29, 6, "mark"),)
    start, end = scale.at(least), scale.at(most)
    if not test.legal:
        return (circle(start, 29, 5, "mark"),)
    if least == most:
        return (diamond(start, 41, 6, "mark-open"),)
    return (rect(start, 38, max(end - start, Fraction(4)), 7, "mark-open"),)


def _axis(part: Part, scale: Scale, threshold: Threshold) -> Block:
    values = (threshold.share, Fraction(0), Fraction(scale.high))
    return axis(scale, [(one, part.voice.percent(one, 1)) for one in values])


def _legend(part: Part, lists: tuple[tuple[ThresholdTest, ...], ...]) -> Block:
    voice = part.voice
    entries: list[tuple[str, str]] = []
    for one in lists[0]:
        name = voice.name("base", one.base)
        if not one.legal:
            entries.append(("dot mark", voice.say("chart.threshold.other", base=name)))
        elif one.base_total is not None:
            entries.append(("diamond mark-open", voice.say("chart.threshold.legal", base=name)))
        elif share_range(part, one)[0] is not None:
            entries.append(("box mark-open", voice.say("chart.threshold.legal_range", base=name)))
    return legend(entries)


def _description(part: Part, lists: tuple[tuple[ThresholdTest, ...], ...], threshold: Threshold) -> str:
    listed = "; ".join(f"{part.voice.contestant(one[0].contestant)}: {distance(part, one)}" for one in lists)
    return part.voice.say("chart.threshold.desc", share=threshold.share, listed=listed)


def _table(part: Part, lists: tuple[tuple[ThresholdTest, ...], ...]) -> Grid:
    voice = part.voice
    return Grid(
        caption=voice.say("threshold.caption"),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            Column(title=voice.say("threshold.base"), figures=False),
            Column(title=voice.say("threshold.share")),
            Column(title=voice.say("threshold.margin")),
        ),
        rows=tuple(_line(part, test) for tests in lists for test in tests),
    )


def _line(part: Part, test: ThresholdTest) -> tuple[str, ...]:
    voice = part.voice
    least, most = share_range(part, test)
    share = voice.percent(least)
    if least is not None and most is not None and least != most:
        share = voice.say("range", low=voice.percent(least), high=voice.percent(most))
    return (voice.contestant(test.contestant), voice.name("base", test.base), share, voice.decimal(test.margin))
