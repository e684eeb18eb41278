"""`secondcount archive drain`: what waits in the outbox gets into the log."""

from __future__ import annotations

import click

from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.sequencer import drain
from secondcount.errors import InputError

__all__ = ["command"]


@click.command("drain", cls=Order, short_help="Put what waits in the outbox into the log.")
@an_archive
@with_runtime
def command(runtime: Runtime, /, *, archive: str) -> ExitCode:
    """Put what waits in the outbox of the archive at DIR into its log, and sign a new checkpoint.

    One such command works at a time; others wait for it. Every command that writes does this first.
    """
    with runtime.progressing("archive.doing.drain") as progress:
        step = drain(opened(archive), now(), progress)
    runtime.say("archive.drained", added=step.added, repeated=step.repeated)
    runtime.say("archive.size", size=step.size)
    if step.left:
        raise InputError("A212", count=step.left, place=archive)
    return ExitCode.CONSISTENT
