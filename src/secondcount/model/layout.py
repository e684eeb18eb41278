"""How one kind of table of an election looks: which columns make the station, the areas and the cells."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.model.labels import Labels

__all__ = ["KeyPart", "Layout"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPart:
    """One part of a composite key, taken from one column; the parts of a key are joined by "/"."""

    column: str  # header, as it stands in the file
    pattern: str = ""  # regular expression; its first group is the part; empty = the whole text
    number: bool = False  # leading zeros and a zero fraction ("007", "7.0") are no part of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One table layout, as data in the definition, so that a commission's own file is read as it stands."""

    id: str
    serves: str  # "reported" | "sheets" | "both"
    cells: tuple[tuple[str, str], ...]  # (cell id of the contest, header)
    contest: str = ""  # "" = the first contest
    where: tuple[tuple[str, str], ...] = ()  # (header, text): only rows that match belong to this table
    station: tuple[KeyPart, ...] = ()  # empty: a table of areas
    area: tuple[KeyPart, ...] = ()  # names an area of the definition, through `area_ids`
    area_ids: tuple[tuple[str, str], ...] = ()  # (joined key, area id)
    areas: tuple[tuple[str, str], ...] = ()  # (level id, header), outermost first: areas made from columns
    contestants: tuple[tuple[str, str], ...] = ()  # one row a list: headers of its "id", "label", "votes", "seats"
    house: str = ""  # header of the number of seats of the row's area
    level: int | None = None  # provenance level of every row, where no column says it
    level_column: str = ""
    copy_column: str = ""
    version_column: str = ""
    collector_column: str = ""
    issuer: str = ""
    stage: str = ""
    labels: Labels | None = None

    @property
    def headers(self) -> frozenset[str]:
        """Return every header that a file of this layout must have."""
        keys = (part.column for part in (*self.station, *self.area))
        named = (header for _, header in (*self.areas, *self.cells, *self.contestants))
        optional = (
            self.house,
            self.level_column,
            self.copy_column,
            self.version_column,
            self.collector_column,
        )
        return frozenset((*keys, *named, *(header for header, _ in self.where), *(one for one in optional if one)))
