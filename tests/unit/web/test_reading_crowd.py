"""Twelve readers press "Next copy" at the same moment in three windows each, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desking.killing import Postgres
from desking.postgres import database, has_postgres

TESTS = Path(__file__).resolve().parents[2]
WANTED = {"answers": 36, "tasks": 12, "holders": 1, "tasks_of_one": 1, "copy_twice": 1}
PROGRAM = """
import sys
from secondcount.web.config import DeskConfig
from secondcount.web.server import prepare
prepare(DeskConfig(archive="none", folder=sys.argv[1], database=sys.argv[2], secret="crowd"))
from desking.crowd import crowd
print(crowd())
"""


def crowd(folder: Path, address: str = "") -> dict[str, int]:
    """Run the crowd in a process of its own (Django knows one database per process) and return what it counted."""
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    words = (sys.executable, "-c", PROGRAM, str(folder), address)
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_on_sqlite_nobody_gets_what_somebody_has(tmp_path: Path) -> None:
    """Each reader gets one task in all windows, and no task has two holders."""
    assert crowd(tmp_path) == WANTED


def test_on_postgres_nobody_gets_what_somebody_has(tmp_path: Path) -> None:
    """The same with row locks that are skipped."""
    if not has_postgres():
        pytest.skip("no PostgreSQL in a wheel for this platform")
    server = Postgres()
    try:
        assert crowd(tmp_path, database(server.address, "crowd")) == WANTED
    finally:
        server.stop()
