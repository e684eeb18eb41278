"""Receipts: that one entry is in a signed log, as a small text file which works offline (c2sp.org/tlog-proof@v1).

A receipt holds the entry's index, the inclusion proof, and the checkpoint with its signatures. The verifier brings the
leaf hash of the entry, the keys of the log, and a policy that says which witnesses must have cosigned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondcount.errors import VerificationError
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.digest import HASH_SIZE
from secondcount.evidence.merkle import verify_inclusion
from secondcount.evidence.note import VerifiedLine, VerifierKey, open_note
from secondcount.evidence.policy import Policy
from secondcount.evidence.strict import encode_base64, parse_base64, parse_decimal

__all__ = ["Receipt", "Verified", "encode_receipt", "parse_receipt", "verify_receipt"]

_VERSION = "c2sp.org/tlog-proof@v1"
_EXTRA, _INDEX = "extra ", "index "
_LARGEST = 2_000_000  # bytes: a note of the largest size, and as much again


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receipt says; nothing of it is verified, and of `extra` nothing ever is (tlog-proof, "Format")."""

    index: int
    inclusion: tuple[bytes, ...]
    note: bytes
    extra: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a receipt proves: the place of the entry, the state of the log, and who signed it."""

    index: int
    checkpoint: Checkpoint
    lines: tuple[VerifiedLine, ...]


def encode_receipt(index: int, inclusion: Sequence[bytes], checkpoint_note: bytes, extra: bytes = b"") -> bytes:
    """Return the receipt of entry `index` as a file (its name ends with .tlog-proof)."""
    lines = [_VERSION]
    if extra:
        lines.append(_EXTRA + encode_base64(extra))
    lines.append(f"{_INDEX}{index}")
    lines += map(encode_base64, inclusion)
    return "".join(f"{line}\n" for line in (*lines, "")).encode() + checkpoint_note


def parse_receipt(receipt: bytes) -> Receipt:
    """Return what a receipt says, without verifying it; each receipt has one spelling.

    Raises:
        VerificationError: V531 too large, V532 not a receipt of this version, V533 a line that is not what belongs
            there.

    """
    if len(receipt) > _LARGEST:
        raise VerificationError("V531", number=len(receipt), limit=_LARGEST)
    head, empty, note = receipt.partition(b"\n\n")
    version, *lines = head.decode("ascii", "replace").split("\n")
    if version != _VERSION or not empty or not lines:
        raise VerificationError("V532", expected=_VERSION)
    extra = _parse_extra(lines.pop(0)) if lines[0].startswith(_EXTRA) else b""
    number = 3 if extra else 2
    index = parse_decimal(lines[0].removeprefix(_INDEX)) if lines and lines[0].startswith(_INDEX) else None
    if index is None:
        raise VerificationError("V533", line=number)
    return Receipt(index=index, inclusion=_parse_hashes(lines[1:], number + 1), note=note, extra=extra)


def _parse_extra(line: str) -> bytes:
    """Return the extra data; a line without any is to be left out (tlog-proof, "Format")."""
    extra = parse_base64(line.removeprefix(_EXTRA))
    if not extra:
        raise VerificationError("V533", line=2)
    return extra


def _parse_hashes(lines: Sequence[str], number: int) -> tuple[bytes, ...]:
    """Return the hashes of the proof, one per line, the first of which has this number."""
    found: list[bytes] = []
    for line, text in enumerate(lines, number):
        one = parse_base64(text, HASH_SIZE)
        if one is None:
            raise VerificationError("V533", line=line)
        found.append(one)
    return tuple(found)


def verify_receipt(
    receipt: bytes, entry_leaf_hash: bytes, keys: Sequence[VerifierKey], policy: Policy | None = None
) -> Verified:
    """Verify that an entry is in a log that the verifier accepts, by the four steps of tlog-proof.

    (1) The leaf hash is the caller's. (2) The checkpoint is signed by one of `keys` (of the policy's logs where there
    are none) whose name is the origin. (3) The witnesses of the policy that cosigned meet its quorum. (4) The
    inclusion proof leads from the leaf hash to the root of the checkpoint.

    Raises:
        VerificationError: V531 to V533 form, V2xx the note, V534 not the log's signature, V535 too few witnesses,
            V501 to V504 the proof.

    """
    said = parse_receipt(receipt)
    rules = policy or Policy()
    logs = tuple(keys) or rules.log_keys
    opened = open_note(said.note, (*logs, *rules.witness_keys))
    checkpoint = parse_checkpoint(opened.text)
    signers = {one.key for one in opened.verified}
    if not any(key in signers and key.name == checkpoint.origin for key in logs):
        raise VerificationError("V534", origin=checkpoint.origin)
    if not rules.satisfied(signers):
        raise VerificationError("V535", names=", ".join(rules.missing(signers)))
    verify_inclusion(entry_leaf_hash, said.index, checkpoint.size, said.inclusion, checkpoint.root)
    return Verified(index=said.index, checkpoint=checkpoint, lines=opened.verified)
