"""A made-up election night: its definition, and what stands on the protocol of every station in every contest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from secondcount.jurisdictions import load_definition
from secondcount.model.election import Contest, Election
from secondcount.rehearsal.dice import Dice

__all__ = ["DEFINITION_NAME", "ELECTION", "Protocol", "load_practice", "practice_definition", "write_protocols"]

ELECTION = "exampleland.rehearsal.2030"
DEFINITION_NAME = "rehearsal.toml"
AREAS = ("north", "south")


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """What the commission of one station counted in one contest: figures that satisfy every identity of the form."""

    station: str
    area: str
    contest: str
    figures: Mapping[str, int]  # every cell of the contest, in the order of the form


def practice_definition(stations: int) -> bytes:
    """Return the definition (TOML) of a made-up election with so many stations, in two areas; at least two."""
    text = files(__package__).joinpath("night.toml").read_text(encoding="utf-8")
    north = (stations + 1) // 2
    for area, number in (("exampleland", stations), (AREAS[0], north), (AREAS[1], stations - north)):
        text = re.sub(rf'(id = "{area}".*?stations = )\d+', rf"\g<1>{number}", text)
    return text.encode()


def load_practice(stations: int) -> Election:
    """Return the made-up election."""
    return load_definition(DEFINITION_NAME, practice_definition(stations)).election


def write_protocols(election: Election, stations: int, seed: str) -> tuple[Protocol, ...]:
    """Return the protocols of all stations in all contests: same seed, same figures."""
    dice = Dice(f"secondcount.rehearsal.night,{seed}")
    north = (stations + 1) // 2
    return tuple(
        Protocol(
            station=f"{number:04}",
            area=AREAS[number > north],
            contest=contest.id,
            figures=_FIGURES[contest.id](contest, dice, registered),
        )
        for number in range(1, stations + 1)
        for registered in (dice.near(1400, 900),)
        for contest in election.contests
    )


def _list(contest: Contest, dice: Dice, registered: int) -> dict[str, int]:
    boxes = registered * dice.near(58, 25) // 100
    portable, early, invalid, spare = (
        dice.between(0, 60),
        dice.between(0, 12),
        dice.between(2, 25),
        dice.between(20, 400),
    )
    lost = int(dice.below(20) == 0)
    portable = min(portable, boxes)
    carried = dice.below(3)  # ballots that voters took away
    valid = boxes - invalid
    votes = dice.split(valid, (31, 24, 17, 11, 7, 5, 3, 2))
    issued = boxes - portable - early + carried
    lines = {
        "registered": registered,
        "received": early + issued + portable + spare + lost,
        "issued_early": early,
        "issued": issued,
        "issued_outside": portable,
        "cancelled": spare,
        "in_portable": portable,
        "in_stationary": boxes - portable,
        "invalid": invalid,
        "valid": valid,
        "lost": lost,
        "unaccounted": 0,
    }
    return lines | dict(zip((one.id for one in contest.contestants), votes, strict=True))


def _mayor(contest: Contest, dice: Dice, registered: int) -> dict[str, int]:
    boxes = registered * dice.near(55, 25) // 100
    invalid, spare = dice.between(1, 20), dice.between(20, 400)
    votes = dice.split(boxes - invalid, (38, 33, 19, 10))
    lines = {
        "registered": registered,
        "received": boxes + spare,
        "issued": boxes,
        "cancelled": spare,
        "invalid": invalid,
        "valid": boxes - invalid,
    }
    return lines | dict(zip((one.id for one in contest.contestants), votes, strict=True))


_FIGURES: Mapping[str, Callable[[Contest, Dice, int], dict[str, int]]] = {"list": _list, "mayor": _mayor}
