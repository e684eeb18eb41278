"""How much of every area the copies cover, and how well each copy's origin is known."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from secondcount.site.charts.frame import LEFT, RIGHT, Chart, copies_frame, picture
from secondcount.site.charts.ink import Block, Scale, rect, stack
from secondcount.site.charts.rows import MOST_AREAS, legend, more_areas, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.voice import counted, shortened
from secondcount.tabulation.result import Coverage
from secondcount.verdict.places import from_the_top

__all__ = ["coverage_chart"]


def coverage_chart(part: Part) -> Chart | None:
    """Return the chart of coverage, or None where there is no copy."""
    found = from_the_top(part.found.coverage, part.record.election.geography)
    shown = found[:MOST_AREAS]
    if not any(one.seen or one.conflicting for one in shown):
        return None
    voice, key = part.voice, f"{part.key}-coverage"
    title = voice.say("chart.coverage.title")
    body = stack((*(_row(part, one) for one in shown), _legend(part)))
    return Chart(
        key=key,
        title=title,
        takeaway=f"{_takeaway(part, shown[0])} {more_areas(voice, len(found))}".rstrip(),
        svg=picture(key, title, _description(part, shown), body, copies_frame(part, part.root)),
        table=shortened(voice, _table(part, found)),
    )


def _takeaway(part: Part, whole: Coverage) -> str:
    if not whole.expected:
        return part.voice.say("chart.coverage.takeaway_unknown", n=whole.seen)
    if whole.seen == whole.expected:
        return part.voice.say("chart.coverage.takeaway_full", n=whole.seen)
    share = Fraction(whole.seen, whole.expected)
    return part.voice.say("chart.coverage.takeaway", n=whole.seen, total=whole.expected, share=share)


def _row(part: Part, one: Coverage) -> Block:
    voice = part.voice
    marks = _share(one, one.expected) if one.expected is not None else [_frame("empty-unknown")]
    return row(voice.name("area", one.area), n_of_n(part, one.seen, one.expected), marks, height=46)


def _share(one: Coverage, expected: int) -> list[Markup]:
    """Return the bar of an area. Where nobody says how many stations there are, no part of it can be drawn."""
    scale = Scale(low=0, high=max(expected, one.seen, 1), left=LEFT, right=RIGHT)
    certified, sent = scale.at(one.by_level[3]), scale.at(one.by_level[1])
    return [
        _frame("empty"),
        rect(LEFT, 22, certified - LEFT, 12, "bar"),
        rect(certified, 22, sent - certified, 12, "bar-2"),
        rect(sent, 22, scale.at(one.by_level[0]) - sent, 12, "bar-dots"),
    ]


def _frame(kind: str) -> Markup:
    return rect(LEFT, 22, RIGHT - LEFT, 12, kind)


def n_of_n(part: Part, seen: int, expected: int | None) -> str:
    """Return "12 of 412", or "12 of ?" where the official number is not published."""
    return counted(part.voice, "n_of", seen, expected)


def _legend(part: Part) -> Block:
    voice = part.voice
    levels = [max(one.by_level[place] for one in part.found.coverage) for place in range(5)]
    entries = []
    if levels[3]:
        entries.append(("box bar", voice.say("chart.coverage.certified")))
    if any(one.by_level[1] > one.by_level[3] for one in part.found.coverage):
        entries.append(("box bar-2", voice.say("chart.coverage.sent")))
    if any(one.by_level[0] > one.by_level[1] for one in part.found.coverage):
        entries.append(("box bar-dots", voice.say("chart.coverage.unattributed")))
    if any(one.expected is not None and one.expected > one.seen for one in part.found.coverage):
        entries.append(("box empty", voice.say("chart.coverage.unseen")))
    if any(one.expected is None for one in part.found.coverage):
        entries.append(("box empty-unknown", voice.say("chart.coverage.not_published")))
    return legend(entries)


def _description(part: Part, shown: tuple[Coverage, ...]) -> str:
    listed = "; ".join(f"{part.voice.name('area', one.area)}: {n_of_n(part, one.seen, one.expected)}" for one in shown)
    return part.voice.say("chart.coverage.desc", listed=listed)


def _table(part: Part, found: tuple[Coverage, ...]) -> Grid:
    voice = part.voice
    levels = [voice.say("coverage.level", level=level) for level in range(1, 5)]
    return Grid(
        caption=voice.say("coverage.caption"),
        columns=(
            Column(title=voice.say("coverage.area"), figures=False),
            Column(title=voice.say("coverage.seen")),
            *(Column(title=one) for one in levels),
            Column(title=voice.say("coverage.conflicting")),
            Column(title=voice.say("coverage.votes")),
            Column(title=voice.say("coverage.votes_official")),
        ),
        rows=tuple(
            (
                voice.name("area", one.area),
                n_of_n(part, one.seen, one.expected),
                *(voice.count(number) for number in one.by_level[1:]),
                voice.count(one.conflicting),
                voice.count(one.votes_seen),
                voice.count(one.votes_official),
            )
            for one in found
        ),
        note=voice.say("coverage.levels"),
    )
