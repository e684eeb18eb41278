"""The versions of the derivation that this release has: what an older release published is derived again as it was.

A change of `derive` that changes the bytes of any verdict gets a new number, and the old function stays, or
`RETIRED` says which release has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from secondcount.errors import InputError
from secondcount.evidence.entries import Verdict as VerdictEntry
from secondcount.evidence.log import Log
from secondcount.evidence.verify.options import Rederived
from secondcount.model.record import Record
from secondcount.verdict.derive import DERIVATION, derive
from secondcount.verdict.encode import encode
from secondcount.verdict.load import Blobs, load_record
from secondcount.verdict.result import Verdict

__all__ = ["DERIVATIONS", "RETIRED", "derivation", "rederive"]

DERIVATIONS: Mapping[str, Callable[[Record], Verdict]] = MappingProxyType({DERIVATION: derive})
"""Version of the derivation -> the function."""

RETIRED: Mapping[str, str] = MappingProxyType({})
"""Version of the derivation -> the last release that has it."""


def derivation(version: str, release: str = "") -> Callable[[Record], Verdict]:
    """Return the derivation of a version.

    Raises:
        InputError: A457 this release has none such; `release` (by which the verdict was made) derives it again.

    """
    if version not in DERIVATIONS:
        known = ", ".join(sorted(DERIVATIONS))
        raise InputError("A457", version=version, release=RETIRED.get(version, release), known=known)
    return DERIVATIONS[version]


def rederive(log: Log, blobs: Blobs, entry: VerdictEntry) -> Rederived:
    """Return the bytes of the verdict that an entry names, derived again; an `evidence.verify.options.Rederive`.

    Raises:
        InputError: the record cannot be made, as `load_record`.

    """
    version = str(entry.derivation)
    if version not in DERIVATIONS:
        return Rederived(release=RETIRED.get(version, entry.release))
    record = load_record(log, blobs, entry.tree_size, claims=entry.claims)
    return Rederived(data=encode(DERIVATIONS[version](record)))
