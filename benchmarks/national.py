"""A whole nation, a copy for every polling station: seconds, megabytes and growth of `secondcount check`.

`python benchmarks/national.py` makes tables up (seeded, and they say so in their first line), runs the whole program
as a process of its own on each size, and prints one table; `--full` goes on to 1,000,000 stations, and `--peer` also
times the program `actasum` 0.1.0 on the same votes, in a throw-away environment (it needs a package index).

Every station has a row of the authority and a copy, with ten contestants and three lines of the form. One copy in ten
is odd: a missing cell, an illegible one, one that is no number, or a vote that differs from the published row. Seconds
are those of the clock; beside them stand the seconds of processor of all cores and the greatest memory of the process.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from limits import markdown

from secondcount.cli.memory import SETTING

SIZES = (10_000, 50_000, 100_000, 500_000)
MORE = 1_000_000
PROMISE = (500_000, 5.0, 700)  # stations, seconds, megabytes
LISTS, REGIONS, DISTRICTS = 10, 50, 1_000
STEPS = (
    7_919,
    104_729,
    1_299_709,
    15_485_863,
    32_452_843,
    49_979_687,
    67_867_967,
    86_028_121,
    104_395_301,
    122_949_823,
)
COULD_NOT = 2
VERDICT_ONLY = """
import os, sys
from pathlib import Path
from secondcount.cli.memory import give_back_at_once
give_back_at_once(os.environ)  # as the command does
import secondcount as sc
reported, sheets, *claims = sys.argv[1:]
paths = {"election": Path("election.toml"), "reported": [Path(reported)], "sheets": [Path(sheets)]}
checked = sc.check(**paths, claims=claims)
Path("out").mkdir(exist_ok=True)
Path("out/verdict.json").write_bytes(sc.encode(checked.verdict))
"""
KILOBYTES_PER_MEGABYTE = 1024
SYNTHETIC = "# synthetic: made by a benchmark"
PEER = "actasum==0.1.0"
VOTES = tuple(f"list_{at}" for at in range(LISTS))


def labels(text: str) -> str:
    """Return a label in TOML."""
    return f'labels = {{ en = "{text}" }}'


def definition(stations: int, districts: int = DISTRICTS) -> str:
    """Return the definition of an invented election."""
    contestants = ",\n".join(f'  {{ id = "{one}", kind = "list", {labels(one)} }}' for one in VOTES)
    lines = ",\n".join(
        f'  {{ id = "{one}", role = "{one}", {labels(one)} }}' for one in ("registered", "took_part", "invalid")
    )
    places = [f'  {{ id = "land", level = "country", stations = {stations}, source = "invented", {labels("Land")} }}']
    places += [
        f'  {{ id = "r{at}", level = "region", parent = "land", {labels(f"Region {at}")} }}' for at in range(REGIONS)
    ]
    places += [
        f'  {{ id = "d{at}", level = "district", parent = "r{at % REGIONS}", {labels(f"District {at}")} }}'
        for at in range(districts)
    ]
    areas = ",\n".join(places)
    levels = ",\n".join(f'  {{ id = "{one}", {labels(one)} }}' for one in ("country", "region", "district"))
    return f"""format = 1
id = "invented.national"
country = "xx"
voting_day = 2030-05-05
timezone = "Europe/Vienna"
{labels("Invented")}
sources = ["invented"]
levels = [
{levels}
]
areas = [
{areas}
]

[[contests]]
id = "list"
{labels("Lists")}
share_base = "votes"
contestants = [
{contestants}
]
lines = [
{lines}
]

[contests.rule]
method = "dhondt"
seats = 300
ties = "silent"
source = "invented"

[[contests.bases]]
id = "votes"
{labels("Votes")}
cells = ["contestants"]
source = "invented"

[[contests.identities]]
id = "votes"
text = "took_part == invalid + sum(contestants)"
hard = true
{labels("Votes and invalid")}
source = "invented"

[[contests.identities]]
id = "turnout"
text = "took_part <= registered"
hard = true
{labels("Turnout")}
source = "invented"
"""


def figures(stations: int, districts: int = DISTRICTS) -> pl.DataFrame:
    """Return the authority's rows, without a pattern and the same ones each time."""
    at = pl.int_range(1, stations + 1, dtype=pl.Int64)
    votes = {
        one: 20 + at * step % (97 - 7 * place) for place, (one, step) in enumerate(zip(VOTES, STEPS, strict=True))
    }
    frame = pl.select(
        station=at.cast(pl.String).str.zfill(7),
        area=pl.lit("d") + ((at - 1) * districts // stations).cast(pl.String),
        invalid=at % 5,
        **votes,
    )
    took_part = pl.sum_horizontal("invalid", *VOTES)
    return frame.with_columns(registered=took_part + 300 + pl.col("invalid"), took_part=took_part)


def copies(official: pl.DataFrame) -> pl.DataFrame:
    """Return the copies: the same votes, one row in ten odd in one cell."""
    at = pl.int_range(pl.len(), dtype=pl.Int64)
    odd, kind, cell = at % 10 == 7, at // 10 % 4, at // 40 % LISTS
    written = []
    for place, one in enumerate(VOTES):
        number = pl.col(one).cast(pl.String)
        strange = pl.when(kind == 0).then(pl.lit("")).when(kind == 1).then(pl.lit("?"))
        strange = strange.when(kind == 2).then(number + "x").otherwise((pl.col(one) + 1).cast(pl.String))
        written.append(pl.when(odd & (cell == place)).then(strange).otherwise(number).alias(one))
    return official.with_columns(*written, level=pl.lit(2), collector=pl.lit("c") + (at % 1000).cast(pl.String))


def write_tables(folder: Path, stations: int, kind: str, districts: int) -> tuple[str, str]:
    """Write the definition and both tables; return the names of the tables."""
    (folder / "election.toml").write_text(definition(stations, districts), encoding="utf-8")
    official = figures(stations, districts)
    ours = copies(official)
    if kind == "parquet":  # a column says there what a comment says in a text
        label = pl.lit("made by a benchmark").alias("synthetic")
        official.with_columns(label, complete=pl.lit("yes")).write_parquet(folder / "official.parquet")
        ours.with_columns(label).write_parquet(folder / "ours.parquet")
        return "official.parquet", "ours.parquet"
    comments = (f"{SYNTHETIC}\n# stage: final\n# issuer: invented\n# complete: yes\n", f"{SYNTHETIC}\n")
    for name, comment, frame in zip(("official.csv", "ours.csv"), comments, (official, ours), strict=True):
        with (folder / name).open("w", encoding="utf-8", newline="") as table:
            table.write(comment)
            frame.write_csv(table)
    return "official.csv", "ours.csv"


def tables_of(folder: Path, stations: int, kind: str, districts: int) -> tuple[str, str]:
    """Let a process of its own write the tables: a child's peak of memory is never less than its parent's."""
    words = ("--stations", str(stations), "--kind", kind, "--districts", str(districts), "--keep", str(folder))
    subprocess.run((sys.executable, __file__, *words), check=True, capture_output=True)
    return f"official.{kind}", f"ours.{kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run: exit code, seconds on the clock and of processor, megabytes at most, bytes of its verdict."""

    code: int
    clock: float
    processor: float
    megabytes: float
    output: int = 0


def _environment() -> dict[str, str]:
    """Return this environment without what Polars, loaded here, has written into it: a user's shell has none of it."""
    return {name: value for name, value in os.environ.items() if name != SETTING}


def run(folder: Path, command: tuple[str, ...]) -> Measured:
    """Run a command in a folder as a process of its own; a child made by `posix_spawn` inherits no peak of memory."""
    (folder / "out" / "verdict.json").unlink(missing_ok=True)
    back = Path.cwd()
    os.chdir(folder)
    try:
        with Path("screen.txt").open("wb") as screen:
            files = [(os.POSIX_SPAWN_DUP2, screen.fileno(), 1), (os.POSIX_SPAWN_DUP2, screen.fileno(), 2)]
            started = time.perf_counter()
            child = os.posix_spawn(command[0], command, _environment(), file_actions=files)
            _, status, usage = os.wait4(child, 0)
            clock = time.perf_counter() - started
    finally:
        os.chdir(back)
    verdict = folder / "out" / "verdict.json"
    return Measured(
        code=os.waitstatus_to_exitcode(status),
        clock=clock,
        processor=usage.ru_utime + usage.ru_stime,
        megabytes=usage.ru_maxrss / KILOBYTES_PER_MEGABYTE,
        output=verdict.stat().st_size if verdict.is_file() else 0,
    )


def commands(reported: str, sheets: str, claims: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the two programs that are timed: tables in, verdict.json out; and the whole `check` with its report."""
    words = ("--election", "election.toml", "--reported", reported, "--sheets", sheets, "--out", "out")
    more = tuple(word for claim in claims for word in ("--claim", claim))
    return {
        "verdict.json": (sys.executable, "-c", VERDICT_ONLY, reported, sheets, *claims),
        "with report": (sys.executable, "-m", "secondcount", "check", *words, *more),
    }


def measure(folder: Path, command: tuple[str, ...], rounds: int) -> Measured:
    """Return the quickest of several runs of one command."""
    runs = [run(folder, command) for _ in range(rounds)]
    failed = next((one for one in runs if one.code >= COULD_NOT or one.code < 0), None)
    return failed or min(runs, key=lambda one: one.clock)


def peer_environment(folder: Path) -> Path:
    """Return the interpreter of a throw-away environment with the peer in it."""
    subprocess.run((sys.executable, "-m", "venv", str(folder / "peer")), check=True)
    python = folder / "peer" / "bin" / "python"
    subprocess.run((str(python), "-m", "pip", "install", "--quiet", PEER), check=True)
    return python


def write_for_peer(folder: Path, stations: int) -> None:
    """Write the same votes under the names that the peer's statements have."""
    official = figures(stations).with_columns(area=pl.lit("X/") + pl.col("area").str.slice(1).str.zfill(3))
    names = [f"{place:02}" for place in range(LISTS)]
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as table:
        for row in official.iter_rows(named=True):
            candidatures = {name: row[one] for name, one in zip(names, VOTES, strict=True)}
            statement = {
                "profile": "es/v0.1",
                "election": "x/2030-05",
                "station": f"{row['area']}/{row['station']}",
                "constituency": row["area"],
                "blank": 0,
                "null": row["invalid"],
                "candidatures": candidatures,
                "registered": row["registered"],
                "candidature_total": sum(candidatures.values()),
            }
            table.write(json.dumps(statement) + "\n")


def peer_totals(folder: Path, python: Path) -> None:
    """Let the peer itself write its statements, and the official totals that it is to confirm."""
    code = (
        "import json; from actasum import verify; from actasum.statement import *\n"
        "rows = [Statement(**json.loads(line)) for line in open('rows.jsonl')]\n"
        "write_jsonl(rows, open('statements.jsonl', 'w'))\n"
        "totals = OfficialTotals(profile='es/v0.1', election='x/2030-05', areas=dict(verify.aggregate(rows)))\n"
        "json.dump(totals.to_dict(), open('official.json', 'w'))\n"
    )
    subprocess.run((str(python), "-c", code), cwd=folder, check=True)


def measure_peer(folder: Path, python: Path, stations: int, rounds: int) -> Measured:
    """Return the peer's quickest `verify`: every statement's balance, and sums of areas against official totals."""
    write_for_peer(folder, stations)
    peer_totals(folder, python)
    words = ("verify", "--statements", "statements.jsonl", "--official", "official.json")
    runs = [run(folder, (str(python), "-m", "actasum.cli", *words)) for _ in range(rounds)]
    return min(runs, key=lambda one: one.clock)


def compare_peer(folder: Path, sizes: Sequence[int], rounds: int) -> None:
    """Print the peer's table: the same columns, one row for each size."""
    python = peer_environment(folder)
    print(f"{PEER}, verify (JSON lines)\n{HEAD}", flush=True)
    before: tuple[int, Measured] | None = None
    for stations in sizes:
        one = measure_peer(folder, python, stations, rounds)
        print(line(stations, one, before), flush=True)
        before = (stations, one)


def line(stations: int, one: Measured, before: tuple[int, Measured] | None) -> str:
    """Return one row of the table; the exponent of growth is 1 where twice the stations take twice the time."""
    growth = ""
    if before is not None:
        growth = f"{math.log(one.clock / before[1].clock) / math.log(stations / before[0]):.2f}"
    return (
        f"{stations:>10,}{one.clock:>9.2f}{one.processor:>12.2f}{one.megabytes:>8.0f}"
        f"{1e6 * one.clock / stations:>12.1f}{growth:>8}{one.output / 1e6:>12.2f}{one.code:>6}"
    )


HEAD = (
    f"{'stations':>10}{'clock s':>9}{'processor s':>12}{'MB':>8}"
    f"{'us/station':>12}{'growth':>8}{'verdict MB':>12}{'exit':>6}"
)


COLUMNS = ("stations", "tables in, `verdict.json` out", "`check` with its report")
"""The head of the table in docs/validation.md: clock / processor / memory at most."""


def cell(one: Measured) -> str:
    """Return one cell of the table in docs/validation.md."""
    return f"{one.clock:.1f} s / {one.processor:.1f} s / {one.megabytes:,.0f} MB"


def parser() -> argparse.ArgumentParser:
    """Return what can be asked on the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--stations", type=int, nargs="*", default=list(SIZES))
    asked.add_argument("--full", action="store_true", help="1,000,000 stations as well")
    asked.add_argument("--kind", choices=("csv", "parquet"), default="csv", help="kind of both tables")
    asked.add_argument("--districts", type=int, default=DISTRICTS, help="areas below the 50 regions")
    asked.add_argument("--rounds", type=int, default=2, help="the quickest of so many runs counts")
    asked.add_argument("--claim", action="append", default=[], help='a claim to weigh too, such as "list_0 > list_1"')
    asked.add_argument("--peer", action="store_true", help=f"time {PEER} on the same votes, beside us")
    asked.add_argument("--keep", type=Path, help="only write the tables of the first size into this folder")
    asked.add_argument("--markdown", action="store_true", help="print the table of docs/validation.md at the end")
    return asked


def main() -> int:
    """Print the table; return 1 if the promise is broken or a check could not be done."""
    asked = parser().parse_args()
    sizes = [*asked.stations, *([MORE] if asked.full else [])]
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
        print(*write_tables(asked.keep, sizes[0], asked.kind, asked.districts))
        return 0
    broken, promise = False, "not measured"
    cells: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what in ("verdict.json", "with report"):
            print(f"secondcount, {what} ({asked.kind})\n{HEAD}", flush=True)
            before: tuple[int, Measured] | None = None
            for stations in sizes:
                tables = tables_of(folder, stations, asked.kind, asked.districts)
                one = measure(folder, commands(*tables, asked.claim)[what], asked.rounds)
                print(line(stations, one, before), flush=True)
                before = (stations, one)
                cells.setdefault(f"{stations:,}", []).append(cell(one))
                broken |= one.code >= COULD_NOT or one.code < 0
                if (what, stations) == ("verdict.json", PROMISE[0]):
                    promise = "kept" if one.clock <= PROMISE[1] and one.megabytes <= PROMISE[2] else "BROKEN"
        if asked.peer:
            compare_peer(folder, sizes, asked.rounds)
    print(f"promise: {PROMISE[0]:,} stations within {PROMISE[1]:g} s and {PROMISE[2]} MB: {promise}")
    if asked.markdown:
        print(markdown(COLUMNS, [(stations, *found) for stations, found in cells.items()]))
    return int(broken or promise == "BROKEN")


if __name__ == "__main__":
    sys.exit(main())
