"""kill -9 of server, worker and database at random: what people were told is in the archive, exactly once.

`make soak` runs the whole series. The seed of the moments is printed with a failure.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desking.killing import Parts, Postgres, Series, run_series
from desking.postgres import database
from secondcount.custody.archive import Archive, load_head, open_archive
from secondcount.custody.layout import original_path
from secondcount.custody.outbox import waiting
from secondcount.custody.sequencer import drain
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Adjudication, Commitment, Copy, Custody, Sheet, parse_entry
from secondcount.evidence.log import Log
from secondcount.rehearsal.desk_process import make_archive
from secondcount.rehearsal.night import Plan, prepare_night
from secondcount.rehearsal.rates import parse_rates

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are killed")

RATES = parse_rates(["digit=15", "unclear=0", "given_up=0", "place=0"])
STATIONS = 12


def _run(folder: Path, kills: int, seed: int) -> Series:
    server = Postgres()
    try:
        make_archive(folder / "archive", STATIONS)
        parts = Parts(archive=folder / "archive", database=database(server.address, "desk"), postgres=server)
        night = prepare_night(Plan(stations=STATIONS, seed=f"kills {seed}", rates=RATES))
        series = Series(night=night, parts=parts)
        try:
            killed = run_series(series, kills, seed)
        finally:
            series.stopped.set()
            parts.stop()
        assert sum(killed.values()) == kills
        return series
    finally:
        server.stop()


def _assert_nothing_is_lost(folder: Path, series: Series) -> None:
    archive = open_archive(str(folder / "archive"), {})
    drain(archive, datetime.now(UTC).replace(microsecond=0))  # what any next command does first
    assert list(waiting(archive)) == []
    logged = list(_logged(archive))
    times = Counter(digest for digest, _ in logged)
    seen = series.seen
    assert seen.refused == []
    assert {one: times[one] for one in seen.receipts if times[one] != 1} == {}
    assert {one: times[one] for one in seen.commitments if times[one] != 1} == {}
    for file in seen.receipts.values():
        assert sha256_hex(archive.private.load(original_path(file))) == file
    _assert_once([entry for _, entry in logged])
    done = subprocess.run(
        (sys.executable, "-m", "secondcount", "verify", str(folder / "archive")), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-3000:]


def _logged(archive: Archive) -> list[tuple[str, object]]:
    size = load_head(archive).checkpoint.size
    entries = Log(archive.public, size).entries(0, size)
    return [(leaf_hash(data).hex(), parse_entry(data)) for _, data in entries]


def _assert_once(entries: list[object]) -> None:
    """Nothing came in twice: no file of a person, no copy of a file, no decision about a copy, no sheet of it."""
    arrived = Counter((one.actor, one.file) for one in entries if isinstance(one, Custody) and one.event == "arrived")
    copies = Counter(one.original for one in entries if isinstance(one, Copy))
    decided = Counter(one.copy for one in entries if isinstance(one, Adjudication))
    sheets = Counter(one.basis.file for one in entries if isinstance(one, Sheet))
    fixed = Counter(one.digest for one in entries if isinstance(one, Commitment))
    for counted in (arrived, copies, decided, sheets, fixed):
        assert [one for one, times in counted.items() if times > 1] == []
    assert len(copies) == len(arrived)
    assert decided


def test_twenty_kills(tmp_path: Path) -> None:
    """Twenty moments, with every test: receipts and commitments that were shown are in the log, exactly once."""
    series = _run(tmp_path, 20, 2030)
    _assert_nothing_is_lost(tmp_path, series)
    assert len(series.seen.receipts) >= 8
    assert len(series.seen.commitments) >= 8


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_hundred_kills(tmp_path: Path, seed: int) -> None:
    """A hundred moments of each seed."""
    series = _run(tmp_path, 100, seed)
    _assert_nothing_is_lost(tmp_path, series)
    assert series.seen.again > 10
