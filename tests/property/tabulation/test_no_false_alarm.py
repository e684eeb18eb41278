"""No false alarm: whatever an honest authority rounds and prints, no contradiction is ever reported.

Truth within rounding: figures printed from one true election never contradict each other.
Accumulation: preliminary figures that are a part of the final ones are never said to have shrunk,
and the cap on what had been counted is never below what had been counted.
"""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from secondcount.model.issue import Severity
from secondcount.tabulation import check_publications
from secondcount.tabulation.figures import read_figures
from tabulating.elections import BOXES, COUNT, RECEIVED, SHARE, Printed, contest_of, election_of, figures_of
from tabulating.elections import geography_of as areas_of
from tabulating.strategies import PUBLICATIONS, Truth, honest_figures, percent, truths

ELECTION = election_of(
    contest_of(identities=(RECEIVED, BOXES)), areas_of({"land": None, "north": "land", "south": "land"})
)


@settings(max_examples=150)
@given(truth=truths(), data=st.data())
def test_honest_figures_never_contradict(truth: Truth, data: st.DataObject) -> None:
    """Votes, percentages, turnouts, registers, leads and areas of one truth, rounded, by one or two sources."""
    printed = data.draw(honest_figures(truth))
    issues = check_publications(ELECTION, PUBLICATIONS, figures_of(*printed))
    assert [one for one in issues if one.severity is Severity.CONTRADICTION] == []


@settings(max_examples=150)
@given(truth=truths(), decimals=st.integers(0, 3), way=st.sampled_from(("up", "even")))
def test_accumulated_figures_have_not_shrunk(truth: Truth, decimals: int, way: str) -> None:
    """With the counts of the preliminary figures published, nothing is non-monotone about an honest count."""
    first, final = truth.votes("first", "land"), truth.votes("final", "land")
    assume(sum(first.values()) > 0)
    printed = _shares(first, decimals, way)
    printed += [Printed(publication="first", quantity=COUNT, cell=cell, text=str(one)) for cell, one in first.items()]
    printed += [Printed(publication="final", quantity=COUNT, cell=cell, text=str(one)) for cell, one in final.items()]
    issues = check_publications(ELECTION, PUBLICATIONS, figures_of(*printed))
    assert [one.code for one in issues if one.code.startswith("R2")] == []


@settings(max_examples=150)
@given(truth=truths(), decimals=st.integers(0, 3), way=st.sampled_from(("up", "even")))
def test_the_cap_is_never_below_what_was_counted(truth: Truth, decimals: int, way: str) -> None:
    """Without the counts, the cap is only a question: what had really been counted is never more than it."""
    first, final = truth.votes("first", "land"), truth.votes("final", "land")
    assume(sum(first.values()) > 0)
    printed = _shares(first, decimals, way)
    printed += [Printed(publication="final", quantity=COUNT, cell=cell, text=str(one)) for cell, one in final.items()]
    issues = check_publications(ELECTION, PUBLICATIONS, figures_of(*printed))
    assert {one.code for one in issues if one.code.startswith("R2")} <= {"R201"}
    for issue in issues:
        if issue.code == "R201":
            assert int(str(issue.value("cap"))) >= sum(first.values())


@settings(max_examples=100)
@given(
    part=st.integers(0, 10**7),
    more=st.integers(0, 10**7),
    decimals=st.integers(0, 3),
    way=st.sampled_from(("up", "even")),
)
def test_the_interval_of_a_rounded_percentage_holds_the_truth(part: int, more: int, decimals: int, way: str) -> None:
    """100 x part / whole lies within the interval of the printed figure, however its half was rounded."""
    whole = part + more
    assume(whole > 0)
    text = percent(part, whole, decimals, way)
    (figure,) = read_figures(figures_of(Printed(publication="final", quantity=SHARE, cell="a", text=text)))
    assert figure.interval.low * whole <= 100 * part <= figure.interval.high * whole


def _shares(votes: dict[str, int], decimals: int, way: str) -> list[Printed]:
    total = sum(votes.values())
    return [
        Printed(publication="first", quantity=SHARE, cell=cell, text=percent(one, total, decimals, way))
        for cell, one in votes.items()
    ]
