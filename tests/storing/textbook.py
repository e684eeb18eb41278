"""The Merkle tree as RFC 6962 section 2.1 defines it: recursive, slow, and plain enough to be checked by eye."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def root(entries: Sequence[bytes]) -> bytes:
    """Return MTH(D[n])."""
    if not entries:
        return sha256().digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = split(len(entries))
    return sha256(b"\x01" + root(entries[:k]) + root(entries[k:])).digest()


def path(index: int, entries: Sequence[bytes]) -> list[bytes]:
    """Return PATH(m, D[n]) (section 2.1.1)."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if index < k:
        return [*path(index, entries[:k]), root(entries[k:])]
    return [*path(index - k, entries[k:]), root(entries[:k])]


def consistency(old: int, entries: Sequence[bytes]) -> list[bytes]:
    """Return PROOF(m, D[n]) (section 2.1.2), for 0 < m <= n."""
    return subproof(old, entries, known=True)


def subproof(old: int, entries: Sequence[bytes], *, known: bool) -> list[bytes]:
    """Return SUBPROOF(m, D[n], b)."""
    if old == len(entries):
        return [] if known else [root(entries)]
    k = split(len(entries))
    if old <= k:
        return [*subproof(old, entries[:k], known=known), root(entries[k:])]
    return [*subproof(old - k, entries[k:], known=False), root(entries[:k])]
