"""Areas and their hierarchy, from the whole territory down to the level at which figures exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from secondcount.model.labels import Labels

__all__ = ["Area", "Geography", "Level"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of the hierarchy (country, region, district), outermost first."""

    id: str
    labels: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area; `stations` is the official number of polling stations, None when it is not known."""

    id: str
    level: str
    labels: Labels
    parent: str | None = None
    timezone: str = ""
    stations: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography:
    """All areas of an election; the first area is the root (the whole territory)."""

    levels: tuple[Level, ...]
    areas: tuple[Area, ...]
    _index: Mapping[str, Area] = field(init=False, repr=False, compare=False)
    _inside: Mapping[str, tuple[Area, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the areas by id and by parent: a country has tens of thousands of localities."""
        index: dict[str, Area] = {}
        inside: dict[str, list[Area]] = {}
        for area in self.areas:
            if area.parent is not None:
                inside.setdefault(area.parent, []).append(area)
            index.setdefault(area.id, area)  # of two areas with one id the first counts; the loader reports the other
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_inside", {parent: tuple(areas) for parent, areas in inside.items()})

    @property
    def root(self) -> Area:
        """Return the area that contains all others."""
        return self.areas[0]

    def area(self, area_id: str) -> Area | None:
        """Return the area with this id, or None."""
        return self._index.get(area_id)

    def children(self, area_id: str) -> tuple[Area, ...]:
        """Return the areas directly inside this one, in the order of the definition."""
        return self._inside.get(area_id, ())

    def lineage(self, area_id: str) -> tuple[str, ...]:
        """Return the ids from this area up to the root, this area first; empty for an unknown id."""
        found: list[str] = []
        current = self.area(area_id)
        while current is not None and current.id not in found:
            found.append(current.id)
            current = self.area(current.parent) if current.parent else None
        return tuple(found)
