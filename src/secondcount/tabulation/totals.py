"""Published counts that have to agree with each other: within one publication, and areas with what contains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.form import Identity, Relation, Role
from secondcount.model.issue import Issue
from secondcount.model.publication import Quantity, Stage
from secondcount.tabulation.figures import Figure, Interval, total
from secondcount.tabulation.published import Measure, Place, Published
from secondcount.tabulation.turnout import ADDED_AT_MOST
from secondcount.tabulation.written import broken_text

__all__ = ["check_areas", "check_totals"]

HUNDRED = 100


def check_totals(published: Published, *, drifted: frozenset[Place] = frozenset()) -> tuple[Issue, ...]:
    """Return the counts of one publication that contradict each other, area by area.

    R131: voters who took part against turnout x register. R134: a hard identity of the form, which holds for sums
    of protocols as it does for each. R132: more votes than voters who took part. R133 (note): fewer, with the number
    that would have to be invalid ballots. R135: a published lead is not the difference of the published votes.
    `drifted` are the places whose implied register is reported already (`turnout.check_register`): they are not held
    against another publication's register a second time.
    """
    issues: list[Issue] = []
    for place in published.places():
        issues.extend(_turnout_of_register(published, place, said=place in drifted))
        contest = published.contest_of(place)
        if contest is not None:
            broken = tuple(_identities(published, place, contest))
            issues.extend(broken)
            issues.extend(_votes_and_voters(published, place, said=bool(broken)))
            issues.extend(_leads(published, place))
    return tuple(issues)


def _turnout_of_register(published: Published, place: Place, *, said: bool) -> Iterator[Issue]:
    """Hold voters who took part against turnout x register (the register of another publication with a margin)."""
    own = next(
        (one for one in published.figures_at(place, Quantity.COUNT).values() if _took_part(published, one)), None
    )
    turnout = published.turnout(place)
    register, margin = _register(published, place)
    if own is None or turnout is None or register is None or (said and margin):
        return
    low = Fraction(turnout.interval.low * register.interval.low * (1 - margin), HUNDRED)
    high = Fraction(turnout.interval.high * register.interval.high * (1 + margin), HUNDRED)
    if own.interval.high < low or own.interval.low > high:
        yield make_issue(
            "R131",
            place.where(own.cell),
            voters=own.value,
            turnout=turnout.printed,
            register=register.value,
            least=ceil(low),
            most=floor(high),
            publication_register=register.publication,
        )


def _took_part(published: Published, figure: Figure) -> bool:
    return published.roles.get((figure.contest, figure.cell)) is Role.TOOK_PART


def _register(published: Published, place: Place) -> tuple[Figure | None, Fraction]:
    """Return the published register, and how far it may have moved: not at all within one publication."""
    own = published.by_role(place, Role.REGISTERED)
    if own is not None:
        return own, Fraction(0)
    for one in reversed(published.publications):
        other = published.by_role(replace(place, publication=one.id), Role.REGISTERED)
        if other is not None:
            return other, ADDED_AT_MOST
    return None, Fraction(0)


def _identities(published: Published, place: Place, contest: Contest) -> Iterator[Issue]:
    """Return R134 for each hard identity without a constant that the published counts of an area break.

    A constant would count once for each protocol of the area; such identities are not evaluated on sums.
    """
    for identity in contest.form.identities:
        terms = (*identity.left.terms, *identity.right.terms)
        if not identity.hard or identity.left.constant or identity.right.constant or not terms:
            continue
        figures = {cell: published.count(place, cell) for _, cell in terms}
        known = {cell: figure for cell, figure in figures.items() if figure is not None}
        if len(known) == len(figures) and _broken(identity, known):
            values = {cell: figure.value for cell, figure in known.items()}
            yield make_issue("R134", place.where(), identity=identity.text, arithmetic=broken_text(identity, values))


def _broken(identity: Identity, figures: Mapping[str, Figure]) -> bool:
    """Return whether left and right cannot stand in their relation for any true values behind the figures."""
    left = [(times, cell) for times, cell in identity.left.terms]
    right = [(-times, cell) for times, cell in identity.right.terms]
    difference = total(_times(times, figures[cell].interval) for times, cell in (*left, *right))
    match identity.relation:
        case Relation.EQUAL:
            return difference.low > 0 or difference.high < 0
        case Relation.AT_MOST:
            return difference.low > 0
        case Relation.AT_LEAST:
            return difference.high < 0


def _times(times: int, interval: Interval) -> Interval:
    ends = sorted((times * interval.low, times * interval.high))
    return Interval(low=ends[0], high=ends[1])


def _votes_and_voters(published: Published, place: Place, *, said: bool) -> Iterator[Issue]:
    votes, voters = published.votes_of_all(place), published.by_role(place, Role.TOOK_PART)
    if votes is None or voters is None or not published.figures_at(place, Quantity.COUNT):
        return
    known, where = ceil(votes.low), place.where()
    excess, rest = votes.low - voters.interval.high, voters.interval.low - votes.high
    if excess > 0 and not said:
        yield make_issue("R132", where, votes=known, voters=voters.value, excess=ceil(excess))
    if rest > 0 and published.by_role(place, Role.INVALID) is None:
        part = Fraction(rest, voters.interval.low)
        yield make_issue("R133", where, votes=known, voters=voters.value, rest=floor(rest), part=part)


def _leads(published: Published, place: Place) -> Iterator[Issue]:
    for measure, rows in published.sources[place].items():
        if measure.quantity is not Quantity.LEAD:
            continue
        ahead, behind = published.count(place, measure.cell), published.count(place, measure.minus)
        if ahead is None or behind is None:
            continue
        difference = total((ahead.interval, _times(-1, behind.interval)))
        if not difference.meets(rows[0].interval):
            yield make_issue(
                "R135",
                place.where(measure.cell),
                contestant_other=measure.minus,
                lead=rows[0].value,
                votes=ahead.value,
                votes_other=behind.value,
                computed=ahead.value - behind.value,
            )


def check_areas(published: Published) -> tuple[Issue, ...]:
    """Return the published counts of areas that do not add up to their parent's, in one publication of results.

    R141: all areas inside are published and their sum is another. R142: some are, and are already more than the whole.
    """
    geography = published.election.geography
    inside: dict[str, list[str]] = {}
    for area in geography.areas:
        if area.parent is not None:
            inside.setdefault(area.parent, []).append(area.id)
    issues: list[Issue] = []
    for place in published.places():
        if published.stage(place) is not Stage.VOTING and inside.get(place.area):
            for cell, figure in published.figures_at(place, Quantity.COUNT).items():
                issues.extend(_children(published, place, cell, figure, inside[place.area]))
    return tuple(issues)


def _children(published: Published, place: Place, cell: str, figure: Figure, inside: Sequence[str]) -> Iterator[Issue]:
    measure = Measure(quantity=Quantity.COUNT, cell=cell)
    rows = [published.sources.get(replace(place, area=area), {}).get(measure, ()) for area in inside]
    known = [one[0].interval for one in rows if one]
    if not known:
        return
    added = total(known)
    if len(known) == len(inside) and not added.meets(figure.interval):
        code = "R141"
    elif added.low > figure.interval.high:
        code = "R142"
    else:
        return
    yield make_issue(
        code,
        place.where(cell),
        added=floor(added.low),
        published=figure.value,
        count=len(known),
        inside=len(inside),
        difference=abs(floor(added.low) - figure.value),
    )
