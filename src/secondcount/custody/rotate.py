"""A new key for the log: the old one signs it in an entry, and the new one signs from that checkpoint on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from secondcount.custody.archive import Archive
from secondcount.custody.journal import Journal
from secondcount.custody.sequencer import Drained, append, drain_with, writing
from secondcount.evidence.entries import Key, encode_entry
from secondcount.evidence.keys import PASSPHRASE_VARIABLE, generate_key, store_key_file
from secondcount.evidence.rotation import sign_rotation

__all__ = ["rotate_key"]


def rotate_key(archive: Archive, file: Path, now: datetime) -> Drained:
    """Make a new key in a new file and let it take over; the old file is left to its owner.

    Raises:
        InputError: V245 the file exists, V246 it cannot be written; or as `writing`.

    """
    with writing(archive, now) as writer:
        drain_with(writer)
        old, new = writer.signer, generate_key(writer.archive.origin)
        passphrase = archive.environment.get(PASSPHRASE_VARIABLE, "").encode()
        store_key_file(file, new, passphrase or None)
        entry = Key(
            new=str(new.verifier()), old=old.verifier().key_id.hex(), signature=sign_rotation(old, new.verifier())
        )
        plan = Journal(former=str(old.verifier()), vkey=str(new.verifier()), key=str(file.absolute()))
        return append(writer, [encode_entry(entry)], {}, plan, new)
