"""How often things go wrong in a rehearsal: whole numbers per thousand, each of which can be set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from secondcount.errors import InputError

__all__ = ["Rates", "parse_rates"]

WHOLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Per thousand cells, readings or photos. The defaults are chosen so that every kind happens; none is measured."""

    digit: int = 6  # cells typed with one wrong digit
    transposed: int = 2  # cells typed with two neighbouring digits exchanged
    mark: int = 2  # cells whose mark is wrong: blank typed as 0, a number marked as illegible
    swapped: int = 6  # readings with two neighbouring rows exchanged
    skipped: int = 4  # readings with a row left out, everything below it one row too high
    place: int = 5  # readings with another station's number
    given_up: int = 2  # photos that a reader calls unreadable although they are not
    misread: int = 400  # unclear digits that one reader takes for the other digit
    unclear: int = 3  # cells on paper with a digit that can be taken for another
    overwritten: int = 8  # cells on paper with an old value struck out and a new one beside it
    blank: int = 300  # zeros on paper that were left blank
    broken: int = 15  # sheets whose own figures do not add up on paper
    station: int = 15  # photos sent for a wrong station
    contest: int = 20  # photos sent for the wrong contest
    reused: int = 5  # photos sent a second time, for another station
    forwarded: int = 30  # photos sent a second time by somebody else
    unreadable: int = 10  # photos in which nothing can be read


def parse_rates(words: Sequence[str], start: Rates | None = None) -> Rates:
    """Return the rates with those that are given as NAME=NUMBER.

    Raises:
        InputError: K180 there is no such rate, K181 it is no whole number from 0 to 1000.

    """
    known = tuple(one.name for one in fields(Rates))
    changed: dict[str, int] = {}
    for word in words:
        name, _, number = word.partition("=")
        if name not in known:
            raise InputError("K180", name=name, known=", ".join(known))
        if not (number.isascii() and number.isdecimal() and len(number) <= 4 and int(number) <= WHOLE):
            raise InputError("K181", name=name, value=number)
        changed[name] = int(number)
    return replace(start or Rates(), **changed)
