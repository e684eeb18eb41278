"""`secondcount elections`: what is shipped with the program."""

from __future__ import annotations

from collections.abc import Mapping

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.blocks import NO_BREAK, Column, table
from secondcount.jurisdictions import Parameter, load_shipped, shipped_names, shipped_parameters
from secondcount.model.election import Election
from secondcount.wording import Phrasebook

__all__ = ["command"]


@click.command("elections", cls=Order, short_help="List the elections that are shipped with the program.")
@with_runtime
def command(runtime: Runtime, /) -> ExitCode:
    """List the elections that are shipped with the program: name, what it was, voting day, and parameters."""
    book = runtime.book
    parameters = {name: shipped_parameters(name) for name in shipped_names()}
    elections = [(name, load_shipped(name, _last(declared)).election) for name, declared in parameters.items()]
    elections.sort(key=lambda one: (one[1].voting_day, one[0]))
    titles = [book.say(f"cli.elections.{one}") for one in ("name", "election", "voting_day")]
    columns = [Column(title=title, whole=at != 1) for at, title in enumerate(titles)]
    rows = [(name, one.labels.get(book.language), _day(one, book)) for name, one in elections]
    runtime.show(table(columns, rows, runtime.out.width))
    for name, declared in parameters.items():
        for one in declared:
            runtime.say("cli.elections.parameter", name=name, parameter=one.id, known=", ".join(one.values))
    runtime.say("cli.elections.advice", name=next(name for name, _ in elections if not parameters[name]))
    return ExitCode.CONSISTENT


def _last(declared: tuple[Parameter, ...]) -> Mapping[str, str]:
    """Return the last value of each parameter: of voting days it is the newest."""
    return {one.id: list(one.values)[-1] for one in declared}


def _day(election: Election, book: Phrasebook) -> str:
    """Return the voting day in one piece."""
    return book.date(election.voting_day).replace(" ", NO_BREAK)
