"""A good small archive, made by hand from the primitives: every exhibit of the museum is this one with one change.

Keys come from fixed seeds, so that the same bytes are made every time; nothing here is a real election.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import (
    Basis,
    Blob,
    Copy,
    Custody,
    Election,
    Entry,
    File,
    Key,
    Publication,
    Sheet,
    Stations,
    Withdrawal,
    encode_entry,
)
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import append_entries
from secondcount.evidence.note import Algorithm, Signer, sign_note
from secondcount.evidence.policy import Party, make_policy
from secondcount.evidence.rotation import sign_rotation

__all__ = ["ORIGIN", "SHEETS", "Kit", "ed25519", "good_kit", "rotation"]

ORIGIN = "museum.example/election"
SHEETS = 290
NOW = 1_900_000_000  # POSIX seconds at which witnesses sign


def ed25519(name: str, seed: str, algorithm: Algorithm = Algorithm.ED25519) -> SigningKey:
    """Return the key that a seed always gives."""
    return SigningKey(name, algorithm, Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest()))


def rotation(old: SigningKey, new: SigningKey) -> Key:
    """Return the entry by which one key hands over to another."""
    return Key(new=str(new.verifier()), old=old.verifier().key_id.hex(), signature=sign_rotation(old, new.verifier()))


@dataclass(kw_only=True)
class Kit:
    """What an archive is made of; a mutation changes some of it, or the folder that `publish` has written."""

    entries: list[bytes]
    blobs: dict[str, bytes]
    key: SigningKey = field(default_factory=lambda: ed25519(ORIGIN, "log"))
    witnesses: list[SigningKey] = field(default_factory=list)
    quorum: int = 0
    files: dict[str, bytes] = field(default_factory=dict)  # of the manifest, beside log.vkey and policy
    origin: str = ORIGIN
    root: bytes = b""  # another root than the entries give, where it is set

    def add(self, *entries: Entry | bytes, blobs: Sequence[bytes] = ()) -> list[str]:
        """Append entries, and return their digests."""
        raw = [one if isinstance(one, bytes) else encode_entry(one) for one in entries]
        self.entries += raw
        self.blobs |= {sha256_hex(one): one for one in blobs}
        return [leaf_hash(one).hex() for one in raw]

    def policy(self) -> bytes:
        """Return the archive's own policy."""
        parties = [Party(key=one.verifier()) for one in self.witnesses]
        return make_policy(self.key.verifier(), parties, self.quorum).encode()

    def publish(self, public: Path) -> Path:
        """Write the public part into a folder that does not exist yet."""
        store = LocalStore(public, durable=False)
        grown = append_entries(store, 0, self.entries)
        for digest, data in self.blobs.items():
            store.create(f"blob/{digest[:2]}/{digest}", data)
        listed = {"log.vkey": f"{self.key.verifier()}\n".encode(), "policy": self.policy(), **self.files}
        for path, data in listed.items():
            store.create(path, data)
        store.create("manifest", self.manifest(listed))
        store.create("checkpoint", self.checkpoint(grown.size, self.root or grown.root))
        return public

    def manifest(self, listed: dict[str, bytes], *signers: Signer) -> bytes:
        """Return the manifest of some files, signed by the log unless by others."""
        lines = [f"{sha256_hex(data)} {len(data)} {path}\n" for path, data in sorted(listed.items())]
        return sign_note(f"{self.origin}/manifest\n{''.join(lines)}".encode(), *(signers or (self.key,)))

    def checkpoint(self, size: int, root: bytes, *signers: Signer) -> bytes:
        """Return a checkpoint, signed by the log and its witnesses unless by others."""
        text = Checkpoint(origin=self.origin, size=size, root=root).encode()
        return sign_note(text, *(signers or (self.key, *(one.at(NOW) for one in self.witnesses))))


def sheet(number: int, table: str, votes: int = 7) -> Sheet:
    """Return a sheet of a table's row."""
    return Sheet(
        area="north",
        basis=Basis(file=table, row=number + 2),
        cells={"nur": 100 + number, "union": votes},
        contest="list",
        copy=1,
        level=2,
        states="==",
        station=f"{number:03}",
        version=1,
    )


def good_kit() -> Kit:
    """Return the parts of the good archive: one full bundle and a partial one, blobs, one of them withdrawn."""
    definition, reported, stations = b"format = 1\n", b"area,nur\nland,1\n", b"station\n001\n"
    photo, hidden, table = b"a masked photo", b"a photo that was withdrawn", sha256_hex(b"a table of copies")
    key = ed25519(ORIGIN, "log")
    kit = Kit(entries=[], blobs={}, key=key, files={"README.txt": b"An archive of the museum.\n"})
    kit.files["verify.py"] = files("secondcount.evidence.verify").joinpath("independent.py").read_bytes()
    kit.add(
        Election(
            definition=File(digest=sha256_hex(definition), name="museum.toml", size=len(definition)),
            id="museum.2030",
            key=str(key.verifier()),
            origin=ORIGIN,
        ),
        Stations(blob=File(digest=sha256_hex(stations), name="stations.csv", size=len(stations)), rows=1),
        Publication(file=File(digest=sha256_hex(reported), name="reported.csv", size=len(reported)), order=0, rows=1),
        Custody(event="table_imported", file=table, name="copies.csv", rows=SHEETS),
        *(sheet(number, table) for number in range(SHEETS)),
        *(copy(data, station) for data, station in ((photo, "001"), (hidden, "002"))),
        Withdrawal(blob=sha256_hex(hidden), reason="personal_data"),
        blobs=(definition, reported, stations, photo),
    )
    return kit


def copy(data: bytes, station: str) -> Copy:
    """Return the entry of a photo."""
    return Copy(
        contest="list",
        derivative=Blob(digest=sha256_hex(data), size=len(data), type="image/jpeg"),
        level=1,
        original=sha256_hex(b"original of " + data),
        station=station,
    )
