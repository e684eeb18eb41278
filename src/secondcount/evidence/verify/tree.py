"""Step 5, tree: entries give the tiles, tiles give the root, and an earlier checkpoint is a beginning of this tree.

Source: RFC 6962 section 2.1 and RFC 9162 section 2.1 (hashes, proofs), c2sp.org/tlog-tiles (tiles).
"""

from __future__ import annotations

from collections.abc import Iterator

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.digest import HASH_SIZE, fold
from secondcount.evidence.equivocation import conflict_ranges, prove_equivocation
from secondcount.evidence.merkle import cover, join, verify_consistency
from secondcount.evidence.note import open_note, parse_vkey
from secondcount.evidence.strict import encode_base64
from secondcount.evidence.tiles import FULL, tile_path
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.chain import chain_of

__all__ = ["check_tree", "take_problems"]

ONE_TILE = FULL * HASH_SIZE
FIRST_OF_FIELDS = 613  # codes V600 to V612 are about bytes of an entry, from V613 on about its fields


def check_tree(case: Case) -> Finding:
    """Build the tree from the entries, and hold tiles, root and earlier checkpoints against it."""
    finding = Finding()
    take_problems(case, finding, step=5)
    if finding.refused:
        return finding
    levels = [b"".join(part.rest for part in case.parts), b"".join(part.roots for part in case.parts)]
    root = _check_levels(case, levels, finding)
    if not finding.refused and root != case.checkpoint.root:
        finding.refuse("V582", "checkpoint", size=case.size)
    if finding.refused:
        return finding
    finding.establish("root", root=encode_base64(root), size=case.size)
    for path, earlier in case.stamped:
        if case.log.root(earlier.size) != earlier.root:
            finding.refuse("V583", path, path=path, size=earlier.size)
    _check_old(case, finding)
    return finding


def take_problems(case: Case, finding: Finding, step: int) -> None:
    """Take from the long look what belongs to a step: 5 bundles and tiles, 6 bytes of entries, 8 their fields."""
    for part in case.parts:
        for one in part.problems:
            if _step_of(one.code) == step:
                finding.take(VerificationError(one.code, **one.values), one.file)


def _step_of(code: str) -> int:
    """Return the step that a code of the long look belongs to; trouble of the store is the tree's."""
    if code.startswith("V6"):
        return 6 if int(code[1:]) < FIRST_OF_FIELDS else 8
    return 8 if code.startswith("V8") else 5


def _check_levels(case: Case, levels: list[bytes], finding: Finding) -> bytes:
    """Hold every tile above the lowest level against the hashes below it, and return the root."""
    tails = [levels[0]]
    hashes, level = levels[1], 1
    while hashes:
        for path, tile in _tiles(level, hashes):
            _hold_tile(case, path, tile, finding)
        full = len(hashes) // ONE_TILE * ONE_TILE
        tails.append(hashes[full:])
        hashes = b"".join(fold(hashes[at : at + ONE_TILE]) for at in range(0, full, ONE_TILE))
        level += 1
    # The root is made of the complete subtrees that each level has beyond its full tiles, the largest first.
    peaks = [
        fold(tail[(index << height) * HASH_SIZE : ((index + 1) << height) * HASH_SIZE])
        for tail in reversed(tails)
        for height, index in cover(0, len(tail) // HASH_SIZE)
    ]
    return join(peaks)


def _tiles(level: int, hashes: bytes) -> Iterator[tuple[str, bytes]]:
    for at in range(0, len(hashes), ONE_TILE):
        tile = hashes[at : at + ONE_TILE]
        yield tile_path(level, at // ONE_TILE, len(tile) // HASH_SIZE), tile


def _hold_tile(case: Case, path: str, tile: bytes, finding: Finding) -> None:
    try:
        stored = case.store.load(path)
    except InputError as error:
        finding.take(error, path)
        return
    if stored != tile:
        finding.refuse("V581", path, path=path)


def _check_old(case: Case, finding: Finding) -> None:
    """Show that an earlier checkpoint is a beginning of this tree, or prove that the log told two histories."""
    note = case.options.old
    if note is None:
        finding.leave("V590")
        return
    keys = [parse_vkey(one) for one in chain_of(case)]
    try:
        old = parse_checkpoint(open_note(note, keys).text)
    except VerificationError as error:
        finding.refuse("V584", reason=error.code)
        return
    if old.origin != case.checkpoint.origin:
        finding.refuse("V585", expected=old.origin, origin=case.checkpoint.origin)
    elif old.size > case.size:
        finding.refuse("V586", "checkpoint", expected=old.size, size=case.size)
    else:
        _hold_old(case, old, note, finding)


def _hold_old(case: Case, old: Checkpoint, note: bytes, finding: Finding) -> None:
    proof = case.log.consistency(old.size, case.size)
    try:
        verify_consistency(old.size, case.size, old.root, case.checkpoint.root, proof)
    except VerificationError:
        ranges = conflict_ranges(old.size, case.size)
        hashes = proof if len(ranges) == len(proof) else (case.log.root(old.size), *proof)
        keys = [parse_vkey(one) for one in chain_of(case)]
        case.equivocation = prove_equivocation(note, case.note, keys, hashes)
        finding.refuse("V587", "checkpoint", expected=old.size, size=case.size)
        return
    finding.establish("continues", expected=old.size, size=case.size)
