"""Words that tables use in English, Russian and Kazakh: for columns, for states of a cell, for totals, for months."""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.intake.matching import name_key
from secondcount.model.tables import CellState

__all__ = ["MISSING_WORDS", "MONTHS", "ROLES", "STATE_WORDS", "TOTAL_WORDS", "role_of"]

ROLES: Mapping[str, tuple[str, ...]] = {
    "station": (
        "station",
        "polling station",
        "station id",
        "precinct",
        "участок",
        "избирательный участок",
        "номер участка",
        "№ участка",
        "участок №",
        "УИК",
        "номер УИК",
        "учаске",
        "сайлау учаскесі",
        "учаске нөмірі",
        "учаске №",
        "№ учаске",
    ),
    "area": (
        "area",
        "area id",
        "region",
        "territory",
        "область",
        "регион",
        "территория",
        "аумақ",
        "облыс",
        "өңір",
    ),
    "level": ("level", "provenance", "provenance level", "уровень", "происхождение", "деңгей"),
    "copy": ("copy", "copy number", "копия", "номер копии", "көшірме"),
    "version": ("version", "версия", "нұсқа"),
    "collector": ("collector", "collected by", "собрал", "кто собрал", "сборщик", "жинаған", "кім жинады"),
    "synthetic": ("synthetic",),
    "quantity": ("quantity", "показатель", "көрсеткіш"),
    "cell": ("cell", "строка", "жол"),
    "value": ("value", "значение", "мәні"),
    "stations": (
        "stations",
        "polling stations",
        "number of stations",
        "участков",
        "количество участков",
        "число участков",
        "учаскелер",
        "учаскелер саны",
    ),
    "turnout": ("turnout", "явка", "қатысу", "сайлаушылардың қатысуы"),
}
"""Headers of columns that are not cells of the contest; the first of each is the name of the column."""

_ROLE_OF = {name_key(word): role for role, words in ROLES.items() for word in words}

STATE_WORDS: Mapping[str, CellState] = {
    "": CellState.UNKNOWN,
    "unknown": CellState.UNKNOWN,
    "неизвестно": CellState.UNKNOWN,
    "белгісіз": CellState.UNKNOWN,
    "-": CellState.BLANK,
    "‐": CellState.BLANK,
    "‑": CellState.BLANK,
    "–": CellState.BLANK,
    "—": CellState.BLANK,
    "−": CellState.BLANK,
    "blank": CellState.BLANK,
    "пусто": CellState.BLANK,
    "прочерк": CellState.BLANK,
    "бос": CellState.BLANK,
    "?": CellState.ILLEGIBLE,
    "illegible": CellState.ILLEGIBLE,
    "неразборчиво": CellState.ILLEGIBLE,
    "оқылмайды": CellState.ILLEGIBLE,
    "struck": CellState.STRUCK,
    "struck out": CellState.STRUCK,
    "зачёркнуто": CellState.STRUCK,
    "зачеркнуто": CellState.STRUCK,
    "сызылған": CellState.STRUCK,
    "n/a": CellState.ABSENT,
    "absent": CellState.ABSENT,
    "нет строки": CellState.ABSENT,
    "жол жоқ": CellState.ABSENT,
    "refused": CellState.REFUSED,
    "отказ": CellState.REFUSED,
    "отказано": CellState.REFUSED,
    "бас тартты": CellState.REFUSED,
}
"""What may stand in a cell instead of a number, in lower case with single spaces."""

MISSING_WORDS = frozenset({"na", "nan", "null", "none", "#n/a", "<na>"})
"""What programs write where they have nothing: read as unknown, with a note."""

TOTAL_WORDS = frozenset(
    {"total", "totals", "sum", "subtotal", "итого", "всего", "сумма", "барлығы", "жиыны", "σ", "∑", "grand total"}
)
"""A station or area of this name is a totals row, in lower case."""

MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек"
    "|қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел"
)
"""Beginnings of month names: spreadsheets turn "3-1" into "3-Jan"."""


def role_of(header: str) -> str:
    """Return the role of a column that is no cell, or an empty string."""
    return _ROLE_OF.get(name_key(header), "")
