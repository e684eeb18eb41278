"""Fixed keys, and small logs in a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from secondcount.errors import SecondcountError
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log, append_entries
from secondcount.evidence.note import Algorithm, sign_note


def fixed_key(name: str, algorithm: Algorithm = Algorithm.ED25519) -> SigningKey:
    """Return the key that belongs to a name in every run."""
    seed = sha256(f"{name} {algorithm}".encode()).digest()
    if algorithm is Algorithm.ML_DSA_44:
        return SigningKey(name, algorithm, MLDSA44PrivateKey.from_seed_bytes(seed))
    return SigningKey(name, algorithm, Ed25519PrivateKey.from_private_bytes(seed))


LOG = fixed_key("log.example/2027")
OTHER = fixed_key("other.example/2027")
WITNESS = fixed_key("witness.example/1", Algorithm.COSIGNATURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One log in a folder: its store, its reader and the note of each of its sizes."""

    store: LocalStore
    log: Log

    def note(self, size: int, key: SigningKey = LOG) -> bytes:
        """Return the signed checkpoint at a size, as the log's keeper signs it."""
        return sign_note(checkpoint_of(self.log, size, key.verifier().name), key)


def checkpoint_of(log: Log, size: int, origin: str = "log.example/2027") -> bytes:
    """Return the text of a log's checkpoint at a size."""
    return Checkpoint(origin=origin, size=size, root=log.root(size)).encode()


def small_log(folder: Path, size: int, *, fork: int | None = None) -> World:
    """Return a log of `size` entries; with `fork`, one whose entries differ from that one on."""
    folder.mkdir(parents=True, exist_ok=True)
    store = LocalStore(folder, durable=False)
    entries = [b"entry %d" % at if fork is None or at < fork else b"other %d" % at for at in range(size)]
    append_entries(store, 0, entries)
    return World(store=store, log=Log(store, size))


def refusal_of(call: Callable[[], object]) -> str:
    """Return the code with which a call is refused."""
    with pytest.raises(SecondcountError) as caught:
        call()
    return caught.value.code
