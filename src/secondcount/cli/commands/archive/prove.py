"""`secondcount archive prove`: receipts of entries."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from secondcount.cli.commands.archive.place import an_archive, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import PATH, Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.outbox import waiting
from secondcount.custody.receipts import Receipt, find_entries, receipts_of
from secondcount.custody.sequencer import looking
from secondcount.errors import refusing
from secondcount.wording import visible

__all__ = ["command"]


@click.command("prove", cls=Order, short_help="Write receipts of entries.")
@an_archive
@click.argument("wanted", metavar="STATION|DIGEST|NUMBER")
@click.option("--out", type=PATH, metavar="DIR", default=Path(), help="Folder for the receipts.")
@with_runtime
def command(runtime: Runtime, /, *, archive: str, wanted: str, out: Path) -> ExitCode:
    """Write a receipt for each entry of a polling station, or for the entry of a digest or number (from 0).

    A receipt is a file (C2SP tlog-proof) that shows, without this archive, that the entry is in its log. The line
    below it fits into a QR code.
    """
    with looking(opened(archive)) as (place, index):
        receipts = receipts_of(place, find_entries(place, index, wanted))
    for one in receipts:
        file = _written(out, one)
        kind, station = one.placed.kind, visible(one.placed.station)
        number = one.placed.position
        if station:
            runtime.say("archive.prove.station", number=number, kind=kind, station=station)
        else:
            runtime.say("archive.prove.entry", number=number, kind=kind)
        runtime.show([Text(f"  {visible(str(file))}"), Text(f"  {one.text}")])
    if count := sum(1 for _ in waiting(place)):  # what waits may be of this very station, and has no proof yet
        runtime.say("archive.add.waiting", count=count)
    return ExitCode.CONSISTENT


def _written(out: Path, receipt: Receipt) -> Path:
    """Write a receipt; one of an earlier checkpoint is replaced, for the new one says the same of more."""
    file = out / receipt.file_name
    with refusing("X108", file):
        out.mkdir(parents=True, exist_ok=True)
        file.write_bytes(receipt.proof)
    return file
