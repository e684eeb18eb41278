"""Dates are written in words, times with their zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from secondcount.wording.dates import date_text, time_text

NBSP = "\u00a0"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "15 January 2012"), ("ru", "15 января 2012 г."), ("kk", "2012 жылғы 15 қаңтар")],
)
def test_a_date_in_words(language: str, expected: str) -> None:
    """The voting day of the founding case in three languages."""
    assert plain(date_text(language, date(2012, 1, 15))) == expected


def test_day_and_month_never_part() -> None:
    """A line never ends between the day and its month."""
    assert f"15{NBSP}January" in date_text("en", date(2012, 1, 15))


@pytest.mark.parametrize(
    ("minutes", "zone"),
    [(360, "(UTC+6)"), (0, "(UTC)"), (330, "(UTC+5:30)"), (-210, "(UTC−3:30)")],
)
def test_a_time_says_its_zone(minutes: int, zone: str) -> None:
    """The offset from UTC is printed, half hours and the west included."""
    moment = datetime(2012, 1, 15, 20, 0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert plain(time_text("en", moment)) == f"15 January 2012, 20:00 {zone}"


def test_no_zone_and_no_time_is_invented() -> None:
    """Without a zone none is printed; midnight without a zone is a bare date."""
    assert plain(time_text("en", datetime(2012, 1, 15))) == "15 January 2012"
    assert plain(time_text("en", datetime(2012, 1, 15, 9, 5))) == "15 January 2012, 09:05"
