"""A real S3 server for the tests: SeaweedFS on this machine, with buckets made by signed requests."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

ACCESS, SECRET = "test-access-key", "test-secret-key"
PATIENCE = 60  # seconds until the server must answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: its address and the keys that it knows."""

    endpoint: str
    log: Path

    def environ(self) -> dict[str, str]:
        """Return the environment variables from which a store learns where it is."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": ACCESS,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request, signed by AWS signature version 4."""
        asked = urlencode(sorted((query or {}).items()), quote_via=quote)
        target = quote(path) + (f"?{asked}" if asked else "")
        connection = HTTPConnection(urlsplit(self.endpoint).netloc, timeout=PATIENCE)
        try:
            connection.request(method, target, body or None, sign(method, self.endpoint + target, body, headers or {}))
            answer = connection.getresponse()
            return Answer(status=answer.status, headers=dict(answer.headers), body=answer.read())
        finally:
            connection.close()


def sign(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a request with its signature (AWS signature version 4, service s3)."""
    parts = urlsplit(url)
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    digest = hashlib.sha256(body).hexdigest()
    sent = {**headers, "host": parts.netloc, "x-amz-date": now, "x-amz-content-sha256": digest}
    names = ";".join(sorted(sent))
    canonical = "\n".join(
        [method, parts.path, parts.query, *(f"{name}:{sent[name]}" for name in sorted(sent)), "", names, digest]
    )
    scope = f"{now[:8]}/us-east-1/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{SECRET}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    authorisation = f"AWS4-HMAC-SHA256 Credential={ACCESS}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**sent, "Authorization": authorisation}


def free_ports(number: int) -> list[int]:
    """Return ports that nobody uses now, each with the port 10,000 above it free too (where SeaweedFS puts gRPC)."""
    found: list[int] = []
    while len(found) < number:
        with socket.socket() as low, socket.socket() as high:
            low.bind(("127.0.0.1", 0))
            port = low.getsockname()[1]
            try:
                high.bind(("127.0.0.1", port + 10_000))
            except (OSError, OverflowError):
                continue
            if port not in found:
                found.append(port)
    return found


@contextmanager
def running(weed: str, folder: Path) -> Iterator[Server]:
    """Run a server on free ports with its data in `folder`, and stop it afterwards."""
    identity = {"name": "test", "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}], "actions": ["Admin"]}
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    (folder / "data").mkdir()
    master, volume, filer, s3 = free_ports(4)
    options = {
        "dir": folder / "data",
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.port": master,
        "master.volumeSizeLimitMB": 64,
        "volume.port": volume,
        "volume.max": 50,
        "filer.port": filer,
        "s3.port": s3,
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "s3.localSocket": folder / "s3.sock",
        "filer.localSocket": folder / "filer.sock",
        "s3.config": config,
    }
    command = [weed, "server", "-s3", *(f"-{name}={value}" for name, value in options.items())]
    log = folder / "weed.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd=folder)
    try:
        server = Server(endpoint=f"http://127.0.0.1:{s3}", log=log)
        wait(server, process)
        yield server
    finally:
        process.kill()  # its data goes with the folder, and a polite end takes it 20 seconds
        process.wait()


def wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server makes a bucket."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if server.ask("PUT", "/ready").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the S3 server did not start:\n{server.log.read_text(errors='replace')[-2000:]}")
