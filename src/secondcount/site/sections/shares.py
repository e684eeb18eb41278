"""Shares with their bases: every percentage names its denominator."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.site.charts import Chart, shares_chart
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.verdict.result import BaseTotal

__all__ = ["SharesView", "shares_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesView:
    """The section on shares."""

    chart: Chart | None
    bases: Grid


def shares_view(part: Part) -> SharesView:
    """Return the section on shares of one contest."""
    return SharesView(chart=shares_chart(part), bases=_bases(part))


def _bases(part: Part) -> Grid:
    voice = part.voice
    columns = (("base", False), ("used", False), ("total", True), ("known", False))
    return Grid(
        caption=voice.say("bases.caption"),
        columns=tuple(Column(title=voice.say(f"bases.{name}"), figures=figures) for name, figures in columns),
        rows=tuple(_row(part, one) for one in part.found.bases),
    )


def _row(part: Part, one: BaseTotal) -> tuple[str, ...]:
    voice = part.voice
    return (voice.name("base", one.base), _use(part, one.base), _total(part, one), _known(part, one))


def _use(part: Part, base: str) -> str:
    threshold = part.contest.rule.threshold
    uses = [
        part.voice.say(f"bases.{key}")
        for key, here in (
            ("for_law", threshold is not None and threshold.base == base),
            ("for_published", part.contest.share_base == base),
        )
        if here
    ]
    return "; ".join(uses) or part.voice.say("none")


def _total(part: Part, one: BaseTotal) -> str:
    voice = part.voice
    if one.total is not None or one.least is None or one.most is None:
        return voice.count(one.total)
    return voice.say("range", low=voice.count(one.least), high=voice.count(one.most))


def _known(part: Part, one: BaseTotal) -> str:
    if one.total is not None:
        return part.voice.say("bases.exact")
    bounded = one.least is not None and one.most is not None
    return part.voice.say("bases.bounded" if bounded else "bases.unknown")
