"""The folder of a witness: its keys (0600), the logs it trusts, and the latest checkpoint of each.

witness.key  witness-ml-dsa.key   the keys; the second only where it was asked for
policy                            a `log` line for each trusted key (c2sp.org/tlog-policy)
state/<origin hash>/checkpoint    what was cosigned last; whoever loses it retires the keys
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.keys import find_key, generate_key, load_key_file, store_key_file
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.note import Algorithm, VerifierKey, parse_vkey
from secondcount.evidence.policy import Party, Policy, parse_policy
from secondcount.evidence.store import Store
from secondcount.evidence.witness import Witness, WitnessState

__all__ = ["init_witness", "open_witness", "trust_log"]

KEY, SECOND_KEY = "witness.key", "witness-ml-dsa.key"
POLICY = "policy"


def init_witness(
    folder: Path, name: str, *, ml_dsa: bool = False, passphrase: bytes | None = None
) -> tuple[VerifierKey, ...]:
    """Make the folder and the keys of a new witness; return the public keys, to be given to the logs.

    Raises:
        InputError: W101, a witness is there already; V246, the disk refuses.
        VerificationError: V211, a name that no signature line can carry.

    """
    if (folder / POLICY).exists() or (folder / KEY).exists():
        raise InputError("W101", folder=str(folder))
    keys = {KEY: generate_key(name, Algorithm.COSIGNATURE)}
    if ml_dsa:
        keys[SECOND_KEY] = generate_key(name, Algorithm.ML_DSA_44)
    for file, key in keys.items():
        store_key_file(folder / file, key, passphrase)
    if os.name == "posix":
        folder.chmod(0o700)
    LocalStore(folder).create(POLICY, Policy().encode())
    return tuple(one.verifier() for one in keys.values())


def trust_log(folder: Path, vkey: str) -> VerifierKey:
    """Trust a log under its key, which is named after the log's origin; a log may have several (after a rotation).

    Raises:
        InputError: W102, no witness is there; A502, somebody changed the list meanwhile.
        VerificationError: V21x not a key; V309, V314 a key that is there already, or one that signs no checkpoints.

    """
    store = _store(folder)
    version, policy = store.version(POLICY), _policy(store, folder)
    trusted = Policy(logs=(*policy.logs, Party(key=parse_vkey(vkey))))
    checked = parse_policy(trusted.encode())
    store.replace(POLICY, checked.encode(), version)
    return checked.logs[-1].key


def open_witness(folder: Path, environment: Mapping[str, str]) -> Witness:
    """Return the witness of a folder.

    Raises:
        InputError: W102, no witness is there; W111, its list of logs cannot be read; V24x, its keys cannot be used.

    """
    store = _store(folder)
    logs: dict[str, list[VerifierKey]] = {}
    for party in _policy(store, folder).logs:
        logs.setdefault(party.key.name, []).append(party.key)
    signers = [find_key(folder / KEY, environment)]
    if (folder / SECOND_KEY).exists():
        signers.append(load_key_file(folder / SECOND_KEY, environment))
    if any(one.verifier().algorithm is Algorithm.ED25519 for one in signers):
        raise InputError("W112", name=signers[0].verifier().name)
    return Witness(signers, logs, WitnessState(store))


def _store(folder: Path) -> Store:
    store = LocalStore(folder)
    if store.size(POLICY) is None:
        raise InputError("W102", folder=str(folder))
    return store


def _policy(store: Store, folder: Path) -> Policy:
    try:
        return parse_policy(store.load(POLICY))
    except VerificationError as error:
        raise InputError("W111", folder=str(folder), line=error.values.get("line", 0)) from None
