"""`secondcount archive status`: how an archive is."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import click
from rich.text import Text

from secondcount.cli.commands.archive.place import an_archive, facts, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.notices import show_issues
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.blocks import NO_BREAK
from secondcount.custody.status import Cosigned, Status, load_status
from secondcount.model.issue import Severity
from secondcount.wording import Phrasebook

__all__ = ["command"]

MEGABYTE = 1_000_000


@click.command("status", cls=Order, short_help="Say how an archive is; finish what was cut off.")
@an_archive
@click.option("--rebuild", is_flag=True, help="Make the index anew from the public part.")
@with_runtime
def command(runtime: Runtime, /, *, archive: str, rebuild: bool) -> ExitCode:
    """Say how the archive at DIR is: its log, who has cosigned it, what waits, what is missing.

    A run that was cut off is finished or undone first. It does not verify: "secondcount verify" does.
    Exit codes: 0 in order, 2 something is missing.
    """
    with runtime.doing("archive.doing.status"):
        status = load_status(opened(archive), now().date(), rebuild=rebuild)
    if status.began:
        runtime.say("archive.status.healed", began=datetime.fromisoformat(status.began))
        runtime.show([Text("")])
    facts(runtime, _rows(status, runtime.book))
    show_issues(runtime, status.issues)
    missing = any(one.severity is Severity.ERROR for one in status.issues)
    return ExitCode.COULD_NOT if missing else ExitCode.CONSISTENT


def _rows(status: Status, book: Phrasebook) -> list[tuple[str, str]]:
    kinds = ", ".join(f"{kind}{NO_BREAK}{book.number(count)}" for kind, count in status.kinds.items())
    room = "" if status.free is None else book.say("archive.status.megabytes", count=status.free // MEGABYTE)
    return [
        ("origin", status.origin),
        ("status.size", book.number(status.size)),
        ("status.kinds", kinds),
        ("status.root", b64encode(status.root).decode()),
        ("status.changed", book.time(status.changed) if status.changed else ""),
        ("status.witnesses", _witnesses(status, book)),
        ("status.stamped", book.say(f"archive.status.stamped_{'yes' if status.is_stamped else 'no'}")),
        ("status.waiting", book.number(status.waiting)),
        ("status.free", room),
        ("status.key", status.key_file or book.say("archive.status.no_key")),
        ("vkey", status.vkey),
        ("status.fingerprint", status.fingerprint),
    ]


def _witnesses(status: Status, book: Phrasebook) -> str:
    if not status.witnesses:
        return book.say("archive.status.no_witnesses")
    named = ", ".join(_witness(one, book) for one in status.witnesses)
    quorum = book.say("archive.status.quorum_met" if status.is_quorate else "archive.status.quorum_open")
    return f"{quorum} {named}"


def _witness(one: Cosigned, book: Phrasebook) -> str:
    if one.time is None:
        return book.say("archive.status.not_cosigned", name=one.name)
    return book.say("archive.status.cosigned", name=one.name, time=datetime.fromtimestamp(one.time, UTC))
