"""`secondcount archive timestamp`: an authority states the time of the newest checkpoint."""

from __future__ import annotations

from pathlib import Path

import click

from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.cosigning import stamp_checkpoint
from secondcount.evidence.timestamp import parse_roots

__all__ = ["command"]


@click.command("timestamp", cls=Order, short_help="Have an authority state the time of the newest checkpoint.")
@an_archive
@click.option("--server", required=True, metavar="URL", help="Address of the authority (RFC 3161 over HTTP).")
@file_option("--roots", required=True, help="Certificates below which the authority must stand (PEM).")
@with_runtime
def command(runtime: Runtime, /, *, archive: str, server: str, roots: Path) -> ExitCode:
    """Have an authority state that the newest checkpoint of the archive at DIR existed at this time (RFC 3161).

    Only the digest of the checkpoint is sent. The answer is verified before it is kept.
    """
    certificates = parse_roots(read_file(roots))
    with runtime.doing("archive.doing.timestamp"):
        moment = stamp_checkpoint(opened(archive), server, certificates, now())
    runtime.say("archive.timestamp.done", time=moment)
    return ExitCode.CONSISTENT
