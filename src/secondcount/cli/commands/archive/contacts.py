"""`secondcount archive contacts`: the sealed table of contacts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.archive import Archive
from secondcount.custody.contacts import add_contacts, load_contacts, parse_contacts, purge_contacts, release_contact
from secondcount.errors import InputError
from secondcount.wording import visible

__all__ = ["command"]


@click.command("contacts", cls=Order, short_help="Keep, release or delete the sealed table of contacts.")
@an_archive
@file_option("--add", help="CSV file with the columns pseudonym, name, contact.")
@click.option(
    "--delete-on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day of deletion; required with --add."
)
@click.option("--release", default="", metavar="PSEUDONYM", help="Print the line of one pseudonym, for a court.")
@click.option("--consent", is_flag=True, help="You hold the person's written consent.")
@click.option("--purge", is_flag=True, help="Delete the table.")
@with_runtime
def command(
    runtime: Runtime,
    /,
    *,
    archive: str,
    add: Path | None,
    delete_on: datetime | None,
    release: str,
    consent: bool,
    purge: bool,
) -> ExitCode:
    """Keep names and addresses of people sealed in the private part of the archive at DIR, until a day of deletion.

    The passphrase is taken from SECONDCOUNT_CONTACTS_PASSPHRASE. Without an option: how many there are.
    --release enters in the log that a name was released, without the name.
    """
    place = opened(archive)
    if sum(map(bool, (add, release, purge))) > 1:
        raise InputError("A372")
    if add:
        return _add(runtime, place, add, delete_on)
    if release:
        return _release(place, release, consent=consent)
    if purge:
        runtime.say("archive.contacts.purged" if purge_contacts(place) else "archive.contacts.none")
        return ExitCode.CONSISTENT
    day = place.settings.delete_contacts_on
    if day:
        runtime.say("archive.contacts.kept", count=len(load_contacts(place)), day=datetime.fromisoformat(day).date())
    else:
        runtime.say("archive.contacts.none")
    return ExitCode.CONSISTENT


def _add(runtime: Runtime, place: Archive, file: Path, day: datetime | None) -> ExitCode:
    if day is None:
        raise InputError("X132", parameter="--delete-on", command="archive contacts")
    count = add_contacts(place, parse_contacts(file.name, read_file(file)), day.date())
    runtime.say("archive.contacts.kept", count=count, day=day.date())
    runtime.say("archive.contacts.advice", file=visible(str(file)))
    return ExitCode.CONSISTENT


def _release(place: Archive, pseudonym: str, *, consent: bool) -> ExitCode:
    if not consent:
        raise InputError("A365", found=pseudonym)
    click.echo(release_contact(place, pseudonym, now()).decode())
    return ExitCode.CONSISTENT
