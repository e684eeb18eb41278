"""Step 8, schemas: fields and types of every kind, what entries refer to, and the sums that another can compare."""

from __future__ import annotations

from secondcount.evidence.entries import Verdict, parse_entry
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.part import unpack
from secondcount.evidence.verify.report import ContestSum
from secondcount.evidence.verify.tree import take_problems

__all__ = ["check_schemas", "sums_of"]


def check_schemas(case: Case) -> Finding:
    """Verify the entries of known kinds against their types, and the threads between entries."""
    finding = Finding()
    take_problems(case, finding, step=8)
    references = _check_references(case, finding)
    _check_bases(case, finding)
    _check_openings(case, finding)
    for index, raw in case.notable(b"verdict"):
        entry = parse_entry(raw)
        if isinstance(entry, Verdict) and not 0 < entry.tree_size <= index:
            finding.refuse("V881", index=index, size=entry.tree_size)
    if references:
        finding.establish("references", count=references)
    return finding


def sums_of(case: Case) -> tuple[ContestSum, ...]:
    """Return the exact sums over all sheet entries, contest by contest."""
    return tuple(
        ContestSum(contest=contest, sheets=sheets, cells=dict(sorted(cells.items())))
        for contest, (sheets, cells) in sorted(case.look.sums.items())
    )


def _check_references(case: Case, finding: Finding) -> int:
    """Refuse an entry that names an entry which does not stand before it; return how many are named."""
    named = {digest: index for part in case.parts for index, digest in unpack(part.references)}
    if not named:
        return 0
    places: dict[bytes, int] = {}
    for index, leaf in enumerate(case.log.leaf_hashes(0, case.size)):
        if leaf in named:
            places[leaf] = index
    for part in case.parts:
        for index, digest in unpack(part.references):
            if places.get(digest, case.size) >= index:
                finding.refuse("V880", index=index, digest=digest.hex())
    return len(named)


def _check_openings(case: Case, finding: Finding) -> None:
    """Refuse a reading that is not what its commitment had fixed, or whose commitment is an entry of another kind."""
    fixed = {leaf: digest for part in case.parts for leaf, digest in part.commitments.items()}
    openings = [one for part in case.parts for one in part.openings]
    wrong = [(index, commitment) for index, commitment, shown in openings if fixed.get(commitment) != shown]
    for index, commitment in wrong:
        finding.refuse("V806", index=index, digest=fixed.get(commitment, commitment))
    if openings and not wrong:
        finding.establish("openings", count=len(openings))


def _check_bases(case: Case, finding: Finding) -> None:
    """Refuse a sheet that rests on a file which no entry has brought in."""
    files = {digest for part in case.parts for _, digest in unpack(part.files)}
    for part in case.parts:
        for index, digest in unpack(part.bases):
            if digest not in files:
                finding.refuse("V882", index=index, digest=digest.hex())
