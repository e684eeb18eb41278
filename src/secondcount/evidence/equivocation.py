"""Two histories of one log, proved to a third party who has nothing but the log's key.

What is a proof, and what is only a refusal:

- One size, two roots, both signed: a proof as it stands.
- Two sizes: the hashes of the subtrees of the larger tree that end at the smaller size, and of those right of them.
  If together they give the larger root that the log signed, they are the only ones that can (SHA-256 has no known
  collisions), so the left ones give the only root that the smaller tree can have inside it. The log signed another
  one for that size: no consistency proof between the two can be made, which is what c2sp.org/tlog-checkpoint calls
  inconsistent. So this too is a proof, and it needs no entry of the log.
- A consistency proof that fails, or one that nobody can give, is no proof of anything: its hashes may have been made
  up by whoever gave them. Here they are refused (V263), and nothing is said about the log.
- Of a tree of size 0 nothing can be contradicted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondcount.errors import VerificationError
from secondcount.evidence.checkpoint import HASH_LENGTH, Checkpoint, parse_checkpoint
from secondcount.evidence.digest import node_hash
from secondcount.evidence.merkle import Range, consistency_ranges, verify_consistency
from secondcount.evidence.note import VerifierKey, open_note
from secondcount.evidence.strict import encode_base64, parse_base64, parse_decimal

__all__ = ["Conflict", "conflict_ranges", "prove_equivocation", "verify_equivocation"]

HEAD = b"secondcount.equivocation/1"
MOST_HASHES = 64  # at most one for each level of a tree of fewer than 2^63 entries, and the subtree itself
LARGEST_FILE = 3_000_000  # bytes: two notes and the hashes


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two signed states of one log that cannot both be true, the smaller one first."""

    first: Checkpoint
    second: Checkpoint
    real_root: bytes  # the root that the second tree has at the size of the first


def conflict_ranges(first: int, second: int) -> tuple[Range, ...]:
    """Return the ranges of the larger tree whose hashes a proof needs; none for equal sizes.

    They are those of a consistency proof, with the subtree that ends at the smaller size even where that is the
    whole smaller tree: its root is exactly what is in question.
    """
    ranges = consistency_ranges(first, second)
    whole = first and first & (first - 1) == 0 and first < second
    return ((0, first), *ranges) if whole else ranges


def prove_equivocation(
    note_a: bytes, note_b: bytes, keys: Sequence[VerifierKey], hashes: Sequence[bytes] = ()
) -> bytes:
    """Return the evidence file of two notes that contradict each other.

    `hashes` are those of `conflict_ranges` in the larger tree, empty for equal sizes.

    Raises:
        VerificationError: V261 the two can both be true, V262 two logs, V263 hashes that prove nothing, or the
            notes do not verify.

    """
    first, second = sorted((note_a, note_b), key=lambda note: (_signed(note, keys).size, note))
    lines = [HEAD, *(b"hash " + encode_base64(one).encode() for one in hashes)]
    evidence = b"".join(one + b"\n" for one in lines)
    evidence += b"".join(b"note %d\n" % len(one) + one for one in (first, second))
    verify_equivocation(evidence, keys)
    return evidence


def verify_equivocation(evidence: bytes, keys: Sequence[VerifierKey]) -> Conflict:
    """Return what an evidence file proves, with the log's keys alone (one, or all that it has had).

    Raises:
        VerificationError: V260 form; V261 the two can both be true; V262 two logs; V263 the hashes are not those
            of the larger tree, so that nothing is proved; V2xx a note that does not verify.

    """
    hashes, notes = _parse(evidence)
    first, second = (_signed(one, keys) for one in notes)
    if first.origin != second.origin:
        raise VerificationError("V262", first=first.origin, second=second.origin)
    if not 0 < first.size <= second.size:
        raise VerificationError("V261" if first.size == 0 else "V260")
    real_root = _root_inside(first.size, second, hashes)
    if real_root == first.root:
        raise VerificationError("V261")
    return Conflict(first=first, second=second, real_root=real_root)


def _signed(note: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    return parse_checkpoint(open_note(note, keys).text)


def _root_inside(size: int, larger: Checkpoint, hashes: Sequence[bytes]) -> bytes:
    """Return the root of the first `size` entries of a tree, from hashes that are shown to be the tree's own."""
    if len(hashes) != len(conflict_ranges(size, larger.size)):
        raise VerificationError("V263", origin=larger.origin, size=larger.size)
    if size == larger.size:
        return larger.root
    root = _climb_left(size, larger.size, hashes)
    proof = hashes if len(consistency_ranges(size, larger.size)) == len(hashes) else hashes[1:]
    try:
        verify_consistency(size, larger.size, root, larger.root, proof)
    except VerificationError:
        raise VerificationError("V263", origin=larger.origin, size=larger.size) from None
    return root


def _climb_left(size: int, larger: int, hashes: Sequence[bytes]) -> bytes:
    """Return the root of the smaller tree: RFC 9162, section 2.1.4.2, the steps that compute `fr`."""
    node, last = size - 1, larger - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    root, *rest = hashes
    for sibling in rest:
        if node & 1 or node == last:
            root = node_hash(sibling, root)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    return root


def _parse(evidence: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, bytes]]:
    """Return the hashes and the two notes of an evidence file."""
    head, _, rest = evidence.partition(b"\n")
    if head != HEAD or len(evidence) > LARGEST_FILE:
        raise VerificationError("V260")
    hashes: list[bytes] = []
    while rest.startswith(b"hash "):
        line, _, rest = rest.partition(b"\n")
        hashes.append(_hash(line.removeprefix(b"hash ")))
        if len(hashes) > MOST_HASHES:
            raise VerificationError("V260")
    first, rest = _parse_note(rest)
    second, rest = _parse_note(rest)
    if rest:
        raise VerificationError("V260")
    return tuple(hashes), (first, second)


def _hash(encoded: bytes) -> bytes:
    found = parse_base64(encoded.decode("ascii", errors="replace"), HASH_LENGTH)
    if found is None:
        raise VerificationError("V260")
    return found


def _parse_note(data: bytes) -> tuple[bytes, bytes]:
    """Return a note that stands behind its length, and what follows it."""
    line, _, rest = data.partition(b"\n")
    length = parse_decimal(line.removeprefix(b"note ").decode("ascii", errors="replace"))
    if not line.startswith(b"note ") or length is None or length > len(rest):
        raise VerificationError("V260")
    return rest[:length], rest[length:]
