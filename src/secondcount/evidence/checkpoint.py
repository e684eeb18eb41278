"""The text of a checkpoint: which log, how many entries, and the root of its tree (c2sp.org/tlog-checkpoint)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from secondcount.errors import VerificationError
from secondcount.evidence.strict import encode_base64, parse_base64, parse_decimal

__all__ = ["Checkpoint", "parse_checkpoint"]

HASH_LENGTH = 32  # bytes of SHA-256
LONGEST_ORIGIN = 255  # bytes: what the signed message of an ML-DSA-44 cosignature can hold
EMPTY_ROOT = sha256(b"").digest()  # RFC 6962, section 2.1: the hash of the empty tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One state of a log; the extensions are opaque lines that we keep, never write and never trust."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """Return the text of the note, with its final newline."""
        lines = (self.origin, str(self.size), encode_base64(self.root), *self.extensions)
        return "".join(f"{one}\n" for one in lines).encode()


def parse_checkpoint(text: bytes) -> Checkpoint:
    """Return the checkpoint that a note's text states.

    Raises:
        VerificationError: V220 not at least three lines, each with something in it; V221 origin too long;
            V222 size; V223 root; V225 an empty tree under the root of another.

    """
    try:
        lines = text.decode().split("\n")
    except UnicodeDecodeError:
        raise VerificationError("V202") from None
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise VerificationError("V220")
    origin, size_text, root_text, *extensions = lines
    if len(origin.encode()) > LONGEST_ORIGIN:
        raise VerificationError("V221", limit=LONGEST_ORIGIN)
    size, root = parse_decimal(size_text), parse_base64(root_text, HASH_LENGTH)
    if size is None:
        raise VerificationError("V222", origin=origin, found=size_text[:40])
    if root is None:
        raise VerificationError("V223", origin=origin)
    if size == 0 and root != EMPTY_ROOT:
        raise VerificationError("V225", origin=origin)
    return Checkpoint(origin=origin, size=size, root=root, extensions=tuple(extensions))
