"""Verifier keys of C2SP signed notes: who may have signed, and whether one signature is theirs.

Source: c2sp.org/signed-note ("Verifier keys"), c2sp.org/tlog-cosignature, RFC 8032, FIPS 204.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from secondcount.errors import VerificationError
from secondcount.evidence.checkpoint import parse_checkpoint
from secondcount.evidence.strict import LARGEST, encode_base64, parse_base64

__all__ = ["Algorithm", "VerifierKey", "is_key_name", "make_verifier", "parse_vkey", "signed_message"]

TIME_LENGTH = 8  # bytes: a big-endian u64 before the signature of a cosignature
LONGEST_NAME = 255  # bytes in UTF-8: what the signed message of ML-DSA-44 can hold

FIELD = 2**255 - 19
# y of the points whose order divides 8 (RFC 8032, section 5.1): under such a "key" one signature fits many messages.
ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL_ORDER = frozenset({0, 1, FIELD - 1, ORDER_8, FIELD - ORDER_8})


class Algorithm(IntEnum):
    """Signature type identifier byte (signed-note, "Signature types")."""

    ED25519 = 0x01  # of the note's text
    COSIGNATURE = 0x04  # Ed25519 with a time, of a checkpoint
    ML_DSA_44 = 0x06  # with a time and the cosigner's name, of a checkpoint; safe against quantum computers


PUBLIC_LENGTH = {Algorithm.ED25519: 32, Algorithm.COSIGNATURE: 32, Algorithm.ML_DSA_44: 1312}
SIGNATURE_LENGTH = {Algorithm.ED25519: 64, Algorithm.COSIGNATURE: 64, Algorithm.ML_DSA_44: 2420}


def is_key_name(name: str) -> bool:
    """Tell whether a name may stand in a signature line: not empty, no space, no plus, no control character."""
    if not name or any(one == "+" or one.isspace() or one < " " or "\ud800" <= one <= "\udfff" for one in name):
        return False
    return len(name.encode()) <= LONGEST_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A public key with the name and the algorithm it signs under; `str()` gives the vkey.

    Make one with `make_verifier` or `parse_vkey`: they refuse what is no key.
    """

    name: str
    algorithm: Algorithm
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that name this key in a signature line; an identifier, not a strong hash."""
        return sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    def verify(self, text: bytes, signature: bytes) -> int | None:
        """Check what follows the key id in a signature line; return the time of a cosignature (0 = it says none).

        Raises:
            VerificationError: V209, this key did not make this signature of this text.

        """
        time, rest = self._split(signature)
        try:
            self._loaded().verify(rest, signed_message(self, text, time or 0))
        except InvalidSignature:
            raise VerificationError("V209", name=self.name) from None
        return time

    def _loaded(self) -> Ed25519PublicKey | MLDSA44PublicKey:
        kind = MLDSA44PublicKey if self.algorithm is Algorithm.ML_DSA_44 else Ed25519PublicKey
        return kind.from_public_bytes(self.public)

    def _split(self, signature: bytes) -> tuple[int | None, bytes]:
        """Part the time from the signature proper."""
        timed = 0 if self.algorithm is Algorithm.ED25519 else TIME_LENGTH
        if len(signature) != timed + SIGNATURE_LENGTH[self.algorithm]:
            raise VerificationError("V209", name=self.name)
        if not timed:
            return None, signature
        time = int.from_bytes(signature[:timed], "big")
        if time > LARGEST:  # tlog-cosignature, "Format": MUST NOT exceed 2^63 - 1
            raise VerificationError("V217", name=self.name)
        return time, signature[timed:]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.algorithm]) + self.public)}"


def signed_message(key: VerifierKey, text: bytes, time: int) -> bytes:
    """Return the bytes that an algorithm signs for a note's text.

    Raises:
        VerificationError: V22x, the algorithm signs checkpoints only and the text is none.

    """
    if key.algorithm is Algorithm.ED25519:
        return text
    checkpoint = parse_checkpoint(text)
    if key.algorithm is Algorithm.COSIGNATURE:  # tlog-cosignature, "Ed25519 signed message"
        return b"cosignature/v1\ntime %d\n" % time + text
    # tlog-cosignature, "ML-DSA-44 signed message": the whole tree, so start = 0; extension lines are not signed.
    return b"".join(
        (
            b"subtree/v1\n\0",
            _counted(key.name.encode()),
            time.to_bytes(8, "big"),
            _counted(checkpoint.origin.encode()),
            (0).to_bytes(8, "big"),
            checkpoint.size.to_bytes(8, "big"),
            checkpoint.root,
        )
    )


def _counted(data: bytes) -> bytes:
    """Return opaque<1..2^8-1> of RFC 8446, section 3.4."""
    return bytes([len(data)]) + data


def make_verifier(name: str, algorithm: int, public: bytes) -> VerifierKey:
    """Return a verifier key.

    Raises:
        VerificationError: V211 name, V214 algorithm that is not supported, V215 bytes that are no usable public key.

    """
    if not is_key_name(name):
        raise VerificationError("V211", name=name)
    if algorithm not in PUBLIC_LENGTH:
        raise VerificationError("V214", name=name, algorithm=f"0x{algorithm:02x}")
    known = Algorithm(algorithm)
    if len(public) != PUBLIC_LENGTH[known] or (known is not Algorithm.ML_DSA_44 and not _is_usable_point(public)):
        raise VerificationError("V215", name=name)
    return VerifierKey(name=name, algorithm=known, public=public)


def _is_usable_point(public: bytes) -> bool:
    """Tell whether 32 bytes are an Ed25519 key in its only spelling, and none of the points of small order."""
    y = int.from_bytes(public, "little") & (2**255 - 1)  # the topmost bit is the sign of x
    if y >= FIELD or y in SMALL_ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public)
    except ValueError:
        return False
    return True


def parse_vkey(text: str) -> VerifierKey:
    """Return the key of `<name>+<8 hex digits of its id>+<base64 of algorithm and public key>`.

    Raises:
        VerificationError: V212 form, V213 the id is not that of the key, V211, V214, V215 as `make_verifier`.

    """
    name, _, rest = text.strip().partition("+")
    digits, _, encoded = rest.partition("+")
    data = parse_base64(encoded)
    if not data:
        raise VerificationError("V212", text=text.strip()[:80])
    key = make_verifier(name, data[0], data[1:])
    if key.key_id.hex() != digits:
        raise VerificationError("V213", name=name, found=digits[:8], expected=key.key_id.hex())
    return key
