"""Private keys under a passphrase: PKCS #8 with PBES2 (RFC 8018), as every OpenSSL reads it.

Written by hand for one number: the usual libraries derive the key in 2,048 rounds, which whoever takes a laptop
tries a hundred thousand times a second; here it is 600,000 rounds of PBKDF2-HMAC-SHA256.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import pbkdf2_hmac
from secrets import token_bytes
from textwrap import wrap

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

__all__ = ["encrypt_pkcs8"]

ROUNDS = 600_000
SEQUENCE, OCTETS, INTEGER = b"\x30", b"\x04", b"\x02"  # tags of X.690
# Object identifiers, encoded: RFC 8018, appendix A.4 and A.2; RFC 8018, B.1.2; NIST CSOR aes256-CBC.
PBES2 = bytes.fromhex("06092a864886f70d01050d")
PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
HMAC_SHA256 = bytes.fromhex("06082a864886f70d02090500")  # with its NULL
AES256_CBC = bytes.fromhex("060960864801650304012a")


def encrypt_pkcs8(der: bytes, passphrase: bytes) -> bytes:
    """Return the PEM of a PKCS #8 private key (DER) under a passphrase."""
    salt, start = token_bytes(16), token_bytes(16)
    padder = PKCS7(AES256.block_size).padder()
    padded = padder.update(der) + padder.finalize()
    encryptor = Cipher(AES256(pbkdf2_hmac("sha256", passphrase, salt, ROUNDS, 32)), CBC(start)).encryptor()
    locked = encryptor.update(padded) + encryptor.finalize()
    rounds = ROUNDS.to_bytes(3, "big")
    derivation = _der(
        SEQUENCE,
        PBKDF2,
        _der(SEQUENCE, _der(OCTETS, salt), _der(INTEGER, rounds), _der(SEQUENCE, HMAC_SHA256)),
    )
    scheme = _der(SEQUENCE, AES256_CBC, _der(OCTETS, start))
    algorithm = _der(SEQUENCE, PBES2, _der(SEQUENCE, derivation, scheme))
    return _pem(_der(SEQUENCE, algorithm, _der(OCTETS, locked)))


def _der(tag: bytes, *parts: bytes) -> bytes:
    """Return one value in the distinguished encoding (X.690, section 10): tag, shortest length, content."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return tag + bytes([length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return tag + bytes([0x80 | len(octets)]) + octets + content


def _pem(der: bytes) -> bytes:
    lines = wrap(b64encode(der).decode("ascii"), 64)  # RFC 7468, section 3
    label = "ENCRYPTED PRIVATE KEY"
    return "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", "")).encode()
