"""Text from outside cannot steer the screen."""

from __future__ import annotations

import pytest

from secondcount.wording import visible

SHOWN = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x07", "\x00", "\x7f", "\x9b", "\u202e", "\u2066", "\u200f", "\ufeff", "\udc80"]
)
def test_what_hides_or_steers_is_shown(sign: str) -> None:
    """Controls, marks of direction and undecodable bytes become a visible replacement character."""
    assert visible(f"a{sign}b") == f"a{SHOWN}b"


@pytest.mark.parametrize("sign", ["\n", "\r", "\t", "\u2028"])
def test_breaks_become_spaces(sign: str) -> None:
    """A name stands on one line."""
    assert visible(f"a{sign}b") == "a b"


def test_letters_of_all_three_languages_stay() -> None:
    """Kazakh, Russian and typographic signs are text."""
    text = "Әділет ғқңөұүһі «ОСДП» – 80,99\u00a0%"
    assert visible(text) == text
