"""The desk of this process behind a real port, for a browser that is driven by the same process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from desking.place import BACKEND, DeskPlace, open_desk

# isort: split
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from playwright.sync_api import Browser, BrowserContext

from secondcount.web.models import Member

__all__ = ["address", "live_desk", "place", "window_of"]

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver has a loop in the thread that asks for rows


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@contextmanager
def live_desk() -> Iterator[str]:
    """Answer at a free port until the block ends; yield the address."""
    application = get_wsgi_application()

    server = make_server("127.0.0.1", 0, application, handler_class=_Silent)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def place(tmp_path: Path) -> DeskPlace:
    """Return an empty desk."""
    return open_desk(tmp_path / "archive")


@pytest.fixture
def address(place: DeskPlace) -> Iterator[str]:
    """Return where that desk answers a browser."""
    with live_desk() as found:
        yield found


def window_of(browser: Browser, member: Member, address: str, **options: Any) -> BrowserContext:
    """Return a window in which a member is signed in."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, member, backend=BACKEND)
    request.session.save()
    context = browser.new_context(base_url=address, **options)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": str(request.session.session_key), "url": address}]
    )
    return context
