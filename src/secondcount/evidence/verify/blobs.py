"""Step 7, blobs: every file that an entry names is there with its digest and size, and no other file is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Withdrawal, parse_entry
from secondcount.evidence.store import Missing, Store
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.listing import BLOB_NAME, blob_path
from secondcount.evidence.verify.part import NO_SIZE, unpack

__all__ = ["check_blobs", "withdrawn"]

MISSING, CHANGED = "missing", "changed"


def check_blobs(case: Case) -> Finding:
    """Hash every blob that is named; look for blobs that are not."""
    finding = Finding()
    wanted = _wanted(case, finding)
    hidden = withdrawn(case)
    present = 0
    for digest, size, state in _states(case.store, wanted.items(), case.options.jobs):
        path = blob_path(digest)
        if state == MISSING:
            if digest not in hidden:
                finding.refuse("V700", path, digest=digest)
            continue
        present += 1
        if state == CHANGED:
            finding.refuse("V701", path, digest=digest)
        elif wanted[digest] not in {size, NO_SIZE}:
            finding.refuse("V702", path, digest=digest, found=size, expected=wanted[digest])
    _check_unnamed(case, wanted, finding)
    finding.establish("blobs", count=present)
    gone = sum(1 for digest in hidden if digest in wanted)
    if gone:
        finding.leave("V790", count=gone)
    return finding


def _wanted(case: Case, finding: Finding) -> dict[str, int]:
    """Return digest -> size of every public blob that an entry names."""
    wanted: dict[str, int] = {}
    for part in case.parts:
        for size, digest in unpack(part.blobs):
            name = digest.hex()
            known = wanted.get(name, NO_SIZE)
            if NO_SIZE not in {known, size} and known != size:
                finding.refuse("V704", blob_path(name), digest=name, found=size, expected=known)
            wanted[name] = size if known == NO_SIZE else known
    return wanted


def withdrawn(case: Case) -> frozenset[str]:
    """Return the digests of the blobs that entries withdraw."""
    parsed = (parse_entry(raw) for _, raw in case.notable(b"withdrawal"))
    return frozenset(one.blob for one in parsed if isinstance(one, Withdrawal))


def _states(store: Store, wanted: Iterable[tuple[str, int]], jobs: int) -> Iterator[tuple[str, int, str]]:
    """Yield digest, size and state of each blob; hashing leaves the interpreter, so threads share it."""

    def state(one: tuple[str, int]) -> tuple[str, int, str]:
        digest = one[0]
        try:
            data = store.load(blob_path(digest))
        except Missing:
            return digest, 0, MISSING
        except InputError:
            return digest, 0, CHANGED
        return digest, len(data), "" if sha256_hex(data) == digest else CHANGED

    if jobs < 2:
        yield from map(state, wanted)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(state, wanted)


def _check_unnamed(case: Case, wanted: dict[str, int], finding: Finding) -> None:
    """Refuse a blob that nothing names; one that an entry of an unknown kind may mean must at least be itself."""
    maybe = {digest.hex() for part in case.parts for _, digest in unpack(part.maybe)}
    for name in case.store.names("blob/") if case.can_list else ():
        blob = BLOB_NAME.fullmatch(name)
        if blob is None or blob[2] in wanted:
            continue
        if blob[2] not in maybe:
            finding.refuse("V703", name, digest=blob[2])
        elif sha256_hex(case.store.load(name)) != blob[2]:
            finding.refuse("V701", name, digest=blob[2])
