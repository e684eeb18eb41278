"""Signing keys: made, kept in a file that only its owner reads, taken from the environment; never shown.

A key file is one line `vkey: <verifier key>` and the private key in PKCS #8 PEM below it, with a passphrase or
without. No error, log line or `repr` carries anything of the private half.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from secondcount.errors import InputError, VerificationError, reason_of
from secondcount.evidence.note import Algorithm, Signer, VerifierKey, make_verifier, parse_vkey
from secondcount.evidence.pkcs8 import encrypt_pkcs8
from secondcount.evidence.vkey import signed_message

__all__ = [
    "KEY_VARIABLE",
    "PASSPHRASE_VARIABLE",
    "Cosigner",
    "SigningKey",
    "encode_key",
    "find_key",
    "generate_key",
    "key_file",
    "load_key",
    "load_key_file",
    "store_key_file",
]

KEY_VARIABLE = "SECONDCOUNT_KEY"  # the content of a key file
PASSPHRASE_VARIABLE = "SECONDCOUNT_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable, not a passphrase
LARGEST_FILE = 20_000  # bytes
HEAD = "vkey: "
OTHERS = 0o077  # permission bits of everybody but the owner

PrivateKey = Ed25519PrivateKey | MLDSA44PrivateKey


class SigningKey:
    """A private key with its name and algorithm. It signs as it is under 0x01; as a cosigner, through `at`."""

    __slots__ = ("_private", "_verifier")

    def __init__(self, name: str, algorithm: Algorithm, private: PrivateKey) -> None:
        """Take a private key that fits the algorithm.

        Raises:
            VerificationError: V211, a name that no signature line can carry.

        """
        self._private = private
        self._verifier = make_verifier(name, algorithm, private.public_key().public_bytes_raw())

    def verifier(self) -> VerifierKey:
        """Return the public half."""
        return self._verifier

    def sign(self, text: bytes) -> bytes:
        """Return the signature of a note's text; of a cosignature, one that states no time."""
        return self.sign_at(text, 0)

    def sign_at(self, text: bytes, time: int) -> bytes:
        """Return what follows the key id in a signature line; a cosignature states a time (POSIX seconds).

        Raises:
            VerificationError: V22x, a cosignature of a text that is no checkpoint.

        """
        signature = self._private.sign(signed_message(self._verifier, text, time))
        return signature if self._verifier.algorithm is Algorithm.ED25519 else time.to_bytes(8, "big") + signature

    def at(self, time: int) -> Signer:
        """Return this key as a cosigner at one time."""
        return Cosigner(self, time)

    def private_der(self) -> bytes:
        """Return the private key in PKCS #8; only `encode_key` has a use for it."""
        return self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def private_pem(self) -> bytes:
        """Return the private key in PKCS #8 PEM without a passphrase; only `encode_key` has a use for it."""
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def __repr__(self) -> str:
        return f"SigningKey({self._verifier.name!r}, {self._verifier.algorithm.name})"

    def __reduce__(self) -> str:
        raise TypeError("a private key is not pickled")


class Cosigner:
    """A signing key bound to the time that its cosignatures state."""

    __slots__ = ("_key", "_time")

    def __init__(self, key: SigningKey, time: int) -> None:
        """Take a key and POSIX seconds, at least 1: a time of 0 would state none."""
        self._key, self._time = key, time

    def verifier(self) -> VerifierKey:
        """Return the public half."""
        return self._key.verifier()

    def sign(self, text: bytes) -> bytes:
        """Return what follows the key id in a signature line."""
        return self._key.sign_at(text, self._time)


def generate_key(name: str, algorithm: Algorithm = Algorithm.ED25519) -> SigningKey:
    """Return a new key, from the randomness of the operating system.

    Raises:
        VerificationError: V211, a name that no signature line can carry.

    """
    kind = MLDSA44PrivateKey if algorithm is Algorithm.ML_DSA_44 else Ed25519PrivateKey
    return SigningKey(name, algorithm, kind.generate())


def encode_key(key: SigningKey, passphrase: bytes | None = None) -> bytes:
    """Return the content of a key file."""
    pem = encrypt_pkcs8(key.private_der(), passphrase) if passphrase else key.private_pem()
    return f"{HEAD}{key.verifier()}\n".encode() + pem


def load_key(data: bytes, passphrase: bytes | None = None) -> SigningKey:
    """Return the key of a key file's content.

    Raises:
        InputError: V240 not a key file, V241 a passphrase is needed, V242 it is not this one, V247 the private key
            is not the one of the public line.

    """
    head, _, pem = data.partition(b"\n")
    try:
        verifier = parse_vkey(head.decode("ascii").removeprefix(HEAD))
    except (UnicodeDecodeError, VerificationError):
        raise InputError("V240") from None
    private = _load_private(pem, passphrase)
    wanted = MLDSA44PrivateKey if verifier.algorithm is Algorithm.ML_DSA_44 else Ed25519PrivateKey
    if not isinstance(private, wanted) or private.public_key().public_bytes_raw() != verifier.public:
        raise InputError("V247", name=verifier.name)
    return SigningKey(verifier.name, verifier.algorithm, private)


def _load_private(pem: bytes, passphrase: bytes | None) -> object:
    """Return whatever private key a PEM holds; no error of a library passes on what it saw."""
    locked = b"BEGIN ENCRYPTED PRIVATE KEY" in pem
    if locked and not passphrase:
        raise InputError("V241", variable=PASSPHRASE_VARIABLE)
    try:
        return load_pem_private_key(pem, passphrase if locked else None)
    except (ValueError, TypeError):
        raise InputError("V242" if locked else "V240") from None


def load_key_file(path: Path, environment: Mapping[str, str]) -> SigningKey:
    """Return the key of a file, with the passphrase of the environment.

    Raises:
        InputError: V243 others may read the file, V244 it cannot be read, V240 to V242, V247 as `load_key`.

    """
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & OTHERS:
                raise InputError("V243", file=str(path))
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError("V244", file=str(path), reason=reason_of(error)) from None
    return load_key(data[:LARGEST_FILE], _passphrase(environment))


def find_key(path: Path, environment: Mapping[str, str]) -> SigningKey:
    """Return the key of the environment where it is set there, of the file otherwise.

    Raises:
        InputError: as `load_key_file`.

    """
    given = environment.get(KEY_VARIABLE)
    return load_key(given.encode(), _passphrase(environment)) if given else load_key_file(path, environment)


def _passphrase(environment: Mapping[str, str]) -> bytes | None:
    return environment.get(PASSPHRASE_VARIABLE, "").encode() or None


def store_key_file(path: Path, key: SigningKey, passphrase: bytes | None = None) -> None:
    """Write a key file that only its owner may read, durably; its folder likewise.

    Raises:
        InputError: V245, the file exists (a key is never overwritten); V246 it cannot be written.

    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            raise InputError("V245", file=str(path))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(encode_key(key, passphrase))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError("V246", file=str(path), reason=reason_of(error)) from None


def key_file(name: str, environment: Mapping[str, str], home: Path) -> Path:
    """Return where a key of this name is kept: in the user's configuration folder, never beside an archive."""
    given = environment.get("XDG_CONFIG_HOME") or environment.get("APPDATA")
    folder = Path(given) if given else home / ".config"
    return folder / "secondcount" / "keys" / (re.sub(r"[^A-Za-z0-9.-]+", "_", name) + ".key")
