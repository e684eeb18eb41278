"""`secondcount archive add`: photos of protocols, or one entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click
from rich.text import Text

from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.notices import show_issues
from secondcount.cli.options import PATH, Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.admission import admit
from secondcount.custody.archive import Archive
from secondcount.custody.deployments import arriving
from secondcount.custody.images import Brought, form_masks, known_contest, receive_photo
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.receipts import receipt_text
from secondcount.errors import InputError
from secondcount.evidence import canonical
from secondcount.intake import Mask, parse_mask
from secondcount.model.election import Contest
from secondcount.wording import visible

__all__ = ["command"]

ROUTINE = frozenset({"N150", "N151", "N152"})
"""Notes on nearly every photo of a telephone, about which nothing is to be done: they are in the archive."""


class Said(TypedDict):
    """What the command line says of photos."""

    station: str
    contest: str
    collector: str
    level: int
    masks: Sequence[str]
    no_form_masks: bool


@click.command("add", cls=Order, short_help="Take in photos of protocols, or one entry.")
@an_archive
@click.argument("photos", nargs=-1, type=PATH, metavar="[PHOTO]...")
@click.option("--station", default="", metavar="ID", help="Polling station whose protocol the photos show.")
@click.option("--contest", default="", metavar="ID", help="Contest of the protocol. Default: the only one.")
@click.option("--collector", default="", metavar="ID", help="Who sent them; a name becomes a pseudonym in public.")
@click.option("--level", type=click.IntRange(0, 4), default=0, metavar="0-4", help="Provenance level. Default: 0.")
@click.option(
    "--mask",
    "masks",
    metavar="X,Y,W,H",
    multiple=True,
    help="Rectangle that is black in public, in pixels of the upright photo; X,Y,W,Hpm in thousandths of its sides. "
    "May be repeated.",
)
@click.option(
    "--no-form-masks",
    is_flag=True,
    help="Leave out the masks that the definition has for this form; only those of --mask are used.",
)
@file_option("--entry", help="An entry as JSON, see docs/reference/entries.md.")
@file_option(
    "--blob",
    "blobs",
    multiple=True,
    help="A file that the entry names by its digest; it becomes public. May be repeated.",
)
@with_runtime
def command(
    runtime: Runtime,
    /,
    *,
    archive: str,
    photos: Sequence[Path],
    entry: Path | None,
    blobs: Sequence[Path],
    **said: Unpack[Said],
) -> ExitCode:
    """Take photos of one protocol, or one entry, into the outbox of the archive at DIR, and print receipts.

    A photo is JPEG, PNG, HEIC, WebP, TIFF or PDF. It stays as it is in the private part; what becomes public is drawn
    anew, upright, without metadata, and black where a mask lies: those of the form in the definition, always, and
    those of --mask. Names, signatures and identity numbers stand on most protocols: mask them.
    Look at the picture before "secondcount archive export" shows it to everybody.

    What has a receipt is safe; "secondcount archive drain" puts it into the log. The same thing twice is one entry.
    """
    if (photos or said["station"] or said["masks"] or said["no_form_masks"]) and (entry is not None or blobs):
        raise InputError("A372")
    if entry is None and not photos:
        raise InputError("A371", command="add")
    place = opened(archive)
    if entry is not None:
        data, given = _canonical(read_file(entry), entry.name), [read_file(one) for one in blobs]
        admit(place, data, given)
        leaf = acknowledge(place, data, given)
        _tell(runtime, place, entry.name, leaf)
        show_issues(runtime, arriving(place, data, now()))
    else:
        _add_photos(runtime, place, photos, said)
    runtime.say("archive.add.waiting", count=sum(1 for _ in waiting(place)))
    return ExitCode.CONSISTENT


def _add_photos(runtime: Runtime, place: Archive, photos: Sequence[Path], said: Said) -> None:
    """Take photos one after the other; the first that is refused ends it, and what has a receipt stays.

    Raises:
        InputError: N160 no station is named, N130 a mask is none, and whatever `receive_photo` raises.

    """
    if not said["station"]:
        raise InputError("N160")
    contest = known_contest(place, said["contest"])
    masks = tuple(map(parse_mask, said["masks"]))
    _tell_masks(runtime, contest, masks, left_out=said["no_form_masks"])
    brought = Brought(
        station=said["station"],
        contest=contest,
        collector=said["collector"],
        level=said["level"],
        form_masks=not said["no_form_masks"],
    )
    for path in photos:
        received = receive_photo(place, path.name, read_file(path), brought, masks=masks, now=now())
        _tell(runtime, place, path.name, received.digest)
        if received.repeated:
            runtime.say("archive.add.again", name=visible(path.name))
        show_issues(runtime, tuple(one for one in received.photo.issues if one.code not in ROUTINE))


def _tell_masks(runtime: Runtime, contest: Contest, masks: Sequence[Mask], *, left_out: bool) -> None:
    """Say what is not masked, before the first picture is drawn."""
    count = len(form_masks(contest))
    if count and left_out:
        runtime.say("archive.add.without_form", count=count)
    if not masks and (left_out or not count):
        runtime.say("archive.add.unmasked")


def _canonical(data: bytes, name: str) -> bytes:
    """Return an entry in its only spelling, however it was typed.

    Raises:
        InputError: A381, the file is no JSON.

    """
    try:
        return canonical.encode(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise InputError("A381", file=name, reason=str(error)) from None


def _tell(runtime: Runtime, place: Archive, name: str, leaf: str) -> None:
    runtime.say("archive.add.photo", name=visible(name), digest=leaf)
    runtime.say("archive.add.receipt")
    runtime.show([Text(f"  {receipt_text(place.origin, leaf)}")])
