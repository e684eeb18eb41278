"""Sentences of the catalogues are filled in exactly, or fail loudly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from secondcount.wording import Phrasebook

NBSP = "\u00a0"


def said(text: str, language: str = "en", /, **values: object) -> str:
    return Phrasebook(language, lambda _: {"topic.key": text}).say("topic.key", **values).replace(NBSP, " ")


class TestForms:
    """Each form of a placeholder does what the house's brief says."""

    @pytest.mark.parametrize(
        ("text", "value", "expected"),
        [
            ("{x}", "<b>", "<b>"),
            ("{x}", 2012, "2012"),
            ("{x:n}", 9764, "9,764"),
            ("{x:n}", Fraction(129026, 10), "12,902.6"),
            ("{x:n2}", Fraction(1, 3), "0.33"),
            ("{x:n0}", Fraction(7, 2), "4"),
            ("{x:pct}", Fraction(168, 10000), "1.68 %"),
            ("{x:pct}", Fraction(7, 100), "7 %"),
            ("{x:pct2}", Fraction(7, 100), "7.00 %"),
            ("{x:pct4}", Fraction(1, 3), "33.3333 %"),
            ("{x:+n}", 33, "+33"),
            ("{x:+pct2}", Fraction(-1, 100), "−1.00 %"),
            ("{x:d}", date(2012, 1, 15), "15 January 2012"),
            ("{x:d}", datetime(2012, 1, 15, 20, tzinfo=UTC), "15 January 2012"),
            ("{x:t}", datetime(2012, 1, 15, 20, tzinfo=UTC), "15 January 2012, 20:00 (UTC)"),
            ("{x}", date(2012, 1, 15), "15 January 2012"),
            ("{{{x}}}", "y", "{y}"),
        ],
    )
    def test_form(self, text: str, value: object, expected: str) -> None:
        """Text as it stands, numbers grouped, shares as percentages, dates in words, nothing escaped."""
        assert said(text, x=value) == expected


class TestPlurals:
    """A plural follows the number, in the language of the sentence."""

    RUSSIAN = "{n:plural|one=# лист|few=# листа|many=# листов}"

    @pytest.mark.parametrize(
        ("number", "expected"),
        [(1, "1 лист"), (22, "22 листа"), (11, "11 листов"), (1005, "1 005 листов"), (Fraction(11, 2), "5,5 листа")],
    )
    def test_russian(self, number: int | Fraction, expected: str) -> None:
        """Russian has a form for 1, 2-4, 5-20 and fractions."""
        assert said(self.RUSSIAN, "ru", n=number) == expected

    def test_branches_hold_placeholders(self) -> None:
        """A branch may name another value, and only the # of the catalogue is the number."""
        text = "{n:plural|one=# copy of {area}|other=# copies of {area}}"
        assert said(text, n=2, area="№ #7") == "2 copies of № #7"

    def test_kazakh_needs_only_other(self) -> None:
        """A missing category falls back to "other"."""
        assert said("{n:plural|other=# парақ}", "kk", n=1) == "1 парақ"


class TestBugsAreLoud:
    """What cannot be said is a bug of the catalogue or its caller, never a silent gap."""

    def test_missing_key(self) -> None:
        """An unknown key raises KeyError."""
        with pytest.raises(KeyError):
            Phrasebook("en", lambda _: {}).say("topic.nothing")

    def test_missing_value(self) -> None:
        """A placeholder without a value raises ValueError that names key and placeholder."""
        with pytest.raises(ValueError, match=r"topic\.key.*\{x\}"):
            said("{x}")

    @pytest.mark.parametrize(
        ("text", "value"),
        [("{x:n}", "7"), ("{x:n}", True), ("{x:pct}", None), ("{x:d}", "2012"), ("{x:t}", date(2012, 1, 15))],
    )
    def test_wrong_type(self, text: str, value: object) -> None:
        """Text is not a number, a date is not a time."""
        with pytest.raises(ValueError, match=r"topic\.key"):
            said(text, x=value)

    @pytest.mark.parametrize("text", ["{x", "x}", "{}", "{x:huge}", "{x:plural|two=#}", "{x:plural|#}", "{x y}"])
    def test_broken_sentence(self, text: str) -> None:
        """Braces that do not match and unknown forms raise ValueError."""
        with pytest.raises(ValueError, match=r"topic\.key"):
            said(text, x=1)

    def test_extra_values_are_ignored(self) -> None:
        """A sentence uses what it needs of the values at hand, even one called key or self."""
        assert said("{x}", x="a", y="b", key="c", self="d") == "a"


class TestOutline:
    """A sentence can be shown before there are values."""

    def test_names_stand_for_values(self) -> None:
        """The names stand in single guillemets, a plural in its most general form."""
        book = Phrasebook("ru", lambda _: {"topic.key": "{n:plural|one=# лист|few=# листа|many=# листов}: {area}"})
        assert book.outline("topic.key") == "‹n› листов: ‹area›"


class TestPhrasesInPhrases:
    """A value may be the key of another sentence."""

    def test_a_phrase_is_said_with_the_same_values(self) -> None:
        """The room chooses "from n of N", the catalogue words it."""
        book = Phrasebook("en", lambda _: {"t.whole": "open {phrase_from}", "t.from": "from {n:n} of {m:n}"})
        assert book.say("t.whole", phrase_from="t.from", n=120, m=1840) == "open from 120 of 1,840"
