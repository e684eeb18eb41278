"""What a desk needs to know of where it runs: one frozen value, handed to server processes through the environment.

The command `secondcount desk` makes it from its options and settings; each server process reads it back. Secrets
(the address of the database may hold a password) are never printed: `repr` leaves them out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from secondcount.errors import InputError

__all__ = ["VARIABLE", "DeskConfig"]

VARIABLE = "SECONDCOUNT_DESK"
"""The variable through which the command hands the configuration to the server processes."""

DESK_FOLDER = "private/desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskConfig:
    """Where a desk runs and what it serves."""

    archive: str  # a folder, or a bucket with a prefix
    folder: str  # a private folder on this machine (mode 0700): database, certificate authority, files in the making
    database: str = field(default="", repr=False)  # "" = SQLite in `folder`; else postgresql://user:password@host/name
    secret: str = field(default="", repr=False)  # signs sessions; made by the command on the first start
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")  # names under which the desk answers
    secure: bool = False  # whether people reach it by HTTPS (its own, or a proxy's)
    proxied: bool = False  # whether a proxy of ours stands before it, whose X-Forwarded headers are true
    own_authority: bool = False  # whether its certificate is by an authority of its own (`tls`)
    origin: str = ""  # scheme, host and port that links for other devices begin with; "" = as it was asked
    synthetic: bool = False  # a rehearsal: everything in it is made up
    debug: bool = False

    def to_environment(self) -> dict[str, str]:
        """Return the variable that a server process reads."""
        return {VARIABLE: json.dumps(asdict(self))}

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> DeskConfig:
        """Return what the command has handed over.

        Raises:
            InputError: K101, this process was not started by the command.

        """
        try:
            found = json.loads(environ[VARIABLE])
            return cls(**{**found, "hosts": tuple(found["hosts"])})
        except (KeyError, TypeError, ValueError) as error:
            raise InputError("K101") from error

    def database_settings(self) -> dict[str, object]:
        """Return Django's entry for the database.

        Raises:
            InputError: K102, the address is not one of a PostgreSQL database.

        """
        if not self.database:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(Path(self.folder) / "desk.sqlite3"),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",  # a second writer waits; it does not fail half way
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        parts = urlsplit(self.database)
        if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
            raise InputError("K102")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": _options(parts.query),
        }


def _options(query: str) -> dict[str, object]:
    """Return the options of the driver; a socket's folder is given as ?host=/run/postgresql."""
    pairs = (one.partition("=") for one in query.split("&") if one)
    return {name: unquote(value) for name, _, value in pairs} | {"pool": {"min_size": 1, "max_size": 12}}
