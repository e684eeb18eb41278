"""k, the least number of false copies that undo a conclusion: held against every subset of the copies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from auditing.contests import contest, rule
from auditing.piles import completions, pile
from auditing.truth import answers
from secondcount.audit import Assessment, Feasible, Standing, assess
from secondcount.audit.pile import Pile
from secondcount.model.claim import Claim, ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.election import Contest
from secondcount.model.rule import Comparison, Method, Rule
from secondcount.rehearsal.dice import Dice

SHARES = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3))
BY = {Feasible.CAP: "cap", Feasible.TURNOUT: "cast"}


def told(body: ClaimBody, held: Contest, copies: Pile, feasible: Feasible) -> Assessment:
    """Return what the audit room says."""
    return assess(Claim(text="", contest=held.id, body=body), held, copies, feasible)


def is_undone(held: Contest, found: Assessment, copies: Pile, false: tuple[int, ...]) -> bool:
    """Return whether, with these copies false, some completion contradicts the conclusion."""
    rows = copies.sheets.to_dicts()
    true = {
        cell: sum(row[cell] for number, row in enumerate(rows) if number not in false) for cell in copies.categories
    }
    known = copies.unseen_cap if found.feasible is Feasible.CAP else copies.unseen_cast
    unseen = (known or 0) + sum(rows[number][BY[found.feasible]] for number in false)
    kept = {found.standing is Standing.PROVED}
    return any(answers(held, found.claim.body, totals) != kept for totals in completions(true, unseen, found.feasible))


def fewest_false(held: Contest, found: Assessment, copies: Pile) -> int | None:
    """Return the size of the smallest set of false copies that undoes the conclusion, None if none does."""
    numbers = range(copies.seen)
    for size in range(1, copies.seen + 1):
        if any(is_undone(held, found, copies, false) for false in combinations(numbers, size)):
            return size
    return None


def small_pile(dice: Dice, names: str) -> Pile:
    """Return at most four copies with a few votes each, and hardly any unseen stations, so that much is decided."""
    rows = [{name: dice.between(0, 3) for name in names} for _ in range(dice.between(1, 4))]
    caps = [sum(row.values()) + dice.below(2) for row in rows]
    unseen = dice.below(3)
    cast = dice.between(0, unseen)
    return pile(names, rows, caps=caps, stations=len(rows) + 1, unseen_cap=unseen, unseen_cast=cast)


def decided_cases(wanted: int) -> Iterator[tuple[Contest, Assessment, Pile]]:
    """Yield so many share and lead claims that small piles decide."""
    dice, yielded = Dice("false copies"), 0
    comparisons = tuple(Comparison)
    while yielded < wanted:
        names = ("ab", "ab", "ab", "abc")[dice.below(4)]
        held, copies = contest(names, rule()), small_pile(dice, names)
        share = ShareClaim(contestant="a", comparison=comparisons[dice.below(4)], share=SHARES[dice.below(5)])
        for body in (share, LeadClaim(contestant="a", over="b")):
            found = told(body, held, copies, tuple(Feasible)[dice.below(2)])
            if found.standing is not Standing.NOT_DECIDED:
                yielded += 1
                yield held, found, copies


def test_k_equals_the_smallest_of_all_sets_of_copies() -> None:
    """In 2,000 decided cases k is the size of the smallest set that undoes the conclusion, and its set does so."""
    sizes = set()
    for held, found, copies in decided_cases(2_000):
        least = fewest_false(held, found, copies)
        sizes.add(least)
        assert (found.false_sheets.k if found.false_sheets else None) == least, found
        if found.false_sheets:
            assert found.false_sheets.exact
            named = tuple(int(name[1:]) for name in found.false_sheets.stations)
            assert len(named) == least
            assert is_undone(held, found, copies, named)
    assert sizes >= {None, 1, 2, 3}


RULES = (
    rule(Method.HARE, 3),
    rule(Method.HARE, 5, share=Fraction(1, 4)),
    rule(Method.DHONDT, 4, share=Fraction(1, 4), order="cba"),
    rule(Method.SAINTE_LAGUE, 3),
    rule(Method.PLURALITY, 1),
    rule(Method.PLURALITY, 2, order="abc"),
    rule(Method.MAJORITY, 1),
)


def seat_cases(by: Rule, count: int) -> Iterator[tuple[Contest, Assessment, Pile]]:
    """Yield claims about seats that small piles decide."""
    dice, yielded = Dice(f"seats {by.method} {by.seats}"), 0
    while yielded < count:
        held, copies = contest("abc", by), small_pile(dice, "abc")
        for body in (InClaim(contestant="a"), SeatsClaim(contestant="b", seats=dice.between(0, by.seats))):
            found = told(body, held, copies, tuple(Feasible)[dice.below(2)])
            if found.standing is not Standing.NOT_DECIDED:
                yielded += 1
                yield held, found, copies


def test_k_of_a_claim_about_seats_is_never_too_large() -> None:
    """No set with fewer than k copies undoes a claim about seats; where k is called exact, a set of k does."""
    exact = 0
    for by in RULES:
        for held, found, copies in seat_cases(by, 25):
            least, said = fewest_false(held, found, copies), found.false_sheets
            if said is None:
                assert least is None, found
                continue
            assert least is None or said.k <= least, found
            assert not said.exact or said.k == least, found
            exact += said.exact
    assert exact > 20


def test_numbers_beyond_64_bits() -> None:
    """Votes and coefficients whose products leave Int64 are summed exactly, and k is the same as for small ones."""
    large = 2**61
    rows = [{"a": large, "b": 0}, {"a": large, "b": 1}, {"a": 5, "b": large}]
    copies = pile("ab", rows, stations=3)
    found = told(LeadClaim(contestant="a", over="b"), contest("ab", rule()), copies, Feasible.TURNOUT)
    assert found.lower == found.upper == Fraction(large + 4)
    assert found.false_sheets is not None
    assert (found.false_sheets.k, found.false_sheets.stations) == (1, ("s000000",))


def test_equal_copies_are_named_by_their_station() -> None:
    """Among copies that count alike the first by name are named, at most twenty."""
    copies = pile("ab", [{"a": 3, "b": 0}] * 90, stations=90)
    found = told(LeadClaim(contestant="a", over="b"), contest("ab", rule()), copies, Feasible.TURNOUT)
    assert found.false_sheets is not None
    assert found.false_sheets.k == 45
    assert found.false_sheets.stations == tuple(f"s{number:06d}" for number in range(20))
