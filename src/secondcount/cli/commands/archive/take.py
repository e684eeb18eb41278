"""`secondcount archive import`: tables, or the entries of another archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from secondcount import archives
from secondcount.cli.archiving import arriving_table
from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order, contest_option, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.blocks import Column, table
from secondcount.custody.archive import Archive
from secondcount.custody.merging import Merged, merge_archive
from secondcount.errors import InputError
from secondcount.wording import visible

__all__ = ["command"]

_COLUMNS = ("added", "known", "same", "left", "alone")


@click.command("import", cls=Order, short_help="Take in tables, or the entries of another archive.")
@an_archive
@file_option("--reported", multiple=True, help="Table of the authority. May be given several times, oldest first.")
@file_option("--sheets", multiple=True, help="Table of copies of protocols. May be given several times.")
@contest_option
@click.option("--archive", "other", default="", metavar="OTHER", help="Another archive of this election, or a copy.")
@with_runtime
def command(
    runtime: Runtime,
    /,
    *,
    archive: str,
    reported: Sequence[Path],
    sheets: Sequence[Path],
    contest: str,
    other: str,
) -> ExitCode:
    """Take tables, or the entries of another archive, into the archive at DIR.

    Tables are those of "secondcount check". The authority's become public as they were captured; of a table of copies
    each row becomes an entry, and the table itself stays in the private part. The same thing twice is one entry.

    Of another archive, which is verified first, its election, keys and verdicts are not taken.
    """
    if not (reported or sheets or other):
        raise InputError("A371", command="import")
    if other and (reported or sheets):
        raise InputError("A372")
    if other:
        return _merge(runtime, opened(archive), other)
    with runtime.progressing("archive.doing.import") as progress:
        step = archives.import_into(
            opened(archive),
            reported=[arriving_table(one, contest) for one in reported],
            sheets=[arriving_table(one, contest) for one in sheets],
            now=now(),
            progress=progress,
        ).drained
    runtime.say("archive.import.tables", added=step.added, repeated=step.repeated)
    runtime.say("archive.size", size=step.size)
    runtime.say("archive.import.look", place=visible(archive))
    return ExitCode.CONSISTENT


def _merge(runtime: Runtime, archive: Archive, other: str) -> ExitCode:
    with runtime.progressing("archive.doing.merge") as progress:
        merged = merge_archive(archive, other, now(), progress)
    say = runtime.book.say
    columns = [Column(title=say("archive.import.kind"), whole=True)]
    columns += [Column(title=say(f"archive.import.{one}"), number=True) for one in _COLUMNS]
    runtime.show(table(columns, _rows(runtime, merged), runtime.out.width))
    if merged.recognised:
        runtime.say("archive.import.recognised", count=sum(merged.recognised.values()))
    runtime.say("archive.import.own")
    runtime.say("archive.size", size=merged.size)
    return ExitCode.CONSISTENT


def _rows(runtime: Runtime, merged: Merged) -> list[tuple[str, ...]]:
    parts = (merged.added, merged.repeated, merged.recognised, merged.left, merged.ours_alone)
    kinds = sorted({kind for one in parts for kind in one})
    return [(kind, *(runtime.book.number(one.get(kind, 0)) for one in parts)) for kind in kinds]
