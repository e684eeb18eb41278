"""A gate before a server: everything goes through until it is closed, and nobody answers then."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from types import TracebackType
from urllib.parse import urlsplit

__all__ = ["Gate"]

PART = 65_536


class Gate:
    """Passes bytes between clients and a server; `closed` refuses connections, as a server that is down does."""

    def __init__(self, endpoint: str) -> None:
        """Take the address of the server."""
        parts = urlsplit(endpoint)
        self._server = (str(parts.hostname), int(parts.port or 80))
        self._port = 0
        self._listening: socket.socket | None = None
        self._pairs: list[socket.socket] = []

    @property
    def endpoint(self) -> str:
        """Return the address of the gate."""
        return f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Gate:
        """Open the gate."""
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close it for good."""
        self._close()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Refuse everybody until the block ends."""
        self._close()
        try:
            yield
        finally:
            self._open()

    def _open(self) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self._port))
        listening.listen(64)
        self._port = int(listening.getsockname()[1])
        self._listening = listening
        Thread(target=self._accept, args=(listening,), daemon=True).start()

    def _close(self) -> None:
        if self._listening is not None:
            with suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            self._listening = None
        for one in self._pairs:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._pairs.clear()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                server = socket.create_connection(self._server)
                self._pairs += [client, server]
                Thread(target=self._pass, args=(client, server), daemon=True).start()

    @staticmethod
    def _pass(client: socket.socket, server: socket.socket) -> None:
        over = Event()
        with suppress(OSError, ValueError), selectors.DefaultSelector() as ready:
            ready.register(client, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, client)
            while not over.is_set():
                for key, _ in ready.select():
                    source, target = key.fileobj, key.data
                    data = source.recv(PART) if isinstance(source, socket.socket) else b""
                    if not data:
                        over.set()
                    else:
                        target.sendall(data)
        client.close()
        server.close()
