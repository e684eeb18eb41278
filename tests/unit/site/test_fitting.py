"""Text in drawings: nothing is longer than its place, and what was cut shows it."""

from __future__ import annotations

from secondcount.site.fitting import fit, measure, wrap


class TestFit:
    def test_leaves_what_fits(self) -> None:
        """A name that fits is not touched."""
        assert fit("OSDP", 100, 13) == "OSDP"

    def test_cuts_with_an_ellipsis(self) -> None:
        """A name of 500 characters takes no more than its place, and shows that it was cut."""
        cut = fit("Ж" * 500, 120, 13)
        assert cut.endswith("…")
        assert measure(cut, 13) <= 120


class TestWrap:
    def test_breaks_at_spaces(self) -> None:
        """Words stay whole, and none is lost."""
        lines = wrap("Copies from 120 of 412 polling stations of Almaty city", 150, 13)
        assert " ".join(lines) == "Copies from 120 of 412 polling stations of Almaty city"
        assert all(measure(one, 13) <= 150 for one in lines)

    def test_keeps_numbers_whole(self) -> None:
        """6 941 220 is not broken at the no-break spaces between its groups."""
        lines = wrap("База: голоса за партийные списки, 6\u00a0941\u00a0220", 200, 13)
        assert any("6\u00a0941\u00a0220" in one for one in lines)

    def test_never_takes_more_lines_than_allowed(self) -> None:
        """The last line is cut rather than a line too many set."""
        lines = wrap("word " * 100, 150, 13, 3)
        assert len(lines) == 3
        assert lines[-1].endswith("…")

    def test_cuts_a_word_that_is_wider_than_a_line(self) -> None:
        """A word without spaces cannot leave the drawing."""
        assert all(measure(one, 13) <= 150 for one in wrap("x" * 400 + " and more", 150, 13))
