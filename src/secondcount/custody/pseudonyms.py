"""Names of people who collect copies, replaced before anything becomes public; whose they are stays in the archive.

A code such as "team-7" is kept: it has letters, and at most four digits. Anything else may be a name ("Ivanova" has no
digit) or a telephone number (which has no letter, or more digits), and becomes "p-" and 20 hexadecimal digits of
HMAC-SHA-256 (RFC 2104) under a secret of the archive: one person keeps one pseudonym, and whoever guesses a name
cannot try it out. Blanks and case are ignored, as they are where independent copies are told apart
(`tabulation.copies`): "Ivanova" and "IVANOVA" must not become two people.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import msgspec

from secondcount.errors import InputError
from secondcount.evidence.sameness import PSEUDONYM
from secondcount.evidence.store import Missing, Store

__all__ = ["PSEUDONYMS", "SECRET_BYTES", "Pseudonyms", "forget_name", "is_code", "load_pseudonyms"]

PSEUDONYMS = "pseudonyms"
"""Path of the file in the private part."""

SECRET_BYTES = 32
FORMAT = "secondcount.pseudonyms/1"

_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])(?!(.*[0-9]){5})[A-Za-z0-9._-]{1,40}|" + PSEUDONYM)
_DIGITS = 20  # 80 bits: among a million people no two share one by chance


class _Stored(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: str
    names: dict[str, str]
    secret: str


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(_Stored)


def is_code(name: str) -> bool:
    """Return whether a collector is named by a code that may be public as it stands ("" too: nobody is named)."""
    return not name or _CODE.fullmatch(name) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonyms:
    """The secret of an archive, and the names behind the pseudonyms that it has given so far."""

    secret: bytes = field(repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)  # pseudonym -> name, as it was first written

    def label(self, name: str) -> str:
        """Return what is public of a collector: the code itself, or a pseudonym."""
        if is_code(name):
            return name
        plain = " ".join(name.casefold().split())
        return "p-" + hmac.new(self.secret, plain.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:_DIGITS]

    def with_names(self, names: Iterable[str]) -> Self:
        """Return these with the pseudonyms of further collectors."""
        given = {self.label(one): one for one in sorted(names, reverse=True) if not is_code(one)}
        return replace(self, names={**given, **self.names})

    def encode(self) -> bytes:
        """Return the bytes of the private file."""
        return _ENCODER.encode(_Stored(format=FORMAT, names=dict(self.names), secret=self.secret.hex()))

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return what `encode` wrote.

        Raises:
            InputError: A453 the file is damaged; it is not overwritten, for the names are nowhere else.

        """
        try:
            stored = _DECODER.decode(data)
            secret = bytes.fromhex(stored.secret)
        except ValueError as error:  # msgspec's errors are ValueErrors
            raise InputError("A453", file=PSEUDONYMS) from error
        if stored.format != FORMAT or len(secret) != SECRET_BYTES:
            raise InputError("A453", file=PSEUDONYMS)
        return cls(secret=secret, names=stored.names)


def load_pseudonyms(private: Store) -> tuple[Pseudonyms, str | None]:
    """Return the list of an archive and its version, or a new one under a new secret where nobody has needed one yet.

    Whoever adds to it replaces that version: a name that somebody else has added meanwhile is then not lost.

    Raises:
        InputError: A453 the list is damaged.

    """
    version = private.version(PSEUDONYMS)  # before the list is read, so that it is never newer than the list
    try:
        return Pseudonyms.parse(private.load(PSEUDONYMS)), version
    except Missing:
        return Pseudonyms(secret=secrets.token_bytes(SECRET_BYTES)), None


def forget_name(private: Store, pseudonym: str) -> bool:
    """Take the name behind a pseudonym out of the list of an archive; return whether it was there.

    The secret stays: the same name would get the same pseudonym again, for a person is not two.

    Raises:
        InputError: A453 the list is damaged, A502 somebody else changes it at this moment.

    """
    known, version = load_pseudonyms(private)
    if pseudonym not in known.names:
        return False
    left = {label: name for label, name in known.names.items() if label != pseudonym}
    private.replace(PSEUDONYMS, replace(known, names=left).encode(), version)
    return True
