"""The 196 proofs of transparency-dev/merkle, true and tampered: each is accepted or refused as that library does.

Our policy for size 0 (docstring of `evidence.merkle`) differs from that library's: it refuses every proof from size 0,
we accept the empty proof between the true roots of the empty tree and of another. None of the 196 files is such a
proof: those that start from size 0 carry a hash or a root that is none, so there is no exception here.
"""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from secondcount.errors import VerificationError
from secondcount.evidence.merkle import verify_consistency, verify_inclusion

pytestmark = pytest.mark.shared


def vectors(shared: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Return every vector of a kind by its path."""
    folder = shared / "vectors" / "merkle" / kind
    if not folder.is_dir():
        pytest.skip("no vectors/merkle in the shared data")
    return {str(path.relative_to(folder)): json.loads(path.read_bytes()) for path in sorted(folder.rglob("*.json"))}


def inclusion(vector: dict[str, Any], proof: list[bytes]) -> None:
    """Verify an inclusion vector."""
    leaf, root = b64decode(vector["leafHash"]), b64decode(vector["root"])
    verify_inclusion(leaf, vector["leafIdx"], vector["treeSize"], proof, root)


def consistency(vector: dict[str, Any], proof: list[bytes]) -> None:
    """Verify a consistency vector."""
    old_root, new_root = b64decode(vector["root1"]), b64decode(vector["root2"])
    verify_consistency(vector["size1"], vector["size2"], old_root, new_root, proof)


@pytest.mark.parametrize(("kind", "verify"), [("inclusion", inclusion), ("consistency", consistency)])
def test_every_vector_is_judged_as_its_file_says(shared: Path, kind: str, verify: Any) -> None:
    """98 inclusion and 98 consistency proofs: accepted where the file expects no error, refused where it does."""
    found = vectors(shared, kind)
    assert len(found) == 98
    wrong: list[str] = []
    for name, vector in found.items():
        try:
            verify(vector, [b64decode(one) for one in vector["proof"] or ()])
            refused = False
        except VerificationError as refusal:
            refused = refusal.code.startswith("V50")
        if refused != vector["wantErr"]:
            wrong.append(name)
    assert wrong == []
