"""How large a photo may be, and how much of the machine its decoding may take."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits that hold before a photo is decoded, and while it is."""

    size: int = 32 * 2**20
    """Bytes of the file. A photo of 12 megapixels has 3 to 8 MB."""

    pixels: int = 64_000_000
    """Pixels that the header declares. Telephones take 12 to 50 million."""

    longest: int = 20_000
    """Pixels of the longer side: no camera takes a strip."""

    shortest: int = 16
    """Pixels of the shorter side: below, nothing can be read."""

    parts: int = 20_000
    """Segments or chunks of a file. A photo has below a hundred; a PNG in pieces of 8 kB below ten thousand."""

    pages: int = 8
    """Pages of a PDF or TIFF that are drawn; a protocol has one to four."""

    memory: int = 2**30
    """Bytes of address space of the decoder (RLIMIT_AS)."""

    processor: int = 60
    """Seconds of processor time of the decoder (RLIMIT_CPU)."""

    wall: int = 180
    """Seconds on the clock after which the decoder is killed, however busy the machine is."""


LIMITS = Limits()
"""The limits of every arrival."""
