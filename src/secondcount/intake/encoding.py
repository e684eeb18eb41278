"""Bytes of a text file in any usual encoding -> UTF-8 with plain line ends; what was assumed or damaged is said.

A byte order mark decides; else valid UTF-8 is UTF-8; else NUL bytes in every second place are UTF-16; else
UTF-8 with a few broken bytes is repaired and named; else the letters decide between the 8-bit code pages in
which tables arrive: Windows-1251 (Russian), KZ-1048 (Kazakh), Windows-1252 (Western European).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

from secondcount.errors import InputError
from secondcount.intake.remarks import Place
from secondcount.model.issue import Issue

__all__ = ["Decoded", "decode"]

_BOMS = (  # UTF-32 first: its little-endian mark begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_REPLACED = "\ufffd"
_HIGH_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WORDS = 20_000  # enough evidence for any table
_CYRILLIC_WORD = re.compile("[А-Яа-яЁёІіҚқЌќӘәҒғҢңӨөҰұҮүҺһ]{2,}")
_WESTERN_LETTER = re.compile("[A-Za-zÀ-ÿŒœŠšŽž][À-ÿŒœŠšŽž]|[À-ÿŒœŠšŽž][A-Za-z]")
_KAZAKH_ONLY = ("ќ", "Ќ")  # Windows-1251 at the places of Kazakh қ and Қ; in a real text they are Macedonian


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text as UTF-8 bytes: no byte order mark, no NUL, every line end a line feed."""

    data: bytes
    issues: tuple[Issue, ...]


def decode(place: Place, data: bytes) -> Decoded:
    """Return the text of a file as UTF-8.

    Raises:
        InputError: T101 nothing but a byte order mark, T106 NUL bytes, T107 encoding that cannot be told.

    """
    mark, marked = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    body = data[len(mark) :]
    encoding = marked or _guess(place, body)
    text, damage = _text(place, body, encoding, len(mark))
    if text.startswith(codecs.BOM_UTF8):  # a second mark: two programs each put one
        text = text[len(codecs.BOM_UTF8) :]
    if not text:
        raise InputError("T101", file=place.file)
    if b"\0" in text:
        raise InputError("T106", file=place.file, offset=text.index(b"\0"))
    assumed = () if marked or encoding == "utf-8" else (place.issue("T112", encoding=encoding),)
    return Decoded(data=_plain_line_ends(text), issues=(*assumed, *damage))


def _text(place: Place, body: bytes, encoding: str, skipped: int) -> tuple[bytes, tuple[Issue, ...]]:
    """Return UTF-8 and, where characters had to be replaced, an issue with the place of the first in the file."""
    if encoding == "utf-8" and _is_utf8(body):
        text, offset = body, body.find(_REPLACED.encode())
    else:
        text, offset = _replacing(body, encoding)
    count = text.count(_REPLACED.encode())
    if not count:
        return text, ()
    line = text[: text.index(_REPLACED.encode())].count(b"\n") + 1
    return text, (place.issue("T113", line=line, count=count, offset=skipped + offset),)


def _is_utf8(body: bytes) -> bool:
    if body.isascii():
        return True
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _replacing(body: bytes, encoding: str) -> tuple[bytes, int]:
    try:
        return body.decode(encoding).encode("utf-8"), 0
    except UnicodeDecodeError as trouble:
        return body.decode(encoding, errors="replace").encode("utf-8"), trouble.start


def _guess(place: Place, body: bytes) -> str:
    """Return the encoding of text without a byte order mark."""
    if _is_utf8(body) and b"\0" not in body:
        return "utf-8"
    return _wide(body) or (_eight_bit(place, body) if b"\0" not in body else "utf-8")


def _wide(body: bytes) -> str:
    """Return UTF-16 where zero bytes stand only in even or only in odd places, as commas and digits have them."""
    sample = body[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 8 > len(sample) and not even:
        return "utf-16-le"
    if even * 8 > len(sample) and not odd:
        return "utf-16-be"
    return ""


def _eight_bit(place: Place, body: bytes) -> str:
    """Return the code page in which the words outside ASCII make sense."""
    words = b" ".join(islice((found.group() for found in _HIGH_WORD.finditer(body)), _WORDS))
    repaired = words.decode("utf-8", errors="replace")
    broken = repaired.count(_REPLACED)
    if _high(repaired) >= 2 * broken:
        return "utf-8"
    cyrillic, western = (words.decode(page, errors="replace") for page in ("cp1251", "cp1252"))
    if 2 * _covered(_CYRILLIC_WORD, cyrillic) > _high(cyrillic):
        return "kz1048" if any(sign in cyrillic for sign in _KAZAKH_ONLY) else "cp1251"
    if 2 * _covered(_WESTERN_LETTER, western) > _high(western):
        return "cp1252"
    found = _HIGH_WORD.search(body)
    raise InputError("T107", file=place.file, offset=found.start() if found else 0)


def _high(text: str) -> int:
    return sum(sign > "\x7f" for sign in text)


def _covered(pattern: re.Pattern[str], text: str) -> int:
    """Return how many letters outside ASCII stand in places that the pattern expects."""
    return sum(_high(found.group()) for found in pattern.finditer(text))


def _plain_line_ends(text: bytes) -> bytes:
    """Return the text with every line end (CR LF, or CR alone as on old Macs) as a line feed."""
    if b"\r" not in text:
        return text
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
