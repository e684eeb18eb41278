"""`secondcount archive rotate`: a new key signs the log."""

from __future__ import annotations

from os import environ
from pathlib import Path

import click
from rich.text import Text

from secondcount.cli.commands.archive.place import an_archive, facts, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.archive import load_head, load_log_key
from secondcount.custody.rotate import rotate_key
from secondcount.evidence.keys import key_file

__all__ = ["command"]


@click.command("rotate", cls=Order, short_help="Let a new key sign the log.")
@an_archive
@file_option("--key", help="Where the new key is written. Default: in your configuration folder.")
@with_runtime
def command(runtime: Runtime, /, *, archive: str, key: Path | None) -> ExitCode:
    """Make a new key and let it sign the log of the archive at DIR from now on.

    The old key signs the new one in an entry, so whoever knows the old one can follow. Cosignatures of witnesses have
    to be asked for again: tell the witnesses the new key.
    """
    place = opened(archive)
    size = load_head(place).checkpoint.size
    file = key or key_file(f"{place.origin}-{size}", environ, Path.home())
    step = rotate_key(place, file, now())
    runtime.say("archive.rotate.done", size=step.size)
    rows = [("init.key", str(file)), ("rotate.old", place.settings.key), ("vkey", str(load_log_key(place)))]
    facts(runtime, rows)
    runtime.show([Text("")])
    runtime.say("archive.rotate.advice")
    return ExitCode.CONSISTENT
