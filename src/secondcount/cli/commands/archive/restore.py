"""`secondcount archive restore`: an archive of a copy of a public part."""

from __future__ import annotations

from os import environ
from pathlib import Path

import click

from secondcount.cli.commands.archive.place import an_archive, facts
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.archive import load_head
from secondcount.custody.restore import restore_archive
from secondcount.wording import visible

__all__ = ["command"]


@click.command("restore", cls=Order, short_help="Make an archive of a copy of a public part.")
@an_archive
@click.option("--source", required=True, metavar="PLACE", help="The copy: a folder, a bucket, or a web address.")
@file_option("--key", help="The key file of this log. Without it the archive can be read and not written.")
@with_runtime
def command(runtime: Runtime, /, *, archive: str, source: str, key: Path | None) -> ExitCode:
    """Make an archive at DIR of a copy of a public part, which is verified first.

    The private part begins empty: originals with their metadata, contacts and the outbox are in no copy.
    """
    with runtime.progressing("archive.doing.restore") as progress:
        made = restore_archive(archive, source, key, environ, progress)
    runtime.say("archive.restore.made", place=visible(archive), size=load_head(made).checkpoint.size)
    facts(runtime, [("origin", made.origin)])
    runtime.say("archive.restore.key" if key else "archive.restore.no_key")
    return ExitCode.CONSISTENT
