"""Who takes part: exact shares, the two comparisons of the statutes, and who never takes part."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from secondcount.allocation.threshold import admitted, reaches
from secondcount.model.rule import Comparison, Threshold
from unit.allocation.rules import at_least, more_than

SEVEN = Fraction(7, 100)


class TestReaches:
    def test_is_inclusive_where_the_law_says_not_less_than(self) -> None:
        """Exactly 7 % passes a threshold of "not less than 7 %", one vote less does not."""
        assert reaches(at_least(SEVEN), 7, 100)
        assert not reaches(at_least(SEVEN), 699, 10_000)

    def test_is_strict_where_the_law_says_more_than(self) -> None:
        """Exactly 7 % does not pass a threshold of "more than 7 %", one vote more does."""
        assert not reaches(more_than(SEVEN), 7, 100)
        assert reaches(more_than(SEVEN), 701, 10_000)

    def test_is_exact_where_floating_point_is_not(self) -> None:
        """A share that a float cannot hold decides right at the boundary, at any size."""
        base = 10**30
        assert reaches(at_least(SEVEN), 7 * 10**28, base)
        assert not reaches(at_least(SEVEN), 7 * 10**28 - 1, base)

    def test_takes_the_share_of_the_base_given_not_of_the_votes(self) -> None:
        """The same votes pass on a smaller base and miss on a larger one."""
        assert reaches(at_least(SEVEN), 498_788, 498_788 * 100 // 7)
        assert not reaches(at_least(SEVEN), 498_788, 498_788 * 100 // 7 + 1)

    @pytest.mark.parametrize("comparison", [Comparison.AT_MOST, Comparison.LESS_THAN])
    def test_refuses_a_comparison_that_no_threshold_has(self, comparison: Comparison) -> None:
        """A threshold of "less than" is a bug of the caller, not a silent answer."""
        with pytest.raises(ValueError, match=comparison.value):
            reaches(Threshold(share=SEVEN, base="base", comparison=comparison), 7, 100)


class TestAdmitted:
    def test_keeps_everybody_with_votes_without_a_threshold(self) -> None:
        """Without a threshold all contestants with votes take part, in the order given."""
        assert admitted(None, {"b": 1, "a": 5, "c": 0}, 6) == {"b": 1, "a": 5}

    def test_never_admits_a_contestant_without_votes(self) -> None:
        """Nothing out of nothing is not a share, whatever the threshold."""
        assert admitted(at_least(Fraction(0)), {"a": 0}, 0) == {}


def test_exempt_lists_take_part_whatever_their_share() -> None:
    """A minority's list below the threshold takes part, one without a vote does not, and others stay bound."""
    threshold = replace(at_least(SEVEN), exempt=("a", "b"))
    assert admitted(threshold, {"a": 1, "b": 0, "c": 6, "d": 93}, 100) == {"a": 1, "d": 93}
