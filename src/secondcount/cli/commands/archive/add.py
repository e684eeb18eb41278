"""`secondcount archive add`: photos of protocols, or one entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from secondcount.cli.archiving import read_file
from secondcount.cli.commands.archive.place import an_archive, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.archive import Archive
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.receipts import receipt_text
from secondcount.errors import InputError
from secondcount.evidence import canonical
from secondcount.wording import visible

__all__ = ["command"]


@click.command("add", cls=Order, short_help="Take in photos of protocols, or one entry.")
@an_archive
@click.option(
    "--entry", type=click.Path(path_type=Path), metavar="FILE", help="An entry as JSON, see docs/reference/entries.md."
)
@click.option(
    "--blob",
    "blobs",
    type=click.Path(path_type=Path),
    metavar="FILE",
    multiple=True,
    help="A file that the entry names by its digest; it becomes public. May be repeated.",
)
@with_runtime
def command(runtime: Runtime, /, *, archive: str, entry: Path | None, blobs: Sequence[Path]) -> ExitCode:
    """Take one entry into the outbox of the archive at DIR, and print its receipt.

    It is safe when the receipt is printed; "secondcount archive drain" puts it into the log.
    """
    if entry is None:
        raise InputError("A371", command="add")
    place = opened(archive)
    leaf = acknowledge(place, _canonical(read_file(entry), entry.name), [read_file(one) for one in blobs])
    _tell(runtime, place, entry.name, leaf)
    runtime.say("archive.add.waiting", count=sum(1 for _ in waiting(place)))
    return ExitCode.CONSISTENT


def _canonical(data: bytes, name: str) -> bytes:
    """Return an entry in its only spelling, however it was typed.

    Raises:
        InputError: A381, the file is no JSON.

    """
    try:
        return canonical.encode(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise InputError("A381", file=name, reason=str(error)) from None


def _tell(runtime: Runtime, place: Archive, name: str, leaf: str) -> None:
    runtime.say("archive.add.photo", name=visible(name), digest=leaf)
    runtime.say("archive.add.receipt")
    runtime.show([Text(f"  {receipt_text(place.origin, leaf)}")])
