"""A mirror on the web is read file by file; what breaks on the way is reported, never taken for the file."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.http_store import HttpStore
from secondcount.evidence.log import Log, append_entries
from secondcount.evidence.store import Missing
from storing import textbook
from storing.failing import MemoryStore

PACKED = {
    "packed": ("gzip", gzip.compress(b"unpacked")),
    "bomb": ("gzip", gzip.compress(bytes(10_000_000))),
    "torn": ("gzip", gzip.compress(b"unpacked")[:-9]),
    "odd": ("br", b"unpacked"),
    "false": ("gzip", b"unpacked"),
}


class Mirror(BaseHTTPRequestHandler):
    """A web server for the files of a dictionary, with a few paths that misbehave."""

    files: dict[str, bytes]

    def do_GET(self) -> None:
        path = self.path.removeprefix("/mirror/")
        if path == "broken":
            self.send_error(500)
        elif path == "short":
            self.answer(b"only this", stated=20)
        elif path in PACKED:
            encoding, data = PACKED[path]
            self.answer(data, stated=len(data), encoding=encoding)
        elif path == "stream":
            self.send_response(200)
            self.end_headers()
            self.send_body(b"no length is stated")
        elif path in self.files:
            self.answer(self.files[path], stated=len(self.files[path]))
        else:
            self.send_error(404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def answer(self, data: bytes, stated: int, encoding: str = "") -> None:
        self.send_response(200)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Length", str(stated))
        self.end_headers()
        self.send_body(data)

    def send_body(self, data: bytes) -> None:
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
        """Say nothing."""


@pytest.fixture(scope="module")
def mirror() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Return the address of a mirror and the files that it has."""
    files: dict[str, bytes] = {"checkpoint": b"state", "empty": b"", "a%20b": b"space"}
    handler = type("Handler", (Mirror,), {"files": files})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/mirror/", files
    server.shutdown()
    server.server_close()


def test_files_are_read(mirror: tuple[str, dict[str, bytes]]) -> None:
    """Bytes, size and version of a file come from the server; what it does not have is missing."""
    store = HttpStore(mirror[0])
    assert store.load("checkpoint") == b"state"
    assert store.load("empty") == b""
    assert store.load("a b") == b"space"
    assert store.load("stream") == b"no length is stated"
    assert (store.size("checkpoint"), store.size("stream"), store.size("absent")) == (5, 19, None)
    assert (store.version("checkpoint"), store.version("absent")) == (sha256_hex(b"state"), None)
    with pytest.raises(Missing):
        store.load("absent")


@pytest.mark.parametrize(
    ("path", "code"),
    [("broken", "A507"), ("short", "A512"), ("../up", "A503"), ("/root", "A503"), ("checkpoint", "A513")],
)
def test_trouble_is_not_taken_for_a_file(mirror: tuple[str, dict[str, bytes]], path: str, code: str) -> None:
    """An error page, an answer cut off, a path that leads out, a file without end: each is refused with its code."""
    with pytest.raises(InputError) as refused:
        HttpStore(mirror[0], largest=4 if code == "A513" else 100).load(path)
    assert refused.value.code == code


def test_a_compressed_answer_is_unpacked(mirror: tuple[str, dict[str, bytes]]) -> None:
    """A server may send gzip without being asked; size is that of the file, not of what was sent."""
    store = HttpStore(mirror[0])
    assert (store.load("packed"), store.size("packed")) == (b"unpacked", 8)


@pytest.mark.parametrize(("path", "code"), [("bomb", "A513"), ("torn", "A512"), ("odd", "A512"), ("false", "A512")])
def test_a_bad_compression_is_refused(mirror: tuple[str, dict[str, bytes]], path: str, code: str) -> None:
    """What unpacks to more than the limit is cut at the limit; what is torn or unknown is not taken for the file."""
    with pytest.raises(InputError) as refused:
        HttpStore(mirror[0], largest=100_000).load(path)
    assert refused.value.code == code


def test_a_mirror_is_neither_written_nor_listed(mirror: tuple[str, dict[str, bytes]]) -> None:
    """Every other operation says that a web address can only be read."""
    store = HttpStore(mirror[0])
    for ask in (
        store.names,
        lambda: store.create("a", b""),
        lambda: store.create_many([("a", b"")]),
        lambda: store.replace("a", b"", None),
        lambda: store.delete("a"),
    ):
        with pytest.raises(InputError, match=r"^A508\("):
            ask()
    assert store.create_many([]) == ()


def test_a_server_that_is_not_there() -> None:
    """Where nobody answers, that is said."""
    with pytest.raises(InputError, match=r"^A512\("):
        HttpStore("http://127.0.0.1:9/", timeout=5).load("checkpoint")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc",
        "ftp://host/x",
        "https://",
        "http://host/?a=b",
        "https://host/#x",
        "http://[x",
        "http://a b/",
        "http://user:secret@host/",
        "http://host:abc/",
        "",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    """Only http and https addresses of a server are opened, never a file of this machine, and no password is shown."""
    with pytest.raises(InputError, match=r"^A509\(") as refused:
        HttpStore(address)
    assert "secret" not in str(refused.value)


def test_a_log_is_read_over_the_web(mirror: tuple[str, dict[str, bytes]]) -> None:
    """Root, entries and proofs come from a mirror as from a folder, with few requests."""
    entries = [b"entry %d" % number for number in range(600)]
    local = MemoryStore()
    append_entries(local, 0, entries)
    mirror[1].update(local.files)
    log = Log(HttpStore(mirror[0]), 600)
    assert log.root(600) == textbook.root(entries)
    assert log.entry(599) == b"entry 599"
    assert list(log.inclusion(599, 600)) == textbook.path(599, entries)
    assert log.loads <= 6
