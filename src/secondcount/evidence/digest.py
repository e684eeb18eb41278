"""SHA-256 in the three shapes that the evidence room knows: of a file, of an entry, of two subtrees.

RFC 6962 section 2.1 puts one byte before what is hashed, 0x00 for a leaf and 0x01 for a node, so that no entry
can be passed off as a node of the tree.
"""

from __future__ import annotations

import hashlib

__all__ = ["EMPTY_ROOT", "HASH_SIZE", "fold", "leaf_hash", "node_hash", "sha256_hex"]

HASH_SIZE = 32
"""Bytes of a SHA-256 digest."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the tree without entries: MTH({}) = SHA-256() (RFC 6962 section 2.1)."""

_LEAF, _NODE = b"\x00", b"\x01"


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 digest of a file or blob, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the leaf hash of an entry: MTH({d}) = SHA-256(0x00 || d) (RFC 6962 section 2.1)."""
    return hashlib.sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from its two children: SHA-256(0x01 || left || right) (RFC 6962 section 2.1)."""
    return hashlib.sha256(_NODE + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """Return the root over concatenated hashes of equal subtrees; their number must be a power of two.

    This is the hot loop of the log (a full tile is 255 nodes), hence the concatenated form.
    """
    sha256, pair = hashlib.sha256, 2 * HASH_SIZE
    while len(hashes) > HASH_SIZE:
        hashes = b"".join([sha256(_NODE + hashes[at : at + pair]).digest() for at in range(0, len(hashes), pair)])
    return hashes
