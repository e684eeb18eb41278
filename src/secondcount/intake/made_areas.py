"""Areas made from columns of a table: thousands of municipalities need not stand in the definition."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from secondcount.intake.station_keys import clean, part_of_key
from secondcount.model.geography import Area, Geography
from secondcount.model.labels import Labels

__all__ = ["MadeAreas", "make_areas"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeAreas:
    """The id of each row's deepest area ("" where no column says one), and the areas that are new."""

    ids: pl.Series
    areas: tuple[Area, ...]


def make_areas(rows: pl.DataFrame, columns: tuple[tuple[str, str], ...], geography: Geography) -> MadeAreas:
    """Return the areas of rows from (level, column of `rows`) pairs, outermost first.

    An id is the joined texts of its columns below the root, so that two villages of one name in two districts stay
    two. Where a text before another is empty, its place in the id stays empty.
    """
    texts = pl.DataFrame([clean(rows[column]).alias(f"a{number}") for number, (_, column) in enumerate(columns)])
    keys = texts.with_columns(part_of_key(texts[name]).alias(f"k{name}") for name in texts.columns)
    keyed = keys.unique().select(*texts.columns, *(_id(one).alias(f"id{one}") for one in range(len(columns))))
    keyed = keyed.sort(keyed.columns[-len(columns) :])
    found: dict[str, Area] = {}
    for number, (level, _) in enumerate(columns):
        _add(found, keyed, number, level, geography)
    ids = keys.select(_id(len(columns) - 1).alias("area")).to_series()
    return MadeAreas(ids=ids, areas=tuple(found.values()))


def _id(number: int) -> pl.Expr:
    """Return the id at one depth: the keys so far, joined; what is empty at the end is left out."""
    path = pl.concat_str([pl.col(f"ka{one}") for one in range(number + 1)], separator="/")
    return path.str.strip_chars_end("/")


def _add(found: dict[str, Area], keyed: pl.DataFrame, number: int, level: str, geography: Geography) -> None:
    above = pl.col(f"id{number - 1}") if number else pl.lit("")
    named = keyed.select(id=f"id{number}", parent=above, label=f"a{number}").filter(pl.col("label") != "")
    for one, parent, label in named.unique("id", maintain_order=True).iter_rows():
        if geography.area(one) is None:
            found[one] = Area(id=one, level=level, labels=Labels(en=label), parent=parent or geography.root.id)
