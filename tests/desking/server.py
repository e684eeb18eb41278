"""A desk as people meet it: the real command in a process of its own, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

__all__ = ["RunningDesk", "command", "free_port", "invitation", "running_desk", "until"]

PATIENCE = 60  # seconds until it must answer


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDesk:
    """A desk that answers."""

    url: str
    process: subprocess.Popen[str]
    archive: Path
    environment: Mapping[str, str]
    log: Path


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def command(*words: str) -> list[str]:
    """Return the command line of this program."""
    return [sys.executable, "-m", "secondcount", *words]


@contextmanager
def running_desk(
    archive: Path, *, database: str = "", port: int = 0, words: tuple[str, ...] = ()
) -> Iterator[RunningDesk]:
    """Run `secondcount desk` on an archive until the block ends; yield it once it answers."""
    port = port or free_port()
    environment = {**os.environ, "SECONDCOUNT_DATABASE_URL": database, "PYTHONUNBUFFERED": "1"}
    environment.pop("SECONDCOUNT_DESK", None)
    log = archive.parent / f"desk-{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command("desk", str(archive), "--port", str(port), *words),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield RunningDesk(url=url, process=process, archive=archive, environment=environment, log=log)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(url: str, process: subprocess.Popen[str], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{url}/healthz", timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the desk does not answer:\n{log.read_text(encoding='utf-8')}")


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something to become so.

    Raises:
        AssertionError: it does not.

    """
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def invitation(desk: RunningDesk, role: str, team: str = "") -> str:
    """Return the address that makes a member of a role, as the command on the machine prints it."""
    words = command("desk", str(desk.archive), "--invite", role, *(("--team", team) if team else ()))
    done = subprocess.run(words, capture_output=True, text=True, env=dict(desk.environment), check=True)
    found = re.search(r"/join/(\S+?)/", done.stdout.replace("\n", ""))
    assert found, done.stdout
    return f"{desk.url}/join/{found[1]}/"
