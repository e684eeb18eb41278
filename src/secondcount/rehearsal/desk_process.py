"""A real desk for a rehearsal: an archive of the made-up election, and the program's own server in a process."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from secondcount.custody.archive import Archive
from secondcount.custody.beginning import Plan, create_archive
from secondcount.errors import InputError, refusing
from secondcount.rehearsal.browser import Browser
from secondcount.rehearsal.election_night import DEFINITION_NAME, ELECTION, practice_definition

__all__ = ["Serving", "free_port", "make_archive", "serve_desk"]

PATIENCE = 90  # seconds until it must answer
STOPPING = 30  # seconds that it may take to stop
_README = b"SYNTHETIC: the archive of a rehearsal. True of no election.\n"
_FIRST = re.compile(r"/join/[\w-]+/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A desk that answers."""

    origin: str
    link: str  # that makes the owner's account
    process: subprocess.Popen[bytes]
    log: Path


def free_port() -> int:
    """Return a port of this machine that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def make_archive(folder: Path, stations: int) -> Archive:
    """Make the archive of a rehearsal; its key lies beside it, without a passphrase.

    Raises:
        InputError: A102, there is one already; A5xx, the disk refuses.

    """
    with refusing("X108", folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        location=str(folder),
        origin="rehearsal.invalid/log",
        election=ELECTION,
        definition=DEFINITION_NAME,
        data=practice_definition(stations),
        params={},
        key_file=folder.with_name(f"{folder.name}.key"),
        readme=_README,
    )
    return create_archive(plan, {})


@contextmanager
def serve_desk(archive: Path, *, database: str = "", words: tuple[str, ...] = ()) -> Iterator[Serving]:
    """Run `secondcount desk --practice` on an archive until the block ends; yield it once it answers.

    Raises:
        InputError: K183, it does not answer.

    """
    port = free_port()
    log = archive.with_name(f"{archive.name}-desk.log")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "SECONDCOUNT_LANGUAGE": "en"}
    if database:
        environment["SECONDCOUNT_DATABASE_URL"] = database
    line = (sys.executable, "-m", "secondcount", "desk", str(archive), "--practice", "--port", str(port), *words)
    with log.open("wb") as output:
        process = subprocess.Popen(line, stdout=output, stderr=subprocess.STDOUT, env=environment)  # noqa: S603 - our own program
    try:
        origin = f"http://127.0.0.1:{port}"
        link = _wait(origin, process, log)
        yield Serving(origin=origin, link=link, process=process, log=log)
    finally:
        process.terminate()
        try:
            process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(origin: str, process: subprocess.Popen[bytes], log: Path) -> str:
    """Return the path of the first link, once the desk answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            Browser(origin).get("/healthz")
            found = _FIRST.search("".join(log.read_text(encoding="utf-8").split("\n")))
            return found[0] if found else ""
        except OSError:
            time.sleep(0.1)
    raise InputError("K183", file=str(log))
