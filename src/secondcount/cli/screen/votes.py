"""Votes, shares, the threshold, seats by the rule beside the announced ones, and what would change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor

from rich.text import Text

from secondcount.allocation.result import Outcome
from secondcount.audit.result import Margin
from secondcount.cli.screen.blocks import Column, heading, indented, table
from secondcount.cli.screen.voice import Voice
from secondcount.model.election import Contest
from secondcount.model.publication import Quantity
from secondcount.verdict.result import ContestVerdict, Counterfactual, ShareRow, ThresholdTest

__all__ = ["districts", "flips", "seats", "thresholds"]

WIDE = 70  # columns from which the published shares have a column of their own
FLIPS = 5
MOST_LISTS = 30  # the smaller ones are on the screen only if they have seats
NEAREST = 1  # lists on each side of the threshold
FULL_NAMES = 100  # columns from which contestants have their full names


def seats(found: ContestVerdict, contest: Contest, voice: Voice, width: int) -> Iterator[Text]:
    """Yield the table of votes and seats and, below it, the base of its shares."""
    yield from heading(voice.say("heading.seats"), width)
    if not found.official:
        yield from indented([voice.say("figures_none")], width)
        return
    yield from indented([voice.say("figures_of", publication=voice.name("publication", found.official))], width)
    names = ["votes", "share", *(["published"] if width >= WIDE else []), "computed", "announced"]
    columns = [Column(title=voice.say(f"column.{name}"), number=True) for name in names]
    every = sorted(found.share_rows, key=lambda row: -(row.votes or 0))
    seated = _seated(found)
    rows = [row for at, row in enumerate(every) if at < MOST_LISTS or row.contestant in seated]
    named = voice.both if width >= FULL_NAMES else voice.short
    cells = [[named(row.contestant), *(_cell(name, row, found, contest, voice) for name in names)] for row in rows]
    yield from table([Column(title=voice.say("column.contestant")), *columns], cells, width)
    further = _further([row for row in every if row not in rows], voice)
    yield from indented([*further, *_bases(found, contest, voice), *_outcome(found, voice)], width)


def _seated(found: ContestVerdict) -> frozenset[str]:
    """Return who has seats, by the rule or as announced."""
    lists = found.seats.allocation.lists if found.seats.allocation else ()
    computed = {one.contestant for one in lists if one.seats}
    return frozenset(computed | {one.contestant for one in found.seats.announced if one.seats})


def _further(rows: Sequence[ShareRow], voice: Voice) -> Iterator[str]:
    if rows:
        yield voice.say("seats.further", count=len(rows), votes=sum(row.votes or 0 for row in rows))


def _cell(name: str, row: ShareRow, found: ContestVerdict, contest: Contest, voice: Voice) -> str:
    match name:
        case "votes":
            return voice.count(row.votes)
        case "share":
            return voice.percent(dict(row.shares).get(contest.share_base))
        case "published":
            return _published(row, found.official, voice)
        case "computed":
            allocation = found.seats.allocation
            return _seat_count(allocation.seats_of(row.contestant) if allocation else None, voice)
        case _:
            announced = {one.contestant: one.seats for one in found.seats.announced}
            return _seat_count(announced.get(row.contestant), voice)


def _seat_count(number: int | None, voice: Voice) -> str:
    return voice.count(number or None)


def _published(row: ShareRow, official: str, voice: Voice) -> str:
    """Return the percentage of the official publication, else of the last one that has any."""
    shares = [one for one in row.published if one.quantity == Quantity.SHARE.value]
    shares.sort(key=lambda one: one.publication != official)
    if not shares:
        return voice.say("none")
    power: int = 10 ** shares[0].decimals
    return voice.percent(Fraction(shares[0].value, 100 * power), shares[0].decimals)


def _bases(found: ContestVerdict, contest: Contest, voice: Voice) -> Iterator[str]:
    totals = {one.base: one.total for one in found.bases}
    yield _base("base", contest.share_base, totals.get(contest.share_base), voice)
    threshold = contest.threshold
    if threshold is not None and threshold.base != contest.share_base:
        yield _base("rule_base", threshold.base, totals.get(threshold.base), voice, share=threshold.share)


def _base(key: str, base: str, total: int | None, voice: Voice, **values: object) -> str:
    name = voice.name("base", base)
    if total is None:
        return voice.say(f"seats.{key}_unknown", base=name, **values)
    return voice.say(f"seats.{key}", base=name, total=total, **values)


def districts(found: ContestVerdict, voice: Voice, width: int) -> Iterator[Text]:
    """Yield the seats of every district that has seats of its own, one line each."""
    if not found.districts:
        return
    yield from heading(voice.say("heading.districts"), width)
    for one in found.districts:
        seats = {each.contestant: each.seats for each in one.allocation.lists}
        values = {"area": voice.name("area", one.area), "seats": one.allocation.house, "listed": _ranked(seats, voice)}
        if one.agrees is False:
            told = {each.contestant: each.seats for each in one.announced}
            line = voice.say("seats.district_differs", told=_ranked(told, voice), **values)
        else:
            line = voice.say("seats.district", **values)
        yield from indented([line], width)


def _ranked(seats: Mapping[str, int], voice: Voice) -> str:
    ranked = sorted(((who, number) for who, number in seats.items() if number), key=lambda one: -one[1])
    return ", ".join(f"{voice.short(who)} {voice.count(number)}" for who, number in ranked)


def _outcome(found: ContestVerdict, voice: Voice) -> Iterator[str]:
    allocation = found.seats.allocation
    if allocation is not None and allocation.outcome is not Outcome.DECIDED:
        yield voice.say(f"seats.outcome_{allocation.outcome.value}", seats=allocation.undistributed)
    yield from (_without(one, voice) for one in found.seats.counterfactuals)


def _without(other: Counterfactual, voice: Voice) -> str:
    ranked = sorted(other.seats, key=lambda one: -one[1])
    listed = ", ".join(f"{voice.short(who)} {voice.count(seats)}" for who, seats in ranked)
    return voice.say("seats.without", contestant=voice.short(other.without), seats=listed)


def thresholds(found: ContestVerdict, contest: Contest, voice: Voice, width: int) -> Iterator[Text]:
    """Yield how far the lists nearest to the threshold stand from it, on the best base that is known."""
    threshold = contest.threshold
    tests = _known_tests(found.thresholds)
    if threshold is None or not tests:
        return
    above = sorted((one for one in tests if one.passes), key=lambda one: one.votes)[:NEAREST]
    below = sorted((one for one in tests if not one.passes), key=lambda one: -one.votes)[:NEAREST]
    yield from heading(voice.say("heading.threshold"), width)
    yield from indented([_test(one, threshold.share, voice) for one in (*reversed(above), *below)], width)


def _known_tests(tests: Sequence[ThresholdTest]) -> list[ThresholdTest]:
    """Return the tests on the base of the law where its total is known, else those on the published base."""
    known = [one for one in tests if one.margin is not None]
    return [one for one in known if one.legal] or known or list(tests)


def _test(test: ThresholdTest, share: Fraction, voice: Voice) -> str:
    who, base = voice.short(test.contestant), voice.name("base", test.base)
    if test.margin is None or test.passes is None:
        most = floor(test.break_even_base)
        return voice.say("threshold.open", contestant=who, share=share, base=base, most=most)
    key = "threshold.above" if test.passes else "threshold.below"
    return voice.say(
        key,
        contestant=who,
        share=share,
        base=base,
        votes=abs(test.margin),
        moved=test.moved or 0,
        added=test.added or 0,
    )


def flips(found: ContestVerdict, voice: Voice, width: int) -> Iterator[Text]:
    """Yield the changes of seats that the fewest moved votes would bring about."""
    margins = [one for one in found.seats.margins if one.moved is not None][:FLIPS]
    if not margins:
        return
    yield from heading(voice.say("heading.flips"), width)
    columns = [Column(title=voice.say("column.moved"), number=True), Column(title=voice.say("column.change"))]
    yield from table(columns, [[voice.count(one.moved), _flip(one, voice)] for one in margins], width)


def _flip(margin: Margin, voice: Voice) -> str:
    assertion = margin.assertion
    what = voice.say(
        f"flip.{assertion.kind.value}",
        contestant=voice.short(assertion.winner),
        contestant_other=voice.short(assertion.loser),
        share=assertion.share or 0,
    )
    if not (margin.moved_from and margin.moved_to):
        return what
    origin, target = voice.short(margin.moved_from), voice.short(margin.moved_to)
    return voice.say("flip.away", what=what, contestant_from=origin, contestant_to=target)
