"""What the commands of an archive share: the argument DIR, and how the archive at a place is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from os import environ
from typing import TypeVar

import click
from rich.text import Text

from secondcount.cli.runtime import Runtime
from secondcount.cli.screen.blocks import folded
from secondcount.custody.archive import Archive, open_archive
from secondcount.wording import visible

__all__ = ["an_archive", "facts", "now", "opened"]

Decorated = TypeVar("Decorated", bound=Callable[..., object])
MARGIN = "  "


def an_archive(call: Decorated) -> Decorated:
    """Give a command its argument DIR."""
    return click.argument("archive", metavar="DIR")(call)


def opened(place: str) -> Archive:
    """Return the archive at a place, with the environment of this process.

    Raises:
        InputError: A101 to A106, there is none that can be used.

    """
    return open_archive(place, environ)


def now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC).replace(microsecond=0)


def facts(runtime: Runtime, rows: list[tuple[str, str]]) -> None:
    """Print a label and a value in each row; values hang behind the longest label, or below it on a narrow screen."""
    labels = [(runtime.book.say(f"archive.{key}"), visible(value)) for key, value in rows if value]
    width = max(len(label) for label, _ in labels) + 2
    room = runtime.out.width - width
    for label, value in labels:
        if " " not in value and len(value) > room:  # a key or path stays whole, so that it can be copied
            runtime.show([Text(label, style="bold"), Text(MARGIN + value)])
            continue
        first, *rest = folded(value, room)
        runtime.show([Text.assemble((label.ljust(width), "bold"), first)])
        runtime.show(Text(" " * width + one) for one in rest)
