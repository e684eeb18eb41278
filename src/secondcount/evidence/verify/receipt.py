"""A receipt held against an archive, years later and from any mirror, to see that its entry is in the log.

A receipt is an entry digest (64 hexadecimal digits, or the text of a QR code), or a C2SP tlog-proof whose `extra` line
is the entry itself. Of an archive only what the proof needs is read: a few tiles, or the lowest level of them where
the receipt does not say at which place the entry is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import kind_of, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.merkle import verify_consistency, verify_inclusion
from secondcount.evidence.note import VerifierKey, open_note, parse_vkey
from secondcount.evidence.policy import Policy
from secondcount.evidence.proof import parse_receipt, verify_receipt
from secondcount.evidence.store import Store
from secondcount.evidence.verify.case import Case
from secondcount.evidence.verify.chain import chain_of
from secondcount.evidence.verify.options import VerifyOptions

__all__ = ["Held", "hold_receipt"]

_TEXT = re.compile(r"(?:secondcount:receipt:1:)?([0-9a-f]{64})(?::([!-*,-~]{1,120}))?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A receipt that holds: which entry, where in the log, and what the archive's log is now."""

    digest: str
    index: int
    kind: str
    now: Checkpoint
    then: Checkpoint | None  # of the receipt; None where it was a digest only
    key: VerifierKey  # under which the archive is signed now


def hold_receipt(store: Store, data: bytes, key: VerifierKey | None = None, policy: Policy | None = None) -> Held:
    """Return what a receipt proves of an archive.

    Raises:
        InputError: A303 the file is no receipt; A5xx the archive cannot be read.
        VerificationError: V686 the entry is not in the log, V687 the receipt is of another log, V287 the key is not
            the one that is trusted, V586 the archive is older than the receipt, V5xx a proof that does not hold, V2xx
            a signature that does not.

    """
    case = Case(store, VerifyOptions(key=key))
    current = parse_vkey(store.load("log.vkey").decode("ascii", "replace"))
    now = _now(case, current)
    if key is not None and key != current:
        _check_led_to(case, key, current)
    log = Log(store, now.size)
    if data.startswith(b"c2sp.org/tlog-proof@"):
        leaf, index, then = _proved(case, data, current, policy)
        _check_continues(log, then, now)
    else:
        leaf, index = _found(data, log, now)
        then = None
    verify_inclusion(leaf, index, now.size, log.inclusion(index, now.size), now.root)
    entry = log.entry(index)
    if leaf_hash(entry) != leaf:
        raise VerificationError("V580", path="tile/entries", index=index)
    return Held(digest=leaf.hex(), index=index, kind=kind_of(parse_entry(entry)), now=now, then=then, key=current)


def _check_led_to(case: Case, key: VerifierKey, current: VerifierKey) -> None:
    """Refuse an archive whose key the trusted one did not hand over to: its name in entry 0 anybody can copy."""
    chain = chain_of(case)
    if str(key) not in chain or chain[-1] != str(current):
        raise VerificationError("V287", file="log.vkey", expected=str(key), found=str(current))


def _now(case: Case, current: VerifierKey) -> Checkpoint:
    """Return the archive's checkpoint, signed by its current key."""
    keys = (current, *case.own_policy.witness_keys)
    opened = open_note(case.note, keys)
    checkpoint = parse_checkpoint(opened.text)
    if opened.by(current) is None or checkpoint.origin != current.name:
        raise VerificationError("V283", file="checkpoint", name=current.name)
    return checkpoint


def _proved(case: Case, data: bytes, current: VerifierKey, policy: Policy | None) -> tuple[bytes, int, Checkpoint]:
    """Return leaf hash, index and checkpoint of a tlog-proof, verified under a key that the log has or had."""
    said = parse_receipt(data)
    if not said.extra:
        raise InputError("A303", found="c2sp.org/tlog-proof@v1")
    leaf = leaf_hash(said.extra)
    try:
        verified = verify_receipt(data, leaf, [current], policy)
    except VerificationError as error:
        if error.code not in {"V210", "V534"}:
            raise
        earlier = [parse_vkey(one) for one in chain_of(case)]  # the key may have been replaced since
        verified = verify_receipt(data, leaf, earlier, policy)
    return leaf, verified.index, verified.checkpoint


def _check_continues(log: Log, then: Checkpoint, now: Checkpoint) -> None:
    if then.size > now.size:
        raise VerificationError("V586", file="checkpoint", expected=then.size, size=now.size)
    verify_consistency(then.size, now.size, then.root, now.root, log.consistency(then.size, now.size))


def _found(data: bytes, log: Log, now: Checkpoint) -> tuple[bytes, int]:
    """Return leaf hash and index of a digest, looked for in the lowest tiles."""
    told = _TEXT.fullmatch(data.decode("utf-8", "replace"))
    if told is None:
        raise InputError("A303", found=data[:80].decode("utf-8", "replace"))
    if told[2] and told[2] != now.origin:
        raise VerificationError("V687", origin=told[2], found=now.origin)
    leaf = bytes.fromhex(told[1])
    index = next((at for at, one in enumerate(log.leaf_hashes(0, now.size)) if one == leaf), None)
    if index is None:
        raise VerificationError("V686", digest=told[1], size=now.size)
    return leaf, index
