"""Plural categories follow the CLDR rules of each language."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.wording.plurals import plural_category


class TestRussian:
    """CLDR sample integers of Russian."""

    @pytest.mark.parametrize("number", [1, 21, 31, 101, 1001, -1])
    def test_one(self, number: int) -> None:
        """1, 21, 31, 101: один лист."""
        assert plural_category("ru", number) == "one"

    @pytest.mark.parametrize("number", [2, 3, 4, 22, 104, 1002])
    def test_few(self, number: int) -> None:
        """2-4, 22-24: два листа."""
        assert plural_category("ru", number) == "few"

    @pytest.mark.parametrize("number", [0, 5, 11, 12, 13, 14, 19, 20, 111, 112, 100, 1000000])
    def test_many(self, number: int) -> None:
        """0, 5-20, 111: пять листов."""
        assert plural_category("ru", number) == "many"

    def test_fractions_are_other(self) -> None:
        """1,5 is "other": полтора листа."""
        assert plural_category("ru", Fraction(3, 2)) == "other"


class TestEnglishAndKazakh:
    """Two categories each."""

    @pytest.mark.parametrize("language", ["en", "kk"])
    def test_only_one_is_one(self, language: str) -> None:
        """1 sheet; 0, 2, 21 and 1.5 sheets."""
        assert plural_category(language, 1) == "one"
        assert {plural_category(language, n) for n in (0, 2, 11, 21, Fraction(3, 2))} == {"other"}
