"""A witness over HTTP (c2sp.org/tlog-witness), on the standard library: bounded in size, time and number.

POST /add-checkpoint            asks for a cosignature
GET  /<origin hash>/checkpoint  the latest checkpoint that was cosigned
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from threading import BoundedSemaphore

from secondcount.errors import SecondcountError
from secondcount.evidence.witness import LARGEST_REQUEST, Reply, Witness

__all__ = ["Told", "WitnessServer"]

CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")
SUBMIT = "/add-checkpoint"
AT_ONCE = 32  # connections; further ones are closed at once
IDLE = 15.0  # seconds that one read may take

Told = Callable[[str, int, str], None]
"""Called with method, status and our code of the reason ("" = none) after each answer; never with an address."""


class _Answers(BaseHTTPRequestHandler):
    """One connection; the server holds the witness."""

    server: WitnessServer
    protocol_version = "HTTP/1.1"  # keep-alive, which the specification recommends
    server_version = "secondcount-witness"
    sys_version = ""
    timeout = IDLE

    def do_POST(self) -> None:
        """Answer add-checkpoint."""
        if self.path != SUBMIT:
            self._send(Reply(404, b"\n"), close=True)
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
            self._send(Reply(411, b"\n"), close=True)
        elif len(length) > 9 or int(length) > LARGEST_REQUEST:
            self._send(Reply(413, b"\n"), close=True)
        else:
            body = self.rfile.read(int(length))
            self._send(self._cosign(body) if len(body) == int(length) else Reply(400, b"W105\n"))

    def do_GET(self) -> None:
        """Answer with the latest checkpoint of a log."""
        named = CHECKPOINT.fullmatch(self.path)
        try:
            note = self.server.witness.checkpoint(named[1]) if named else None
        except SecondcountError as error:
            self._send(Reply(500, f"{error.code}\n".encode()))
            return
        self._send(Reply(404, b"\n") if note is None else Reply(200, note))

    def _cosign(self, body: bytes) -> Reply:
        try:
            return self.server.witness.add_checkpoint(body, int(self.server.clock()))
        except SecondcountError as error:  # the state or the disk: nothing was cosigned
            return Reply(500, f"{error.code}\n".encode())

    def _send(self, reply: Reply, *, close: bool = False) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        if close:  # what was not read of the request would be taken for the next one
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(reply.body)
        refused = reply.status not in (200, 409) and reply.body.strip().isalnum()
        self.server.told(self.command, reply.status, reply.body.decode().strip() if refused else "")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is the library's
        """Write nothing: who asked is nobody's business."""


class WitnessServer(ThreadingHTTPServer):
    """The server of one witness; port 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, witness: Witness, host: str, port: int, *, told: Told, clock: Callable[[], float] = time.time
    ) -> None:
        """Bind the address.

        Raises:
            OSError: the address cannot be had.

        """
        self.witness = witness
        self.told = told
        self.clock = clock
        self._room = BoundedSemaphore(AT_ONCE)
        super().__init__((host, port), _Answers)

    @property
    def port(self) -> int:
        """Return the port that was taken."""
        return int(self.server_address[1])

    def process_request(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Take a connection where there is room, close it otherwise."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Serve a connection and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Let a connection that broke go; the next one is served."""
