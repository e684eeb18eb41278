"""`secondcount issues`: what each code means."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.text import Text

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.blocks import Column, folded, indented, table
from secondcount.cli.usage import nearest_names
from secondcount.errors import InputError
from secondcount.model.codes import CODES
from secondcount.wording import Phrasebook

__all__ = ["command"]


@click.command("issues", cls=Order, short_help="Explain the codes of issues.")
@click.argument("code", metavar="[CODE]", required=False)
@with_runtime
def command(runtime: Runtime, /, *, code: str | None) -> ExitCode:
    """Explain one code of an issue, or list all codes.

    CODE is a letter and three digits, e.g. T104, as the screen and the report print it.
    """
    book = runtime.book
    if code is None:
        rows = [(one, book.say(f"ui.severity.{CODES[one].value}"), _title(book, one)) for one in sorted(CODES)]
        columns = [Column(title=book.say(f"cli.issues.{one}")) for one in ("code", "kind", "title")]
        runtime.show(table(columns, rows, runtime.out.width))
        runtime.say("cli.issues.advice", code=rows[0][0])
        return ExitCode.CONSISTENT
    wanted = code.upper()
    if wanted not in CODES:
        raise InputError("X106", name=code, nearest=nearest_names(wanted, CODES))
    runtime.show(_explained(book, wanted, runtime.out.width))
    return ExitCode.CONSISTENT


def _title(book: Phrasebook, code: str) -> str:
    return book.outline(f"issue.{code}.title")


def _explained(book: Phrasebook, code: str, width: int) -> Iterator[Text]:
    kind = book.say(f"ui.severity.{CODES[code].value}")
    yield from (Text(line, style="bold") for line in folded(f"{code} · {_title(book, code)} ({kind})", width))
    reason, advice = (book.outline(f"issue.{code}.{part}") for part in ("reason", "advice"))
    yield from indented([reason, book.say("cli.advice", advice=advice)], width)
    if "‹" in reason + advice:
        yield from indented([book.say("cli.issues.values")], width)
