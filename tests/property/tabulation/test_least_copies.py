"""k is exact: no smaller set of false copies explains the difference, by trying every set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from secondcount.tabulation import HeldKind, check_leads, hold, tabulate
from tabulating.elections import COUNT, LEAD, Printed, contest_of, figures_of, geography_of, sheets_of

CONTEST = contest_of(("a", "b"), identities=())
votes = st.lists(st.integers(0, 6), min_size=1, max_size=6)


def smallest(count: int, explains: Callable[[Sequence[int]], bool]) -> int:
    """Return the size of a smallest set of copies that explains, `count` where not even all of them do."""
    sizes = (size for size in range(count + 1) for false in combinations(range(count), size) if explains(false))
    return next(sizes, count)


@settings(max_examples=150)
@given(copies=votes, official=st.integers(0, 12), unseen=st.integers(0, 1))
def test_too_many_votes(copies: list[int], official: int, unseen: int) -> None:
    """A false copy may be false by all that it shows: k copies can be removed, fewer cannot bring the sum down."""
    assume(sum(copies) > official)
    area = geography_of({"land": None}, {"land": len(copies) + unseen})
    rows = [{"station": str(at), "area": "land", "a": one} for at, one in enumerate(copies)]
    figures = figures_of(Printed(publication="final", quantity=COUNT, cell="a", text=str(official)))
    (held,) = hold(tabulate(sheets_of(CONTEST, rows), CONTEST, area), figures, CONTEST, area, "final")
    assert held.kind is (HeldKind.EXCEEDS if unseen else HeldKind.FULL_DIFFERS)
    assert held.k == smallest(
        len(copies), lambda false: sum(one for at, one in enumerate(copies) if at not in false) <= official
    )


@settings(max_examples=150)
@given(copies=votes, official=st.integers(0, 40), data=st.data())
def test_too_few_votes(copies: list[int], official: int, data: st.DataObject) -> None:
    """A false copy may have hidden up to its voters: k copies can hold the missing votes, fewer cannot."""
    assume(sum(copies) < official)
    caps = [data.draw(st.integers(one, one + 5)) for one in copies]
    area = geography_of({"land": None}, {"land": len(copies)})
    rows = [
        {"station": str(at), "area": "land", "a": one, "registered": cap}
        for at, (one, cap) in enumerate(zip(copies, caps, strict=True))
    ]
    figures = figures_of(Printed(publication="final", quantity=COUNT, cell="a", text=str(official)))
    (held,) = hold(tabulate(sheets_of(CONTEST, rows), CONTEST, area), figures, CONTEST, area, "final")

    def explains(false: Sequence[int]) -> bool:
        return sum(caps[at] if at in false else one for at, one in enumerate(copies)) >= official

    assert held.k == smallest(len(copies), explains)


@settings(max_examples=150)
@given(pairs=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=5), data=st.data())
def test_another_lead(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    """A false copy may give all its voters to either side: k copies can turn the lead, fewer cannot."""
    caps = [data.draw(st.integers(a + b, a + b + 4)) for a, b in pairs]
    lead = sum(a - b for a, b in pairs)
    published = data.draw(st.integers(-60, 60).filter(lambda one: one != lead))
    area = geography_of({"land": None}, {"land": len(pairs)})
    rows = [
        {"station": str(at), "area": "land", "a": a, "b": b, "registered": cap}
        for at, ((a, b), cap) in enumerate(zip(pairs, caps, strict=True))
    ]
    figures = figures_of(Printed(publication="final", quantity=LEAD, cell="a", minus="b", text=str(published)))
    copies = tabulate(sheets_of(CONTEST, rows), CONTEST, area)
    (issue,) = check_leads(copies, figures, CONTEST, area, "final")

    def explains(false: Sequence[int]) -> bool:
        least = sum(-caps[at] if at in false else a - b for at, (a, b) in enumerate(pairs))
        most = sum(caps[at] if at in false else a - b for at, (a, b) in enumerate(pairs))
        return least <= published <= most

    assert issue.value("k") == smallest(len(pairs), explains)
