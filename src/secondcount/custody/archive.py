"""An archive as a place: its two stores, its name, its key; how one is opened, and what its log says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from secondcount.custody.layout import CHECKPOINT, INDEX, PRIVATE, PUBLIC, SETTINGS, VKEY
from secondcount.custody.settings import ArchiveSettings, encode_settings, parse_settings
from secondcount.errors import InputError
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.keys import KEY_VARIABLE, SigningKey, find_key
from secondcount.evidence.location import open_store
from secondcount.evidence.note import VerifierKey, open_note, parse_vkey
from secondcount.evidence.store import Missing, Store

__all__ = [
    "Archive",
    "Head",
    "load_head",
    "load_log_key",
    "load_signer",
    "open_archive",
    "parts_of",
    "refreshed",
    "store_settings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive. Nothing of its log is held here: every question reads what is on the disk."""

    location: str  # a folder, or a bucket with a prefix
    origin: str
    public: Store
    private: Store
    settings: ArchiveSettings
    environment: Mapping[str, str] = field(repr=False)  # where a passphrase may be

    @property
    def folder(self) -> Path | None:
        """Return the folder of an archive on a disk, None for one in a bucket."""
        return None if "://" in self.location else Path(self.location)

    @property
    def index_file(self) -> Path:
        """Return where the index is: with the private part, or in the user's cache for an archive in a bucket."""
        if self.folder is not None:
            return self.folder / PRIVATE / INDEX
        given = self.environment.get("XDG_CACHE_HOME") or self.environment.get("LOCALAPPDATA")
        cache = Path(given) if given else Path.home() / ".cache"
        return cache / "secondcount" / sha256(self.location.encode()).hexdigest()[:16] / INDEX


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest checkpoint: the note as it lies there, what it states, and the version to replace."""

    note: bytes
    version: str | None
    checkpoint: Checkpoint


def parts_of(location: str) -> tuple[Store, Store]:
    """Return the stores of the public and of the private part of a location."""
    base = location.rstrip("/")
    return open_store(f"{base}/{PUBLIC}"), open_store(f"{base}/{PRIVATE}")


def open_archive(location: str, environment: Mapping[str, str]) -> Archive:
    """Return the archive in a folder or bucket.

    Raises:
        InputError: A101 there is no archive, A103 its beginning was cut off, A106 its settings cannot be read.

    """
    public, private = parts_of(location)
    try:
        settings = parse_settings(private.load(SETTINGS), f"{location}/{PRIVATE}/{SETTINGS}")
    except Missing:
        raise InputError("A101", place=location) from None
    if public.size(CHECKPOINT) is None or public.size(VKEY) is None:
        raise InputError("A103", place=location)
    return Archive(
        location=location,
        origin=parse_vkey(public.load(VKEY).decode(errors="replace")).name,
        public=public,
        private=private,
        settings=settings,
        environment=environment,
    )


def refreshed(archive: Archive) -> Archive:
    """Return an archive with its settings as they are now: another process may have changed them."""
    place = f"{archive.location}/{PRIVATE}/{SETTINGS}"
    return replace(archive, settings=parse_settings(archive.private.load(SETTINGS), place))


def store_settings(archive: Archive, settings: ArchiveSettings) -> None:
    """Write the settings of an archive."""
    archive.private.replace(SETTINGS, encode_settings(settings), archive.private.version(SETTINGS))


def load_log_key(archive: Archive) -> VerifierKey:
    """Return the key that signs the log now.

    Raises:
        VerificationError: V21x, the file `log.vkey` holds no key.

    """
    return parse_vkey(archive.public.load(VKEY).decode(errors="replace"))


def load_head(archive: Archive, key: VerifierKey | None = None) -> Head:
    """Return the newest checkpoint, whose signature by the log (or by `key`) has been verified.

    Raises:
        InputError: A103, there is none.
        VerificationError: V2xx, the note or its signature is broken.

    """
    version = archive.public.version(CHECKPOINT)
    try:
        note = archive.public.load(CHECKPOINT)
    except Missing:
        raise InputError("A103", place=archive.location) from None
    opened = open_note(note, [key or load_log_key(archive)])
    return Head(note=note, version=version, checkpoint=parse_checkpoint(opened.text))


def load_signer(archive: Archive) -> SigningKey:
    """Return the signing key of the log.

    Raises:
        InputError: A104 no key is known, A105 the key is not the one of this log, V24x the file cannot be used.

    """
    if not archive.settings.key and not archive.environment.get(KEY_VARIABLE):
        raise InputError("A104", place=archive.location)
    key = find_key(Path(archive.settings.key), archive.environment)
    wanted = load_log_key(archive)
    if key.verifier() != wanted:
        raise InputError("A105", file=archive.settings.key, found=str(key.verifier()), expected=str(wanted))
    return key
