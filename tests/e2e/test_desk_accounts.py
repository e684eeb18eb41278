"""The desk as people start it: the real command on both databases, with HTTPS of its own, with workers that die."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import stat
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPSHandler, Request, build_opener, urlopen

import psycopg
import pytest

from desking.place import code_now, make_archive
from desking.postgres import database, has_postgres, running_postgres
from desking.server import RunningDesk, command, free_port, invitation, running_desk, until
from secondcount.custody.accounting import seal_log
from secondcount.custody.archive import Archive

PASSWORD = "four words nobody expects"  # noqa: S105 - of nobody


class Window:
    """A browser without pictures: cookies, the token of the last form, redirects."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        """Begin without cookies."""
        handlers = [HTTPCookieProcessor(CookieJar()), *([HTTPSHandler(context=context)] if context else [])]
        self._opener = build_opener(*handlers)
        self.url, self.page = "", ""

    def get(self, url: str) -> str:
        """Open a page and return it."""
        return self._open(Request(url))  # noqa: S310 - our own server

    def send(self, url: str, **fields: str) -> str:
        """Send a form, with the token of the page that is open; return what follows."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
        assert token, self.page
        data = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self._open(Request(url, data, {"Referer": self.url}))  # noqa: S310 - our own server

    def _open(self, request: Request) -> str:
        with self._opener.open(request, timeout=20) as answer:
            self.url, self.page = answer.url, answer.read().decode()
        return self.page


def health(desk: RunningDesk) -> dict[str, object]:
    """Return what the desk says of itself."""
    with urlopen(f"{desk.url}/healthz", timeout=10) as answer:  # noqa: S310 - our own server
        found: dict[str, object] = json.loads(answer.read())
        return found


@contextmanager
def address(kind: str) -> Iterator[str]:
    """Yield the address of an empty database: "" is the embedded one."""
    if kind == "embedded":
        yield ""
        return
    assert has_postgres(), "the wheel with the server is one of the developer's tools"
    with TemporaryDirectory(prefix="desk-pg-") as place:  # as root the server runs as somebody else, who must get in
        Path(place).chmod(0o755)
        with running_postgres(Path(place) / "pg") as server:
            yield database(server, "desk")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive."""
    return make_archive(tmp_path / "archive")


@pytest.mark.parametrize(("kind", "words"), [("embedded", ()), ("postgres", ("--processes", "2"))])
def test_from_the_first_link_to_a_reader(archive: Archive, kind: str, words: tuple[str, ...]) -> None:
    """Link, account, second factor, invitation, a second account: on both databases, by the real command."""
    seal_log(archive, b"{}\n", datetime.now(UTC))
    with address(kind) as url, running_desk(Path(archive.location), database=url, words=words) as desk:
        owner = Window()
        owner.get(invitation(desk, "owner"))
        owner.send(owner.url, username="olga", password1=PASSWORD, password2=PASSWORD)
        assert owner.url.endswith("/2fa/totp/activate/"), owner.page
        secret = re.findall(r'class="secret">(\w+)<', owner.page)[0]
        owner.send(owner.url, code=code_now(secret))
        assert owner.url.endswith("/recovery-codes/"), owner.page
        owner.get(f"{desk.url}/people/")
        page = owner.send(f"{desk.url}/people/invite/", role="reader", team="north")
        reader = Window()
        reader.get(desk.url + re.findall(r"/join/[\w-]+/", page)[0])
        reader.send(reader.url, username="rita", password1=PASSWORD, password2=PASSWORD)
        assert reader.url == f"{desk.url}/"
        assert "rita" in owner.get(f"{desk.url}/people/")
        until(lambda: health(desk)["outbox"] == 0)
        assert health(desk)["status"] == "ok"
        desk.process.send_signal(signal.SIGTERM)
        assert desk.process.wait(25) == 0
        said = desk.log.read_text(encoding="utf-8")
        assert "has stopped" in said
        assert not re.search("warning|traceback", said, re.IGNORECASE)


def test_a_worker_that_is_killed_is_replaced(archive: Archive) -> None:
    """Without a worker acknowledged entries wait; one is elected; when it is killed, the next takes over."""
    with (
        address("postgres") as url,
        running_desk(Path(archive.location), database=url, words=("--no-worker",)) as desk,
    ):
        seal_log(archive, b"1\n", datetime.now(UTC))
        assert health(desk)["outbox"] == 1
        assert health(desk)["worker_seconds"] is None
        workers = [start(desk, "--only-worker") for _ in range(2)]
        try:
            until(lambda: health(desk)["outbox"] == 0, 90)
            killed = elected(url)
            next(one for one in workers if one.pid == killed).kill()
            until(lambda: elected(url) not in (killed, 0), 30)
        finally:
            for one in workers:
                one.terminate()
            assert sorted(one.wait(25) for one in workers) == [-signal.SIGKILL, 0]


def start(desk: RunningDesk, *words: str) -> subprocess.Popen[str]:
    """Start another process of the same desk."""
    log = desk.log.with_suffix(f".{time.monotonic_ns()}.log").open("w")
    return subprocess.Popen(
        command("desk", str(desk.archive), *words),
        env={**desk.environment},
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
    )


def elected(url: str) -> int:
    """Return the process that holds the lock of the workers, 0 where none does."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            " WHERE locktype = 'advisory' AND granted AND application_name LIKE 'desk-worker-%'"
        ).fetchone()
    return int(row[0].rpartition("-")[2]) if row else 0


def test_https_of_its_own(archive: Archive) -> None:
    """A device that has the certificate trusts the desk; plain HTTP leads there; the key stays private."""
    port, words = free_port(), ("desk", archive.location, "--tls", "--port")
    log = Path(archive.location).parent / "tls.log"
    with log.open("w") as output:
        process = subprocess.Popen(command(*words, str(port)), stdout=output, stderr=subprocess.STDOUT)
    tls = Path(archive.location) / "private" / "desk" / "tls"
    try:
        until(lambda: process.poll() is not None or _answers(port + 1))
        context = ssl.create_default_context(cafile=str(tls / "authority.crt"))
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        window = Window(context)
        until(lambda: _answers(port))
        page = window.get(f"https://localhost:{port}/tls/")
        shown = re.findall(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", page)
        assert shown
        assert shown[0] in log.read_text(encoding="utf-8").replace("\n", "")
        assert window.get(f"https://127.0.0.1:{port}/tls/ca.crt") == (tls / "authority.crt").read_text()
        plain = HTTPConnection("127.0.0.1", port + 1, timeout=10)
        plain.request("GET", "/people/?a=1", headers={"Host": f"evil.test:{port + 1}"})
        answer = plain.getresponse()
        assert (answer.status, answer.headers["Location"]) == (307, f"https://localhost:{port}/people/?a=1")
        assert stat.S_IMODE((tls / "authority.key").stat().st_mode) == 0o600
    finally:
        process.terminate()
        assert process.wait(25) == 0


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def run(*words: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        command(*words),
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **(environment or {})},
        check=False,
    )


def test_refusals_are_told_and_secrets_are_not(archive: Archive) -> None:
    """A second desk on the same file, a database that is down: exit 2, a code, no traceback, no password."""
    with running_desk(Path(archive.location)):
        second = run("desk", archive.location, "--port", str(free_port()))
        assert (second.returncode, "K135" in second.stderr) == (2, True), second.stderr
    down = {"SECONDCOUNT_DATABASE_URL": "postgresql://somebody:topsecret@127.0.0.1:9/desk"}
    refused = run("desk", archive.location, environment=down)
    assert (refused.returncode, "K136" in refused.stderr) == (2, True), refused.stderr
    shown = run("config", "show", environment=down)
    assert "database_url" in shown.stdout
    for one in (second, refused, shown):
        assert "topsecret" not in one.stdout + one.stderr
        assert "Traceback" not in one.stdout + one.stderr
