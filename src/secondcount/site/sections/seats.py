"""Seats: the rule applied step by step, held against the announced seats, and what one list less would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from secondcount.allocation.result import Allocation, ListResult, Outcome
from secondcount.model.issue import Value
from secondcount.model.labels import said_in
from secondcount.site.charts import Chart, flips_chart, seats_chart
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.verdict.result import Counterfactual

__all__ = ["SeatsView", "seats_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsView:
    """The section on seats; `table` is None where there is nothing to show."""

    verdict: str
    charts: tuple[Chart, ...]
    table: Grid | None
    working: tuple[str, ...]  # the arithmetic, line by line
    what_if: tuple[str, ...]


def seats_view(part: Part) -> SeatsView:
    """Return the section on seats of one contest."""
    found = part.found.seats
    return SeatsView(
        verdict=_verdict(part),
        charts=tuple(chart for chart in (seats_chart(part), flips_chart(part)) if chart),
        table=_table(part, found.allocation),
        working=(*(_working(part, found.allocation) if found.allocation else ()), *_districts(part)),
        what_if=tuple(_what_if(part, one) for one in found.counterfactuals),
    )


def _verdict(part: Part) -> str:
    found, voice = part.found.seats, part.voice
    if found.allocation is None:
        return voice.say("seats.no_votes")
    if part.contest.rule.not_coded:  # what is computed is not the rule of the law
        return voice.say("seats.in_part", condition=voice.name("condition", part.contest.id))
    if found.allocation.outcome is not Outcome.DECIDED:
        return voice.say(f"seats.outcome.{found.allocation.outcome.value}", seats=found.allocation.undistributed)
    if found.agrees is None:
        return voice.say("seats.not_announced")
    return voice.say("seats.agrees" if found.agrees else "seats.differs")


def _table(part: Part, allocation: Allocation | None) -> Grid | None:
    announced = {one.contestant: one.seats for one in part.found.seats.announced}
    if allocation is None and not announced:
        return None
    voice = part.voice
    if allocation is None:
        columns = (Column(title=voice.say("shares.contestant"), figures=False), Column(title=voice.say("seats.told")))
        rows = tuple((voice.contestant(who), voice.count(seats)) for who, seats in announced.items())
        return Grid(caption=voice.say("seats.caption_told"), columns=columns, rows=rows)
    names = ("votes", "quotient", "whole", "extra", "seats", "told")
    ordered = sorted(allocation.lists, key=lambda one: -one.votes)
    return Grid(
        caption=voice.say("seats.caption"),
        columns=(
            Column(title=voice.say("shares.contestant"), figures=False),
            *(Column(title=voice.say(f"seats.{one}")) for one in names),
        ),
        rows=tuple(_row(part, one, announced.get(one.contestant)) for one in ordered),
        foot=_foot(part, allocation, announced),
    )


def _row(part: Part, one: ListResult, told: int | None) -> tuple[str, ...]:
    voice = part.voice
    if not one.passes:
        dash = voice.say("none")
        outside = voice.say("seats.outside")
        return (
            voice.contestant(one.contestant),
            voice.count(one.votes),
            outside,
            dash,
            dash,
            voice.count(one.seats),
            voice.count(told),
        )
    return (
        voice.contestant(one.contestant),
        voice.count(one.votes),
        voice.decimal(one.quotient, 4),
        voice.count(one.whole),
        voice.count(one.extra),
        voice.count(one.seats),
        voice.count(told),
    )


def _foot(part: Part, allocation: Allocation, announced: dict[str, int]) -> tuple[str, ...]:
    voice, lists = part.voice, allocation.lists
    return (
        voice.say("total"),
        voice.count(sum(one.votes for one in lists)),
        "",
        voice.count(sum(one.whole for one in lists)),
        voice.count(sum(one.extra for one in lists)),
        voice.count(sum(one.seats for one in lists)),
        voice.count(sum(announced.values()) if announced else None),
    )


def _working(part: Part, allocation: Allocation) -> tuple[str, ...]:
    """Return the quota's arithmetic, so that every quotient of the table can be computed again by hand."""
    if allocation.quota is None or not allocation.house:
        return ()
    values: dict[str, Value] = {
        "votes": allocation.passing_total,
        "seats": allocation.house,
        "quota": Fraction(allocation.quota),
    }
    rule = part.contest.rule
    source = said_in(part.voice.language, rule.source, rule.source_labels)
    lines = [part.voice.say("seats.quota", **values)]
    if source:
        lines.append(part.voice.say("seats.source", source=source))
    return tuple(lines)


def _districts(part: Part) -> Iterator[str]:
    """Yield the seats of every district that has seats of its own, and the announced ones where they differ."""
    voice = part.voice
    for one in part.found.districts:
        seats = {each.contestant: each.seats for each in one.allocation.lists}
        told = {each.contestant: each.seats for each in one.announced}
        yield voice.say(
            "seats.district_differs" if one.agrees is False else "seats.district",
            area=voice.name("area", one.area),
            seats=one.allocation.house,
            listed=_ranked(part, seats),
            told=_ranked(part, told),
        )


def _ranked(part: Part, seats: Mapping[str, int]) -> str:
    ranked = sorted(((who, number) for who, number in seats.items() if number), key=lambda one: -one[1])
    return ", ".join(f"{part.voice.short(who)} {part.voice.count(number)}" for who, number in ranked)


def _what_if(part: Part, one: Counterfactual) -> str:
    voice = part.voice
    seats = ", ".join(f"{voice.short(who)} {voice.count(number)}" for who, number in one.seats)
    return voice.say("seats.what_if", contestant=voice.contestant(one.without), seats=seats)
