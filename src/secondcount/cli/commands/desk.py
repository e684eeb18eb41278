"""`secondcount desk`: the web application in which copies arrive, are read twice and are agreed upon."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from os import environ
from pathlib import Path
from types import ModuleType

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.errors import InputError
from secondcount.wording import visible

__all__ = ["command"]

ROLES = ("owner", "coordinator", "adjudicator", "reader", "collector", "viewer")


@click.command("desk", cls=Order, short_help="Receive and read copies, with many people.")
@click.argument("archive", metavar="ARCHIVE")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Address to answer on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8460, show_default=True, help="Port to answer on.")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Server processes.")
@click.option(
    "--invite", type=click.Choice(ROLES), help="Print a link that makes one account of this role, and serve nothing."
)
@click.option("--team", default="", metavar="TEAM", help="Team of whoever is invited.")
@with_runtime
def command(
    runtime: Runtime, /, *, archive: str, host: str, port: int, processes: int, invite: str | None, team: str
) -> ExitCode:
    """Serve the desk of the archive in ARCHIVE, until it is stopped.

    Photos of protocols come in, each is read by two people who see neither each other nor any total, and what they
    agree on goes into the archive. On the first start it shows a link that makes the owner's account.
    """
    server = _load("secondcount.web.server")
    folder = Path(archive) / "private" / "desk"
    server.prepare(server.configured(archive, folder, environ, host))
    address = f"http://{host}:{port}"
    invitations = _load("secondcount.web.accounts.invitations")  # its models exist once the desk is prepared
    token = invitations.first_or(invite or "", datetime.now(UTC), team)
    if token:
        runtime.say("desk.invited" if invite else "desk.first", url=f"{address}/join/{token}/")
    if invite is None:
        runtime.say("desk.serving", url=address, archive=visible(archive))
        server.serve(host, port, processes=processes)
    return ExitCode.CONSISTENT


def _load(module: str) -> ModuleType:
    """Return a module of the door `web`, which needs the extra of that name.

    Raises:
        InputError: K109, the extra is not installed.

    """
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError("K109", missing=error.name or "web") from None
