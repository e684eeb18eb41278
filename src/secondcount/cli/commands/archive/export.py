"""`secondcount archive export`: a copy of the public part."""

from __future__ import annotations

import click
from rich.text import Text

from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.export import export_archive
from secondcount.wording import visible

__all__ = ["command"]


@click.command("export", cls=Order, short_help="Copy the public part to a folder or a bucket.")
@an_archive
@click.argument("target", metavar="TARGET")
@with_runtime
def command(runtime: Runtime, /, *, archive: str, target: str) -> ExitCode:
    """Copy the public part of the archive at DIR to TARGET, a folder or s3://bucket/prefix.

    Withdrawn blobs are not in the copy. Run it again to bring a copy up to date: only what is new is copied, the
    checkpoint last. Another log, or a newer state of this one, is not overwritten.
    """
    with runtime.progressing("archive.doing.export") as progress:
        done = export_archive(opened(archive), target, now(), progress)
    runtime.say("archive.export.done", files=done.files, copied=done.copied, target=visible(target), size=done.size)
    if done.withdrawn:
        runtime.say("archive.export.withdrawn", count=len(done.withdrawn))
        runtime.show(Text(f"  {one}") for one in done.withdrawn)
    runtime.say("archive.export.advice", target=visible(target))
    return ExitCode.CONSISTENT
