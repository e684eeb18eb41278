"""Shares of the vote on each base: a thick bar for the base of the published percentages, a thin one for the other."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from secondcount.model.publication import Quantity
from secondcount.site.charts.frame import LEFT, RIGHT, Chart, official_frame, picture
from secondcount.site.charts.ink import Block, Scale, line, rect, stack
from secondcount.site.charts.rows import legend, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.shares import bounds, published
from secondcount.verdict.result import ShareRow

__all__ = ["shares_chart"]


def shares_chart(part: Part) -> Chart | None:
    """Return the chart of shares, or None where no share is known."""
    rows = ordered(part)
    base = part.contest.share_base
    if not any(dict(one.shares).get(base) for one in rows):
        return None
    key, title = f"{part.key}-shares", part.voice.say("chart.shares.title")
    scale = Scale(low=0, high=max(dict(one.shares).get(base, Fraction(0)) for one in rows), left=LEFT, right=RIGHT)
    other = _other_base(part)
    body = stack((*(_row(part, one, scale, other) for one in rows), _legend(part, other)))
    return Chart(
        key=key,
        title=title,
        takeaway=part.voice.say("chart.shares.takeaway", base=part.voice.name("base", base)),
        svg=picture(key, title, _description(part, rows), body, official_frame(part, base)),
        table=_table(part, rows),
    )


def ordered(part: Part) -> tuple[ShareRow, ...]:
    """Return the contestants with the most votes first; those without a figure last, in ballot order."""
    return tuple(sorted(part.found.share_rows, key=lambda one: -(one.votes if one.votes is not None else -1)))


def _other_base(part: Part) -> str:
    """Return the base that the law names for the threshold, where it is not the published one and can be bounded."""
    threshold = part.contest.threshold
    if threshold is None or threshold.base == part.contest.share_base:
        return ""
    known = part.base(threshold.base)
    return threshold.base if known and (known.total or known.most) else ""


def _row(part: Part, one: ShareRow, scale: Scale, other: str) -> Block:
    share = dict(one.shares).get(part.contest.share_base)
    marks: list[Markup] = []
    if share is not None:
        style = "bar" if _passes(part, one.contestant) else "bar-open"
        marks.append(rect(LEFT, 22, max(scale.at(share) - LEFT, Fraction(2)), 10, style))
    least, most = bounds(part, one, other) if other else (None, None)
    if least is not None and most is not None:
        marks.append(line((LEFT, 36), (scale.at(least), 36), "thin"))
        marks.append(line((scale.at(least), 36), (max(scale.at(most), scale.at(least) + 1), 36), "thin-range"))
    return row(part.voice.short(one.contestant), part.voice.percent(share), marks, height=46)


def _passes(part: Part, contestant: str) -> bool:
    """Return whether to fill the bar: the list takes part in the distribution, or there is no such test."""
    allocation = part.found.seats.allocation
    return allocation is None or any(one.passes for one in allocation.lists if one.contestant == contestant)


def _legend(part: Part, other: str) -> Block:
    voice = part.voice
    entries = [("box bar", voice.say("chart.shares.in"))]
    if any(not _passes(part, one.contestant) for one in part.found.share_rows):
        entries.append(("box bar-open", voice.say("chart.shares.out")))
    if other:
        known = part.base(other)
        key = "chart.shares.thin" if known and known.total else "chart.shares.thin_range"
        entries.append(("line thin", voice.say(key, base=voice.name("base", other))))
    return legend(entries)


def _description(part: Part, rows: tuple[ShareRow, ...]) -> str:
    base = part.contest.share_base
    listed = "; ".join(
        f"{part.voice.contestant(one.contestant)}: {part.voice.percent(dict(one.shares).get(base))}" for one in rows
    )
    return part.voice.say("chart.shares.desc", base=part.voice.name("base", base), listed=listed)


def _table(part: Part, rows: tuple[ShareRow, ...]) -> Grid:
    voice = part.voice
    bases = [one.base for one in part.found.bases]
    return Grid(
        caption=voice.say("shares.caption"),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            Column(title=voice.say("shares.votes")),
            *(Column(title=voice.say("shares.of_base", base=voice.name("base", base))) for base in bases),
            Column(title=voice.say("shares.published")),
        ),
        rows=tuple(
            (
                voice.contestant(one.contestant),
                voice.count(one.votes),
                *(_share(part, one, base) for base in bases),
                published(part, one, Quantity.SHARE, part.found.official),
            )
            for one in rows
        ),
    )


def _share(part: Part, one: ShareRow, base: str) -> str:
    exact = dict(one.shares).get(base)
    if exact is not None:
        return part.voice.percent(exact)
    least, most = bounds(part, one, base)
    if least is None or most is None:
        return part.voice.say("none")
    return part.voice.say("range", low=part.voice.percent(least), high=part.voice.percent(most))
