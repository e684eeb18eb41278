"""`secondcount new`: a commented template of an election definition."""

from __future__ import annotations

from pathlib import Path

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import PATH, Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.errors import InputError, reason_of
from secondcount.jurisdictions import template
from secondcount.wording import visible

__all__ = ["command"]


@click.command("new", cls=Order, short_help="Write a commented template of an election definition.")
@click.argument("file", type=PATH, metavar="FILE")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@with_runtime
def command(runtime: Runtime, /, *, file: Path, force: bool) -> ExitCode:
    """Write a commented template of an election definition (TOML) to FILE.

    A file that exists is left as it is, unless --force is given.
    """
    try:
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as target:
            target.write(template())
    except FileExistsError:
        raise InputError("X107", file=str(file)) from None
    except OSError as error:
        raise InputError("X108", file=str(file), reason=reason_of(error)) from error
    runtime.say("cli.new.written", file=visible(str(file)))
    return ExitCode.CONSISTENT
