"""The help of every command as one page: `python -m secondcount.cli.reference` prints docs/reference/cli.md."""

from __future__ import annotations

from collections.abc import Iterator

import click

from secondcount.cli.program import NAME, program
from secondcount.cli.streams import force_utf8

__all__ = ["reference"]

WIDTH = 80

INTRODUCTION = """\
# Commands

<!-- Written by `python -m secondcount.cli.reference`; do not edit by hand. -->

This page is the program's own help; a test compares the two. The language of the screens is chosen with `--lang`
(English, Russian, Kazakh); help is in English.

Exit codes: 0 checked and consistent (or the command did what it was asked), 1 checked and something contradicts,
2 could not check, 130 stopped by the user. Screens go to standard output, logs and trouble to standard error.
"""


def reference() -> str:
    """Return the page, the same on every machine."""
    root = click.Context(program, info_name=NAME, terminal_width=WIDTH)
    return "\n".join([INTRODUCTION, *_pages(program, root)])


def _pages(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## `{context.command_path}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _pages(found, click.Context(found, info_name=name, parent=context))


if __name__ == "__main__":
    force_utf8()
    click.echo(reference(), nl=False)
