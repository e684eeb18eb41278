"""Turnout in time: the register that turnout and voters imply, and figures that can only grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from secondcount.model.codes import make_issue
from secondcount.model.form import Role
from secondcount.model.issue import Issue, Where
from secondcount.model.publication import Quantity, Stage
from secondcount.tabulation.figures import Figure, Interval
from secondcount.tabulation.published import Place, Published

__all__ = ["ADDED_AT_MOST", "check_register", "check_turnout"]

HUNDRED = 100
ADDED_AT_MOST = Fraction(1, 100)
"""Voters may be added to the lists on the day. Registers that differ by up to this part are unusual, no more;
beyond it two figures are said to contradict each other. The number is a rule of this house, not of any law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Implied:
    """The register that one publication implies: voters who took part / turnout, both within their rounding."""

    place: Place
    turnout: Figure
    voters: Figure
    register: Interval


def check_register(published: Published) -> tuple[Issue, ...]:
    """Return R211 (or R212, by a small part) for each publication whose implied register fits no other one's.

    The register on which most publications of an area agree is taken as theirs; where as many agree on another,
    the later publication's counts.
    """
    by_area: dict[tuple[str, str], list[_Implied]] = {}
    for place in published.places():
        implied = _implied_register(published, place)
        if implied is not None:
            by_area.setdefault((place.contest, place.area), []).append(implied)
    return tuple(issue for found in by_area.values() for issue in _outliers(found))


def _implied_register(published: Published, place: Place) -> _Implied | None:
    turnout = next(iter(published.figures_at(place, Quantity.TURNOUT).values()), None)
    voters = published.by_role(place, Role.TOOK_PART)
    if turnout is None or voters is None or turnout.interval.low <= 0:
        return None
    low = Fraction(HUNDRED * voters.interval.low, turnout.interval.high)
    high = Fraction(HUNDRED * voters.interval.high, turnout.interval.low)
    return _Implied(place=place, turnout=turnout, voters=voters, register=Interval(low=low, high=high))


def _outliers(found: Sequence[_Implied]) -> Iterator[Issue]:
    """Yield an issue for each implied register that does not hold the point on which most agree."""
    # The point in most intervals can always be taken at some interval's lower end.
    agreeing = [[one for one in found if one.register.low <= at.register.low <= one.register.high] for at in found]
    most = max(len(group) for group in agreeing)
    point, group = [(at.register.low, group) for at, group in zip(found, agreeing, strict=True) if len(group) == most][
        -1
    ]
    reference = group[-1]
    for one in found:
        if not one.register.low <= point <= one.register.high and not one.register.meets(reference.register):
            yield _drift(one, reference)


def _drift(one: _Implied, reference: _Implied) -> Issue:
    a, b = one.register, reference.register
    gap = max(b.low - a.high, a.low - b.high)
    large = gap > ADDED_AT_MOST * max(a.high, b.high)
    return make_issue(
        "R211" if large else "R212",
        one.place.where(),
        voters=one.voters.value,
        turnout=one.turnout.printed,
        least=ceil(a.low),
        most=floor(a.high),
        publication_other=reference.place.publication,
        voters_other=reference.voters.value,
        turnout_other=reference.turnout.printed,
        least_other=ceil(b.low),
        most_other=floor(b.high),
        gap=ceil(gap),
    )


def check_turnout(published: Published) -> tuple[Issue, ...]:
    """Return what became less although it can only grow: turnout (R221, R222) and voters who took part (R223).

    During voting a turnout that falls by more than the register can have grown is a contradiction (R221);
    one that falls by less, or that a result lowers afterwards, asks for an explanation (R222).
    """
    issues: list[Issue] = []
    for place in published.places():
        issues.extend(_turnout_fell(published, place))
        if published.stage(place) is Stage.VOTING:
            issues.extend(_voters_fell(published, place))
    return tuple(issues)


def _turnout_fell(published: Published, place: Place) -> Iterator[Issue]:
    now = next(iter(published.figures_at(place, Quantity.TURNOUT).values()), None)
    if now is None:
        return
    earlier = [
        figure
        for there in _earlier_votings(published, place)
        for figure in published.figures_at(there, Quantity.TURNOUT).values()
    ]
    highest = max(earlier, key=lambda one: one.interval.low, default=None)
    if highest is None or now.interval.high >= highest.interval.low:
        return
    # Voters added during the day lower a percentage of the register, but not by more than their own part of it.
    far = now.interval.high * (1 + ADDED_AT_MOST) < highest.interval.low
    contradiction = far and published.stage(place) is Stage.VOTING
    yield _fell("R221" if contradiction else "R222", place.where(), highest, now)


def _voters_fell(published: Published, place: Place) -> Iterator[Issue]:
    now = _took_part(published, place)
    earlier = [
        figure for there in _earlier_votings(published, place) if (figure := _took_part(published, there)) is not None
    ]
    highest = max(earlier, key=lambda one: one.interval.low, default=None)
    if now is not None and highest is not None and now.interval.high < highest.interval.low:
        yield _fell("R223", place.where(now.cell), highest, now)


def _took_part(published: Published, place: Place) -> Figure | None:
    """Return the place's own count of voters who took part (not the one for every contest: that is its own place)."""
    counts = published.figures_at(place, Quantity.COUNT).items()
    return next((one for cell, one in counts if published.roles.get((place.contest, cell)) is Role.TOOK_PART), None)


def _fell(code: str, where: Where, before: Figure, now: Figure) -> Issue:
    return make_issue(code, where, before=before.printed, after=now.printed, publication_before=before.publication)


def _earlier_votings(published: Published, place: Place) -> Iterator[Place]:
    """Yield the same area in each publication from during the voting that is older than this one."""
    for one in published.publications:
        if one.id == place.publication:
            return
        if one.stage is Stage.VOTING:
            yield replace(place, publication=one.id)
