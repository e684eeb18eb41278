"""Random copies and random honest publications for the laws of tabulation."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import strategies as st

from secondcount.model.publication import Stage
from tabulating.elections import COUNT, LEAD, SHARE, TURNOUT, Printed, publication_of

CELLS = ("registered", "issued", "took_part", "a", "b", "c")
AREAS = ("port", "north", "south", "land", "nowhere")
HOURS = ("noon", "night")
PUBLICATIONS = (
    *(publication_of(hour, Stage.VOTING) for hour in HOURS),
    publication_of("first", Stage.PRELIMINARY),
    publication_of("final", Stage.FINAL),
)

numbers = st.integers(0, 4)
cells = st.one_of(numbers, st.sampled_from("ibsaur"))


@st.composite
def copies(draw: st.DrawFn, *, areas: tuple[str, ...] = AREAS) -> list[dict[str, Any]]:
    """Return rows of copies: few stations and small numbers, so that agreement and conflict are both frequent."""
    rows: list[dict[str, Any]] = []
    for at in range(draw(st.integers(0, 9))):
        head = {
            "station": str(draw(st.integers(0, 4))),
            "area": draw(st.sampled_from(areas)),
            "copy": draw(st.integers(1, 2)),
            "version": draw(st.integers(1, 2)),
            "level": draw(st.integers(0, 3)),
            "collector": draw(st.sampled_from(("", "anna", "berik"))),
            "basis": f"digest#{at}",
        }
        rows.append({**head, **{cell: draw(cells) for cell in CELLS}})
    return rows


def percent(part: int, whole: int, decimals: int, way: str) -> str:
    """Return a percentage as printed, a half rounded up or to even; exact arithmetic."""
    scaled = Fraction(part * 100 * 10**decimals, whole)
    units = round(scaled) if way == "even" else floor(scaled + Fraction(1, 2))
    digits = str(units).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What really happened in three areas: votes by area, as they were first and at last, and voters by hour."""

    registered: dict[str, int]  # at the end; at noon it was up to a hundredth less
    at_noon: dict[str, int]
    first: dict[str, dict[str, int]]  # area -> votes already counted
    final: dict[str, dict[str, int]]
    invalid: dict[str, int]
    noon: dict[str, int]

    def votes(self, stage: str, area: str) -> dict[str, int]:
        """Return the votes of an area, for the land those of all areas."""
        held = self.first if stage == "first" else self.final
        areas = list(held) if area == "land" else [area]
        return {one: sum(held[place][one] for place in areas) for one in "abc"}

    def of_area(self, held: dict[str, int], area: str) -> int:
        """Return a number of an area, for the land the sum."""
        return sum(held.values()) if area == "land" else held[area]

    def voters(self, area: str) -> int:
        """Return the voters who took part by the end."""
        return sum(self.votes("final", area).values()) + self.of_area(self.invalid, area)


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """Return an honest election: votes only grow, the register by at most a hundredth, and it holds all voters."""
    areas = ("north", "south")
    size = draw(st.sampled_from((20, 3000, 500_000)))
    final = {area: {one: draw(st.integers(0, size)) for one in "abc"} for area in areas}
    first = {area: {one: draw(st.integers(0, votes)) for one, votes in final[area].items()} for area in areas}
    invalid = {area: draw(st.integers(0, size // 10)) for area in areas}
    voters = {area: sum(final[area].values()) + invalid[area] for area in areas}
    registered = {area: voters[area] + draw(st.integers(1, size)) for area in areas}
    at_noon = {area: draw(st.integers(-(-100 * one // 101), one)) for area, one in registered.items()}
    noon = {area: draw(st.integers(0, min(voters[area], at_noon[area]))) for area in areas}
    return Truth(registered=registered, at_noon=at_noon, first=first, final=final, invalid=invalid, noon=noon)


@st.composite
def honest_figures(draw: st.DrawFn, truth: Truth) -> list[Printed]:
    """Return what an honest authority may print of the truth: anything, rounded in any way, quoted by two sources."""
    found: list[Printed] = []
    of_voters = draw(st.booleans())
    for area in ("land", "north", "south"):
        for stage in ("first", "final"):
            found += _results(draw, truth, (stage, area), of_voters=of_voters)
        found += _turnout(draw, truth, area)
    return found


def _results(draw: st.DrawFn, truth: Truth, place: tuple[str, str], *, of_voters: bool) -> list[Printed]:
    stage, area = place
    votes = truth.votes(stage, area)
    invalid = truth.of_area(truth.invalid, area)
    found: list[Printed] = []
    if draw(st.booleans()):
        found += [_count(draw, stage, area, one, number) for one, number in votes.items()]
    if draw(st.booleans()):
        found.append(Printed(publication=stage, quantity=COUNT, cell="invalid", text=str(invalid), area=area))
    base = sum(votes.values()) + (invalid if of_voters else 0)
    if base and draw(st.booleans()):
        found += [one for cell, number in votes.items() for one in _percents(draw, (stage, area, cell), number, base)]
    if draw(st.booleans()):
        lead = str(votes["a"] - votes["b"])
        found.append(Printed(publication=stage, quantity=LEAD, cell="a", minus="b", text=lead, area=area))
    return found


def _count(draw: st.DrawFn, publication: str, area: str, cell: str, number: int) -> Printed:
    """Return a count, exact or rounded to a step."""
    step = draw(st.sampled_from((1, 1, 10, 1000)))
    rounded = floor(Fraction(number, step) + Fraction(1, 2)) * step
    rounding = 0 if step == 1 else step
    return Printed(publication=publication, quantity=COUNT, cell=cell, text=str(rounded), area=area, rounding=rounding)


def _percents(draw: st.DrawFn, place: tuple[str, str, str], part: int, whole: int) -> list[Printed]:
    """Return a percentage as one or two sources print it."""
    publication, area, cell = place
    quantity = SHARE if cell else TURNOUT
    found = []
    for source in ("commission", "newspaper")[: draw(st.integers(1, 2))]:
        text = percent(part, whole, draw(st.integers(0, 3)), draw(st.sampled_from(("up", "even"))))
        found.append(
            Printed(publication=publication, quantity=quantity, cell=cell, text=text, area=area, source=source)
        )
    return found


def _turnout(draw: st.DrawFn, truth: Truth, area: str) -> list[Printed]:
    found: list[Printed] = []
    noon = (truth.of_area(truth.noon, area), truth.of_area(truth.at_noon, area))
    end = (truth.voters(area), truth.of_area(truth.registered, area))
    for publication, (voters, register) in (("noon", noon), ("night", end), ("final", end)):
        if draw(st.booleans()):
            found += _percents(draw, (publication, area, ""), voters, register)
        if draw(st.booleans()):
            found.append(_count(draw, publication, area, "took_part", voters))
        if draw(st.booleans()):
            found.append(_count(draw, publication, area, "registered", register))
    return found
