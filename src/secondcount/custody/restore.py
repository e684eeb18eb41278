"""A new archive from a copy of a public part, after it has been verified; the private part begins empty."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from secondcount.custody.archive import Archive, open_archive, parts_of
from secondcount.custody.beginning import make_private
from secondcount.custody.export import copy_public
from secondcount.custody.layout import CHECKPOINT, SETTINGS
from secondcount.custody.sequencer import Progress
from secondcount.custody.settings import ArchiveSettings, encode_settings
from secondcount.errors import InputError
from secondcount.evidence.keys import load_key_file
from secondcount.evidence.note import VerifierKey, parse_vkey
from secondcount.evidence.store import Missing, Store
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive
from secondcount.evidence.verify.place import find_public

__all__ = ["open_copy", "restore_archive", "verify_copy"]


def open_copy(place: str) -> Store:
    """Return the public part at a place: an export or mirror, or a whole archive with its public part inside.

    Raises:
        InputError: A331, there is no checkpoint.

    """
    store = find_public(place, (CHECKPOINT,))
    if store is None:
        raise InputError("A331", place=place)
    return store


def verify_copy(store: Store, place: str, progress: Progress = lambda *_: None) -> None:
    """Refuse a copy that does not verify.

    Raises:
        InputError: A332, with everything that is wrong.

    """
    report = verify_archive(store, VerifyOptions(progress=progress))
    if report.outcome is not Outcome.VERIFIED:
        raise InputError("A332", place=place, issues=report.refused or report.unchecked)


def restore_archive(
    location: str,
    source: str,
    key_file: Path | None,
    environment: Mapping[str, str],
    progress: Progress = lambda *_: None,
) -> Archive:
    """Make a new archive at `location` of the copy at `source`; without a key file it can be read and not written.

    Raises:
        InputError: A102 something is there already, A331 no copy, A332 the copy does not verify, A333 the key is not
            the one of this log, V24x the key file cannot be used.

    """
    public, private = parts_of(location)
    if any(True for store in (public, private) for _ in store.names()):
        raise InputError("A102", place=location)
    copy = open_copy(source)
    verify_copy(copy, source, progress)
    wanted = parse_vkey(_vkey(copy))
    if key_file is not None:
        _check_key(key_file, wanted, environment)
    make_private(location)
    private.create(SETTINGS, encode_settings(ArchiveSettings(key=str(key_file.absolute()) if key_file else "")))
    copy_public(copy, public, None, progress)
    return open_archive(location, environment)


def _vkey(copy: Store) -> str:
    try:
        return copy.load("log.vkey").decode(errors="replace")
    except Missing:
        return ""


def _check_key(file: Path, wanted: VerifierKey, environment: Mapping[str, str]) -> None:
    found = load_key_file(file, environment).verifier()
    if found != wanted:
        raise InputError("A333", file=str(file), found=str(found), expected=str(wanted))
