"""Starting a desk: its folder and secret, its tables, the first invitation, the server processes."""

from __future__ import annotations

import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connections
from granian.constants import Interfaces, Loops, SSLProtocols
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

from secondcount.custody.archive import Archive, load_signer, open_archive
from secondcount.custody.locking import file_locked
from secondcount.errors import InputError, reason_of, refusing
from secondcount.web.config import DeskConfig
from secondcount.web.redirecting import redirecting
from secondcount.web.tls import ensure_certificate, names_of_machine

__all__ = ["SETTINGS_MODULE", "WORKER_VARIABLE", "Listening", "configured", "prepare", "run_worker", "serve"]

SETTINGS_MODULE = "secondcount.web.settings"
WORKER_VARIABLE = "SECONDCOUNT_DESK_WORKER"

THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # requests that one process answers at a time
WAITING = 512  # connections that wait for a thread, before more are refused
GRACE = 20  # seconds that a request may still take when the desk is stopped
MIGRATING = 0x5EC0_2DC1  # of whoever makes the tables, among the advisory locks of the database
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where a desk answers, and how."""

    host: str = "127.0.0.1"
    port: int = 8460
    tls: bool = False  # by an authority of its own
    public_url: str = ""  # under which people reach it, where a proxy of ours stands before it
    practice: bool = False  # everything in it is made up, and says so

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names under which the desk answers."""
        found = names_of_machine() if self.host in EVERYWHERE else (self.host,)
        public = urlsplit(self.public_url).hostname
        return tuple(dict.fromkeys(("localhost", "127.0.0.1", *found, *((public,) if public else ()))))

    @property
    def origin(self) -> str:
        """Return what links to the desk begin with: the first name under which another device finds it."""
        if self.public_url:
            parts = urlsplit(self.public_url)
            return f"{parts.scheme}://{parts.netloc}"
        addresses = [one for one in self.names if one.count(".") == 3 and not one.startswith("127.")]
        name = next(iter(addresses), "127.0.0.1") if self.host in EVERYWHERE else self.host
        name = f"[{name}]" if ":" in name else name
        return f"http{'s' if self.tls else ''}://{name}:{self.port}"


def configured(location: str, environ: Mapping[str, str], database: str, listening: Listening) -> DeskConfig:
    """Return the configuration of a desk; its private folder (0700) and secret are made on the first start.

    Raises:
        InputError: A101 there is no archive, A104 or A105 it has no key, A505 its bucket does not answer,
            K102 the address of the database is none, K108 the disk refuses, K139 the public address is none.

    """
    archive = open_archive(location, environ)
    load_signer(archive)  # refused now, and not when the first photo is to go into the log
    if listening.public_url and (urlsplit(listening.public_url).scheme not in ("http", "https")):
        raise InputError("K139", url=listening.public_url)
    folder = _folder(archive)
    config = DeskConfig(
        archive=location,
        folder=str(folder),
        database=database,
        secret=_secret(archive),
        hosts=tuple(f"[{one}]" if ":" in one else one for one in listening.names),
        secure=listening.tls or listening.public_url.startswith("https:"),
        proxied=bool(listening.public_url),
        own_authority=listening.tls,
        origin=listening.origin,
        synthetic=listening.practice,
    )
    config.database_settings()
    return config


def _folder(archive: Archive) -> Path:
    """Return the folder of the desk: with the private part, or beside the index of an archive in a bucket."""
    folder = archive.index_file.parent / "desk"
    with refusing("K108", folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        probe = folder / f".{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    return folder


def _secret(archive: Archive) -> str:
    """Return what signs sessions. It lies in the private part, so all machines of one desk have the same."""
    archive.private.create("desk/secret", secrets.token_urlsafe(48).encode())
    if archive.folder is not None:
        with refusing("K108", archive.folder / "private" / "desk" / "secret"):
            (archive.folder / "private" / "desk" / "secret").chmod(0o600)
    return archive.private.load("desk/secret").decode().strip()


def prepare(config: DeskConfig) -> None:
    """Make this process one of the desk's: its environment, Django, tables that are up to date.

    Raises:
        InputError: K136, the database cannot be reached, or refuses.

    """
    os.environ.update(config.to_environment(), DJANGO_SETTINGS_MODULE=SETTINGS_MODULE)
    django.setup()
    try:
        with _alone(config):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
    except (DatabaseError, psycopg.Error) as error:
        raise InputError("K136", reason=str(error).partition("\n")[0]) from error


@contextmanager
def _alone(config: DeskConfig) -> Iterator[None]:
    """Let one process at a time make tables."""
    if not config.database:
        with file_locked(Path(config.folder) / "tables.lock"):
            yield
        return
    with psycopg.connect(config.database, autocommit=True, connect_timeout=10) as held:
        held.execute("SELECT pg_advisory_lock(%s)", (MIGRATING,))
        yield


def serve(
    config: DeskConfig, listening: Listening, ready: Callable[[], None], *, processes: int = 1, worker: bool = True
) -> None:
    """Answer requests until the process is told to stop; `ready` is called once nothing stands in the way.

    Raises:
        InputError: K134 the port is refused, K135 another desk serves this archive, K138 several processes would
            share one file.

    """
    if processes > 1 and not config.database:
        raise InputError("K138")
    with _only_one(config):
        _check_port(listening.host, listening.port)
        certificate = _certificate(config, listening)
        if worker:
            os.environ[WORKER_VARIABLE] = "1"
        ready()
        _let_go()
        with redirecting(listening.host, listening.port + 1, listening.port, config) if certificate else _nothing():
            _server(listening, processes, certificate).serve()


def _let_go() -> None:
    """Close every connection to the database: processes that are forked from this one must not share any."""
    connections.close_all()
    close_pool = getattr(connections["default"], "close_pool", None)  # of PostgreSQL alone
    if close_pool is not None:
        close_pool()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _certificate(config: DeskConfig, listening: Listening) -> tuple[Path, Path] | None:
    if not listening.tls:
        return None
    _check_port(listening.host, listening.port + 1)
    return ensure_certificate(Path(config.folder), listening.names, datetime.now(UTC))


def _server(listening: Listening, processes: int, certificate: tuple[Path, Path] | None) -> AbstractServer[Any]:
    return Server(
        "secondcount.web.wsgi:application",
        address=listening.host,
        port=listening.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        backpressure=WAITING,
        backlog=2 * WAITING,
        loop=Loops.asyncio,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        ssl_cert=certificate[0] if certificate else None,
        ssl_key=certificate[1] if certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )


@contextmanager
def _only_one(config: DeskConfig) -> Iterator[None]:
    """Hold the embedded database for this desk alone.

    Raises:
        InputError: K135, another desk holds it.

    """
    if config.database:
        yield
        return
    try:
        with file_locked(Path(config.folder) / "serving.lock", 1):
            yield
    except InputError as error:
        if error.code != "A201":
            raise
        raise InputError("K135", folder=config.folder) from error


def _check_port(host: str, port: int) -> None:
    """Ask the system whether it would give us this port.

    Raises:
        InputError: K134, it would not.

    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that was just closed is free
            probe.bind(address)
            probe.listen(1)
    except (OSError, OverflowError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise InputError("K134", host=host, port_number=port, reason=reason) from error


def run_worker(config: DeskConfig, work_until: Callable[[Event], None]) -> None:
    """Work behind the pages (`work.work_until`) and answer nobody, until the process is told to stop.

    Raises:
        InputError: K135, a desk on the embedded database does that itself.

    """
    stopped = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    with _only_one(config):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        work_until(stopped)
