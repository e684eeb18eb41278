"""`secondcount archive correct`: another entry holds instead of one."""

from __future__ import annotations

from pathlib import Path

import click

from secondcount import archives
from secondcount.cli.archiving import arriving_table
from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.correct import REASONS, correct_entry
from secondcount.errors import InputError

__all__ = ["command"]


@click.command("correct", cls=Order, short_help="Let another entry hold instead of one.")
@an_archive
@click.argument("old", metavar="OLD-DIGEST")
@click.option("--by", "new", default="", metavar="NEW-DIGEST", help="The entry that holds instead; it is in the log.")
@file_option("--sheets", help="A table with one copy, as it should be read: it is taken in, and holds instead.")
@click.option("--contest", default="", metavar="ID", help="Contest that the table belongs to. Default: the only one.")
@click.option("--reason", required=True, type=click.Choice(REASONS), help="Why: it becomes part of the log.")
@with_runtime
def command(
    runtime: Runtime, /, *, archive: str, old: str, new: str, sheets: Path | None, contest: str, reason: str
) -> ExitCode:
    """Let another copy, or another publication, hold instead of the entry OLD-DIGEST in the archive at DIR.

    Both stay in the log, and every verdict names the old figures and the new ones. The new copy is of the same station
    and contest; it never has a higher level than the old one. "secondcount archive prove" tells the digests.
    """
    if bool(new) == (sheets is not None):
        raise InputError("A372" if new else "A371", command="correct")
    place = opened(archive)
    if sheets is None:
        step = correct_entry(place, old, new, reason, now())
    else:
        step = archives.correct_by_table(place, old, arriving_table(sheets, contest), reason, now())
    runtime.say("archive.correct.done" if step.added else "archive.correct.known", digest=old)
    runtime.say("archive.size", size=step.size)
    return ExitCode.CONSISTENT
