"""Proofs of the tree: each way in which one can be wrong is refused with its own code."""

from __future__ import annotations

import pytest

from secondcount.errors import VerificationError
from secondcount.evidence.digest import EMPTY_ROOT, fold, leaf_hash, node_hash, sha256_hex
from secondcount.evidence.merkle import (
    consistency_ranges,
    cover,
    inclusion_ranges,
    join,
    verify_consistency,
    verify_inclusion,
)
from storing import textbook

ENTRIES = [f"entry {number}".encode() for number in range(7)]
ROOT = textbook.root(ENTRIES)
LEAF = leaf_hash(ENTRIES[2])
PROOF = textbook.path(2, ENTRIES)
OLD = textbook.root(ENTRIES[:3])
STEPS = textbook.consistency(3, ENTRIES)
OTHER = b"\x55" * 32


def test_hashes_are_those_of_the_standards() -> None:
    """A leaf and a node are hashed under different first bytes; the empty tree is SHA-256 of nothing (RFC 6962)."""
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_hex(b"") == EMPTY_ROOT.hex()
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert node_hash(b"\x01" * 32, b"\x02" * 32) != leaf_hash(b"\x01" * 32 + b"\x02" * 32)


def test_fold_is_the_tree_over_equal_subtrees() -> None:
    """Folding the hashes of 2^k leaves gives the root of the tree over them."""
    leaves = [bytes([number]) for number in range(64)]
    assert fold(b"".join(map(leaf_hash, leaves))) == textbook.root(leaves)


def test_a_true_inclusion_is_accepted() -> None:
    """Every entry of a tree is proved by its path."""
    for index, entry in enumerate(ENTRIES):
        verify_inclusion(leaf_hash(entry), index, 7, textbook.path(index, ENTRIES), ROOT)


@pytest.mark.parametrize(
    ("code", "claim"),
    [
        ("V501", (LEAF, 7, 7, PROOF, ROOT)),
        ("V501", (LEAF, -1, 7, PROOF, ROOT)),
        ("V501", (LEAF, 0, 0, [], EMPTY_ROOT)),
        ("V502", (LEAF[:31], 2, 7, PROOF, ROOT)),
        ("V502", (LEAF, 2, 7, PROOF, ROOT + b"\x00")),
        ("V502", (LEAF, 2, 7, [PROOF[0], PROOF[1][:31], PROOF[2] + b"\x00"], ROOT)),
        ("V503", (LEAF, 2, 7, PROOF[:-1], ROOT)),
        ("V503", (LEAF, 2, 7, [*PROOF, OTHER], ROOT)),
        ("V504", (OTHER, 2, 7, PROOF, ROOT)),
        ("V504", (LEAF, 3, 7, PROOF, ROOT)),
        ("V504", (LEAF, 2, 8, PROOF, textbook.root([*ENTRIES, b"eighth"]))),
        ("V504", (LEAF, 2, 7, PROOF[::-1], ROOT)),
        ("V504", (LEAF, 2, 7, PROOF, OTHER)),
    ],
)
def test_a_wrong_inclusion_is_refused(code: str, claim: tuple[bytes, int, int, list[bytes], bytes]) -> None:
    """No entry of the tree, not a hash, wrong length, another root: four refusals, four codes."""
    with pytest.raises(VerificationError) as refused:
        verify_inclusion(*claim)
    assert refused.value.code == code


def test_a_true_continuation_is_accepted() -> None:
    """Every earlier size of a tree is continued by it."""
    for old in range(1, 8):
        verify_consistency(old, 7, textbook.root(ENTRIES[:old]), ROOT, textbook.consistency(old, ENTRIES))


@pytest.mark.parametrize(
    ("code", "claim"),
    [
        ("V502", (3, 7, OLD, ROOT[:31], STEPS)),
        ("V502", (4, 7, b"", ROOT, textbook.consistency(4, ENTRIES))),
        ("V502", (0, 7, EMPTY_ROOT, b"short", [])),
        ("V502", (3, 7, OLD, ROOT, [*STEPS[:-1], b""])),
        ("V503", (3, 7, OLD, ROOT, STEPS[:-1])),
        ("V503", (3, 7, OLD, ROOT, [*STEPS, OTHER])),
        ("V503", (7, 7, ROOT, ROOT, [OTHER])),
        ("V503", (0, 7, EMPTY_ROOT, ROOT, [OTHER])),
        ("V505", (7, 3, ROOT, OLD, STEPS)),
        ("V505", (-1, 3, OLD, OLD, [])),
        ("V506", (7, 7, ROOT, OTHER, [])),
        ("V506", (0, 0, EMPTY_ROOT, OTHER, [])),
        ("V506", (0, 7, OTHER, ROOT, [])),
        ("V507", (3, 7, OTHER, ROOT, STEPS)),
        ("V507", (5, 7, OLD, ROOT, textbook.consistency(5, ENTRIES))),
        ("V508", (3, 7, OLD, OTHER, STEPS)),
        ("V508", (4, 7, OTHER, ROOT, textbook.consistency(4, ENTRIES))),
    ],
)
def test_a_wrong_continuation_is_refused(code: str, claim: tuple[int, int, bytes, bytes, list[bytes]]) -> None:
    """Smaller tree, two histories, not a hash, wrong length, not the old root, not the new one: each has its code."""
    with pytest.raises(VerificationError) as refused:
        verify_consistency(*claim)
    assert refused.value.code == code


def test_every_tree_continues_the_empty_one() -> None:
    """From size 0 the empty proof is accepted, which is how a witness begins (policy in the docstring of merkle)."""
    verify_consistency(0, 7, EMPTY_ROOT, ROOT, [])
    verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])


def test_a_range_is_covered_by_complete_subtrees() -> None:
    """A range is cut into aligned powers of two, left to right, without gap or overlap; nothing covers nothing."""
    for start in range(20):
        for stop in range(start, 40):
            found = [(index << height, (index + 1) << height) for height, index in cover(start, stop)]
            assert [start, *(right for _, right in found)] == [*(left for left, _ in found), stop]
    assert list(cover(5, 5)) == []
    assert join([]) == EMPTY_ROOT


def test_ranges_of_a_large_tree_are_few() -> None:
    """A proof in a tree of 2^62 entries names at most 62 ranges; it is not searched for step by step."""
    assert len(inclusion_ranges(12345, 2**62)) == 62
    assert len(consistency_ranges(2**61 + 1, 2**62)) <= 63
