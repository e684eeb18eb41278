"""`secondcount demo`: the founding story in three verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.text import Text

from secondcount import api
from secondcount.cli.commands.check import tell
from secondcount.cli.exits import ExitCode
from secondcount.cli.options import PATH, Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.blocks import folded
from secondcount.errors import refusing
from secondcount.wording import visible

__all__ = ["command"]


@click.command("demo", cls=Order, short_help="Tell the founding story in three verdicts.")
@click.option("--out", type=PATH, metavar="DIR", default=Path("demo"), help="Folder for the three reports.")
@with_runtime
def command(runtime: Runtime, /, *, out: Path) -> ExitCode:
    """Tell the founding story in three verdicts and write their reports.

    The first uses the real figures; the others use copies made up for practice, labelled SYNTHETIC everywhere.
    Ends with 0 when the story ran, whatever the verdicts are.
    """
    with runtime.doing("cli.doing.demo"):
        acts = api.demo_acts()
    for act in acts:
        folder = out / act.folder
        runtime.show(_chapter(runtime.book.say(act.title), runtime.out.width))
        _write_tables(folder, act)
        tell(runtime, act.checked, folder, None)
    runtime.show([Text("")])
    runtime.say("cli.demo.written", folder=visible(str(out)))
    return ExitCode.CONSISTENT


def _chapter(title: str, width: int) -> Iterator[Text]:
    yield Text("")
    yield Text("━" * width)
    yield from (Text(line, style="bold") for line in folded(title, width))
    yield Text("")


def _write_tables(folder: Path, act: api.Act) -> None:
    """Put the made-up tables beside the report, so that the reader can run `check` on them."""
    with refusing("X108", folder):
        folder.mkdir(parents=True, exist_ok=True)
        for table in act.files:
            (folder / table.name).write_bytes(table.data)
