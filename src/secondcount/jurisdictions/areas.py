"""Areas of a definition: levels, areas, and the one tree that they must form."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondcount.jurisdictions.faults import printable
from secondcount.jurisdictions.sections import Section, Unique
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.labels import Labels

__all__ = ["read_geography", "read_timezone"]

_NOWHERE = Area(id="", level="", labels=Labels(en=""))  # keeps `Geography.root` defined; an ERROR goes with it


def read_timezone(section: Section, *, required: bool = False) -> str:
    """Return a time zone of the IANA database, reporting a name that it does not have."""
    name = section.text("timezone", required=required)
    if name and not _zone_exists(name):
        section.report("D201", "timezone", found=printable(name))
    return name


def _zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Asia" is a folder of the database
        return False
    return True


def read_geography(top: Section) -> Geography:
    """Return levels and areas, the root first; every break of the tree is reported."""
    levels = _read_levels(top)
    order = {level.id: index for index, level in enumerate(levels)}
    sections = _read_areas(top, order)
    areas = {area.id: area for area, _ in sections}
    for area, section in sections:
        _check_parent(section, area, areas, order)
    _check_tree(top, areas)
    _check_stations(sections)
    rooted = sorted(areas.values(), key=lambda area: area.parent is not None)  # stable: file order within
    return Geography(levels=levels, areas=tuple(rooted) or (_NOWHERE,))


def _read_levels(top: Section) -> tuple[Level, ...]:
    unique = Unique()
    found = []
    for section in top.parts("levels", "level"):
        name = section.slug("id")
        labels = section.labels()
        if unique.admit(section, name):
            found.append(Level(id=name, labels=labels))
    return tuple(found)


def _read_areas(top: Section, levels: Mapping[str, int]) -> list[tuple[Area, Section]]:
    unique = Unique()
    found = []
    for section in top.parts("areas", "area"):
        area = _read_area(section, levels)
        if unique.admit(section, area.id):
            found.append((area, section))
    return found


def _read_area(section: Section, levels: Mapping[str, int]) -> Area:
    level = section.slug("level")
    if level and level not in levels:
        section.report_unknown("D203", "level", level, levels)
    stations = section.integer("stations", 0, required=False)
    return Area(
        id=section.slug("id"),
        level=level,
        labels=section.labels(),
        parent=section.slug("parent", required=False) or None,
        timezone=read_timezone(section),
        stations=stations,
        source=section.text("source", required=stations is not None),  # an official number needs its source
    )


def _check_parent(section: Section, area: Area, areas: Mapping[str, Area], order: Mapping[str, int]) -> None:
    if area.parent is None:
        return
    parent = areas.get(area.parent)
    if parent is None:
        section.report_unknown("D204", "parent", area.parent, areas)
    elif area.level in order and parent.level in order and order[area.level] <= order[parent.level]:
        section.report("D209", "level", area=area.id, area_parent=parent.id)


def _check_tree(top: Section, areas: Mapping[str, Area]) -> None:
    """Report several roots, no root, and every ring of parents."""
    roots = [area.id for area in areas.values() if area.parent is None]
    if len(roots) > 1:
        top.report("D205", "areas", areas=", ".join(roots[:10]))
    if areas and not roots:
        top.report("D206", "areas")
    settled: set[str] = set()
    for start in areas:
        path = _climb(start, areas, settled)
        last = next(reversed(path), None)
        parent = areas[last].parent if last else None
        if parent in path:
            ring = list(path)[list(path).index(parent) :]
            top.report("D207", "areas", areas=", ".join(ring[:10]))
        settled.update(path)


def _climb(start: str, areas: Mapping[str, Area], settled: set[str]) -> dict[str, None]:
    """Return the areas from `start` upwards, until the root, an area seen before, or the beginning of a ring."""
    path: dict[str, None] = {}  # in order, and quick to ask
    current: str | None = start
    while current is not None and current in areas and current not in settled and current not in path:
        path[current] = None
        current = areas[current].parent
    return path


def _check_stations(sections: list[tuple[Area, Section]]) -> None:
    """Report parts that have more polling stations together than the whole."""
    parts: dict[str, int] = {}
    for area, _ in sections:
        if area.parent is not None:
            parts[area.parent] = parts.get(area.parent, 0) + (area.stations or 0)
    for area, section in sections:
        together = parts.get(area.id, 0)
        if area.stations is not None and together > area.stations:
            section.report("D208", "stations", area=area.id, number=area.stations, parts=together)
