"""Which language a run speaks before its settings are known."""

from __future__ import annotations

import pytest

from secondcount.cli.session import language_of_locale, language_of_words


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["--lang", "kk", "check"], "kk"),
        (["check", "--lang=ru", "--nonsense"], "ru"),
        (["check", "--lang"], ""),
        (["check", "--lang", "de"], ""),
        (["check", "--language", "ru"], ""),
        ([], ""),
    ],
)
def test_a_command_line_that_is_not_understood_still_names_its_language(words: list[str], language: str) -> None:
    """--lang counts wherever it stands; anything else says nothing."""
    assert language_of_words(words) == language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "kk_KZ"}, "kk"),
        ({"LANG": "kk.UTF-8"}, "kk"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
    ],
)
def test_the_locale_is_read_in_the_order_of_posix(environment: dict[str, str], language: str) -> None:
    """LC_ALL before LC_MESSAGES before LANG; an empty one counts as unset; unknown languages are English."""
    assert language_of_locale(environment) == language
