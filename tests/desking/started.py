"""Django, set up once for each process that runs tests of the desk: importing this is what does it.

Models can only be imported from a Django that is set up, and Django knows one database per process, so this one is
shared by all tests of a process and emptied before each.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from secondcount.web.config import DeskConfig
from secondcount.web.server import prepare

__all__ = ["CONFIG", "DATABASE"]

DATABASE = "SECONDCOUNT_TESTED_DATABASE"
"""The variable that gives the tests of this process a PostgreSQL instead of SQLite."""

_FOLDER = Path(tempfile.mkdtemp(prefix="desk-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

CONFIG = DeskConfig(
    archive=str(_FOLDER / "none"),
    folder=str(_FOLDER),
    secret=secrets.token_hex(16),
    database=os.environ.get(DATABASE, ""),
    hosts=("testserver", "localhost", "127.0.0.1"),
    synthetic=True,
)
"""Of this process; `place.open_desk` puts an archive into it."""

prepare(CONFIG)

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # passwords of nobody, made by the score
