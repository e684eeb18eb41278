"""One published station table after the other: each contestant's votes and share in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import polars as pl
from markupsafe import Markup

from secondcount.site.charts.frame import LEFT, RIGHT, Chart, Frame, account_of, issued_by, picture, stamp_of
from secondcount.site.charts.ink import Block, Scale, circle, line, stack
from secondcount.site.charts.rows import MOST_DRAWN, axis, hidden, legend, row, top_of
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid

__all__ = ["snapshots_chart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The sums of one published station table, whatever stations it lists."""

    publication: str
    stations: int
    votes: dict[str, int]

    def share(self, contestant: str) -> Fraction:
        """Return a contestant's share of the votes listed, 0 of an empty table."""
        whole = sum(self.votes.values())
        return Fraction(self.votes[contestant], whole) if whole else Fraction(0)


def snapshots_chart(part: Part) -> Chart | None:
    """Return the chart of the authority's station tables, or None where there are not two of them."""
    shots = _snapshots(part)
    if len(shots) < 2:
        return None
    voice, key = part.voice, f"{part.key}-snapshots"
    title = voice.say("chart.snapshots.title")
    ordered = sorted(shots[-1].votes, key=lambda one: -shots[-1].share(one))
    body = _body(part, shots, ordered)
    first, last = shots[0], shots[-1]
    return Chart(
        key=key,
        title=title,
        takeaway=voice.say(
            "chart.snapshots.takeaway",
            first=part.dated(first.publication),
            stations_first=first.stations,
            last=part.dated(last.publication),
            stations_last=last.stations,
        ),
        svg=picture(key, title, _description(part, shots, ordered), body, _frame(part, shots)),
        table=_table(part, shots),
    )


def _snapshots(part: Part) -> tuple[Snapshot, ...]:
    """Return the sums of each table of the authority, oldest first; one side's account is no snapshot of its count."""
    tables = part.record.reported.get(part.contest.id)
    if tables is None:
        return ()
    names = [one.id for one in part.contest.contestants]
    sums = tables.group_by("publication").agg(pl.len().alias(""), *(pl.col(one).sum() for one in names))
    found = {str(line["publication"]): line for line in sums.iter_rows(named=True)}
    return tuple(
        Snapshot(publication=one.id, stations=found[one.id][""], votes={name: found[one.id][name] for name in names})
        for one in part.record.publications
        if one.id in found and not one.one_side
    )


def _body(part: Part, shots: tuple[Snapshot, ...], ordered: list[str]) -> Block:
    top = top_of(max(shot.share(one) for shot in shots for one in ordered) or Fraction(1))
    scale = Scale(low=0, high=top, left=LEFT + 6, right=RIGHT - 6)
    drawn = [_row(part, one, shots, scale) for one in ordered[:MOST_DRAWN]]
    ticks = [(one, part.voice.percent(one, 0 if top >= Fraction(1, 10) else 2)) for one in (Fraction(0), top, top / 2)]
    return stack((*drawn, *hidden(part.voice, len(ordered)), axis(scale, ticks), _legend(part, shots)))


def _row(part: Part, one: str, shots: tuple[Snapshot, ...], scale: Scale) -> Block:
    shares = [shot.share(one) for shot in shots]
    places = [scale.at(share) for share in shares]
    marks: list[Markup] = [
        line((scale.left, 30), (scale.right, 30), "track"),
        line((min(places), 30), (max(places), 30), "span"),
        *(circle(place, 30, 3, "bar-3") for place in places[1:-1]),
        circle(places[0], 30, 5, "mark-open"),
        circle(places[-1], 30, 5, "mark"),
    ]
    return row(part.voice.short(one), _value(part, shares), marks, height=46)


def _value(part: Part, shares: list[Fraction]) -> str:
    before, after = (part.voice.percent(one) for one in (shares[0], shares[-1]))
    return part.voice.say("chart.snapshots.change", before=before, after=after)


def _legend(part: Part, shots: tuple[Snapshot, ...]) -> Block:
    say = part.voice.say
    between = [("dot bar-3", say("chart.snapshots.between"))] if len(shots) > 2 else []
    first, last = ("dot mark-open", say("chart.snapshots.first")), ("dot mark", say("chart.snapshots.last"))
    return legend([first, *between, last])


def _frame(part: Part, shots: tuple[Snapshot, ...]) -> Frame:
    """Return the frame: it names the tables; how many stations each lists stands in the sentence and the table."""
    names = "; ".join(part.dated(one.publication) for one in shots)
    issuers = dict.fromkeys(issued_by(part, one.publication) for one in shots)
    return Frame(
        stations="",
        base=part.voice.say("chart.snapshots.base"),
        snapshot=part.voice.say("frame.snapshot", figures=names),
        collected="",
        issued="; ".join(one for one in issuers if one),
        account=account_of(part, shots[-1].publication),
        stamp=stamp_of(part),
    )


def _description(part: Part, shots: tuple[Snapshot, ...], ordered: list[str]) -> str:
    shares = ((one, [shot.share(one) for shot in shots]) for one in ordered)
    listed = "; ".join(f"{part.voice.short(one)}: {_value(part, each)}" for one, each in shares)
    return part.voice.say("chart.snapshots.desc", listed=listed)


def _table(part: Part, shots: tuple[Snapshot, ...]) -> Grid:
    voice = part.voice
    return Grid(
        caption=voice.say("chart.snapshots.caption"),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            *(Column(title=part.dated(one.publication)) for one in shots),
        ),
        rows=tuple(
            (
                voice.contestant(one),
                *(f"{voice.count(shot.votes[one])} ({voice.percent(shot.share(one))})" for shot in shots),
            )
            for one in shots[0].votes
        ),
        foot=(voice.say("chart.snapshots.stations"), *(voice.count(one.stations) for one in shots)),
    )
