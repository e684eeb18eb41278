"""How an archive begins: its folders, its key, its public files, and entry 0 that names the election."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from secondcount.custody.archive import Archive, open_archive, parts_of
from secondcount.custody.layout import (
    CHECKPOINT,
    FORMAT,
    MANIFEST,
    POLICY,
    PRIVATE,
    README,
    SETTINGS,
    VERIFIER,
    VKEY,
    blob_path,
)
from secondcount.custody.manifest import encode_manifest, line_of
from secondcount.custody.settings import ArchiveSettings, encode_settings
from secondcount.errors import InputError, reason_of
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Election, File, encode_entry, public_name
from secondcount.evidence.keys import PASSPHRASE_VARIABLE, SigningKey, generate_key, store_key_file
from secondcount.evidence.log import append_entries
from secondcount.evidence.note import sign_note
from secondcount.evidence.policy import Party, make_policy, parse_policy
from secondcount.evidence.store import Store

__all__ = ["Plan", "create_archive", "make_private"]

LONGEST_ORIGIN = 100  # characters, so that a receipt fits into a QR code


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a new archive is to be."""

    location: str  # a folder, or a bucket with a prefix
    origin: str
    election: str  # id of the election
    definition: str  # file name of its definition
    data: bytes  # and its bytes, with the official figures that it brings along
    params: Mapping[str, str]
    key_file: Path
    readme: bytes
    policy: bytes = b""  # "" = the log alone, no witnesses


def create_archive(plan: Plan, environment: Mapping[str, str]) -> Archive:
    """Make an archive and return it. Nothing that exists is overwritten, neither folder nor key file.

    Raises:
        InputError: A102 something is there already, A107 the origin cannot be one, V245 the key file exists,
            A504 or A505 the disk refuses.

    """
    _check_origin(plan.origin)
    public, private = parts_of(plan.location)
    if any(True for store in (public, private) for _ in store.names()):
        raise InputError("A102", place=plan.location)
    key = generate_key(plan.origin)
    entry = _first_entry(plan, str(key.verifier()))
    make_private(plan.location)
    store_key_file(plan.key_file, key, environment.get(PASSPHRASE_VARIABLE, "").encode() or None)
    private.create(SETTINGS, encode_settings(ArchiveSettings(key=str(plan.key_file.absolute()))))
    _publish(public, plan, key, entry)
    return open_archive(plan.location, environment)


def _check_origin(origin: str) -> None:
    """Refuse an origin that is no key name (signed-note, "Signatures") or too long for a receipt."""
    if not origin or len(origin) > LONGEST_ORIGIN or not all("!" <= one <= "~" and one != "+" for one in origin):
        raise InputError("A107", origin=origin, limit=LONGEST_ORIGIN)


def make_private(location: str) -> None:
    """Make the private folder for its owner alone; a bucket has policies of its own."""
    if "://" not in location:
        folder = Path(location) / PRIVATE
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            raise InputError("A109", place=str(folder), reason=reason_of(error)) from error


def _first_entry(plan: Plan, vkey: str) -> bytes:
    """Return entry 0: which election, by which definition, under which first key."""
    definition = File(digest=sha256_hex(plan.data), name=public_name(plan.definition), size=len(plan.data))
    return encode_entry(
        Election(
            definition=definition,
            format=FORMAT,
            id=plan.election,
            key=vkey,
            origin=plan.origin,
            params=dict(plan.params),
        )
    )


def _publish(public: Store, plan: Plan, key: SigningKey, entry: bytes) -> None:
    """Write the public part; the checkpoint comes last, and without it there is no archive."""
    others = {
        POLICY: _policy(plan, key),
        README: plan.readme,
        VERIFIER: verifier(),
        VKEY: f"{key.verifier()}\n".encode(),
    }
    note = sign_note(encode_manifest(plan.origin, {path: line_of(data) for path, data in others.items()}), key)
    public.create_many([*others.items(), (blob_path(sha256_hex(plan.data)), plan.data), (MANIFEST, note)])
    grown = append_entries(public, 0, [entry])
    public.create(
        CHECKPOINT, sign_note(Checkpoint(origin=plan.origin, size=grown.size, root=grown.root).encode(), key)
    )


def _policy(plan: Plan, key: SigningKey) -> bytes:
    """Return the policy: this log, and the witnesses and the quorum of the given one."""
    if not plan.policy:
        return make_policy(key.verifier()).encode()
    return replace(parse_policy(plan.policy), logs=(Party(key=key.verifier()),)).encode()


def verifier() -> bytes:
    """Return the independent verifier, which every archive carries."""
    return files("secondcount.evidence").joinpath("verify", "independent.py").read_bytes()
