"""How long a claim takes to weigh, and how that grows: `python benchmarks/audit.py`.

Prints sheets x claim -> milliseconds for one feasible set (best of several rounds), then the growth with the sheets.
"""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import polars as pl

from secondcount.allocation import allocate
from secondcount.audit import Feasible, Pile, assertions_of, assess, margin
from secondcount.model.claim import Claim, ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.election import Contest, Contestant, ContestantKind
from secondcount.model.form import Form
from secondcount.model.labels import Labels
from secondcount.model.rule import Base, Comparison, Method, Rule, Threshold, Ties

SHEETS = (500, 5_000, 50_000, 500_000)
ROUNDS = 5
SEVEN = Fraction(7, 100)
MAJILIS_2012 = {
    "nur_otan": 5_621_436,
    "ak_zhol": 518_405,
    "cppk": 498_788,
    "osdp": 116_534,
    "auyl": 82_623,
    "patriots": 57_732,
    "adilet": 45_702,
}
CLAIMS: dict[str, ClaimBody] = {
    "share, open": ShareClaim(contestant="cppk", comparison=Comparison.AT_LEAST, share=SEVEN),
    "share, refuted (k)": ShareClaim(contestant="osdp", comparison=Comparison.AT_LEAST, share=Fraction(1, 4)),
    "lead, proved (k)": LeadClaim(contestant="nur_otan", over="osdp"),
    "is in, proved (k)": InClaim(contestant="nur_otan"),
    "seats, refuted (k)": SeatsClaim(contestant="nur_otan", seats=20),
    "seats, open (search)": SeatsClaim(contestant="nur_otan", seats=83),
}


def contest() -> Contest:
    """Return seven lists, 98 seats, a threshold of 7 %."""
    names = tuple(MAJILIS_2012)
    threshold = Threshold(share=SEVEN, base="votes", comparison=Comparison.AT_LEAST)
    return Contest(
        id="list",
        labels=Labels(en="Lists"),
        contestants=tuple(Contestant(id=name, labels=Labels(en=name), kind=ContestantKind.LIST) for name in names),
        rule=Rule(method=Method.HARE, seats=98, ties=Ties.LOT, threshold=threshold),
        bases=(Base(id="votes", labels=Labels(en="Votes"), cells=names),),
        share_base="votes",
        form=Form(lines=(), identities=()),
    )


def copies(sheets: int) -> Pile:
    """Return so many copies, without a pattern but the same each time, and a quarter as many unseen stations."""
    number = pl.int_range(sheets, eager=True)
    rows = pl.DataFrame({"station": ("s" + number.cast(pl.String).str.zfill(7)), "number": number})
    rows = rows.with_columns(
        (pl.col("number") * 7_919 % (votes // 5_000 + 2) + votes // 10_000).alias(name)
        for name, votes in MAJILIS_2012.items()
    ).with_columns(cast=pl.sum_horizontal(*MAJILIS_2012))
    rows = rows.with_columns(cap=pl.col("cast") + pl.col("number") % 300).drop("number")
    unseen = int(rows["cast"].sum()) // 4
    return Pile(
        area="whole",
        level=3,
        categories=tuple(MAJILIS_2012),
        sheets=rows,
        stations=sheets + sheets // 4,
        unseen_cap=unseen + unseen // 3,
        unseen_cast=unseen,
    )


def milliseconds(body: ClaimBody, pile: Pile, feasible: Feasible) -> float:
    """Return the time of one assessment, in the best of several rounds."""
    claim, held = Claim(text="", contest="list", body=body), contest()
    best = float("inf")
    for _ in range(ROUNDS):
        started = perf_counter()
        assess(claim, held, pile, feasible)
        best = min(best, perf_counter() - started)
    return best * 1e3


def margins() -> None:
    """Print the time of all assertions and margins of the founding case."""
    held = contest()
    allocation = allocate(held.rule, MAJILIS_2012, sum(MAJILIS_2012.values()))
    started = perf_counter()
    for _ in range(100):
        found = [margin(one, MAJILIS_2012) for one in assertions_of(held, MAJILIS_2012, allocation)]
    print(f"{len(found)} assertions of 2012 with their margins: {(perf_counter() - started) * 10:.2f} ms\n")


def growth() -> None:
    """Print milliseconds for each claim, feasible set and number of sheets."""
    piles = {sheets: copies(sheets) for sheets in SHEETS}
    print(f"{'claim':<22}{'set':<9}" + "".join(f"{sheets:>10,}" for sheets in SHEETS) + "   sheets")
    for name, body in CLAIMS.items():
        for feasible in Feasible:
            times = [milliseconds(body, piles[sheets], feasible) for sheets in SHEETS]
            row = "".join(f"{one:>10.2f}" for one in times)
            grown = times[-1] / times[0]
            print(f"{name:<22}{feasible.value:<9}{row}   ms; sheets x {SHEETS[-1] // SHEETS[0]}: time x {grown:.0f}")


if __name__ == "__main__":
    margins()
    growth()
