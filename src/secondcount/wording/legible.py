"""Text from outside made safe to look at: nothing that hides, reorders or moves the cursor."""

from __future__ import annotations

__all__ = ["visible"]

_HIDING = (
    *range(0x20),  # C0 controls: escape sequences, bells, carriage returns
    *range(0x7F, 0xA0),  # delete and C1 controls
    *(0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF),  # zero width, marks of direction
    *(0x2028, 0x2029),  # separators of lines and paragraphs
    *range(0x202A, 0x202F),  # embeddings and overrides of direction
    *range(0x2066, 0x206A),  # isolates
    *range(0xD800, 0xE000),  # surrogates: bytes of a file name that are no text
)
_SHOWN = {code: " " if chr(code) in "\t\n\r\u2028\u2029" else "\N{REPLACEMENT CHARACTER}" for code in _HIDING}


def visible(text: str) -> str:
    """Return text in which control and direction characters are shown as a replacement character, on one line.

    A name that carries an escape sequence could otherwise repaint the terminal, and one with a right-to-left
    override turn the figures beside it around.
    """
    return text.translate(_SHOWN)
