"""A browser without pictures: pages, forms, cookies, files; it speaks to a desk as people's browsers do."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from secrets import token_hex
from time import perf_counter
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

__all__ = ["Browser", "Page", "one_time_code"]

PATIENCE = 30  # seconds for one answer
_STEP = 30  # seconds for which a one-time code is good (RFC 6238)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer, after any redirects."""

    status: int
    path: str  # where it was found in the end, with its query
    body: bytes
    names: frozenset[str] = frozenset()  # of the fields of its forms
    hidden: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()  # texts of <code> elements: links, digests, keys

    @property
    def text(self) -> str:
        """Return the page as text."""
        return self.body.decode(errors="replace")


class Browser:
    """One person's browser: it keeps the cookies of one desk.

    Every method raises `OSError` where no answer comes, and returns a refusal as a page with its status.
    """

    def __init__(self, origin: str) -> None:
        """Take the address of the desk, such as http://127.0.0.1:8460."""
        self.origin = origin
        self.seconds: list[float] = []  # that each answer took
        self._jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar))

    def get(self, path: str) -> Page:
        """Load a page."""
        return self._ask(Request(self._address(path)))  # noqa: S310 - of the desk that was named

    def post(self, path: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None) -> Page:
        """Send a form, with the token of the page that it stands on; files are sent by field: (name, bytes)."""
        body, kind = _multipart(fields, files) if files else (urlencode(fields).encode(), _FORM)
        headers = {"Content-Type": kind, "X-CSRFToken": self.cookie("csrftoken"), "Referer": self.origin}
        return self._ask(Request(self._address(path), data=body, headers=headers))  # noqa: S310 - as above

    def cookie(self, name: str) -> str:
        """Return a cookie, "" where the desk has set none."""
        return next((one.value or "" for one in self._jar if one.name == name), "")

    @property
    def cookies(self) -> dict[str, str]:
        """Return all cookies, for a browser with pictures that goes on."""
        return {one.name: one.value or "" for one in self._jar}

    def _address(self, path: str) -> str:
        """Return the whole address of a path; of another address of this desk only its path is taken."""
        parts = urlsplit(path)
        return f"{self.origin}{quote(parts.path)}{'?' if parts.query else ''}{parts.query}"

    def _ask(self, request: Request) -> Page:
        start = perf_counter()
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return _page(answer.status, answer.url, answer.read())
        except HTTPError as refused:
            with refused:
                return _page(refused.code, refused.url or request.full_url, refused.read())
        finally:
            self.seconds.append(perf_counter() - start)


_FORM = "application/x-www-form-urlencoded"


def _page(status: int, url: str, body: bytes) -> Page:
    parts = urlsplit(url)
    path = f"{parts.path}{'?' if parts.query else ''}{parts.query}"
    if body.lstrip()[:1] != b"<":
        return Page(status=status, path=path, body=body)
    seen = _Fields()
    seen.feed(body.decode(errors="replace"))
    return Page(
        status=status,
        path=path,
        body=body,
        names=frozenset(seen.names),
        hidden=seen.hidden,
        secrets=tuple(one.strip() for one in seen.secrets),
    )


def _multipart(fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    edge = token_hex(16)
    said = 'Content-Disposition: form-data; name="'
    parts = [f'--{edge}\r\n{said}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, (file, data) in files.items():
        head = f'--{edge}\r\n{said}{name}"; filename="{file}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


class _Fields(HTMLParser):
    """Finds the fields of forms, and what stands in <code>."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.hidden: dict[str, str] = {}
        self.secrets: list[str] = []
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a field."""
        found = {name: value or "" for name, value in attrs}
        if tag in ("input", "select", "textarea") and found.get("name"):
            self.names.add(found["name"])
            if found.get("type") == "hidden":
                self.hidden[found["name"]] = found.get("value", "")
        if tag == "code":
            self._in_code = True
            self.secrets.append("")

    def handle_endtag(self, tag: str) -> None:
        """Notice the end of a <code>."""
        self._in_code = self._in_code and tag != "code"

    def handle_data(self, data: str) -> None:
        """Collect what stands in a <code>."""
        if self._in_code:
            self.secrets[-1] += data


def one_time_code(secret: str, seconds: float) -> str:
    """Return the code that an authenticator shows at a time, in seconds since 1970 (RFC 6238 with SHA-1, 6 digits)."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, int(seconds // _STEP).to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15  # RFC 4226, 5.3: dynamic truncation
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"
