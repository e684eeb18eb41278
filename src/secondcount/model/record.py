"""The one record from which everything else is derived: definition, publications, copies, claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from secondcount.model.claim import Claim
from secondcount.model.doubts import Doubts
from secondcount.model.election import Election
from secondcount.model.issue import Issue
from secondcount.model.publication import Publication
from secondcount.model.tables import empty_figures, empty_stations

__all__ = ["Input", "Record", "Source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file that the record was made from: its digest is the basis of its rows."""

    name: str  # file name only, never a path
    digest: str  # lower-case hexadecimal SHA-256 of the bytes
    rows: int
    kind: str  # "definition" | "reported" | "sheets" | "stations" | "mapping"
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an official or one-sided definition brings along: the publications and their figures."""

    publications: tuple[Publication, ...] = ()
    figures: pl.DataFrame = field(default_factory=empty_figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All inputs of a derivation, each row with its basis; `verdict.derive` is a pure function of it.

    `sheets` and `reported` map a contest id to a frame (`model.tables.sheet_schema`, `table_columns`);
    a contest without copies or without a station table has no key.
    """

    election: Election
    publications: tuple[Publication, ...] = ()  # oldest first
    figures: pl.DataFrame = field(default_factory=empty_figures)
    reported: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    sheets: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    stations: pl.DataFrame = field(default_factory=empty_stations)
    claims: tuple[Claim, ...] = ()
    inputs: tuple[Input, ...] = ()
    issues: tuple[Issue, ...] = ()  # what was found on the way in
    doubts: Doubts = field(default_factory=Doubts)  # what corrections leave in doubt
    synthetic: tuple[str, ...] = ()  # what in this record is made up, one phrase key each; empty = nothing

    @property
    def is_synthetic(self) -> bool:
        """Return whether anything in this record was made up (rehearsal): then every page says so."""
        return bool(self.synthetic) or any(one.synthetic for one in self.inputs)
