"""Starting a desk: its folder and secret, its tables, the first invitation, the server processes."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import django
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from secondcount.custody.archive import open_archive
from secondcount.errors import refusing
from secondcount.web.config import DeskConfig

__all__ = ["DATABASE_VARIABLE", "SETTINGS_MODULE", "WORKER_VARIABLE", "configured", "prepare", "serve"]

SETTINGS_MODULE = "secondcount.web.settings"
DATABASE_VARIABLE = "SECONDCOUNT_DATABASE_URL"
WORKER_VARIABLE = "SECONDCOUNT_DESK_WORKER"


def configured(archive: str, folder: Path, environ: Mapping[str, str], host: str) -> DeskConfig:
    """Return the configuration of a desk; its private folder (0700) and secret are made on the first start.

    Raises:
        InputError: A101 there is no archive, K102 the address of the database is none, K108 the disk refuses.

    """
    open_archive(archive, environ)
    config = DeskConfig(
        archive=archive,
        folder=str(folder),
        database=environ.get(DATABASE_VARIABLE, ""),
        secret=_secret(folder),
        hosts=tuple(dict.fromkeys(("localhost", "127.0.0.1", host))),
    )
    config.database_settings()
    return config


def _secret(folder: Path) -> str:
    with refusing("K108", folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        file = folder / "secret"
        if not file.is_file():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as opened:
                opened.write(secrets.token_urlsafe(48))
        return file.read_text(encoding="ascii").strip()


def prepare(config: DeskConfig) -> None:
    """Make this process one of the desk's: its environment, Django, tables that are up to date."""
    os.environ.update(config.to_environment(), DJANGO_SETTINGS_MODULE=SETTINGS_MODULE)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def serve(host: str, port: int, *, processes: int = 1, certificate: tuple[Path, Path] | None = None) -> None:
    """Answer requests until the process is told to stop; `prepare` has said of which desk."""
    os.environ[WORKER_VARIABLE] = "1"
    server = Granian(
        "secondcount.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=8,
        log_access=False,
        websockets=False,
        ssl_cert=certificate[0] if certificate else None,
        ssl_key=certificate[1] if certificate else None,
    )
    server.serve()
