"""`secondcount archive`: the menu."""

from __future__ import annotations

from collections.abc import Mapping

import click

from secondcount.cli.lazy import LazyGroup

__all__ = ["MENU", "command"]

_HERE = "secondcount.cli.commands.archive"

MENU: Mapping[str, tuple[str, str]] = {
    "init": (f"{_HERE}.init", "Begin an archive of one election."),
    "import": (f"{_HERE}.take", "Take in tables, or the entries of another archive."),
    "add": (f"{_HERE}.add", "Take in photos of protocols, or one entry."),
    "status": (f"{_HERE}.status", "Say how an archive is; finish what was cut off."),
    "drain": (f"{_HERE}.drain", "Put what waits in the outbox into the log."),
    "prove": (f"{_HERE}.prove", "Write receipts of entries."),
    "publish": (f"{_HERE}.publish", "Derive the verdict and make it an entry."),
    "export": (f"{_HERE}.export", "Copy the public part to a folder or a bucket."),
    "restore": (f"{_HERE}.restore", "Make an archive of a copy of a public part."),
    "correct": (f"{_HERE}.correct", "Let another entry hold instead of one."),
    "withdraw": (f"{_HERE}.withdraw", "Take a blob out of the public part."),
    "rotate": (f"{_HERE}.rotate", "Let a new key sign the log."),
    "witness": (f"{_HERE}.witness", "Have witnesses cosign the newest checkpoint."),
    "timestamp": (f"{_HERE}.timestamp", "Have an authority state the time of the newest checkpoint."),
    "contacts": (f"{_HERE}.contacts", "Keep, release or delete the sealed table of contacts."),
}


class ArchiveGroup(LazyGroup):
    """The group with its menu."""

    menu = MENU


@click.command("archive", cls=ArchiveGroup, short_help="Keep the record of an election so that it cannot be changed.")
def command() -> None:
    """Keep the record of an election so that it cannot be changed without everybody seeing it.

    DIR is a folder, or a bucket as s3://bucket/prefix. Whatever was cut off is finished by the next command.
    """
