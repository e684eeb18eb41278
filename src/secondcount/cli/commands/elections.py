"""`secondcount elections`: what is shipped with the program."""

from __future__ import annotations

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.blocks import NO_BREAK, Column, table
from secondcount.jurisdictions import load_shipped, shipped_names
from secondcount.model.election import Election
from secondcount.wording import Phrasebook

__all__ = ["command"]


@click.command("elections", cls=Order, short_help="List the elections that are shipped with the program.")
@with_runtime
def command(runtime: Runtime, /) -> ExitCode:
    """List the elections that are shipped with the program: name, what it was, and voting day."""
    book = runtime.book
    elections = [load_shipped(name).election for name in shipped_names()]
    elections.sort(key=lambda one: (one.voting_day, one.id))
    titles = [book.say(f"cli.elections.{one}") for one in ("name", "election", "voting_day")]
    columns = [Column(title=title, whole=at != 1) for at, title in enumerate(titles)]
    rows = [(one.id, one.labels.get(book.language), _day(one, book)) for one in elections]
    runtime.show(table(columns, rows, runtime.out.width))
    runtime.say("cli.elections.advice", name=elections[0].id)
    return ExitCode.CONSISTENT


def _day(election: Election, book: Phrasebook) -> str:
    """Return the voting day in one piece."""
    return book.date(election.voting_day).replace(" ", NO_BREAK)
