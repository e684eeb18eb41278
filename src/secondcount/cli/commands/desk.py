"""`secondcount desk`: the web application in which copies arrive, are read twice and are agreed upon."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from os import environ
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.notices import show_issues
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.errors import InputError
from secondcount.wording import visible

__all__ = ["command"]

ROLES = ("owner", "coordinator", "adjudicator", "reader", "collector", "viewer")
LAST_PORT = 65534  # with HTTPS, plain HTTP is answered on the next one


@click.command("desk", cls=Order, short_help="Receive and read copies, with many people.")
@click.argument("archive", metavar="ARCHIVE")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="HOST",
    help="Address to answer on; 0.0.0.0 = every address of this machine.",
)
@click.option("--port", type=click.IntRange(1, LAST_PORT), default=8460, show_default=True, help="Port to answer on.")
@click.option(
    "--tls",
    is_flag=True,
    help="Answer by HTTPS with a certificate of this desk; plain HTTP on the next port leads there.",
)
@click.option(
    "--public-url",
    default="",
    metavar="URL",
    help="Address under which a proxy of yours serves this desk, for example https://desk.example.org.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Server processes; more than one needs PostgreSQL.",
)
@click.option("--no-worker", is_flag=True, help="Answer requests, and leave the work behind the pages to others.")
@click.option("--only-worker", is_flag=True, help="Do the work behind the pages, and answer no requests.")
@click.option(
    "--invite", type=click.Choice(ROLES), help="Print a link that makes one account of this role, and serve nothing."
)
@click.option("--team", default="", metavar="TEAM", help="Team of whoever is invited.")
@file_option("--priorities", help="Take the stations to be read first from FILE, as check --priorities writes it.")
@click.option("--rebuild", is_flag=True, help="First make the tables again from the archive, after a lost database.")
@click.option("--practice", is_flag=True, help="A rehearsal: every page says that everything is made up.")
@with_runtime
def command(  # noqa: PLR0913 - the options of one command
    runtime: Runtime,
    /,
    *,
    archive: str,
    host: str,
    port: int,
    tls: bool,
    public_url: str,
    processes: int,
    no_worker: bool,
    only_worker: bool,
    invite: str | None,
    team: str,
    priorities: Path | None,
    rebuild: bool,
    practice: bool,
) -> ExitCode:
    """Serve the desk of the archive in ARCHIVE, until it is stopped.

    Photos of protocols come in, each is read by two people who see neither each other nor any total, and what they
    agree on goes into the archive. On the first start it shows a link that makes the owner's account. It keeps its
    work in one file within the archive, or in the PostgreSQL database that the setting database_url names.
    """
    if no_worker and only_worker:
        raise click.UsageError("--no-worker and --only-worker exclude each other.")
    server = _load("secondcount.web.server")
    listening = server.Listening(host=host, port=port, tls=tls, public_url=public_url, practice=practice)
    config = server.configured(archive, environ, runtime.settings.database_url.get_secret_value(), listening)
    server.prepare(config)
    if only_worker:
        runtime.say("desk.working", archive=visible(archive))
        server.run_worker(config, _load("secondcount.web.work").work_until)
        return ExitCode.CONSISTENT
    if rebuild:
        found = _load("secondcount.web.rebuild").rebuild(_load("secondcount.web.desk").desk())
        runtime.say("desk.rebuilt", **{name: getattr(found, name) for name in found.__slots__})
    if priorities is not None:
        _take_priorities(runtime, priorities)
    if invite is not None:
        _invite(runtime, config.origin, invite, team)
        return ExitCode.CONSISTENT
    ready = partial(_say_where, runtime, config, archive, port)
    server.serve(config, listening, ready, processes=processes, worker=not no_worker)
    runtime.say("desk.stopped")
    return ExitCode.CONSISTENT


def _take_priorities(runtime: Runtime, file: Path) -> None:
    """Let the stations of a file be read first; what is odd about it is told, and the rest is taken."""
    count, issues = _load("secondcount.web.board.priorities").take_priorities(file.name, read_file(file))
    runtime.say("desk.priorities", count=count)
    show_issues(runtime, issues)


def _invite(runtime: Runtime, origin: str, invite: str | None, team: str) -> None:
    """Print the link of an invitation; without one, that of the first owner, where there is none yet."""
    invitations = _load("secondcount.web.accounts.invitations")  # its models exist once the desk is prepared
    token = invitations.first_or(invite or "", datetime.now(UTC), team)
    if token:
        runtime.say("desk.invited" if invite else "desk.first", url=f"{origin}/join/{token}/")


def _say_where(runtime: Runtime, config: Any, archive: str, port: int) -> None:
    runtime.say("desk.serving", url=config.origin, archive=visible(archive))
    _invite(runtime, config.origin, None, "")
    if config.own_authority:
        tls = _load("secondcount.web.tls")
        shown = tls.fingerprint(tls.authority_file(Path(config.folder)).read_bytes())
        runtime.say("desk.trust", url=f"{config.origin}/tls/", fingerprint=shown, port_number=str(port + 1))


def _load(module: str) -> ModuleType:
    """Return a module of the door `web`, which needs the extra of that name.

    Raises:
        InputError: K109, the extra is not installed.

    """
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError("K109", missing=error.name or "web") from None
