"""`secondcount config`: the settings and where they come from."""

from __future__ import annotations

import click
from rich.text import Text

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.blocks import Column, indented, table
from secondcount.cli.settings import Settings, shown_value
from secondcount.wording import visible

__all__ = ["command"]


@click.group("config", short_help="Show the settings and where they come from.")
def command() -> None:
    """Show the settings and where they come from."""


@command.command("show", cls=Order, short_help="Print every setting, its value and its origin.")
@with_runtime
def show(runtime: Runtime, /) -> ExitCode:
    """Print every setting, its value, and whether it comes from the default, a file or the environment.

    Secrets are never printed, only whether they are set.
    """
    book = runtime.book
    default, not_set = book.say("cli.config.default"), book.say("cli.config.not_set")
    rows = [
        (
            name,
            visible(shown_value(getattr(runtime.settings, name))) or not_set,
            visible(runtime.loaded.origins.get(name, default)),
        )
        for name in Settings.model_fields
    ]
    titles = [book.say(f"cli.config.{one}") for one in ("name", "value", "origin")]
    columns = [Column(title=title, whole=at != 1) for at, title in enumerate(titles)]
    runtime.show(table(columns, rows, runtime.out.width))
    meanings = (f"{name}: {book.say(f'setting.{name}.meaning')}" for name in Settings.model_fields)
    runtime.show([Text("")])
    runtime.show(indented(meanings, runtime.out.width))
    return ExitCode.CONSISTENT
