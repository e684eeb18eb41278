"""What the next run does after one that was cut off: undo what no checkpoint covers, finish what one does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from secondcount.custody.archive import Archive, load_head, load_signer, refreshed, store_settings
from secondcount.custody.index import Index
from secondcount.custody.journal import Journal, clear_journal, load_journal
from secondcount.custody.layout import POLICY, VKEY, blob_path, withdrawn_path
from secondcount.custody.manifest import line_of, load_manifest, store_manifest
from secondcount.errors import VerificationError
from secondcount.evidence.keys import find_key
from secondcount.evidence.log import Log
from secondcount.evidence.log import heal as heal_log
from secondcount.evidence.note import parse_vkey
from secondcount.evidence.policy import Party, parse_policy
from secondcount.evidence.store import Missing

__all__ = ["catch_up", "complete_manifest", "finish", "heal"]


def heal(archive: Archive) -> Archive:
    """Finish or undo the step that was cut off, if there was one; return the archive as it is then.

    Everything here can itself be cut off, and is done again by the next run: the journal goes last.
    """
    journal = load_journal(archive)
    if journal is None:
        return archive
    if journal.vkey and not _is_signed_by(archive, journal.vkey):
        journal = msgspec.structs.replace(journal, vkey="")  # the new key has signed nothing yet
    if journal.vkey:
        archive = _take_over(archive, journal)
        journal = msgspec.structs.replace(journal, vkey="")
    size = load_head(archive).checkpoint.size
    heal_log(archive.public, size)
    if size == journal.size:
        for digest in journal.blobs:
            archive.public.delete(blob_path(digest))  # new with that step, so no entry of the log names them
        journal = msgspec.structs.replace(journal, hidden=())  # the withdrawal is not in the log
    return finish(archive, journal)


def finish(archive: Archive, journal: Journal) -> Archive:
    """Do what follows the checkpoint of a step, and forget the step."""
    if journal.vkey:
        archive = _take_over(archive, journal)
    for digest in journal.hidden:
        _hide(archive, digest)
    if journal.files:
        complete_manifest(archive, journal.files)
    clear_journal(archive)
    return archive


def _hide(archive: Archive, digest: str) -> None:
    """Move a blob from the public to the private part."""
    try:
        data = archive.public.load(blob_path(digest))
    except Missing:
        return
    archive.private.create(withdrawn_path(digest), data)
    archive.public.delete(blob_path(digest))


def _is_signed_by(archive: Archive, vkey: str) -> bool:
    try:
        load_head(archive, parse_vkey(vkey))
    except VerificationError:
        return False
    return True


def _take_over(archive: Archive, journal: Journal) -> Archive:
    """Let the new key of a rotation sign from here on: its checkpoint is there already."""
    former, new = parse_vkey(journal.former), parse_vkey(journal.vkey)
    line = f"{new}\n".encode()
    if archive.public.load(VKEY) != line:
        archive.public.replace(VKEY, line, archive.public.version(VKEY))
    store_settings(archive, replace(archive.settings, key=journal.key))
    # Until the new key has signed it the manifest bears the signature of the former one.
    policy = parse_policy(archive.public.load(POLICY))
    # Receipts of before are signed by the former key, so the policy keeps it.
    logs = tuple(dict.fromkeys((Party(key=new), *policy.logs)))
    ruled = replace(policy, logs=logs).encode()
    if archive.public.load(POLICY) != ruled:
        archive.public.replace(POLICY, ruled, archive.public.version(POLICY))
    files = load_manifest(archive, former, new) | {VKEY: line_of(line), POLICY: line_of(ruled)}
    store_manifest(archive, files, find_key(Path(journal.key), archive.environment))
    return refreshed(archive)


def complete_manifest(archive: Archive, paths: tuple[str, ...]) -> None:
    """Give the files of a step their lines in the manifest, or take the lines of those that are gone."""
    signer = load_signer(archive)
    files = load_manifest(archive, signer.verifier())
    for path in paths:
        if archive.public.size(path) is None:
            files.pop(path, None)
        else:
            files[path] = line_of(archive.public.load(path))
    store_manifest(archive, files, signer)


def catch_up(archive: Archive, index: Index) -> None:
    """Add to the index what the log has gained; an index that speaks for more than the log has is begun anew."""
    size = load_head(archive).checkpoint.size
    if index.size > size:
        index.clear()
    log = Log(archive.public, size)
    index.add(index.size, (entry for _, entry in log.entries(index.size, size)))
    index.order()
