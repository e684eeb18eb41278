"""Which characters a public entry may hold: what looks the same is the same bytes, and nothing is hidden in a text.

Refused: control and format characters (bidirectional marks, joiners, soft hyphens), line and paragraph separators,
spaces other than U+0020, private use, characters that this release's Unicode tables do not know, and text that is
not in the normal form NFC (Unicode Standard Annex 15). An assigned character keeps its normal form in all later
versions of Unicode (UAX 15, section 3), and unassigned ones are refused: so what passes here will always pass.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from secondcount.errors import VerificationError
from secondcount.evidence.canonical import Json

__all__ = ["are_plain_letters", "public_name", "verify_letters"]

_ASCII = bytes(range(128))
_UNASSIGNED = "Cn"
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", _UNASSIGNED, "Zl", "Zp", "Zs"})
_LONGEST_NAME = 200


def are_plain_letters(canonical: bytes) -> bool:
    """Return whether the texts in canonical JSON are surely allowed, at a glance on all bytes together.

    True is certain; False only means that each text has to be looked at (`verify_letters`).
    """
    # Only the escapes \\ and \" remain once control characters are refused; pairs are taken from the left.
    if b"\\" in canonical and b"\\" in canonical.replace(b"\\\\", b"").replace(b'\\"', b""):
        return False
    if b"\x7f" in canonical:
        return False
    beyond = canonical.translate(None, _ASCII)
    if not beyond:
        return True
    characters = set(beyond.decode("utf-8"))
    if any(map(_is_refused, characters)):
        return False
    # A quotation mark before each text composes with nothing, so all texts are normal together or not.
    return all(map(_stands_alone, characters)) or unicodedata.is_normalized("NFC", canonical.decode("utf-8"))


def verify_letters(value: Json) -> None:
    """Verify that every text in a value, keys included, has only allowed characters.

    Raises:
        VerificationError: V617 a character that is not allowed, V618 not in the normal form NFC, V619 a character
            that the Unicode tables of this release do not know; `character` is its number, as in U+202E.

    """
    for text in _texts(value):
        for one in set(text):
            if _is_refused(one):
                code = "V619" if unicodedata.category(one) == _UNASSIGNED else "V617"
                raise VerificationError(code, character=f"U+{ord(one):04X}")
        if not unicodedata.is_normalized("NFC", text):
            raise VerificationError("V618", text=ascii(text))


def public_name(name: str) -> str:
    """Return a file's name as an entry may hold it: normal form, at most 200 characters, odd ones as "_"."""
    normal = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    plain = "".join("_" if one in "/\\" or _is_refused(one) else one for one in normal)
    return unicodedata.normalize("NFC", plain[-_LONGEST_NAME:]) or "_"


@cache
def _stands_alone(character: str) -> bool:
    # No combining characters are in these blocks: Latin, Greek and Cyrillic to U+0482, Cyrillic from U+048A, Georgian.
    in_block = character < "\u0300" or "\u0370" <= character < "\u0483" or "\u048a" <= character < "\u0530"
    return (in_block or "\u10a0" <= character < "\u1100") and unicodedata.is_normalized("NFC", character)


@cache
def _is_refused(character: str) -> bool:
    return character != " " and unicodedata.category(character) in _REFUSED


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
