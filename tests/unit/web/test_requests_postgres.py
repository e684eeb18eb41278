"""Law: on PostgreSQL too, hostile requests get no more than a refusal; it fails at NUL bytes, which SQLite takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desking.postgres import database, has_postgres, running_postgres
from desking.started import DATABASE

ROOT = Path(__file__).parents[3]
TESTS = ("tests/unit/web/test_requests.py", "tests/unit/web/test_harmless.py")


@pytest.mark.slow
def test_requests_are_refused_on_postgres() -> None:
    """The museum's tests pass in a process of their own whose desk has a PostgreSQL."""
    if not has_postgres():
        pytest.skip("no PostgreSQL in a wheel for this platform")
    # Not in pytest's own folder: the second pytest would close that to the server's account.
    with tempfile.TemporaryDirectory() as folder, running_postgres(Path(folder)) as server:
        environment = {**os.environ, DATABASE: database(server, "museum")}
        words = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *TESTS)
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
