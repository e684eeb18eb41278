"""`secondcount archive publish`: the verdict becomes an entry."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.text import Text

from secondcount import __version__, archives
from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.layout import PUBLIC, blob_path
from secondcount.custody.publish import publish_verdict
from secondcount.wording import visible

__all__ = ["command"]


@click.command("publish", cls=Order, short_help="Derive the verdict and make it an entry.")
@an_archive
@click.option(
    "--claim", "claims", metavar="TEXT", multiple=True, help='A claim to assess, e.g. "OSDP >= 7%". May be repeated.'
)
@with_runtime
def command(runtime: Runtime, /, *, archive: str, claims: Sequence[str]) -> ExitCode:
    """Derive the verdict from the archive at DIR alone and make it an entry of its log.

    The entry names the number of entries that it rests on, the claims, and the digest of verdict.json, which becomes
    a public blob. "secondcount check DIR" derives the same bytes on any machine.
    """
    with runtime.doing("archive.doing.publish"):
        step, digest = publish_verdict(
            opened(archive), archives.derive_for(claims, __version__), claims=claims, contest="", now=now()
        )
    runtime.say("archive.publish.made" if step.added else "archive.publish.known", size=step.size - step.added)
    runtime.show([Text(f"  {PUBLIC}/{blob_path(digest)}")])
    runtime.say("archive.publish.advice", place=visible(archive))
    return ExitCode.CONSISTENT
