"""What must hold between the fields of one entry, and between a sheet and the contest that it is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from msgspec import UNSET, Struct

from secondcount.errors import VerificationError
from secondcount.evidence.entries.copies import Adjudication, Custody, Provenance, Reading, Sheet
from secondcount.evidence.entries.founding import Deployment, Draw
from secondcount.evidence.entries.kinds import kind_of
from secondcount.evidence.entries.observed import Eligibility, Incident, Observation
from secondcount.evidence.entries.verdicts import Correction, Override

__all__ = ["CROSSINGS", "verify_sheet"]

_READ = "="
_CORROBORATED = 4


def verify_sheet(entry: Sheet | Reading | Adjudication, cells: tuple[str, ...]) -> None:
    """Verify that figures and states are those of a contest.

    Args:
        entry: a sheet, reading or adjudication of that contest.
        cells: ids of the contest's cells in order (`Contest.cells`: lines, then contestants).

    Raises:
        VerificationError: V801 and V802, V803 a figure for a cell that is not read, or none for one that is.

    """
    _verify_count(entry)
    if len(entry.states) != len(cells):
        raise VerificationError("V802", kind=kind_of(entry), states=len(entry.states), cells=len(cells))
    # model.tables: a cell has a number if and only if its state is "=".
    read = {cell for cell, state in zip(cells, entry.states, strict=True) if state == _READ}
    odd = read.symmetric_difference(entry.cells)
    if odd:
        raise VerificationError("V803", kind=kind_of(entry), name=min(odd))


def _verify_count(entry: Sheet | Reading | Adjudication) -> None:
    read = entry.states.count(_READ)
    if read != len(entry.cells):
        raise VerificationError("V801", kind=kind_of(entry), read=read, cells=len(entry.cells))


def _verify_reading(entry: Reading) -> None:
    _verify_count(entry)
    if (entry.salt is UNSET) != (entry.commitment is UNSET) or entry.salt == "":
        raise VerificationError("V812", kind=kind_of(entry))


def _verify_adjudication(entry: Adjudication) -> None:
    _verify_count(entry)
    if len(entry.readings) < 2:
        raise VerificationError("V809", readings=len(entry.readings))
    _verify_sorted(entry, "readings", entry.readings)


def _verify_provenance(entry: Provenance) -> None:
    _verify_sorted(entry, "grounds", entry.grounds)
    _verify_sorted(entry, "corroborated_by", entry.corroborated_by)
    if entry.of in entry.corroborated_by:
        raise VerificationError("V805", kind=kind_of(entry), field="corroborated_by")
    if (entry.level == _CORROBORATED) != bool(entry.corroborated_by):
        raise VerificationError("V810", level=entry.level, copies=len(entry.corroborated_by))


def _verify_custody(entry: Custody) -> None:
    if not (entry.file or entry.of or entry.actor):
        raise VerificationError("V814", kind=kind_of(entry))


def _verify_correction(entry: Correction) -> None:
    if entry.of == entry.by:
        raise VerificationError("V805", kind=kind_of(entry), field="by")


def _verify_override(entry: Override) -> None:
    if not entry.by:
        raise VerificationError("V811", kind=kind_of(entry), field="by")
    _verify_sorted(entry, "by", entry.by)


def _verify_incident(entry: Incident) -> None:
    _verify_sorted(entry, "media", entry.media)


def _verify_observation(entry: Observation) -> None:
    if entry.arrived and entry.left and entry.left < entry.arrived:
        raise VerificationError("V807", kind=kind_of(entry), earlier=entry.left, later=entry.arrived)


def _verify_eligibility(entry: Eligibility) -> None:
    if entry.deadline and entry.deadline < entry.date:
        raise VerificationError("V807", kind=kind_of(entry), earlier=entry.deadline, later=entry.date)


def _verify_opening(entry: Deployment | Draw) -> None:
    if bool(entry.salt) != bool(entry.commitment):
        raise VerificationError("V812", kind=kind_of(entry))


def _verify_sorted(entry: Struct, field: str, values: tuple[str, ...]) -> None:
    # A list whose order says nothing has one spelling only: each member once, sorted.
    if any(left >= right for left, right in pairwise(values)):
        raise VerificationError("V808", kind=type(entry).__name__.lower(), field=field)


CROSSINGS: Mapping[type[Struct], Callable[..., None]] = {
    Adjudication: _verify_adjudication,
    Custody: _verify_custody,
    Correction: _verify_correction,
    Deployment: _verify_opening,
    Draw: _verify_opening,
    Eligibility: _verify_eligibility,
    Incident: _verify_incident,
    Observation: _verify_observation,
    Override: _verify_override,
    Provenance: _verify_provenance,
    Reading: _verify_reading,
    Sheet: _verify_count,
}
"""Kind -> what holds between its fields; a kind that is not here has nothing of that sort."""
