"""Salted digests: something is fixed before it is shown, and nobody can guess it meanwhile."""

from __future__ import annotations

import hashlib
import hmac

from msgspec import UNSET, structs

from secondcount.errors import VerificationError
from secondcount.evidence.canonical import ENCODER
from secondcount.evidence.entries.copies import Reading

__all__ = ["SALT_BYTES", "committed_digest", "open_commitment", "salted_digest"]

SALT_BYTES = 32
"""Random bytes before the value: a station, a number or a short word cannot be found by trying all of them."""


def salted_digest(salt: bytes, value: bytes) -> str:
    """Return SHA-256(salt, value) in lower-case hexadecimal.

    Args:
        salt: 32 random bytes, of which the caller takes care (`secrets.token_bytes`).
        value: what is committed to.

    Raises:
        VerificationError: V813 the salt is not 32 bytes long.

    """
    if len(salt) != SALT_BYTES:  # a fixed length, or bytes could wander between salt and value
        raise VerificationError("V813", size=len(salt), expected=SALT_BYTES)
    return hashlib.sha256(salt + value).hexdigest()


def committed_digest(reading: Reading) -> str:
    """Return the salted digest of a reading that opens a commitment: of its bytes without commitment and salt.

    Raises:
        VerificationError: V813 it has no salt of 32 bytes.

    """
    plain = structs.replace(reading, commitment=UNSET, salt=UNSET)
    return salted_digest(bytes.fromhex(reading.salt or ""), ENCODER.encode(plain))


def open_commitment(digest: str, salt: bytes, value: bytes) -> None:
    """Verify that a salted digest is that of a value.

    Raises:
        VerificationError: V806 it is not, V813.

    """
    if not hmac.compare_digest(salted_digest(salt, value), digest):
        raise VerificationError("V806", digest=digest)
