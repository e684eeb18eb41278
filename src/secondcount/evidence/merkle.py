"""The Merkle tree of RFC 6962: which subtrees make a root or a proof, and whether a proof holds.

A tree of `size` entries is split at the largest power of two below its size, again and again (RFC 6962 section 2.1).
A proof is therefore a list of ranges `[start, stop)` of entries whose hashes are told; `cover` cuts a range into the
complete subtrees that tiles can give. Nothing here reads a file.

Policy for empty trees: nothing is included in a tree of size 0, so such a proof is refused. Every tree continues the
empty one, so from size 0 the empty proof is accepted, if the old root is that of the empty tree
(c2sp.org/tlog-witness asks for this: a witness starts from 0); any hash in such a proof is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondcount.errors import VerificationError
from secondcount.evidence.digest import EMPTY_ROOT, HASH_SIZE, node_hash

__all__ = [
    "Range",
    "consistency_ranges",
    "cover",
    "inclusion_ranges",
    "join",
    "verify_consistency",
    "verify_inclusion",
]

Range = tuple[int, int]
"""Entries `start <= index < stop`; in a proof always the range of one node of the tree."""


def cover(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the complete subtrees of a range of entries, left to right, as (height, index at that height)."""
    while start < stop:
        fitting = (stop - start).bit_length() - 1
        height = min((start & -start).bit_length() - 1, fitting) if start else fitting
        yield height, start >> height
        start += 1 << height


def join(hashes: Sequence[bytes]) -> bytes:
    """Return the hash of a node from those of the subtrees of its `cover`; the empty root where there are none.

    The split of RFC 6962 section 2.1 at the largest power of two makes the smallest subtrees join first, from the
    right.
    """
    if not hashes:
        return EMPTY_ROOT
    *before, joined = hashes
    for left in reversed(before):
        joined = node_hash(left, joined)
    return joined


def _split(start: int, stop: int) -> int:
    """Return where RFC 6962 section 2.1 splits a range: at the largest power of two smaller than its length."""
    return start + (1 << ((stop - start - 1).bit_length() - 1))


def inclusion_ranges(index: int, size: int) -> tuple[Range, ...]:
    """Return the ranges whose hashes prove entry `index` in a tree of `size`, leaf's sibling first.

    This is PATH(m, D[n]) of RFC 6962 section 2.1.1.

    Raises:
        VerificationError: V501, the tree has no such entry (no entry at all, if its size is 0).

    """
    if not 0 <= index < size:
        raise VerificationError("V501", index=index, size=size)
    start, stop = 0, size
    told: list[Range] = []
    while stop - start > 1:
        middle = _split(start, stop)
        if index < middle:
            told.append((middle, stop))
            stop = middle
        else:
            told.append((start, middle))
            start = middle
    return tuple(reversed(told))


def consistency_ranges(old: int, new: int) -> tuple[Range, ...]:
    """Return the ranges whose hashes prove that a tree of `new` entries continues one of `old`.

    This is PROOF(m, D[n]) of RFC 6962 section 2.1.2; empty where the old tree is empty or the same.

    Raises:
        VerificationError: V505, the old tree is larger than the new one.

    """
    if not 0 <= old <= new:
        raise VerificationError("V505", old=old, new=new)
    if old in (0, new):
        return ()
    start, stop = 0, new
    told: list[Range] = []
    while stop != old:
        middle = _split(start, stop)
        if old <= middle:
            told.append((middle, stop))
            stop = middle
        else:
            told.append((start, middle))
            start = middle
    # SUBPROOF(m, D[m], true) = {}: the old root itself is known to the verifier, and not told again.
    subtree = [(start, stop)] if start else []
    return tuple(subtree + told[::-1])


def _check_hashes(*hashes: bytes) -> None:
    """Refuse what is not a SHA-256 hash: a hash of another length could shift bytes between two children.

    Raises:
        VerificationError: V502.

    """
    for one in hashes:
        if len(one) != HASH_SIZE:
            raise VerificationError("V502", found=len(one), expected=HASH_SIZE)


def _check_length(proof: Sequence[bytes], ranges: tuple[Range, ...]) -> None:
    """Refuse a proof with more or fewer hashes than its sizes ask for.

    Raises:
        VerificationError: V503.

    """
    if len(proof) != len(ranges):
        raise VerificationError("V503", found=len(proof), expected=len(ranges))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Verify that `leaf` (a leaf hash) is entry `index` of the tree of `size` entries with this root.

    The loop is RFC 9162 section 2.1.3.2.

    Raises:
        VerificationError: V501 no such entry, V502 not a hash, V503 proof too long or too short,
            V504 the proof leads to another root.

    """
    _check_length(proof, inclusion_ranges(index, size))
    _check_hashes(leaf, root, *proof)
    found = leaf
    for sibling, is_left in _siblings(index, size - 1, proof):
        found = node_hash(sibling, found) if is_left else node_hash(found, sibling)
    if found != root:
        raise VerificationError("V504", index=index, size=size)


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Verify that the tree of `new` entries begins with all entries of the tree of `old`.

    Raises:
        VerificationError: V505 old tree larger than the new one, V503 proof too long or too short, V502 not a hash,
            V506 two different roots of one size, V507 not the old root, V508 not the new root.

    """
    _check_length(proof, consistency_ranges(old, new))
    empty = not old and old_root != EMPTY_ROOT
    if empty or (old == new and old_root != new_root):
        raise VerificationError("V506", size=old)
    if old == new:
        return
    _check_hashes(old_root, new_root, *proof)
    if old:
        _climb(old, new, old_root, new_root, proof)


def _climb(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Compute both roots from a consistency proof (RFC 9162 section 2.1.4.2), for 0 < old < new.

    Raises:
        VerificationError: V507, V508.

    """
    whole = old & (old - 1) == 0  # the old tree is one complete subtree of the new one: its root is not told again
    first, *rest = (old_root, *proof) if whole else proof
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    found_old = found_new = first
    for sibling, is_left in _siblings(node, last, rest):
        if is_left:
            found_old, found_new = node_hash(sibling, found_old), node_hash(sibling, found_new)
        else:
            found_new = node_hash(found_new, sibling)
    if found_old != old_root:
        raise VerificationError("V507", old=old, new=new)
    if found_new != new_root:
        raise VerificationError("V508", old=old, new=new)


def _siblings(node: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each hash of a proof, and whether it stands to the left, on the way up from a node to the root.

    The steps are those of RFC 9162 sections 2.1.3.2 (4) and 2.1.4.2 (6), where `node` is fn and `last` sn.
    """
    for sibling in proof:
        is_left = node & 1 == 1 or node == last
        yield sibling, is_left
        while is_left and not node & 1 and node:  # up to where this subtree is a right child
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
