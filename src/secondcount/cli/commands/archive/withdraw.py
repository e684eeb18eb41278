"""`secondcount archive withdraw`: a blob leaves the public part."""

from __future__ import annotations

import click

from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.withdraw import REASONS, withdraw_blob

__all__ = ["command"]


@click.command("withdraw", cls=Order, short_help="Take a blob out of the public part.")
@an_archive
@click.argument("digest", metavar="DIGEST")
@click.option("--reason", required=True, type=click.Choice(REASONS), help="Why: it becomes part of the log.")
@with_runtime
def command(runtime: Runtime, /, *, archive: str, digest: str, reason: str) -> ExitCode:
    """Take the blob with a digest out of the public part of the archive at DIR.

    It moves to the private part. Its digest and the reason stay in the log. Copies that others have are theirs: tell
    them, for the next export leaves it out.
    """
    step = withdraw_blob(opened(archive), digest, reason, now())
    runtime.say("archive.withdraw.done" if step.added else "archive.withdraw.known", digest=digest)
    runtime.say("archive.size", size=step.size)
    return ExitCode.CONSISTENT
