"""An identity holds, is broken, or is not evaluated: the vectorised rule equals the one by hand, row by row."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.model.form import Linear, Relation
from secondcount.tabulation import check_sheets, tabulate
from tabulating.elections import LAND, contest_of, identity, sheets_of
from tabulating.strategies import CELLS, cells

sides = st.builds(
    lambda terms, constant: Linear(terms=tuple(terms), constant=constant),
    st.lists(st.tuples(st.integers(-2, 2), st.sampled_from(CELLS)), max_size=3),
    st.integers(-3, 3),
)
rows = st.lists(st.fixed_dictionaries(dict.fromkeys(CELLS, cells)), max_size=5)


def by_hand(left: Linear, relation: Relation, right: Linear, row: dict[str, Any]) -> bool | None:
    """Return whether an identity holds for one row, None where a cell of it is no number."""
    if any(not isinstance(row[cell], int) for side in (left, right) for _, cell in side.terms):
        return None
    one, two = (side.constant + sum(times * row[cell] for times, cell in side.terms) for side in (left, right))
    return {Relation.EQUAL: one == two, Relation.AT_MOST: one <= two, Relation.AT_LEAST: one >= two}[relation]


@settings(max_examples=120)
@given(left=sides, relation=st.sampled_from(Relation), right=sides, frame=rows)
def test_identities_are_three_valued(
    left: Linear, relation: Relation, right: Linear, frame: list[dict[str, Any]]
) -> None:
    """Exactly the rows with all cells read and the relation broken have an issue, with both values right."""
    contest = contest_of(identities=(identity("left ? right", left, relation, right),))
    numbered = [{"station": str(at), **row} for at, row in enumerate(frame)]
    usable = tabulate(sheets_of(contest, numbered), contest, LAND).usable
    found = {one.where.station: one for one in check_sheets(usable, contest) if one.code == "S201"}
    assert set(found) == {row["station"] for row in numbered if by_hand(left, relation, right, row) is False}
    for issue in found.values():
        one, two = int(str(issue.value("left"))), int(str(issue.value("right")))
        assert abs(one - two) == issue.value("difference")
        assert not {Relation.EQUAL: one == two, Relation.AT_MOST: one <= two, Relation.AT_LEAST: one >= two}[relation]
