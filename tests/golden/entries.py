"""Write the golden files of kinds that are new: `python -m golden.entries` in tests/.

A golden file is never written a second time: its bytes are somebody's entries, and they must be read for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from entering.samples import sample_entries
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import encode_entry, kind_of

FOLDER = Path(__file__).resolve().parent / "entries"
HASHES = "leaf_hashes.txt"


def pinned() -> Mapping[str, str]:
    """Return kind -> leaf hash in hexadecimal, as pinned."""
    lines = (FOLDER / HASHES).read_text(encoding="ascii").splitlines()
    return {kind: digest for digest, kind in (line.split("  ") for line in lines)}


def add_new() -> None:
    """Write the sample and the leaf hash of each kind that has none."""
    for entry in sample_entries():
        path = FOLDER / f"{kind_of(entry)}.json"
        if path.exists():
            continue
        data = encode_entry(entry)
        path.write_bytes(data)
        with (FOLDER / HASHES).open("a", encoding="ascii", newline="\n") as hashes:
            hashes.write(f"{leaf_hash(data).hex()}  {kind_of(entry)}\n")


if __name__ == "__main__":
    add_new()
