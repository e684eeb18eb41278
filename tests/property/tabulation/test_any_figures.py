"""No published figures, however odd, bring the checks down, and the same figures always give the same issues."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.model.codes import CODES
from secondcount.model.publication import Quantity
from secondcount.model.tables import FIGURES
from secondcount.tabulation import check_publications, cover, hold, tabulate
from tabulating.elections import BOXES, LAND, RECEIVED, contest_of, election_of, sheets_of
from tabulating.strategies import PUBLICATIONS, copies

CONTEST = contest_of(identities=(RECEIVED, BOXES))
ELECTION = election_of(CONTEST)
figures = st.lists(
    st.fixed_dictionaries(
        {
            "publication": st.sampled_from([*(one.id for one in PUBLICATIONS), "nowhere"]),
            "contest": st.sampled_from(("list", "", "other")),
            "area": st.sampled_from(("land", "north", "port", "south", "nowhere")),
            "quantity": st.sampled_from([one.value for one in Quantity]),
            "cell": st.sampled_from(("a", "b", "c", "took_part", "registered", "issued", "x", "")),
            "minus": st.sampled_from(("", "b", "x")),
            "value": st.one_of(st.integers(-3, 120), st.integers(-(2**63), 2**63 - 1)),
            "decimals": st.integers(0, 4),
            "rounding": st.sampled_from((0, 1, 1000)),
            "source": st.sampled_from(("one", "other")),
            "basis": st.just(""),
        }
    ),
    max_size=14,
)


@settings(max_examples=150)
@given(rows=figures)
def test_no_figures_bring_the_checks_down(rows: list[dict[str, Any]]) -> None:
    """Every issue has a registered code, whatever the figures."""
    frame = pl.DataFrame(rows, schema=FIGURES, orient="row")
    issues = check_publications(ELECTION, PUBLICATIONS, frame)
    assert {one.code for one in issues} <= CODES.keys()
    assert issues == check_publications(ELECTION, PUBLICATIONS, frame)


@settings(max_examples=60)
@given(rows=figures, sheets=copies())
def test_no_figures_bring_the_comparison_down(rows: list[dict[str, Any]], sheets: list[dict[str, Any]]) -> None:
    """Copies are held against any figures; a remainder is the published figure less the copies."""
    frame = pl.DataFrame(rows, schema=FIGURES, orient="row")
    tabulation = tabulate(sheets_of(CONTEST, sheets), CONTEST, LAND)
    for held in hold(tabulation, frame, CONTEST, LAND, "final", publications=PUBLICATIONS):
        assert held.remainder == held.official - held.copies_sum
    whole = cover(tabulation, LAND, CONTEST, frame, "final", publications=PUBLICATIONS)[-1]
    assert whole.seen + whole.conflicting == len({one["station"] for one in sheets})
