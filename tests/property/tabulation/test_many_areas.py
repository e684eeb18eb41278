"""What is worked out for all areas at once is what it would be area by area."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.model.form import Line, Role
from secondcount.tabulation import from_level, tabulate
from secondcount.tabulation.lineage import above_frame, climbed, lineages
from secondcount.tabulation.official_sums import official_sums, official_votes
from tabulating.elections import (
    COUNT,
    LAND,
    LEAD,
    LINES,
    Printed,
    contest_of,
    figures_of,
    geography_of,
    name,
    sheets_of,
)
from tabulating.strategies import AREAS, PUBLICATIONS, copies

CONTEST = contest_of(
    ("a", "b"), lines=(*LINES, Line(id="valid", role=Role.VALID, labels=name("valid"))), identities=()
)

figures = st.lists(
    st.builds(
        Printed,
        publication=st.sampled_from([one.id for one in PUBLICATIONS]),
        quantity=st.sampled_from((COUNT, COUNT, COUNT, LEAD)),
        cell=st.sampled_from(("a", "b", "valid", "registered")),
        text=st.integers(0, 9).map(str),
        area=st.sampled_from(AREAS[:3]),
        source=st.sampled_from(("commission", "newspaper")),
        contest=st.sampled_from(("list", "", "other")),
    ),
    max_size=14,
)


@settings(max_examples=150)
@given(printed=figures, official=st.sampled_from(("first", "final", "")), named=st.booleans())
def test_votes_of_all_areas_are_those_of_the_official_sums(
    printed: list[Printed], official: str, *, named: bool
) -> None:
    """The votes for all contestants of `official_sums` if all are published, else its valid votes, else none."""
    publications = PUBLICATIONS if named else ()
    frame = figures_of(*printed)
    expected: dict[str, int] = {}
    for area, one in official_sums(frame, CONTEST, official, publications).items():
        votes = [one.counts[cell].value for cell in ("a", "b") if cell in one.counts]
        if len(votes) == 2:
            expected[area] = sum(votes)
        elif "valid" in one.counts:
            expected[area] = one.counts["valid"].value
    assert official_votes(frame, CONTEST, official, publications) == expected


@settings(max_examples=60)
@given(rows=copies(), wanted=st.sets(st.sampled_from(AREAS)), level=st.integers(0, 2))
def test_areas_that_are_asked_for_have_the_sums_that_they_have_among_all(
    rows: list[dict[str, Any]], wanted: set[str], level: int
) -> None:
    """Asking for some areas leaves out the others and changes nothing; the table has every area all the same."""
    contest = contest_of(identities=())
    frame = sheets_of(contest, rows)
    everything = from_level(tabulate(frame, contest, LAND), level, contest, LAND)
    some = tabulate(frame, contest, LAND, wanted=frozenset(wanted))
    some = from_level(some, level, contest, LAND, wanted=frozenset(wanted))
    assert some.sums == tuple(one for one in everything.sums if one.area in wanted)
    table = some.table.sort("area")
    assert table.equals(everything.table.sort("area"))
    assert table["area"].to_list() == sorted(one.area for one in everything.sums)


parents = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([*"abcdef", None]), min_size=1)


@settings(max_examples=100)
@given(tree=parents)
def test_a_line_goes_up_to_the_root_in_any_order_of_the_areas(tree: dict[str, str | None]) -> None:
    """Each line is the area, its parent, and so on, each once: in whatever order, and even if areas go in a circle."""
    found = lineages(geography_of(tree))
    for area, line in found.items():
        climb = [area]
        while (above := tree[climb[-1]]) is not None and above in tree and above not in climb:
            climb.append(above)
        assert list(line) == climb
    counted = climbed(pl.DataFrame({"area": list(tree), "n": [1] * len(tree)}), found)
    below = above_frame(found).group_by("above").len()
    assert dict(counted.iter_rows()) == dict(below.iter_rows())


def test_the_official_publication_counts_where_it_has_votes_and_a_newer_one_where_it_has_none() -> None:
    """In the port the official one comes first, though another is newer; in the north only that one has votes."""
    rows = [("final", "port", ("5", "4")), ("late", "port", ("7", "7")), ("late", "north", ("1", "2"))]
    frame = figures_of(
        *(
            Printed(publication=publication, quantity=COUNT, cell=cell, text=text, area=area)
            for publication, area, texts in rows
            for cell, text in zip("ab", texts, strict=True)
        )
    )
    assert official_votes(frame, CONTEST, "final") == {"port": 9, "north": 3}
    assert official_votes(frame, CONTEST, "") == {"port": 14, "north": 3}
