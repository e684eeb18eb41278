"""From an earlier publication to a later one: how every share changed, in percentage points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from markupsafe import Markup

from secondcount.model.publication import Quantity
from secondcount.site.charts.frame import LEFT, RIGHT, Chart, Frame, official_frame, picture
from secondcount.site.charts.ink import Block, Scale, line, rect, stack
from secondcount.site.charts.rows import axis, legend, row
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.shares import figure_of, printed
from secondcount.verdict.result import PublishedFigure, ShareRow

__all__ = ["updates_chart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One contestant's published share, earlier and later."""

    contestant: str
    before: PublishedFigure
    after: PublishedFigure

    @property
    def points(self) -> Fraction:
        """Return the change in percentage points."""
        return _value(self.after) - _value(self.before)


def _value(figure: PublishedFigure) -> Fraction:
    return Fraction(figure.value, 10**figure.decimals)


def updates_chart(part: Part) -> Chart | None:
    """Return the chart from the first publication of shares to the last, or None where there are not two."""
    pair = _first_and_last(part)
    if pair is None:
        return None
    first, last = pair
    changes = _changes(part, first, last)
    voice, key = part.voice, f"{part.key}-updates"
    said = {"first": part.dated(first), "last": part.dated(last)}
    title = voice.say("chart.updates.title")
    most = max(*(abs(one.points) for one in changes), Fraction(1, 100))
    scale = Scale(low=-most, high=most, left=LEFT, right=RIGHT)
    body = stack((*(_row(part, one, scale) for one in changes), _axis(part, scale), _legend(part)))
    return Chart(
        key=key,
        title=title,
        takeaway=voice.say("chart.updates.takeaway", **said),
        svg=picture(key, title, _description(part, changes), body, _frame_of(part, said)),
        table=_table(part, changes, said),
    )


def _frame_of(part: Part, said: dict[str, str]) -> Frame:
    """Return the frame: it names both publications, and of which base their shares are is not said by them."""
    usual = official_frame(part)
    figures = "; ".join(said.values())
    return replace(
        usual, base=part.voice.say("frame.updates_base"), snapshot=part.voice.say("frame.snapshot", figures=figures)
    )


def _first_and_last(part: Part) -> tuple[str, str] | None:
    """Return the oldest and the newest publication that print shares of at least two contestants in common."""
    with_shares = [
        one.id
        for one in part.record.publications
        if sum(figure_of(row, Quantity.SHARE, one.id) is not None for row in part.found.share_rows) > 1
    ]
    if len(with_shares) < 2:
        return None
    pair = with_shares[0], with_shares[-1]
    return pair if len(_changes(part, *pair)) > 1 else None


def _changes(part: Part, first: str, last: str) -> tuple[Change, ...]:
    found = (_change(row, first, last) for row in part.found.share_rows)
    return tuple(one for one in found if one is not None)


def _change(row: ShareRow, first: str, last: str) -> Change | None:
    before, after = figure_of(row, Quantity.SHARE, first), figure_of(row, Quantity.SHARE, last)
    if before is None or after is None:
        return None
    return Change(contestant=row.contestant, before=before, after=after)


def _row(part: Part, one: Change, scale: Scale) -> Block:
    voice, middle = part.voice, scale.at(0)
    marks: list[Markup] = [line((middle, 20), (middle, 38), "tick")]
    if one.points:
        style = "bar" if one.points > 0 else "bar-2"
        marks.append(rect(middle, 23, scale.at(one.points) - middle, 12, style))
    value = voice.say("chart.updates.change", before=printed(part, one.before), after=printed(part, one.after))
    return row(voice.short(one.contestant), value, marks, height=44)


def _axis(part: Part, scale: Scale) -> Block:
    values = (Fraction(scale.low), Fraction(0), Fraction(scale.high))
    return axis(scale, [(one, part.voice.say("chart.updates.points", points=one)) for one in values])


def _legend(part: Part) -> Block:
    voice = part.voice
    return legend([("box bar", voice.say("chart.updates.more")), ("box bar-2", voice.say("chart.updates.less"))])


def _description(part: Part, changes: tuple[Change, ...]) -> str:
    listed = "; ".join(
        f"{part.voice.contestant(one.contestant)}: {printed(part, one.before)} → {printed(part, one.after)}"
        for one in changes
    )
    return part.voice.say("chart.updates.desc", listed=listed)


def _table(part: Part, changes: tuple[Change, ...], said: dict[str, str]) -> Grid:
    voice = part.voice
    return Grid(
        caption=voice.say("updates.caption"),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            Column(title=said["first"]),
            Column(title=said["last"]),
            Column(title=voice.say("updates.points")),
        ),
        rows=tuple(
            (
                voice.contestant(one.contestant),
                printed(part, one.before),
                printed(part, one.after),
                voice.say("chart.updates.points", points=one.points),
            )
            for one in changes
        ),
    )
