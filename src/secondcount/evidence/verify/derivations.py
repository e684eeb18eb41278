"""Step 9, derivations: each published verdict follows again from the entries that it names, byte for byte.

The derivation itself counts votes and lives above this room; it is handed in. Without it, nothing that counts is
loaded.
"""

from __future__ import annotations

from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Verdict, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.store import Missing
from secondcount.evidence.verify.blobs import withdrawn
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.listing import blob_path
from secondcount.evidence.verify.options import Rederive

__all__ = ["check_derivations"]


def check_derivations(case: Case) -> Finding:
    """Derive every verdict again and compare digests."""
    finding = Finding()
    parsed = [(index, parse_entry(raw)) for index, raw in case.notable(b"verdict")]
    verdicts = [(index, one) for index, one in parsed if isinstance(one, Verdict)]
    rederive = case.options.rederive
    if not verdicts:
        finding.leave("V990")
        finding.nothing = True
    elif rederive is None:
        finding.leave("V991", count=len(verdicts))
        finding.nothing = True
    else:
        again = [_check(case, rederive, index, one, finding) for index, one in verdicts]
        finding.nothing = not any(again)
    return finding


def _check(case: Case, rederive: Rederive, index: int, verdict: Verdict, finding: Finding) -> bool:
    """Return whether a verdict could be derived again, and refuse one that comes out otherwise."""
    gone: list[str] = []

    def load(name: str) -> bytes:
        try:
            return case.store.load(blob_path(name))
        except Missing:
            gone.append(name)
            raise

    try:
        derived = rederive(Log(case.store, case.size), load, verdict)
    except InputError as error:
        if gone and set(gone) <= withdrawn(case):  # later than the verdict, which could not know
            finding.leave("V993", index=index, digest=gone[0])
            return False
        finding.refuse("V901", blob_path(verdict.digest), index=index, reason=error.code)
        return True
    if derived.release:
        finding.leave("V992", index=index, derivation=verdict.derivation, release=derived.release)
        return False
    if sha256_hex(derived.data) != verdict.digest:
        finding.refuse("V900", blob_path(verdict.digest), index=index, size=verdict.tree_size)
    else:
        finding.establish("derived", index=index, size=verdict.tree_size)
    return True
