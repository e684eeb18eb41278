"""Composite keys of polling stations and areas: one text column from several, as a layout describes them."""

from __future__ import annotations

import polars as pl

from secondcount.errors import InputError
from secondcount.intake.heads import UNSEEN
from secondcount.model.layout import KeyPart

__all__ = ["clean", "key_column", "part_of_key"]

_WHOLE = r"^0*([0-9]+?)(?:\.0*)?$"


def key_column(texts: list[pl.Series], parts: tuple[KeyPart, ...], file: str) -> pl.Series:
    """Return the joined key of each row, "" where any part of it is empty or does not fit its pattern.

    `texts` are the columns of the parts, in the same order.

    Raises:
        InputError: T182 a pattern that is no regular expression with one group.

    """
    read = [_part(text, part, file) for text, part in zip(texts, parts, strict=True)]
    if len(read) == 1:
        return read[0]
    keys = pl.DataFrame([part_of_key(text).alias(f"p{number}") for number, text in enumerate(read)])
    key = pl.concat_str(pl.all(), separator="/")
    return keys.select(pl.when(pl.all_horizontal(pl.all() != "")).then(key).otherwise(pl.lit(""))).to_series()


def part_of_key(texts: pl.Series) -> pl.Series:
    """Return texts without a "/" of their own (a division slash stands for it), so that keys stay distinct."""
    return texts.str.replace_all("/", "\u2215", literal=True)


def clean(texts: pl.Series) -> pl.Series:
    """Return names without unseen characters, in NFC, with single spaces."""
    if not texts.str.contains(r"[^\x20-\x7e]|  |^ | $").any():
        return texts
    return texts.str.replace_all(UNSEEN, "").str.replace_all(r"\s+", " ").str.strip_chars().str.normalize("NFC")


def _part(texts: pl.Series, part: KeyPart, file: str) -> pl.Series:
    found = clean(texts)
    if part.pattern:
        try:
            found = found.str.extract(part.pattern, 1).fill_null("").str.strip_chars()
        except pl.exceptions.PolarsError as error:
            raise InputError("T182", file=file, columns=part.column, value=part.pattern) from error
    return found.str.replace(_WHOLE, "${1}") if part.number else found
