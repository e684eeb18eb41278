"""How long one allocation takes, and how that grows: `python benchmarks/allocation.py`.

Prints rule x lists x seats -> microseconds (best of several rounds), then the growth with lists and with seats.
The aim is at most 500 microseconds for 98 seats and 7 lists.
"""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

from secondcount.allocation import allocate
from secondcount.model.rule import Comparison, Leftover, Method, Rule, RunnerUp, Threshold, Ties

MAJILIS_2012 = (5_621_436, 518_405, 498_788, 116_534, 82_623, 57_732, 45_702)
LISTS = (2, 7, 30, 100)
SEATS = (10, 98, 1_000, 10_000)
PROPORTIONAL = (Method.HARE, Method.DROOP, Method.DHONDT, Method.SAINTE_LAGUE)
ROUNDS, CALLS = 5, 40


def invented(lists: int) -> dict[str, int]:
    """Return votes without a pattern, all positive; the same ones each time."""
    return {f"list {number}": 7_919 * (number + 3) ** 3 % 1_000_003 + 1 for number in range(lists)}


def microseconds(rule: Rule, votes: dict[str, int]) -> float:
    """Return the time of one call, in the best of several rounds."""
    base = sum(votes.values())
    best = float("inf")
    for _ in range(ROUNDS):
        started = perf_counter()
        for _ in range(CALLS):
            allocate(rule, votes, base)
        best = min(best, perf_counter() - started)
    return best / CALLS * 1e6


def real_case() -> None:
    """Print the founding case, with its threshold and runner-up rule, and the same votes by other methods."""
    votes = {f"list {number}": count for number, count in enumerate(MAJILIS_2012)}
    second = RunnerUp(correction=Fraction(7, 10), minimum_seats=2, leftover=Leftover.SILENT)
    threshold = Threshold(share=Fraction(7, 100), base="valid", comparison=Comparison.AT_LEAST, runner_up=second)
    only_one = {"list 0": votes["list 0"]} | {name: count // 10 for name, count in votes.items() if name != "list 0"}
    rule = Rule(method=Method.HARE, seats=98, ties=Ties.LOT, threshold=threshold)
    print("Majilis 2012: 98 seats, 7 lists")
    print(f"  {'threshold 7 %, Hare quota':<34}{microseconds(rule, votes):>10.1f} us")
    print(f"  {'the same, runner-up admitted':<34}{microseconds(rule, only_one):>10.1f} us")
    for method in PROPORTIONAL:
        plain = Rule(method=method, seats=98, ties=Ties.LOT)
        print(f"  {method.value + ', no threshold':<34}{microseconds(plain, votes):>10.1f} us")


def growth() -> None:
    """Print microseconds for each rule, number of lists and number of seats."""
    print(f"\n{'rule':<24}{'lists':>6}" + "".join(f"{seats:>10}" for seats in SEATS) + "   seats")
    times: dict[tuple[Method, int, int], float] = {}
    for method in (*PROPORTIONAL, Method.PLURALITY):
        for lists in LISTS:
            votes = invented(lists)
            for seats in SEATS:
                times[method, lists, seats] = microseconds(Rule(method=method, seats=seats, ties=Ties.LOT), votes)
            row = "".join(f"{times[method, lists, seats]:>10.1f}" for seats in SEATS)
            print(f"{method.value:<24}{lists:>6}{row}   us")
    print("\ngrowth from the smallest to the largest, the other at 98 seats / 7 lists")
    for method in (*PROPORTIONAL, Method.PLURALITY):
        by_lists = times[method, LISTS[-1], 98] / times[method, LISTS[0], 98]
        by_seats = times[method, 7, SEATS[-1]] / times[method, 7, SEATS[0]]
        print(
            f"{method.value:<24} lists x {LISTS[-1] // LISTS[0]}: time x {by_lists:.1f};"
            f" seats x {SEATS[-1] // SEATS[0]}: time x {by_seats:.1f}"
        )


if __name__ == "__main__":
    real_case()
    growth()
