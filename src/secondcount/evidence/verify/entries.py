"""Step 6, entries: canonical bytes, none twice, one founding entry at the beginning, keys that follow each other."""

from __future__ import annotations

from collections import Counter

from secondcount.errors import VerificationError
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.chain import chain_of, founding_of
from secondcount.evidence.verify.duplicates import duplicates
from secondcount.evidence.verify.tree import take_problems

__all__ = ["check_entries", "kinds_of"]


def check_entries(case: Case) -> Finding:
    """Verify what holds of every entry whatever its kind, and of the log as their sequence."""
    finding = Finding()
    take_problems(case, finding, step=6)
    for first, second in duplicates(case.look.prefixes, case.log):
        finding.refuse("V681", index=second, first=first)
    _check_founding(case, finding)
    try:
        _check_chain(case, finding)
    except VerificationError as error:
        finding.take(error)
    unknown: Counter[str] = Counter()
    for part in case.parts:
        unknown.update(part.unknown)
    for kind, count in sorted(unknown.items()):
        finding.leave("V690", kind=kind, count=count)
    finding.establish("entries", count=case.size)
    return finding


def kinds_of(case: Case) -> dict[str, int]:
    """Return how many entries there are of each kind, in the order of their names."""
    kinds: Counter[str] = Counter()
    for part in case.parts:
        kinds.update(part.kinds)
    return {kind: kinds[kind] for kind in sorted(kinds) if kinds[kind]}


def _check_founding(case: Case, finding: Finding) -> None:
    try:
        founding = founding_of(case)
    except VerificationError as error:
        finding.take(error)
        return
    if founding.origin != case.checkpoint.origin:
        finding.refuse("V682", index=0, origin=case.checkpoint.origin, found=founding.origin)
    for index, _ in case.notable(b"election"):
        if index:
            finding.refuse("V683", index=index)


def _check_chain(case: Case, finding: Finding) -> None:
    """Refuse a checkpoint under any key but the last of the chain: an earlier one signs no more."""
    case.chain = chain_of(case)
    current = str(case.key)
    if case.chain[-1] == current:
        if len(case.chain) > 1:
            finding.establish("rotated", count=len(case.chain) - 1)
    elif current in case.chain:
        finding.refuse("V684", "log.vkey", found=current)
    else:
        finding.refuse("V685", "log.vkey", found=current, expected=case.chain[-1])
