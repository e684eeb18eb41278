"""Cosignatures and timestamps reach the public part: only what verifies is shown, and each file is in the manifest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from cryptography.x509 import Certificate

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.layout import CHECKPOINT, POLICY, timestamp_path, unverified_path
from secondcount.custody.sequencer import Writer, drain_with, put_files, writing
from secondcount.evidence.log import Log
from secondcount.evidence.note import split_note
from secondcount.evidence.policy import parse_policy
from secondcount.evidence.timestamp import fetch_timestamp, verify_timestamp
from secondcount.evidence.witness_client import attach_cosignatures, request_cosignatures
from secondcount.model.issue import Issue

__all__ = ["Cosigning", "ask_witnesses", "stamp_checkpoint"]

Fetch = Callable[[str, bytes, Sequence[Certificate]], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigning:
    """What came of asking the witnesses."""

    size: int
    cosigned: tuple[str, ...]  # names in the policy
    missing: tuple[str, ...]
    is_quorate: bool
    apart: int  # lines that nobody can verify, kept in unverified/
    issues: tuple[Issue, ...]


def ask_witnesses(archive: Archive, now: datetime, *, policy: bytes = b"", lines: bytes = b"") -> Cosigning:
    """Ask the witnesses of the policy to cosign the newest checkpoint, and take lines that came by another way.

    `policy` replaces the witnesses and the quorum of the archive first.

    Raises:
        VerificationError: V3xx, the policy is none; or as `sequencer.writing`.

    """
    with writing(archive, now) as writer:
        drain_with(writer)
        public = writer.archive.public
        if policy:
            logs = parse_policy(public.load(POLICY)).logs
            put_files(writer, {POLICY: replace(parse_policy(policy), logs=logs).encode()})
        known = parse_policy(public.load(POLICY))
        head = load_head(writer.archive)
        size = head.checkpoint.size
        given = attach_cosignatures(head.note, lines.splitlines(keepends=True), known)
        gathered = request_cosignatures(given.note, known, Log(public, size).consistency)
        # Lines that were there or came by hand, and those of witnesses that were asked: each key once, the newest.
        every = attach_cosignatures(gathered.note, [], known)
        if every.note != head.note:
            public.replace(CHECKPOINT, every.note, head.version)
        apart = {unverified_path(sha256(one).hexdigest()): one for one in (*given.apart, *gathered.apart)}
        if apart:
            put_files(writer, apart)
        keys = [one.key for one in every.verified]
        return Cosigning(
            size=size,
            cosigned=tuple(name for name, one in known.witnesses.items() if one.key in keys),
            missing=known.missing(keys),
            is_quorate=known.satisfied(keys),
            apart=len(apart),
            issues=gathered.issues,
        )


def stamp_checkpoint(
    archive: Archive, url: str, roots: Sequence[Certificate], now: datetime, fetch: Fetch = fetch_timestamp
) -> datetime:
    """Have the newest checkpoint stamped, verify the stamp, keep it with the note it is of; return its time.

    Raises:
        InputError: V42x, the authority does not answer as one.
        VerificationError: V40x, its answer does not verify; nothing is kept then.

    """
    with writing(archive, now) as writer:
        drain_with(writer)
        note = load_head(writer.archive).note
        text = split_note(note)[0]
        token = fetch(url, text, roots)
        moment = verify_timestamp(token, text, roots)
        _keep(writer, text, note, token)
        return moment


def _keep(writer: Writer, text: bytes, note: bytes, token: bytes) -> None:
    """Keep a timestamp, and beside it the note: the checkpoint will be replaced by later ones."""
    path = timestamp_path(sha256(text).hexdigest())
    put_files(writer, {path: token, path.removesuffix(".tsr") + ".checkpoint": note})
