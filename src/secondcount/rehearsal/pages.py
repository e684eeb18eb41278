"""Synthetic files as a commission or an observer would send them: CSV bytes with a label that cannot be lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["SyntheticFile", "protocol_lines", "write_csv"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticFile:
    """One made-up file: its name, its bytes, and how it was made."""

    name: str
    data: bytes
    made_by: str


def write_csv(
    name: str, made_by: str, meta: Mapping[str, str], header: Sequence[str], rows: Sequence[Sequence[object]]
) -> SyntheticFile:
    """Return a CSV file whose first line says that it is synthetic; `intake` carries that to every page."""
    out = io.StringIO()
    out.write(f"# synthetic: {made_by}\n")
    for key, value in meta.items():
        out.write(f"# {key}: {value}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return SyntheticFile(name=name, data=out.getvalue().encode("utf-8"), made_by=made_by)


def protocol_lines(registered: int, votes: int, invalid: int, spare: int) -> dict[str, int]:
    """Return the lines of a Kazakh protocol that satisfy every identity of the form.

    `spare` is the number of unused ballots, all cancelled; nobody is added on the day or votes outside.
    """
    boxes = votes + invalid
    return {
        "registered": registered,
        "added": 0,
        "received": boxes + spare,
        "issued": boxes,
        "issued_outside": 0,
        "cancelled": spare,
        "in_boxes": boxes,
        "invalid": invalid,
        "valid": votes,
        "took_part": boxes,
    }
