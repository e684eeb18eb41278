"""A withdrawal: a blob leaves the public part, its digest and the reason stay in the log."""

from __future__ import annotations

from datetime import datetime

from secondcount.custody.archive import Archive
from secondcount.custody.journal import Journal
from secondcount.custody.layout import blob_path, is_digest
from secondcount.custody.sequencer import Drained, append, drain_with, writing
from secondcount.errors import InputError
from secondcount.evidence.entries import Withdrawal, encode_entry, parse_entry, public_blobs
from secondcount.evidence.log import Log

__all__ = ["REASONS", "withdraw_blob"]

REASONS = ("personal_data", "safety", "court_order", "rights", "wrong_file")


def withdraw_blob(archive: Archive, digest: str, reason: str, now: datetime) -> Drained:
    """Put a withdrawal into the log, then move the blob to the private part.

    Raises:
        InputError: A341 no such digest, A342 the public part has no such blob, A343 it is the election's definition or
            a verdict, without which nothing can be derived; or as `writing`.

    """
    if not is_digest(digest):
        raise InputError("A341", found=digest[:80])
    with writing(archive, now) as writer:
        drained = drain_with(writer)
        here = writer.archive
        if here.public.size(blob_path(digest)) is None:
            if digest in writer.withdrawn:
                return drained  # done before
            raise InputError("A342", found=digest)
        log = Log(here.public, drained.size)
        if digest in public_blobs(parse_entry(log.entry(0))):
            raise InputError("A343", found=digest)
        entry = encode_entry(Withdrawal(blob=digest, reason=reason))
        return append(writer, [entry], {}, Journal(hidden=(digest,)))
