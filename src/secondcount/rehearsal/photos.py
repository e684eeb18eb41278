"""What arrives at the desk in a rehearsal: photos of papers, some of them sent for the wrong place or sent twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.papers import Paper
from secondcount.rehearsal.rates import WHOLE, Rates

__all__ = ["Photo", "Sent", "send_photos"]


class Sent(StrEnum):
    """How a photo was sent."""

    PLAIN = "plain"
    WRONG_STATION = "wrong_station"
    WRONG_CONTEST = "wrong_contest"
    REUSED = "reused"  # the same file as an earlier one, for another station
    FORWARDED = "forwarded"  # the same file as an earlier one, by somebody else
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One photo as it was sent: which file, of which paper, and what whoever sent it says of it."""

    file: int  # photos with one number are the same bytes
    paper: int  # place in the tuple of papers
    station: str  # as whoever sent it says
    contest: str
    sent: Sent
    collector: int  # number of the person
    legible: bool = True  # a property of the file: the same whenever it is sent again

    @property
    def again(self) -> bool:
        """Return whether the same bytes had arrived before."""
        return self.sent in (Sent.REUSED, Sent.FORWARDED)


def send_photos(papers: Sequence[Paper], collectors: int, rates: Rates, seed: str) -> tuple[Photo, ...]:
    """Return the photos in the order in which they arrive: at least one of each paper."""
    dice = Dice(f"secondcount.rehearsal.photos,{seed}")
    contests = tuple(dict.fromkeys(one.contest for one in papers))
    stations = tuple(dict.fromkeys(one.station for one in papers))
    found: list[Photo] = []
    for number, paper in enumerate(papers):
        sent = _drawn(rates, dice)
        photo = Photo(
            file=number,
            paper=number,
            station=_other(stations, paper.station, dice) if sent is Sent.WRONG_STATION else paper.station,
            contest=_other(contests, paper.contest, dice) if sent is Sent.WRONG_CONTEST else paper.contest,
            sent=sent,
            collector=dice.below(collectors),
            legible=sent is not Sent.UNREADABLE,
        )
        found.append(photo)
        found.extend(_again(photo, stations, collectors, rates, dice))
    return tuple(found)


def _drawn(rates: Rates, dice: Dice) -> Sent:
    """Return how the first photo of a paper is sent; one thing goes wrong at a time."""
    roll = dice.below(WHOLE)
    for sent, share in (
        (Sent.WRONG_STATION, rates.station),
        (Sent.WRONG_CONTEST, rates.contest),
        (Sent.UNREADABLE, rates.unreadable),
    ):
        if roll < share:
            return sent
        roll -= share
    return Sent.PLAIN


def _other(choices: Sequence[str], this: str, dice: Dice) -> str:
    others = [one for one in choices if one != this]
    return others[dice.below(len(others))] if others else this


def _again(photo: Photo, stations: Sequence[str], collectors: int, rates: Rates, dice: Dice) -> Iterator[Photo]:
    """Yield the same file once more, where somebody sends it once more."""
    roll = dice.below(WHOLE)
    if roll >= rates.reused + rates.forwarded:
        return
    reused = roll < rates.reused
    yield Photo(
        file=photo.file,
        paper=photo.paper,
        station=_other(stations, photo.station, dice) if reused else photo.station,
        contest=photo.contest,
        sent=Sent.REUSED if reused else Sent.FORWARDED,
        collector=(photo.collector + 1 + dice.below(collectors - 1)) % collectors,
        legible=photo.legible,
    )
