"""How fast readings come to agreement, and how that grows: `python benchmarks/agreement.py`.

    --stations N ...   numbers of stations (1,000 to 1,000,000 where not given: about three minutes)
    --markdown         print the table of docs/validation.md at the end

Each station has two readings of 20 cells; in one of twenty the readings differ in a cell, in one of a hundred the
second reader saw the other contest's sheet, in one of two hundred both found the same problem. Readings of 1,000
different stations are made beforehand, not timed, and gone through as often as the size needs. Three things are:
`compare`, two readings that are at hand (`agree_many`); `all`, the whole way of a copy from what is sealed, as JSON
text: parsed, both readings added, a third one asked where they differ (read whole where the contest has to be found);
and the limit, what Python takes to compare two plain dictionaries of the same 20 numbers, which says nothing of marks,
corrections, places or people. Seconds of processor, each size in a process of its own, so that its memory is its own;
it must not grow.

The promise is 5,000 stations a second; exit code 1 if `all` is slower at any size. The peer is escrutinio-social,
which consolidates 57 to 60 stations a second (2,000 stations, 4,000 equal entries of 10 options, PostgreSQL 15, on two
quiet cores: design notes, peers.md, section 5). It needs Django 2.2 and a PostgreSQL of its own and cannot run here;
its figure has the database in it and ours has not, so that the two are not the same race.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from limits import markdown

from secondcount.model.election import Contest, Contestant, ContestantKind
from secondcount.model.form import Form, Line, Role
from secondcount.model.labels import Labels
from secondcount.model.rule import Base, Method, Rule, Ties
from secondcount.transcription import (
    CellRead,
    Differences,
    Differing,
    Mark,
    Place,
    Problem,
    Reading,
    add_third,
    agree_many,
    encode_reading,
    parse_reading,
    part_of,
    replay,
)

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DISTINCT = 1_000  # stations that are made; larger sizes are multiples of it
LINES, LISTS = 8, 12  # 20 cells
DIFFERENT, ELSEWHERE, PROBLEMS = 20, 100, 200  # every so manieth station
PROMISED = 5_000  # stations a second
NAME = Labels(en="name")
COLUMNS = ("stations", "compare: stations/s", "all: stations/s", "plain dict us", "compare us", "all us", "peak MB")
"""The head of the table in docs/validation.md."""


def contest(name: str) -> Contest:
    """Return a contest of 20 cells."""
    lists = tuple(f"{name}-{at}" for at in range(LISTS))
    return Contest(
        id=name,
        labels=NAME,
        contestants=tuple(Contestant(id=one, labels=NAME, kind=ContestantKind.LIST) for one in lists),
        rule=Rule(method=Method.HARE, seats=100, ties=Ties.SILENT),
        bases=(Base(id="votes", labels=NAME, cells=lists),),
        share_base="votes",
        form=Form(
            lines=tuple(Line(id=f"line-{at}", role=Role.OTHER, labels=NAME) for at in range(LINES)), identities=()
        ),
    )


CONTESTS = (contest("list"), contest("single"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What three people read at one station; the third is asked only where the first two differ."""

    first: Reading
    second: Reading
    third: Reading


def reading(reader: str, station: int, of: Contest, slip: int = 0) -> Reading:
    """Return a reading of a station's sheet: numbers without a pattern, the first one typed wrong by a slip."""
    numbers = [(station * (7919 + 2 * at) + 31 * at) % 997 for at in range(len(of.cells))]
    numbers[0] += slip
    cells = {name: CellRead(mark=Mark.READ, value=one) for name, one in zip(of.cells, numbers, strict=True)}
    return Reading(reader=reader, place=Place(station=str(station), contest=of.id), cells=cells)


def station_of(at: int) -> Made:
    """Return the readings of one station."""
    first, third = reading("p-anna", at, CONTESTS[0]), reading("p-clara", at, CONTESTS[0])
    if at % PROBLEMS == 7:
        first, second = (
            Reading(reader=who, place=Place(), problem=Problem.UNREADABLE) for who in ("p-anna", "p-boris")
        )
    elif at % ELSEWHERE == 3:
        second = reading("p-boris", at, CONTESTS[1])
    else:
        second = reading("p-boris", at, CONTESTS[0], slip=int(at % DIFFERENT == 0))
    return Made(first=first, second=second, third=third)


def compare(made: list[Made]) -> Callable[[], object]:
    """Return the work of comparing readings that are at hand."""
    pairs = [(one.first, one.second) for one in made]
    return lambda: sum(isinstance(one, Differences) for one in agree_many(pairs))


def whole_way(made: list[Made]) -> Callable[[], object]:
    """Return the work of bringing sealed readings to agreed figures."""
    sealed = [tuple(json.dumps(encode_reading(read)) for read in (one.first, one.second, one.third)) for one in made]

    def work() -> object:
        return sum(agreed(*texts) == "agreed" for texts in sealed)

    return work


def agreed(first: str, second: str, third: str) -> object:
    """Return the state of a copy after its readings, and after a third one where two differ."""
    state = replay([parse_reading(json.loads(text), CONTESTS) for text in (first, second)])
    if isinstance(state, Differing):
        whole = parse_reading(json.loads(third), CONTESTS)
        state = add_third(state, whole if state.open.whole else part_of(whole, state.open.asked))
    return state.name


def plain(made: list[Made]) -> Callable[[], object]:
    """Return the work of comparing plain dictionaries: the limit of Python itself."""
    pairs = [
        tuple({name: cell.value for name, cell in read.cells.items()} for read in (m.first, m.second)) for m in made
    ]
    return lambda: sum(one == other for one, other in pairs)


def measure(stations: int) -> None:
    """Print the figures of one size as JSON: seconds of processor of each work, and the greatest memory."""
    made = [station_of(at) for at in range(min(stations, DISTINCT))]
    works = [make(made) for make in (compare, whole_way, plain)]
    spent = []
    for work in works:
        started = process_time()
        for _ in range(max(1, stations // DISTINCT)):
            work()
        spent.append(process_time() - started)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"spent": spent, "memory": most}))


def row(stations: int) -> tuple[tuple[str, ...], bool]:
    """Measure one size in a process of its own; return its row, and whether the promise is kept."""
    line = (sys.executable, __file__, "--one", str(stations))
    found = json.loads(subprocess.run(line, check=True, capture_output=True).stdout)
    fast, whole, limit = (1e6 * one / stations for one in found["spent"])
    cells = (f"{1e6 / fast:,.0f}", f"{1e6 / whole:,.0f}", f"{limit:.2f}", f"{fast:.1f}", f"{whole:.1f}")
    return (f"{stations:,}", *cells, f"{found['memory']:,}"), 1e6 / whole >= PROMISED


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    asked = argparse.ArgumentParser(description="how fast readings come to agreement")
    asked.add_argument("--stations", type=int, nargs="+", default=list(SIZES))
    asked.add_argument("--markdown", action="store_true", help="print the table of docs/validation.md at the end")
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return asked


def main() -> int:
    """Measure each size; 1 if the promise is broken at one of them."""
    chosen = parser().parse_args()
    if chosen.one:
        measure(chosen.one)
        return 0
    print("".join(f"{one:>21}" for one in COLUMNS), flush=True)
    rows, kept = [], True
    for stations in chosen.stations:
        cells, held = row(stations)
        rows.append(cells)
        kept = kept and held
        print("".join(f"{one:>21}" for one in cells), flush=True)
    print(
        f"promised: {PROMISED:,} stations/s on the whole way: {'kept' if kept else 'BROKEN'}; peer: 57-60 stations/s,"
    )
    print("with its database, measured elsewhere (escrutinio-social, peers.md section 5): it cannot run here")
    if chosen.markdown:
        print(markdown(COLUMNS, rows))
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
