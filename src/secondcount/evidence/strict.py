"""The two notations of C2SP texts, each accepted in one spelling only: base64 (RFC 4648, section 4) and decimals."""

from __future__ import annotations

from base64 import b64decode, b64encode

__all__ = ["LARGEST", "encode_base64", "parse_base64", "parse_decimal"]

LARGEST = 2**63 - 1  # of a tree size and of a time: what every implementation can hold (tlog-cosignature, "Format")


def encode_base64(data: bytes) -> str:
    """Return standard base64 with padding."""
    return b64encode(data).decode("ascii")


def parse_base64(text: str, length: int | None = None) -> bytes | None:
    """Return the bytes of canonical base64, None for any other text or where they are not `length` bytes.

    Bits that a decoder would throw away are refused: encoding again must give the same text. Otherwise one
    signature could be spelled in several ways, and a changed byte would pass unseen.
    """
    try:
        data = b64decode(text, validate=True)
    except ValueError:  # binascii.Error, and a text that is not ASCII
        return None
    if encode_base64(data) != text or (length is not None and len(data) != length):
        return None
    return data


def parse_decimal(text: str) -> int | None:
    """Return an ASCII decimal without leading zeros, at most 2^63 - 1; None for any other text."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        return None
    value = int(text)
    return value if str(value) == text and value <= LARGEST else None
