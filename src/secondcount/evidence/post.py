"""One POST over HTTP, bounded in time and size, that follows nobody anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

__all__ = ["Answer", "Post", "UnreachableError", "post"]

TIMEOUT = 20.0  # seconds that one read may take
LARGEST_ANSWER = 1_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, whatever it is."""

    status: int
    body: bytes
    content_type: str = ""


class UnreachableError(Exception):
    """No answer at all; the only argument says why, in the words of the system."""


class Post(Protocol):
    """The one thing that is done with a network here; tests hand in another."""

    def __call__(self, url: str, body: bytes, content_type: str) -> Answer:
        """Send a body and return the answer; raises UnreachableError."""
        ...


def _opener() -> OpenerDirector:
    """Return an opener that takes a redirect as an answer like any other: what is meant for one server stays there."""
    opener = OpenerDirector()
    for kind in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler):
        opener.add_handler(kind())
    return opener


def post(url: str, body: bytes, content_type: str) -> Answer:
    """Send a body to an http or https address and return the answer, of any status.

    Raises:
        UnreachableError: no such address, no connection, no answer in time, or one of more than a megabyte.

    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise UnreachableError("not http, not https")
    request = Request(url, data=body, headers={"Content-Type": content_type}, method="POST")  # noqa: S310 - see above
    try:
        with _opener().open(request, timeout=TIMEOUT) as reply:
            return _read(reply.status, reply, reply.headers.get_content_type())
    except HTTPError as refusal:
        with refusal:
            return _read(refusal.code, refusal, refusal.headers.get_content_type())
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachableError(str(getattr(error, "reason", "") or error) or type(error).__name__) from None


def _read(status: int, reply: IO[bytes], content_type: str) -> Answer:
    body = reply.read(LARGEST_ANSWER + 1)
    if len(body) > LARGEST_ANSWER:
        raise UnreachableError("more than 1 MB")
    return Answer(status=status, body=body, content_type=content_type)
