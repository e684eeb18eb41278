"""How long tabulation takes, and how that grows with stations: `python benchmarks/tabulation.py [stations ...]`.

Each size runs in a process of its own, so that its memory is its own. Times are seconds of processor, all cores
together. A station has one copy of 10 contestants and six lines; every twentieth has a second, agreeing copy; one copy
in ten breaks an identity; every published sum is exceeded. There is a municipality for every fifty stations, and the
authority's table has another number at one station in ten; a second table of it comes later. Prints the seconds of
each step, microseconds per station, and the greatest memory of the process in MB (mostly Polars and the frames).
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from time import process_time
from typing import TypeVar

import polars as pl

from secondcount.model.election import Contest, Contestant, ContestantKind
from secondcount.model.form import Form, Identity, Line, Linear, Relation, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.labels import Labels
from secondcount.model.rule import Base, Method, Rule, Ties
from secondcount.model.tables import FIGURES, sheet_schema
from secondcount.tabulation import (
    check_held,
    check_sheets,
    check_snapshots,
    check_stations,
    compare_snapshots,
    compare_stations,
    cover,
    figures_of_reported,
    hold,
    tabulate,
)

SIZES = (10_000, 50_000, 100_000, 500_000, 1_000_000)
LISTS, REGIONS, DISTRICTS = 10, 20, 400
STATIONS_PER_TOWN = 50
DOUBLE, ODD = 20, 10  # every so manieth station has two copies; every so manieth copy is odd
NAME = Labels(en="name")

Result = TypeVar("Result")


def contest() -> Contest:
    """Return a contest of ten lists on a form with six lines and three identities."""
    roles = (Role.REGISTERED, Role.RECEIVED, Role.ISSUED, Role.CANCELLED, Role.TOOK_PART, Role.INVALID)
    lists = tuple(f"list_{at}" for at in range(LISTS))
    return Contest(
        id="lists",
        labels=NAME,
        contestants=tuple(Contestant(id=one, labels=NAME, kind=ContestantKind.LIST) for one in lists),
        rule=Rule(method=Method.HARE, seats=100, ties=Ties.SILENT),
        bases=(Base(id="votes", labels=NAME, cells=lists),),
        share_base="votes",
        form=Form(
            lines=tuple(Line(id=one.value, role=one, labels=NAME) for one in roles),
            identities=(
                identity(("received",), Relation.EQUAL, ("issued", "cancelled")),
                identity((*lists, "invalid"), Relation.EQUAL, ("took_part",)),
                identity(("took_part",), Relation.AT_MOST, ("issued",)),
            ),
        ),
    )


def identity(left: tuple[str, ...], relation: Relation, right: tuple[str, ...]) -> Identity:
    """Return a hard identity between two sums of cells."""
    text = f"{' + '.join(left)} {relation.value} {' + '.join(right)}"
    sides = [Linear(terms=tuple((1, cell) for cell in side)) for side in (left, right)]
    return Identity(id=text, left=sides[0], relation=relation, right=sides[1], hard=True, labels=NAME, text=text)


def geography(stations: int) -> Geography:
    """Return a country of regions and districts."""
    areas = [Area(id="land", level="land", labels=NAME, stations=stations)]
    areas += [Area(id=f"r{at}", level="region", labels=NAME, parent="land") for at in range(REGIONS)]
    areas += [Area(id=f"d{at}", level="district", labels=NAME, parent=f"r{at % REGIONS}") for at in range(DISTRICTS)]
    towns = stations // STATIONS_PER_TOWN
    areas += [Area(id=f"t{at}", level="town", labels=NAME, parent=f"d{at % DISTRICTS}") for at in range(towns)]
    levels = tuple(Level(id=one, labels=NAME) for one in ("land", "region", "district", "town"))
    return Geography(levels=levels, areas=tuple(areas))


def sheets(stations: int, of: Contest) -> pl.DataFrame:
    """Return the copies: numbers without a pattern, the same ones each time."""
    at = pl.int_range(stations, dtype=pl.Int64)
    votes = {f"list_{one}": (at * (7919 + 2 * one) + 31 * one) % (200 - 15 * one) for one in range(LISTS)}
    frame = pl.select(
        station=at.cast(pl.String).str.zfill(7),
        area=pl.lit("t") + (at % (stations // STATIONS_PER_TOWN)).cast(pl.String),
        copy=pl.lit(1, pl.Int64),
        version=pl.lit(1, pl.Int64),
        level=1 + at % 3,
        collector=pl.lit("c") + (at % 1000).cast(pl.String),
        states=pl.lit("=" * len(of.cells)),
        basis=pl.lit("digest#") + at.cast(pl.String),
        invalid=at % 9,
        **votes,
    )
    took_part = pl.sum_horizontal("invalid", *votes)
    frame = frame.with_columns(took_part=took_part + (at % ODD == 0).cast(pl.Int64), registered=took_part + 300)
    frame = frame.with_columns(
        issued=pl.col("took_part"), received=pl.col("took_part") + 50, cancelled=pl.lit(50, pl.Int64)
    )
    second = frame.gather_every(DOUBLE).with_columns(copy=pl.lit(2, pl.Int64), collector=pl.lit("second"))
    return pl.concat([frame, second]).select(list(sheet_schema(of)))


def figures(of: Contest) -> pl.DataFrame:
    """Return published national votes, each far less than the copies show."""
    row = {"publication": "final", "contest": of.id, "area": "land", "quantity": "count", "minus": "", "value": 1000}
    rest = {"decimals": 0, "rounding": 0, "source": "", "basis": ""}
    return pl.DataFrame([{**row, "cell": one.id, **rest} for one in of.contestants], schema=FIGURES)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return a result and the seconds that it took."""
    started = process_time()
    result = work()
    return result, process_time() - started


def table(copies: pl.DataFrame, of: Contest, publication: str, odd: int) -> pl.DataFrame:
    """Return the authority's table: the numbers of the copies, but one station in ten has others."""
    at = pl.int_range(pl.len(), dtype=pl.Int64)
    moved = (at % ODD == odd).cast(pl.Int64)
    return copies.select(
        pl.lit(publication).alias("publication"), "station", "area", "states", "basis", *of.cells
    ).with_columns(pl.col("list_0") + moved, pl.col("list_1") - moved * (at % 3).clip(0, 1))


def measure(stations: int) -> None:
    """Print one row of the table."""
    of, land = contest(), geography(stations)
    frame, published = sheets(stations, of), figures(of)
    near = frozenset(one.id for one in land.areas if one.level != "town")
    copies, *times = timed(lambda: tabulate(frame, of, land, wanted=near))
    first, final = (table(copies.usable, of, name, odd) for name, odd in (("first", 1), ("final", 2)))
    steps: tuple[Callable[[], object], ...] = (
        lambda: check_sheets(copies.usable, of),
        lambda: cover(copies, land, of, published, "final"),
        lambda: check_held(hold(copies, published, of, land, "final"), of.id),
        lambda: figures_of_reported(final, of, land),
        lambda: check_stations(compare_stations(copies.usable, final, of)),
        lambda: check_snapshots(compare_snapshots(first, final, of), of, revised=True),
    )
    times += [timed(step)[1] for step in steps]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    shown = "".join(f"{one:10.3f}" for one in (*times, sum(times)))
    print(f"{stations:>10,}{shown}{1e6 * sum(times) / stations:12.2f}{most:10,}", flush=True)


def main() -> None:
    """Measure each size in a fresh process."""
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
        return
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    head = ("tabulate", "check", "cover", "hold", "add", "compare", "snapshots", "all")
    print(f"{'stations':>10}{''.join(f'{one:>10}' for one in head)}{'us/station':>12}{'MB':>10}", flush=True)
    for size in sizes:
        subprocess.run((sys.executable, __file__, "--one", str(size)), check=True)


if __name__ == "__main__":
    main()
