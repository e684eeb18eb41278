"""A store behind a web server: read only, and it cannot be listed. What it says is believed no more than any copy."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterable, Iterator
from email.message import Message
from http.client import HTTPException
from urllib.parse import quote

from secondcount.errors import InputError
from secondcount.evidence.store import Missing, check_path, digest_version

__all__ = ["HttpStore"]

_TIMEOUT = 60  # seconds without a byte
_LARGEST = 1 << 29  # bytes of one file: half a gigabyte, far above any table or photo
_ADDRESS = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]\x00-\x1f]+)(:[0-9]{1,5})?(/[^\s?#\x00-\x1f]*)?")
_ABSENT = {404, 410}


class HttpStore:
    """A web address under which the files of a store lie.

    Writing and listing raise A508; whoever verifies such a mirror takes the names from checkpoint and manifest.
    """

    def __init__(self, base_url: str, timeout: int = _TIMEOUT, largest: int = _LARGEST) -> None:
        """Raise InputError A509 unless this is an http or https address of a server, without user and password."""
        if not _ADDRESS.fullmatch(base_url):
            raise InputError("A509", location=base_url.rpartition("@")[2])
        self._base = base_url.rstrip("/")
        self._timeout = timeout
        self._largest = largest

    def _ask(self, path: str, method: str) -> tuple[bytes, Message]:
        """Return the bytes of the answer, as they came, and its headers."""
        address = f"{self._base}/{quote(check_path(path))}"
        request = urllib.request.Request(address, method=method, headers={"Accept-Encoding": "identity"})  # noqa: S310 http(s) only, see __init__
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310 http(s) only, see __init__
                return answer.read(self._largest + 1) if method == "GET" else b"", answer.headers
        except urllib.error.HTTPError as fault:
            fault.close()
            if fault.code in _ABSENT:
                raise Missing(path) from None
            raise InputError("A507", path=path, status=fault.code) from None
        except (OSError, HTTPException, ValueError) as fault:
            reason = getattr(fault, "reason", None) or fault
            raise InputError("A512", path=path, reason=str(reason) or type(fault).__name__) from fault

    def load(self, path: str) -> bytes:
        """Return the bytes of a file; raises Missing.

        A server may compress entry bundles without being asked to (tlog-tiles, "Log entries").
        """
        data, headers = self._ask(path, "GET")
        stated, encoding = headers.get("Content-Length"), headers.get("Content-Encoding", "identity")
        if len(data) <= self._largest and stated is not None and stated.isdecimal() and int(stated) != len(data):
            raise InputError("A512", path=path, reason=f"{len(data)} of {stated} bytes")
        if encoding == "gzip":
            data = self._decompressed(path, data)
        elif encoding != "identity":
            raise InputError("A512", path=path, reason=f"Content-Encoding: {encoding[:40]}")
        if len(data) > self._largest:
            raise InputError("A513", path=path, limit=self._largest)
        return data

    def _decompressed(self, path: str, data: bytes) -> bytes:
        """Return what was compressed, and no more of it than one byte over the limit."""
        unpacking = zlib.decompressobj(wbits=31)  # gzip
        try:
            found = unpacking.decompress(data, self._largest + 1)
        except zlib.error as fault:
            raise InputError("A512", path=path, reason=str(fault)) from fault
        if len(found) <= self._largest and not unpacking.eof:
            raise InputError("A512", path=path, reason="gzip")
        return found

    def size(self, path: str) -> int | None:
        """Return how many bytes a file has, by what the server states; None where there is no file."""
        try:
            headers = self._ask(path, "HEAD")[1]
        except Missing:
            return None
        stated = headers.get("Content-Length", "")
        plain = stated.isdecimal() and "Content-Encoding" not in headers
        return int(stated) if plain else len(self.load(path))

    def version(self, path: str) -> str | None:
        """Return the digest of a file's bytes; None where there is no file."""
        return digest_version(self, path)

    def names(self, prefix: str = "") -> Iterator[str]:
        """Raise A508: a web server does not say what it has."""
        raise InputError("A508", path=prefix or self._base)

    def create(self, path: str, data: bytes) -> bool:  # noqa: ARG002 the signature is that of Store
        """Raise A508."""
        raise InputError("A508", path=path)

    def create_many(self, items: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Raise A508 at the first item."""
        for path, _ in items:
            raise InputError("A508", path=path)
        return ()

    def replace(self, path: str, data: bytes, expected: str | None) -> str:  # noqa: ARG002 the signature is that of Store
        """Raise A508."""
        raise InputError("A508", path=path)

    def delete(self, path: str) -> None:
        """Raise A508."""
        raise InputError("A508", path=path)
