"""A witness: it cosigns a log's checkpoints, each only where it continues what was cosigned before.

Source: c2sp.org/tlog-witness, "add-checkpoint"; the statuses are those of the specification. The latest checkpoint
of each log is on the disk before its cosignature leaves, and is put there by comparing and swapping: of two
processes or threads that would cosign two histories, the second one finds the first one's and refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.checkpoint import HASH_LENGTH, Checkpoint, parse_checkpoint
from secondcount.evidence.digest import EMPTY_ROOT
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.merkle import verify_consistency
from secondcount.evidence.note import OpenedNote, VerifierKey, open_note, signature_line, split_note
from secondcount.evidence.store import Conflict, Missing, Store
from secondcount.evidence.strict import encode_base64, parse_base64, parse_decimal

__all__ = [
    "LARGEST_REQUEST",
    "Reply",
    "Witness",
    "WitnessRequest",
    "WitnessState",
    "encode_request",
    "parse_request",
]

MOST_HASHES = 63  # "The client MUST NOT send more than 63 consistency proof lines."
LARGEST_REQUEST = 400_000  # bytes: 100 signatures of ML-DSA-44 fit
SIZE_TYPE = "text/x.tlog.size"

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422
STATUS = {"W105": 400, "W110": 400, "W107": 403, "W106": 404, "W109": UNPROCESSABLE}
NOT_SIGNED = {"V208", "V209", "V210", "V217"}  # no signature of a trusted key, or one that fails


class Reply(NamedTuple):
    """What a witness answers: a status of HTTP and a body. The body of a refusal is our code of its reason."""

    status: int
    body: bytes

    @property
    def content_type(self) -> str:
        """Return the type that the specification asks for."""
        return SIZE_TYPE if self.status == CONFLICT else "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessRequest:
    """The parts of an add-checkpoint request: the size that the witness saw last, the proof from there, the note."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes


def encode_request(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """Return the body of an add-checkpoint request."""
    lines = (f"old {old}", *(encode_base64(one) for one in proof), "")
    return "".join(f"{one}\n" for one in lines).encode() + note


def parse_request(body: bytes) -> WitnessRequest:
    """Return the parts of an add-checkpoint request.

    Raises:
        VerificationError: W105, it has not the form of one.

    """
    head, empty, note = body.partition(b"\n\n")
    size, *lines = head.decode("ascii", errors="replace").split("\n")
    old = parse_decimal(size.removeprefix("old "))
    proof = [parse_base64(one, HASH_LENGTH) for one in lines]
    hashes = tuple(one for one in proof if one is not None)
    if not empty or not size.startswith("old ") or old is None:
        raise VerificationError("W105")
    if len(hashes) != len(proof) or len(proof) > MOST_HASHES or len(body) > LARGEST_REQUEST:
        raise VerificationError("W105")
    return WitnessRequest(old=old, proof=hashes, note=note)


class WitnessState:
    """The latest cosigned checkpoint of each log, durably in a store: `state/<SHA-256 of the origin>/checkpoint`."""

    def __init__(self, store: Store) -> None:
        """Take the store of the witness's folder."""
        self._store = store

    @staticmethod
    def place(origin: str) -> str:
        """Return the path of a log's checkpoint."""
        return f"state/{sha256(origin.encode()).hexdigest()}/checkpoint"

    def load(self, origin: str) -> bytes | None:
        """Return the latest cosigned note of a log, None where there is none."""
        try:
            return self._store.load(self.place(origin))
        except Missing:
            return None

    def replace(self, origin: str, before: bytes | None, after: bytes) -> bool:
        """Put a note in the place of the one before; False where another one is there by now."""
        expected = None if before is None else self._store.version(self.place(origin))
        if before != self.load(origin):
            return False
        try:
            self._store.replace(self.place(origin), after, expected)
        except Conflict:
            return False
        return True


class Witness:
    """A witness of the logs that it trusts; one signature line for each of its keys."""

    def __init__(
        self, signers: Sequence[SigningKey], logs: Mapping[str, Sequence[VerifierKey]], state: WitnessState
    ) -> None:
        """Take the cosigning keys, the trusted keys of each origin, and the state."""
        self._signers = tuple(signers)
        self._logs = logs
        self._state = state

    def verifiers(self) -> tuple[VerifierKey, ...]:
        """Return the public keys under which this witness cosigns."""
        return tuple(one.verifier() for one in self._signers)

    def origins(self) -> tuple[str, ...]:
        """Return the logs that this witness knows."""
        return tuple(self._logs)

    def size_of(self, origin: str) -> int:
        """Return the size of the latest checkpoint that was cosigned, 0 where there is none.

        Raises:
            InputError: W123, what is on the disk was not cosigned by this witness.

        """
        return self._latest(origin, self._state.load(origin)).size

    def checkpoint(self, origin_hash: str) -> bytes | None:
        """Return the latest cosigned note of a log named by the SHA-256 of its origin; None where there is none."""
        found = (one for one in self._logs if sha256(one.encode()).hexdigest() == origin_hash)
        origin = next(found, None)
        return None if origin is None else self._state.load(origin)

    def add_checkpoint(self, body: bytes, now: int) -> Reply:
        """Answer an add-checkpoint request at a time in POSIX seconds: signature, sizes, history, in that order.

        Raises:
            InputError: W123, the state cannot be trusted; A5xx, the disk refuses. Nothing is cosigned then.

        """
        try:
            request = parse_request(body)
            opened = self._opened(request.note)
            checkpoint = _checkpoint(opened.text)
            if request.old > checkpoint.size:
                raise VerificationError("W110")
            before = self._state.load(checkpoint.origin)
            latest = self._latest(checkpoint.origin, before)
            if request.old != latest.size:
                return _conflict(latest.size)
            _check_history(latest, checkpoint, request.proof)
        except VerificationError as error:
            return Reply(STATUS[error.code], f"{error.code}\n".encode())
        return self._cosigned(opened, checkpoint.origin, before, now)

    def _opened(self, note: bytes) -> OpenedNote:
        """Return a note that a trusted key of its origin signed.

        Raises:
            VerificationError: W105 form, W106 unknown origin, W107 not signed by the log.

        """
        try:
            origin = split_note(note)[0].split(b"\n", 1)[0].decode()
            keys = self._logs.get(origin)
            if keys is None:
                raise VerificationError("W106")
            return open_note(note, keys)
        except VerificationError as error:
            known = error.code if error.code in STATUS else "W105"
            raise VerificationError("W107" if error.code in NOT_SIGNED else known) from None

    def _cosigned(self, opened: OpenedNote, origin: str, before: bytes | None, now: int) -> Reply:
        """Cosign, put the checkpoint on the disk, and only then answer."""
        own = [signature_line(one.at(now), opened.text) for one in self._signers]
        # Only what was verified here is kept: the log's line and our own.
        note = opened.text + b"\n" + b"".join([*(one.line for one in opened.verified), *own])
        if not self._state.replace(origin, before, note):
            return _conflict(self.size_of(origin))
        return Reply(OK, b"".join(own))

    def _latest(self, origin: str, note: bytes | None) -> Checkpoint:
        """Return what was cosigned last; a state that we did not sign is worse than none."""
        if note is None:
            return Checkpoint(origin=origin, size=0, root=EMPTY_ROOT)
        try:
            latest = parse_checkpoint(open_note(note, self.verifiers()).text)
        except VerificationError:
            raise InputError("W123", origin=origin) from None
        if latest.origin != origin:
            raise InputError("W123", origin=origin)
        return latest


def _checkpoint(text: bytes) -> Checkpoint:
    """Return the checkpoint of a signed text; an empty tree under the root of another is a history that cannot be."""
    try:
        return parse_checkpoint(text)
    except VerificationError as error:
        raise VerificationError("W109" if error.code == "V225" else "W105") from None


def _check_history(latest: Checkpoint, checkpoint: Checkpoint, proof: Sequence[bytes]) -> None:
    """Refuse a checkpoint that is not shown to continue the latest one (W109)."""
    try:
        verify_consistency(latest.size, checkpoint.size, latest.root, checkpoint.root, proof)
    except VerificationError:
        raise VerificationError("W109") from None


def _conflict(size: int) -> Reply:
    """Return 409: the body is the size in decimal and a newline, by specification."""
    return Reply(CONFLICT, f"{size}\n".encode())
