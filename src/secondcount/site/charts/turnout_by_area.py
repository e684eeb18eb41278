"""Turnout of each area, added up from the newest published row of every polling station."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from markupsafe import Markup

from secondcount.site.charts.frame import LEFT, RIGHT, TEXT, Chart, Frame, account_of, issued_by, picture, stamp_of
from secondcount.site.charts.ink import Block, Scale, label, line, rect, stack
from secondcount.site.charts.rows import axis, legend, row
from secondcount.site.edition import Part
from secondcount.site.fitting import wrap
from secondcount.site.grid import Column, Grid
from secondcount.site.voice import shortened
from secondcount.tabulation.turnout_by_area import AreaTurnout, Numerator, TurnoutByArea, added_up

__all__ = ["MOST_DRAWN_AREAS", "turnout_by_area_chart"]

MOST_DRAWN_AREAS = 24
"""So many areas are drawn: the highest, the lowest, and those with most voters on the list; the rest is one line."""


def turnout_by_area_chart(part: Part) -> Chart | None:
    """Return the chart, or None where no published table of polling stations gives voters on the list and ballots."""
    found = part.sides.turnout if part.sides else None
    if found is None:
        return None
    voice, key = part.voice, f"{part.key}-turnout-by-area"
    title = voice.say(f"chart.turnout_by_area.title{_at_least(found)}")
    drawn = _drawn(found)
    return Chart(
        key=key,
        title=title,
        takeaway=_takeaway(part, found),
        svg=picture(key, title, _description(part, found, drawn), _body(part, found, drawn), _frame(part, found)),
        table=shortened(voice, _table(part, found)),
    )


def _ends(found: TurnoutByArea) -> tuple[AreaTurnout, AreaTurnout]:
    """Return the area with the lowest share, and the one with the highest."""
    ordered = sorted(found.areas, key=lambda one: (one.share, one.area))
    return ordered[0], ordered[-1]


def _drawn(found: TurnoutByArea) -> tuple[AreaTurnout, ...]:
    ends = _ends(found)
    large = [one for one in found.areas if one not in ends][: MOST_DRAWN_AREAS - len(ends)]
    return tuple(one for one in found.areas if one in ends or one in large)


def _at_least(found: TurnoutByArea) -> str:
    """Return the ending of phrases: without invalid ballots, what is drawn is not yet turnout."""
    return "_votes" if found.numerator is Numerator.VOTES else ""


def _name(part: Part, found: TurnoutByArea, one: AreaTurnout) -> str:
    """Return the name of an area; of a district that only the keys of stations name, its level and that part."""
    if not one.area:
        return part.voice.say("chart.turnout_by_area.elsewhere")
    if one is found.whole or not found.level:
        return part.voice.name("area", one.area)
    return part.voice.say("chart.turnout_by_area.district", level=part.voice.name("level", found.level), id=one.area)


def _value(part: Part, one: AreaTurnout) -> str:
    return part.voice.say("chart.turnout_by_area.value", share=one.share, n=one.registered)


def _takeaway(part: Part, found: TurnoutByArea) -> str:
    """Return the extremes with their sizes: the one that lies farthest out is often the smallest."""
    least, most = _ends(found)
    return part.voice.say(
        f"chart.turnout_by_area.takeaway{_at_least(found)}",
        whole=_value(part, found.whole),
        n=len(found.areas),
        least=_name(part, found, least),
        least_value=_value(part, least),
        most=_name(part, found, most),
        most_value=_value(part, most),
    )


def _body(part: Part, found: TurnoutByArea, drawn: Sequence[AreaTurnout]) -> Block:
    scale = Scale(low=0, high=1, left=LEFT, right=RIGHT)
    rows = [_row(part, found, one, scale) for one in (found.whole, *drawn)]
    ticks = [(one, part.voice.percent(one, 0)) for one in (Fraction(0), Fraction(1), Fraction(1, 2))]
    return stack((*rows, *_not_drawn(part, found, drawn), axis(scale, ticks), _legend(part, found)))


def _row(part: Part, found: TurnoutByArea, one: AreaTurnout, scale: Scale) -> Block:
    """Return the bar of an area; more than 100 % is drawn to the edge, and the number says how much it is."""
    middle = scale.at(found.whole.share)
    style = "bar" if one is found.whole else "bar-2"
    marks: list[Markup] = [
        rect(LEFT, 22, RIGHT - LEFT, 12, "empty"),
        rect(LEFT, 22, scale.at(one.share) - LEFT, 12, style),
        line((middle, 19), (middle, 37), "cut"),
    ]
    return row(_name(part, found, one), _value(part, one), marks, height=44)


def _not_drawn(part: Part, found: TurnoutByArea, drawn: Sequence[AreaTurnout]) -> Iterator[Block]:
    """Yield what the drawing leaves out: the other areas together, and stations in none of the areas."""
    rest = [one for one in found.areas if one not in drawn]
    said = []
    if rest:
        value = _value(part, added_up("", rest))
        said.append(part.voice.say("chart.turnout_by_area.rest", n=len(rest), value=value))
    if found.elsewhere is not None:
        values = {"n": found.elsewhere.stations, "registered": found.elsewhere.registered}
        said.append(part.voice.say("chart.turnout_by_area.elsewhere_n", **values, ballots=found.elsewhere.ballots))
    lines = [one for text in said for one in wrap(text, RIGHT - LEFT, TEXT, 4)]
    if lines:
        marks = tuple(label(LEFT, 14 + 16 * at, one, "t soft") for at, one in enumerate(lines))
        yield Block(height=16 * len(lines) + 8, marks=marks)


def _legend(part: Part, found: TurnoutByArea) -> Block:
    name = part.voice.name("area", found.whole.area)
    entries = [("line cut", part.voice.say("chart.turnout_by_area.line", area=name))]
    if any(one.share > 1 for one in found.areas):
        entries.append(("box bar-2", part.voice.say("chart.turnout_by_area.beyond")))
    return legend(entries)


def _frame(part: Part, found: TurnoutByArea) -> Frame:
    """Return the frame: it names what was counted, of which base, in which stations of which tables."""
    say, sides = part.voice.say, part.sides
    given = set(sides.published["publication"].unique()) if sides else set[str]()
    names = [one.id for one in part.record.publications if one.id in given]
    issuers = dict.fromkeys(issued_by(part, one) for one in names)
    return Frame(
        stations=_stations(part, found),
        base=say(f"chart.turnout_by_area.base_{found.numerator.value}"),
        snapshot=say("frame.snapshot", figures="; ".join(part.dated(one) for one in names)),
        collected=say("chart.turnout_by_area.assumed"),
        issued="; ".join(one for one in issuers if one),
        account=account_of(part, names[-1]),
        stamp=stamp_of(part),
    )


def _stations(part: Part, found: TurnoutByArea) -> str:
    key = "stations_all" if found.whole.stations == found.listed else "stations"
    return part.voice.say(f"chart.turnout_by_area.{key}", n=found.whole.stations, of=found.listed)


def _description(part: Part, found: TurnoutByArea, drawn: Sequence[AreaTurnout]) -> str:
    listed = "; ".join(f"{_name(part, found, one)}: {_value(part, one)}" for one in (found.whole, *drawn))
    return part.voice.say("chart.turnout_by_area.desc", listed=listed)


def _table(part: Part, found: TurnoutByArea) -> Grid:
    voice = part.voice
    columns = ("stations", "registered", f"counted_{found.numerator.value}", "share")
    elsewhere = (found.elsewhere,) if found.elsewhere is not None else ()
    return Grid(
        caption=voice.say(f"chart.turnout_by_area.title{_at_least(found)}"),
        columns=(
            Column(title=voice.say("coverage.area"), figures=False),
            *(Column(title=voice.say(f"chart.turnout_by_area.column.{one}")) for one in columns),
        ),
        rows=tuple(
            (
                _name(part, found, one),
                voice.count(one.stations),
                voice.count(one.registered),
                voice.count(one.ballots),
                voice.percent(one.share if one.registered else None),
            )
            for one in (found.whole, *elsewhere, *found.areas)
        ),
        note=voice.say("chart.turnout_by_area.note"),
    )
