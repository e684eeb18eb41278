"""Act two of the founding story, SYNTHETIC: a city's published sum and 120 copies of its protocols.

The real copies of 2012 were burned and no figures of them are known. Nothing here estimates them:
the numbers are chosen so that every kind of conclusion appears (a contradiction, a proved local claim,
a national claim that stays open, a level at which the proof disappears).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.pages import SyntheticFile, protocol_lines, write_csv

__all__ = ["almaty_2012"]

STATIONS = 480
COPIED = 117  # stations with at least one copy: 114 single, 3 with two copies = 120 sheets
DOUBLE = 3
CONTESTANTS = ("nur_otan", "ak_zhol", "cppk", "osdp", "auyl", "patriots", "adilet")
ON_COPIES = (401, 100, 80, 345, 32, 24, 18)  # per thousand, on the stations that were copied
PUBLISHED = (703, 110, 88, 58, 18, 14, 9)  # per thousand, in the city's published sum


@dataclass(frozen=True, slots=True, kw_only=True)
class _Station:
    code: str
    registered: int
    votes: int
    invalid: int


def almaty_2012(seed: str = "2012") -> tuple[SyntheticFile, SyntheticFile]:
    """Return (120 copies, the city's published sum), both labelled synthetic."""
    dice = Dice(f"secondcount.rehearsal.almaty,{seed}")
    stations = [_station(dice, index) for index in range(1, STATIONS + 1)]
    total = sum(one.votes for one in stations)
    copied = sorted(dice.shuffled([one.code for one in stations])[:COPIED])
    by_code = {one.code: one for one in stations}
    rows = [row for number, code in enumerate(copied) for row in _copies(dice, by_code[code], number)]
    made_by = f"seed {seed}, made by secondcount rehearsal; not the copies of 2012, whose figures are unknown"
    lines = tuple(protocol_lines(1, 1, 0, 0))
    header = ("station", "area", "copy", "level", "collector", *lines, *CONTESTANTS)
    sheets = write_csv("almaty-copies.csv", made_by, {}, header, rows)
    return sheets, _published(stations, total, made_by)


def _station(dice: Dice, index: int) -> _Station:
    registered = dice.near(2000, 700)
    turnout = dice.near(4030, 1500)  # per ten thousand, of valid votes; the city's 41.38 % includes invalid ballots
    votes = registered * turnout // 10_000
    return _Station(code=f"{index:03d}", registered=registered, votes=votes, invalid=dice.between(2, 14))


def _copies(dice: Dice, station: _Station, number: int) -> list[tuple[object, ...]]:
    """Return the sheets of one copied station; the first three stations have two copies each."""
    parts = dice.split(station.votes, ON_COPIES)
    votes = dict(zip(CONTESTANTS, parts, strict=True))
    level = (0, 1, 1, 2, 2, 2, 2, 3, 3, 3)[dice.below(10)]
    first = _row(
        station, votes, copy=1, level=max(level, 2) if number < DOUBLE else level, collector=f"c{number % 40:02d}"
    )
    if number >= DOUBLE:
        return [first]
    if number == DOUBLE - 1:  # two copies of one protocol that do not agree: the station counts for nothing
        votes = {**votes, "osdp": votes["osdp"] + 40, "nur_otan": votes["nur_otan"] - 40}
    return [first, _row(station, votes, copy=2, level=2, collector=f"d{number:02d}")]


def _row(station: _Station, votes: Mapping[str, int], *, copy: int, level: int, collector: str) -> tuple[object, ...]:
    lines = protocol_lines(station.registered, station.votes, station.invalid, spare=station.registered // 3)
    return (station.code, "almaty_city", copy, level, collector, *lines.values(), *votes.values())


def _published(stations: list[_Station], total: int, made_by: str) -> SyntheticFile:
    parts = [total * share // 1000 for share in PUBLISHED]
    parts[0] += total - sum(parts)
    meta = {"issuer": "city commission (synthetic)", "stage": "final", "published": "2012-01-17"}
    meta["issuer_ru"], meta["issuer_kk"] = "городская комиссия (учебные данные)", "қалалық комиссия (оқу деректері)"
    meta["label"] = "Almaty city sum"
    meta["label_ru"], meta["label_kk"] = "Сумма по городу Алматы", "Алматы қаласының қосындысы"
    header = ("area", "stations", "registered", *CONTESTANTS)
    row = ("almaty_city", len(stations), sum(one.registered for one in stations), *parts)
    return write_csv("almaty-published.csv", made_by, meta, header, [row])
