"""The vocabulary of a definition: which keys each kind of table may have. The reference page lists the same ones."""

from __future__ import annotations

__all__ = ["FORMATS", "KEYS", "RESERVED"]

FORMATS = (1,)
"""Format versions that this release reads; it writes the newest."""

KEYS: dict[str, tuple[str, ...]] = {
    "election": (
        "format",
        "id",
        "country",
        "voting_day",
        "timezone",
        "labels",
        "sources",
        "one_side",
        "one_side_ru",
        "one_side_kk",
        "publication_not_before",
        "levels",
        "areas",
        "contests",
        "deadlines",
        "remedies",
        "publications",
        "figures",
    ),
    "labels": ("en", "ru", "kk"),
    "publication_not_before": ("moment", "source"),
    "level": ("id", "labels"),
    "area": ("id", "level", "parent", "labels", "timezone", "stations", "source"),
    "contest": ("id", "labels", "share_base", "rule", "bases", "contestants", "lines", "identities"),
    "contestant": ("id", "labels", "kind", "status", "short", "aliases"),
    "rule": ("method", "seats", "ties", "tie_order", "threshold", "source", "source_ru", "source_kk"),
    "threshold": ("share", "base", "comparison", "runner_up", "source", "source_ru", "source_kk"),
    "runner_up": ("correction", "minimum_seats", "leftover", "source"),
    "base": ("id", "labels", "cells", "source"),
    "line": ("id", "role", "labels", "number"),
    "identity": ("id", "text", "hard", "labels", "source"),
    "deadline": ("id", "labels", "kind", "days", "hours", "after", "valid_from", "valid_to", "source"),
    "publication": (
        "id",
        "issuer",
        "issuer_ru",
        "issuer_kk",
        "stage",
        "published",
        "labels",
        "sources",
        "one_side",
        "one_side_ru",
        "one_side_kk",
        "synthetic",
    ),
    "figure": (
        "publication",
        "contest",
        "quantity",
        "area",
        "cell",
        "value",
        "values",
        "areas",
        "rounding",
        "source",
    ),
}
"""Kind of table -> the keys that it may have."""

RESERVED = (
    "station",
    "area",
    "copy",
    "version",
    "level",
    "collector",
    "states",
    "basis",
    "publication",
    "contestants",
    "sum",
)
"""Ids that no protocol line and no contestant may have: head columns of tables, and words of expressions."""
