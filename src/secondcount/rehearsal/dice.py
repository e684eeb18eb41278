"""Reproducible integers from a seed: the same on every machine and Python version, no floats."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

__all__ = ["Dice"]


class Dice:
    """A stream of integers from SHA-256 of "seed,counter": two runs with one seed agree to the last digit."""

    def __init__(self, seed: str) -> None:
        """Start the stream of this seed."""
        self._seed = seed
        self._counter = 0

    def below(self, limit: int) -> int:
        """Return an integer from 0 to limit - 1 (the modulo bias at 256 bits is far below any use here)."""
        digest = hashlib.sha256(f"{self._seed},{self._counter}".encode()).digest()
        self._counter += 1
        return int.from_bytes(digest, "big") % limit

    def between(self, low: int, high: int) -> int:
        """Return an integer from low to high, both included."""
        return low + self.below(high - low + 1)

    def near(self, centre: int, spread: int) -> int:
        """Return an integer around a centre: the mean of four draws within +-spread, so mostly close to it."""
        return centre + sum(self.between(-spread, spread) for _ in range(4)) // 4

    def split(self, total: int, weights: Sequence[int]) -> list[int]:
        """Return whole parts of a total in proportion to weights, each weight varied by up to a fifth."""
        varied = [weight * self.between(80, 120) for weight in weights]
        whole = sum(varied)
        parts = [total * weight // whole for weight in varied]
        parts[parts.index(max(parts))] += total - sum(parts)
        return parts

    def shuffled(self, items: Sequence[str]) -> list[str]:
        """Return the items in a random order (Fisher-Yates)."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
