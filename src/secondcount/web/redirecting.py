"""Plain HTTP beside a desk that speaks HTTPS: it sends everybody there, and gives the certificate to be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from secondcount.web.config import DeskConfig
from secondcount.web.tls import CERTIFICATE_TYPE, authority_file

__all__ = ["redirecting"]


@contextmanager
def redirecting(host: str, port: int, secure_port: int, config: DeskConfig) -> Iterator[None]:
    """Answer plain HTTP on a port, in a thread, until the block ends."""
    server = ThreadingHTTPServer((host, port), _handler(secure_port, config))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, name="desk-redirect", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _handler(secure_port: int, config: DeskConfig) -> type[BaseHTTPRequestHandler]:
    certificate = authority_file(Path(config.folder)).read_bytes()
    known = {one.strip("[]") for one in config.hosts}

    class Redirect(BaseHTTPRequestHandler):
        """Sends whoever asks to the same page by HTTPS; only names of this desk are repeated."""

        timeout = 10

        def do_GET(self) -> None:
            """Give the certificate, or the address by HTTPS."""
            if self.path == "/tls/ca.crt":
                self._answer(200, {"Content-Type": CERTIFICATE_TYPE}, certificate)
                return
            name = self.headers.get("Host", "").rpartition(":")[0].strip("[]")
            name = name if name in known else config.hosts[0]
            path = self.path if self.path.startswith("/") and self.path.isprintable() else "/"
            shown = f"[{name}]" if ":" in name else name
            self._answer(307, {"Location": f"https://{shown}:{secure_port}{path}"}, b"")

        do_HEAD = do_POST = do_GET  # noqa: N815 - named by http.server

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
            """Say nothing."""

    return Redirect
