"""Shares with their bases: every percentage names its denominator."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.site.charts import Chart, shares_chart
from secondcount.site.edition import Part
from secondcount.verdict.result import BaseTotal

__all__ = ["BaseView", "SharesView", "shares_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseView:
    """One base in words: its name, what it is used for, its total, and how that is known."""

    name: str
    used: str
    total: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesView:
    """The section on shares."""

    chart: Chart | None
    bases: tuple[BaseView, ...]


def shares_view(part: Part) -> SharesView:
    """Return the section on shares of one contest."""
    return SharesView(chart=shares_chart(part), bases=tuple(_base(part, one) for one in part.found.bases))


def _base(part: Part, one: BaseTotal) -> BaseView:
    return BaseView(
        name=part.voice.name("base", one.base),
        used=_use(part, one.base),
        total=_total(part, one),
        known=_known(part, one),
    )


def _use(part: Part, base: str) -> str:
    """Return what the base is the base of; a base that neither law nor percentages use says nothing."""
    threshold = part.contest.threshold
    law, percentages = threshold is not None and threshold.base == base, part.contest.share_base == base
    if law and percentages:
        return part.voice.say("bases.for_both")
    if law or percentages:
        return part.voice.say("bases.for_law" if law else "bases.for_published")
    return ""


def _total(part: Part, one: BaseTotal) -> str:
    voice = part.voice
    if one.total is not None:
        return voice.count(one.total)
    if one.least is None or one.most is None:
        return voice.say("bases.unknown")
    return voice.say("range", low=voice.count(one.least), high=voice.count(one.most))


def _known(part: Part, one: BaseTotal) -> str:
    if one.total is not None:
        return part.voice.say("bases.exact")
    return part.voice.say("bases.bounded") if one.least is not None and one.most is not None else ""
