"""A witness without a network: a request made from an archive, or one that came as a file."""

from __future__ import annotations

from secondcount.errors import InputError
from secondcount.evidence.log import Log
from secondcount.evidence.note import stated_checkpoint
from secondcount.evidence.store import Store
from secondcount.evidence.strict import parse_decimal
from secondcount.evidence.witness import CONFLICT, OK, Witness, encode_request, parse_request

__all__ = ["CHECKPOINT", "cosign", "make_request"]

CHECKPOINT = "checkpoint"  # the path in an archive's public part


def make_request(public: Store, seen: int) -> bytes:
    """Return the add-checkpoint request for an archive's present checkpoint, from a size that a witness saw.

    Raises:
        InputError: A501, there is no checkpoint; W115, the archive is smaller than what was seen.
        VerificationError: V2xx, no checkpoint; V5xx, the log's files do not hold together.

    """
    note = public.load(CHECKPOINT)
    checkpoint = stated_checkpoint(note)
    if seen > checkpoint.size:
        raise InputError("W115", origin=checkpoint.origin, seen=seen, size=checkpoint.size)
    return encode_request(seen, Log(public, checkpoint.size).consistency(seen, checkpoint.size), note)


def cosign(witness: Witness, source: Store | bytes, now: int) -> tuple[bytes, str, int]:
    """Cosign an archive's checkpoint, or the one of a request; return the lines, the log's origin, and its size.

    Raises:
        InputError: W105 to W110, W115, why nothing was cosigned; A5xx, W123 as `Witness.add_checkpoint`.
        VerificationError: as `make_request`.

    """
    body = source if isinstance(source, bytes) else make_request(source, _seen(witness, source))
    reply = witness.add_checkpoint(body, now)
    said = reply.body.decode()
    if reply.status == CONFLICT:
        raise InputError("W108", seen=parse_decimal(said.strip()) or 0, old=parse_request(body).old)
    if reply.status != OK:
        raise InputError(said.strip())
    checkpoint = stated_checkpoint(parse_request(body).note)
    return reply.body, checkpoint.origin, checkpoint.size


def _seen(witness: Witness, public: Store) -> int:
    return witness.size_of(stated_checkpoint(public.load(CHECKPOINT)).origin)
