"""Table layouts of a definition: which columns of a commission's own file make stations, areas and cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

import polars as pl

from secondcount.jurisdictions.faults import Desk, is_dangerous, join_key, printable, toml_type
from secondcount.jurisdictions.sections import Section, Unique
from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.layout import KeyPart, Layout
from secondcount.model.publication import Stage

__all__ = ["Serves", "read_layouts"]

_LONGEST_PATTERN = 200
_TOP_LEVEL = 4  # provenance levels are 0 to 4 (model.tables)

_OF_CONTESTANT = ("id", "label", "votes", "seats")
"""What columns of a table with one row a list say; seats may be missing."""

Pairs = tuple[tuple[str, str], ...]


class Serves(StrEnum):
    """Which side of a comparison a table of this layout can be."""

    REPORTED = "reported"
    SHEETS = "sheets"
    BOTH = "both"


def read_layouts(top: Section, contests: Sequence[Contest], geography: Geography) -> tuple[Layout, ...]:
    """Return the layouts in file order; every column, cell and area that one names is checked."""
    unique = Unique()
    found = []
    for section in top.parts("layouts", "layout", required=False):
        layout = _read_layout(section, contests, geography)
        _check_rows(section, layout)
        if unique.admit(section, layout.id):
            found.append(layout)
    return tuple(found)


def _read_layout(section: Section, contests: Sequence[Contest], geography: Geography) -> Layout:
    contest = _read_contest(section, contests)
    return Layout(
        id=section.slug("id"),
        serves=section.choice("serves", Serves).value,
        contest=contest.id if section.has("contest") else "",
        cells=_read_cells(section, contest),
        where=_read_pairs(section, "where"),
        station=_read_key(section, "station"),
        area=_read_key(section, "area", required=section.has("area_ids")),
        area_ids=_read_area_ids(section, geography),
        areas=_read_areas(section, geography),
        contestants=_read_contestants(section),
        house=section.text("house", required=False),
        level=section.integer("level", 0, _TOP_LEVEL, required=False),
        level_column=section.text("level_column", required=False),
        copy_column=section.text("copy_column", required=False),
        version_column=section.text("version_column", required=False),
        collector_column=section.text("collector_column", required=False),
        issuer=section.text("issuer", required=False),
        stage=section.choice("stage", Stage).value if section.has("stage") else "",
        labels=section.labels() if section.has("labels") else None,
    )


def _read_contest(section: Section, contests: Sequence[Contest]) -> Contest:
    """Return the contest that a layout belongs to; unsaid, it is the first."""
    name = section.slug("contest", required=False)
    found = next((one for one in contests if one.id == name), None)
    if found is None and name:
        section.report_unknown("D503", "contest", name, [one.id for one in contests])
    return found or contests[0]


def _read_cells(section: Section, contest: Contest) -> Pairs:
    """Return (cell, header) pairs; a header that is two cells would be counted twice."""
    cells = _read_pairs(section, "cells", required=True)
    owners: dict[str, str] = {}
    for name, header in cells:
        key = join_key(section.at("cells"), name)
        if name not in contest.cells:
            section.desk.report_unknown("D504", key, name, contest.cells)
        if owners.setdefault(header, name) != name:
            section.desk.report("D601", key, header=printable(header), first=owners[header])
    return cells


def _read_areas(section: Section, geography: Geography) -> Pairs:
    """Return (level, header) pairs, which must run from the outermost level inwards, below the root."""
    areas = _read_pairs(section, "areas")
    order = [level.id for level in geography.levels if level.id != geography.root.level]
    last = -1
    for name, _ in areas:
        key = join_key(section.at("areas"), name)
        if name not in order:
            section.desk.report_unknown("D203", key, name, order)
        elif order.index(name) < last:
            section.desk.report("D603", key, name=name)
        else:
            last = order.index(name)
    return areas


def _read_contestants(section: Section) -> Pairs:
    """Return (word, header) pairs of a table with one row for each list of each area: who it is, and its figures."""
    pairs = _read_pairs(section, "contestants")
    for name, _ in pairs:
        if name not in _OF_CONTESTANT:
            section.desk.report_unknown("D101", join_key(section.at("contestants"), name), name, _OF_CONTESTANT)
    for name in _OF_CONTESTANT[:3] if pairs else ():
        if name not in dict(pairs):
            section.report("D103", "contestants", name=name)
    return pairs


def _read_area_ids(section: Section, geography: Geography) -> Pairs:
    """Return (joined key, area) pairs."""
    ids = _read_pairs(section, "area_ids", required=section.has("area"))
    known = {area.id for area in geography.areas}
    for text, name in ids:
        if name not in known:
            section.desk.report_unknown("D502", join_key(section.at("area_ids"), text), name, known)
    return ids


def _read_key(section: Section, name: str, *, required: bool = False) -> tuple[KeyPart, ...]:
    """Return the parts of a key: each is the name of a column, or a table that says what to take of it."""
    value = section.table.get(name)
    if value is None and required:
        section.report("D103", name, name=name)
    if value is None:
        return ()
    if not isinstance(value, list) or not value:
        section.report("D106" if value == [] else "D104", name, expected="array", found=toml_type(value))
        return ()
    parts = [_read_part(section, f"{section.at(name)}[{index}]", entry) for index, entry in enumerate(value)]
    return tuple(part for part in parts if part is not None)


def _read_part(layout: Section, key: str, entry: object) -> KeyPart | None:
    if isinstance(entry, str):
        return KeyPart(column=_clean(layout.desk, key, entry))
    if not isinstance(entry, dict):
        if not isinstance(entry, float):  # every float of the file is reported once
            layout.desk.report("D104", key, expected="string/table", found=toml_type(entry))
        return None
    section = Section(table=entry, kind="key_part", key=key, desk=layout.desk)
    section.check_keys()
    return KeyPart(
        column=section.text("column"),
        pattern=_read_pattern(section),
        number=section.flag("number", required=False),
    )


def _read_pattern(section: Section) -> str:
    """Return a regular expression of which the first group is the part: it has exactly one, and no stray meaning."""
    pattern = section.text("pattern", required=False)
    if not pattern:
        return ""
    try:  # the engine that will read the tables decides; it runs in linear time and knows no look-around
        groups = pl.select(pl.lit("").str.extract_groups(pattern).struct.unnest()).width
    except pl.exceptions.PolarsError:
        groups = 0
    if groups != 1 or len(pattern) > _LONGEST_PATTERN:
        section.report("D602", "pattern", found=printable(pattern))
        return ""
    return pattern


def _read_pairs(section: Section, name: str, *, required: bool = False) -> Pairs:
    """Return the pairs of a table of texts, in file order."""
    value = section.table.get(name)
    if value is None and required:
        section.report("D103", name, name=name)
    if isinstance(value, dict):
        if required and not value:
            section.report("D106", name)
        return tuple(_pair(section.desk, join_key(section.at(name), one), one, value[one]) for one in value)
    if value is not None and not isinstance(value, float):
        section.report("D104", name, expected="table", found=toml_type(value))
    return ()


def _pair(desk: Desk, key: str, name: str, value: object) -> tuple[str, str]:
    if isinstance(value, str):
        return name, _clean(desk, key, value)
    if not isinstance(value, float):
        desk.report("D104", key, expected="string", found=toml_type(value))
    return name, ""


def _clean(desk: Desk, key: str, text: str) -> str:
    """Return the name of a column; a blank one names none, and one with control characters is reported."""
    bad = next((sign for sign in text if is_dangerous(sign)), None)
    if not text.strip():
        desk.report("D106", key)
    if bad is not None:
        desk.report("D110", key, found=f"U+{ord(bad):04X}")
    return text.strip()


def _check_rows(section: Section, layout: Layout) -> None:
    """Report a layout whose rows nothing names, or two things do; copies exist only of stations."""
    ways: Collection[str] = [name for name in ("area", "areas") if section.has(name)]
    if len(ways) == 2:
        section.report("D604", "areas")
    if not ways and not section.has("station"):
        section.report("D605", "station")
    elif layout.serves != Serves.REPORTED and not section.has("station"):
        section.report("D606", "serves", found=layout.serves)
