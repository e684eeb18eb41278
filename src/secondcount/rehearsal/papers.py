"""The papers of a made-up election: what the commission wrote, with its own slips, corrections and unclear digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.election_night import Protocol
from secondcount.rehearsal.rates import WHOLE, Rates
from secondcount.transcription.cells import CellRead, Mark

__all__ = ["Paper", "alike", "write_papers"]

_ALIKE = {"1": "7", "7": "1", "3": "8", "8": "3", "4": "9", "9": "4", "0": "6", "6": "0", "5": "6", "2": "7"}
"""Handwritten digits that are taken for each other."""

_KEPT = 12  # a slip of the commission is not larger than this


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One protocol on paper. What stands on it is what readers should read, whether or not it adds up."""

    protocol: Protocol
    cells: Mapping[str, CellRead]
    unclear: Mapping[str, int]  # cells with an unclear digit: the number for which they can be taken
    slip: str = ""  # the cell that the commission got wrong; "" = it adds up

    @property
    def station(self) -> str:
        """Return the number of the station that stands on the paper."""
        return self.protocol.station

    @property
    def contest(self) -> str:
        """Return the contest that stands on the paper."""
        return self.protocol.contest


def write_papers(protocols: Sequence[Protocol], rates: Rates, seed: str) -> tuple[Paper, ...]:
    """Return the paper of each protocol."""
    dice = Dice(f"secondcount.rehearsal.papers,{seed}")
    return tuple(_paper(one, rates, dice) for one in protocols)


def _paper(protocol: Protocol, rates: Rates, dice: Dice) -> Paper:
    figures = dict(protocol.figures)
    slip = ""
    if dice.below(WHOLE) < rates.broken:
        slip = ("valid", "received")[dice.below(2)]
        figures[slip] += dice.between(1, _KEPT)
    cells = {cell: _written(number, rates, dice) for cell, number in figures.items()}
    unclear = {
        cell: alike(number, dice)
        for cell, number in figures.items()
        if cells[cell].mark is Mark.READ and dice.below(WHOLE) < rates.unclear
    }
    return Paper(protocol=protocol, cells=cells, unclear=unclear, slip=slip)


def _written(number: int, rates: Rates, dice: Dice) -> CellRead:
    if number == 0 and dice.below(WHOLE) < rates.blank:
        return CellRead(mark=Mark.BLANK)
    if dice.below(WHOLE) < rates.overwritten:
        return CellRead(mark=Mark.READ, value=number, old=number + dice.between(1, 90), overwritten=True)
    return CellRead(mark=Mark.READ, value=number)


def alike(number: int, dice: Dice) -> int:
    """Return the number that a reader takes this one for, when one of its digits is unclear."""
    digits = str(number)
    at = dice.below(len(digits))
    return int(digits[:at] + _ALIKE[digits[at]] + digits[at + 1 :])
