"""Dates and times as each language writes them; the time zone is always said where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from secondcount.wording.numbers import MINUS, NO_BREAK_SPACE

__all__ = ["date_text", "time_text"]

_MONTHS: Mapping[str, str] = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}

_FORMS: Mapping[str, str] = {
    "en": "{day}_{month} {year}",
    "ru": "{day}_{month} {year}_г.",
    "kk": "{year}_жылғы {day}_{month}",
}


def date_text(language: str, value: date) -> str:
    """Return a date: 15 January 2012, 15 января 2012 г. or 2012 жылғы 15 қаңтар; day and month never part."""
    form = _FORMS[language].replace("_", NO_BREAK_SPACE)
    return form.format(day=value.day, month=_MONTHS[language].split()[value.month - 1], year=value.year)


def time_text(language: str, value: datetime) -> str:
    """Return date, time of day and zone: 15 January 2012, 20:00 (UTC+6).

    Without a zone the source gave none, and none is invented; midnight without a zone is a bare date.
    """
    offset = value.utcoffset()
    if offset is None and not (value.hour or value.minute or value.second):
        return date_text(language, value)
    zone = "" if offset is None else f"{NO_BREAK_SPACE}({_zone(offset)})"
    return f"{date_text(language, value)}, {value:%H:%M}{zone}"


def _zone(offset: timedelta) -> str:
    minutes = offset.days * 1440 + offset.seconds // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else MINUS}{hours}" + (f":{rest:02d}" if rest else "")
