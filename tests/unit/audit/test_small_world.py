"""A small world, exhausted: all copies up to a size, all completions, and what the audit room says of each claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest

from auditing.contests import contest, rule, second_list
from auditing.piles import completions, compositions, pile
from auditing.truth import answers
from secondcount.audit import Assessment, Feasible, Standing, assess
from secondcount.audit.checker import holds
from secondcount.audit.pile import Pile
from secondcount.model.claim import Claim, ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.election import Contest
from secondcount.model.rule import Comparison, Leftover, Method, Rule
from secondcount.verdict.encode import plain

SHARES = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1))
QUARTER, THIRD, HALF = Fraction(1, 4), Fraction(1, 3), Fraction(1, 2)


def weighed(held: Contest, body: ClaimBody, copies: Pile, feasible: Feasible) -> tuple[Assessment, Standing]:
    """Return what the audit room says and what is true of all completions; check certificate and witnesses too."""
    found = assess(Claim(text="", contest=held.id, body=body), held, copies, feasible)
    sums = {cell: int(copies.sheets[cell].sum()) for cell in copies.categories}
    unseen = copies.unseen_cap if feasible is Feasible.CAP else copies.unseen_cast
    possible = list(completions(sums, unseen or 0, feasible))
    told = [answers(held, body, totals) for totals in possible]
    for witness in found.witnesses:
        totals = dict(witness.totals)
        assert totals in possible
        assert (answers(held, body, totals) == {True}) == witness.holds
    assert holds(plain(found)), found
    if isinstance(body, ShareClaim) and not any(sum(totals.values()) for totals in possible):
        assert [one.code for one in found.refusals][:1] == ["C145"]  # a share of no votes is no number
        return found, Standing.NOT_DECIDED
    if all(one == {True} for one in told):
        return found, Standing.PROVED
    return found, Standing.REFUTED if all(one == {False} for one in told) else Standing.NOT_DECIDED


def piles(names: Sequence[str], most: int, unseen: Sequence[int]) -> Iterator[Pile]:
    """Yield a pile for all totals of the copies up to `most` and each unseen mass; one copy shows them."""
    for votes in product(range(most + 1), repeat=len(names)):
        row = dict(zip(names, votes, strict=True))
        for mass in unseen:
            yield pile(names, [row], stations=2 if mass else 1, unseen_cap=mass, unseen_cast=mass)


def linear_claims() -> Iterator[ClaimBody]:
    """Yield every comparison with every share, and the lead."""
    for comparison, share in product(Comparison, SHARES):
        yield ShareClaim(contestant="a", comparison=comparison, share=share)
    yield LeadClaim(contestant="a", over="b")


def linear_world(names: str, most: int, unseen: Sequence[int]) -> Counter[Standing]:
    """Assert that share and lead claims have exactly the true standing; return how often each standing came."""
    held, seen = contest(names, rule()), Counter[Standing]()
    for copies, feasible, body in product(piles(names, most, unseen), Feasible, linear_claims()):
        found, true = weighed(held, body, copies, feasible)
        assert found.standing is true, (found, true)
        open_ = true is Standing.NOT_DECIDED and "C145" not in {one.code for one in found.refusals}
        assert len(found.witnesses) == (2 if open_ else 0)
        seen[true] += 1
    return seen


def test_shares_and_leads_are_sound_and_complete() -> None:
    """For share and lead claims the standing is exactly what all completions together say."""
    seen = linear_world("ab", 3, (0, 1, 3)) + linear_world("abc", 1, (0, 2))
    assert min(seen.values()) > 300


@pytest.mark.slow
def test_shares_and_leads_are_sound_and_complete_in_a_larger_world() -> None:
    """The same with more votes, more unseen ones, and up to three lists."""
    linear_world("ab", 7, (0, 1, 2, 5, 8))
    linear_world("abc", 3, (0, 1, 3))


def seat_rules() -> Iterator[tuple[Rule, bool]]:
    """Yield rules of every method, threshold and tie law, and whether "against all" stands on the ballot."""
    yield rule(Method.HARE, 3), False
    yield rule(Method.HARE, 5, share=QUARTER, order="bca"), False
    yield rule(Method.HARE, 2, share=Fraction(1, 5)), False
    yield rule(Method.HARE, 10, share=THIRD, comparison=Comparison.MORE_THAN), True
    yield rule(Method.HARE, 7, share=HALF, runner_up=second_list(Leftover.SILENT)), False
    yield rule(Method.HARE, 3, share=HALF, order="ab", runner_up=second_list(Leftover.FIRST_LIST)), False
    yield rule(Method.HARE, 4, share=QUARTER, runner_up=second_list(Leftover.LARGEST_REMAINDER, minimum=0)), False
    yield rule(Method.DROOP, 3, share=QUARTER), False
    yield rule(Method.DHONDT, 4), False
    yield rule(Method.DHONDT, 5, share=QUARTER, order="ab"), False
    yield rule(Method.SAINTE_LAGUE, 5, share=THIRD), False
    yield rule(Method.SAINTE_LAGUE, 3, order="cba"), False
    yield rule(Method.PLURALITY, 1), False
    yield rule(Method.PLURALITY, 2, order="abc"), False
    yield rule(Method.PLURALITY, 2, share=THIRD), True
    yield rule(Method.HARE, 3, share=HALF, exempt="a"), False
    yield rule(Method.HARE, 7, share=THIRD, exempt="cb"), True
    yield rule(Method.DHONDT, 4, share=HALF, order="bca", exempt="a"), False
    yield rule(Method.SAINTE_LAGUE, 5, share=THIRD, exempt="b"), False
    yield rule(Method.PLURALITY, 1, share=HALF, order="bac", exempt="a"), False
    yield rule(Method.PLURALITY, 2, share=THIRD, exempt="ab"), True
    yield rule(Method.MAJORITY, 1), True
    yield rule(Method.MAJORITY, 1, share=HALF, order="cab"), False


def seat_claims(seats: int) -> Iterator[ClaimBody]:
    """Yield "in" and "gets k seats" for one list, k from none to one too many."""
    yield InClaim(contestant="a")
    yield InClaim(contestant="c")
    yield from (SeatsClaim(contestant="a", seats=number) for number in sorted({0, 1, seats // 2, seats, seats + 1}))


def seat_world(held: Contest, copies: Iterator[Pile]) -> Counter[tuple[Standing, Standing]]:
    """Assert that claims about seats are never wrongly decided; return how often which truth was told how."""
    told = Counter[tuple[Standing, Standing]]()
    for one, feasible, body in product(copies, Feasible, seat_claims(held.rule.seats)):
        found, true = weighed(held, body, one, feasible)
        assert found.standing in (true, Standing.NOT_DECIDED), (held.rule, found, true)
        told[true, found.standing] += 1
    return told


def thinned(names: Sequence[str], most: int, unseen: Sequence[int], share: int) -> Iterator[Pile]:
    """Yield every so many-th of the piles."""
    return (one for number, one in enumerate(piles(names, most, unseen)) if number % share == 0)


def test_no_claim_about_seats_is_decided_wrongly() -> None:
    """A share of the small world: no standing is wrong under any rule, and most decidable claims are decided."""
    told = Counter[tuple[Standing, Standing]]()
    for by, against_all in seat_rules():
        held = contest("abc", by, against_all=against_all)
        names = [one.id for one in held.contestants]
        told += seat_world(held, thinned(names, 3, (0, 1, 3), 17))
    decidable = [(truth, said) for truth, said in told.elements() if truth is not Standing.NOT_DECIDED]
    assert len(decidable) > 1_000
    assert sum(truth is said for truth, said in decidable) * 100 > 85 * len(decidable)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(23))
def test_no_claim_about_seats_is_decided_wrongly_in_a_larger_world(number: int) -> None:
    """All copies up to three votes a list, up to five unseen votes, all rules."""
    by, against_all = list(seat_rules())[number]
    held = contest("abc", by, against_all=against_all)
    seat_world(held, thinned([one.id for one in held.contestants], 3, (0, 1, 2, 3, 5), 1))


STATION = tuple(votes for cast in range(3) for votes in compositions(cast, 2))
"""Every protocol of a station with two lists and at most two ballots."""


def test_stations_that_nobody_saw_add_up_to_what_totals_allow() -> None:
    """Totals suffice: station by station, the unseen can show exactly what the sum of their caps (or votes) allows."""
    for casts in combinations_with_replacement(range(3), 3):
        sums = {(sum(a for a, _ in one), sum(b for _, b in one)) for one in product(STATION, repeat=3)}
        assert sums == {tuple(one.values()) for one in completions({"a": 0, "b": 0}, 6, Feasible.CAP)}
        exact = product(*(tuple(compositions(cast, 2)) for cast in casts))
        sums = {(sum(a for a, _ in one), sum(b for _, b in one)) for one in exact}
        assert sums == {tuple(one.values()) for one in completions({"a": 0, "b": 0}, sum(casts), Feasible.TURNOUT)}


def elections(stations: int) -> Iterator[tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
    """Yield every election of so many stations, divided into seen and unseen protocols in every way."""
    for seen in range(stations + 1):
        yield from product(
            combinations_with_replacement(STATION, seen), combinations_with_replacement(STATION, stations - seen)
        )


def no_election_is_misjudged(by: Rule, stations: int) -> int:
    """Assert that nothing is PROVED that is false, or REFUTED that is true, of any election; return how many."""
    held, count = contest("ab", by), 0
    share = ShareClaim(contestant="a", comparison=Comparison.AT_LEAST, share=THIRD)
    claims: tuple[ClaimBody, ...] = (
        share,
        LeadClaim(contestant="a", over="b"),
        InClaim(contestant="b"),
        SeatsClaim(contestant="a", seats=2),
    )
    told: dict[tuple[object, ...], Standing] = {}
    for seen, unseen in elections(stations):
        true = {"a": sum(a for a, _ in (*seen, *unseen)), "b": sum(b for _, b in (*seen, *unseen))}
        cast = sum(a + b for a, b in unseen)
        for body, feasible in product(claims, Feasible):
            key = (body, feasible, seen, cast if feasible is Feasible.TURNOUT else len(unseen))
            if key not in told:
                told[key] = standing_of(held, body, feasible, seen=seen, unseen=unseen)
            count += 1
            wrong = {Standing.PROVED: False, Standing.REFUTED: True}.get(told[key])
            assert wrong is None or wrong not in answers(held, body, true), (body, seen, unseen, told[key])
    return count


def standing_of(
    held: Contest,
    body: ClaimBody,
    feasible: Feasible,
    *,
    seen: Sequence[tuple[int, int]],
    unseen: Sequence[tuple[int, int]],
) -> Standing:
    """Return the standing of a claim from the protocols that were seen; of the others only their number and votes."""
    copies = pile(
        "ab",
        [{"a": a, "b": b} for a, b in seen],
        caps=[2] * len(seen),
        stations=len(seen) + len(unseen),
        unseen_cap=2 * len(unseen),
        unseen_cast=sum(a + b for a, b in unseen),
    )
    return assess(Claim(text="", contest=held.id, body=body), held, copies, feasible).standing


def test_no_election_of_two_stations_is_misjudged() -> None:
    """All elections of two stations, every subset of them seen, all four kinds of claim, both feasible sets."""
    assert no_election_is_misjudged(rule(Method.HARE, 3, share=THIRD), 2) > 500


@pytest.mark.slow
@pytest.mark.parametrize("stations", [3, 4])
@pytest.mark.parametrize("method", [Method.HARE, Method.DHONDT, Method.PLURALITY, Method.SAINTE_LAGUE])
def test_no_election_of_more_stations_is_misjudged(method: Method, stations: int) -> None:
    """The same for three and four stations and more rules."""
    no_election_is_misjudged(rule(method, 3, share=THIRD), stations)
    no_election_is_misjudged(rule(method, 2, order="ba"), stations)
