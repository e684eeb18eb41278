"""A store in an S3-compatible bucket: conditional puts stand for links and locks, the entity tag for the version.

An object is whole or not there, and durable when the server has answered; there are no temporary names. `create` puts
with `If-None-Match: *`, `replace` with `If-Match` (RFC 9110 sections 13.1.1 and 13.1.2), so the server must know both.
Needs the extra `secondcount[s3]`; nothing but `location.open_store` loads this module.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import islice

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    NotFoundError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import ObjectStore, S3Store

from secondcount.errors import InputError
from secondcount.evidence.store import Conflict, Missing, check_path

__all__ = ["BucketStore", "open_bucket"]

_AT_ONCE = 16  # requests under way while many objects are written
_LOT = 256  # objects in memory meanwhile
_RETRIES, _PATIENCE = 3, timedelta(seconds=30)
_REGION = "us-east-1"  # what servers that know no regions expect

# What the library would send on unchecked, and stop the whole process over if it fits into no request.
_LOCATION = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<prefix>[^?#]*?))?/?")
_ENDPOINT = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?|https?://\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?/?")
_VISIBLE = re.compile(r"[\x21-\x7e]+")


@contextmanager
def _told(path: str, secrets: tuple[str, ...] = ()) -> Iterator[None]:
    """Turn the trouble of a bucket into ours; what the server said is cut short and cleared of keys."""
    try:
        yield
    except (NotFoundError, FileNotFoundError):
        raise Missing(path) from None
    except (PermissionDeniedError, UnauthenticatedError):
        raise InputError("A511", path=path) from None
    except (BaseError, ValueError, OSError) as fault:
        reason = " ".join(str(fault).partition("Debug source")[0].split())
        for secret in filter(None, secrets):
            reason = reason.replace(secret, "…")
        raise InputError("A512", path=path, reason=reason[:300] or type(fault).__name__) from None


class BucketStore:
    """A bucket (or anything that obstore can speak to) as a `Store`. The version of an object is its entity tag."""

    def __init__(self, objects: ObjectStore, secrets: tuple[str, ...] = ()) -> None:
        self._objects = objects
        self._secrets = secrets

    def load(self, path: str) -> bytes:
        """Return the bytes of an object; raises Missing."""
        with _told(check_path(path), self._secrets):
            return bytes(obstore.get(self._objects, path).bytes())

    def size(self, path: str) -> int | None:
        """Return how many bytes an object has; None where there is none."""
        try:
            with _told(check_path(path), self._secrets):
                return obstore.head(self._objects, path)["size"]
        except Missing:
            return None

    def version(self, path: str) -> str | None:
        """Return the entity tag of an object; None where there is none."""
        try:
            with _told(check_path(path), self._secrets):
                return obstore.head(self._objects, path)["e_tag"]
        except Missing:
            return None

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield every key that starts with `prefix`, sorted (servers differ in their order, so all names are held)."""
        folder = prefix[: prefix.rfind("/")] if "/" in prefix else None
        with _told(prefix or "/", self._secrets):
            found = [one["path"] for lot in obstore.list(self._objects, folder, chunk_size=1000) for one in lot]
        yield from sorted(path for path in found if path.startswith(prefix))

    def create(self, path: str, data: bytes) -> bool:
        """Put a new object; return False where the key exists."""
        with _told(check_path(path), self._secrets):
            try:
                obstore.put(self._objects, path, data, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
        return True

    def create_many(self, items: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Put new objects, several at once; return the keys that existed."""
        existed: list[str] = []
        waiting = iter(items)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            while lot := list(islice(waiting, _LOT)):
                made = pool.map(self.create, *zip(*lot, strict=True))
                existed += [path for (path, _), new in zip(lot, made, strict=True) if not new]
        return tuple(existed)

    def replace(self, path: str, data: bytes, expected: str | None) -> str:
        """Put `data` in the place of the version `expected`; raises Conflict where another one is there."""
        if expected is None:
            made = self.create(path, data)
            if not made:
                raise Conflict(path)
            return self.version(path) or ""
        with _told(check_path(path), self._secrets):
            try:
                put = obstore.put(self._objects, path, data, mode={"e_tag": expected}, use_multipart=False)
            except (PreconditionError, AlreadyExistsError, NotFoundError, FileNotFoundError):
                raise Conflict(path) from None
        return put["e_tag"] or ""

    def delete(self, path: str) -> None:
        """Remove an object (in a bucket with versions: hide it); nothing happens where there is none."""
        try:
            with _told(check_path(path), self._secrets):
                obstore.delete(self._objects, path)
        except Missing:
            return


def open_bucket(location: str, environ: Mapping[str, str] = os.environ) -> BucketStore:
    """Return the store of `s3://bucket/prefix`.

    Endpoint, region and keys come from AWS_ENDPOINT_URL, AWS_REGION (or AWS_DEFAULT_REGION), AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, never from the location, so that a location can be shown to anybody.

    Raises:
        InputError: A509 no bucket is named, the location holds a key, or the endpoint is no address; A503 the prefix
            leads elsewhere; A511 no keys in the environment.

    """
    named = _LOCATION.fullmatch(location)
    if named is None:
        raise InputError("A509", location="s3://…")
    bucket, prefix = named["bucket"], named["prefix"]
    if prefix:
        check_path(prefix)
    key, secret = environ.get("AWS_ACCESS_KEY_ID", ""), environ.get("AWS_SECRET_ACCESS_KEY", "")
    endpoint, token = environ.get("AWS_ENDPOINT_URL", ""), environ.get("AWS_SESSION_TOKEN", "")
    region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or _REGION
    if not (
        _VISIBLE.fullmatch(key + region) and key and _VISIBLE.fullmatch(secret) and _VISIBLE.fullmatch(token + "-")
    ):
        raise InputError("A511", path=bucket)
    if endpoint and not _ENDPOINT.fullmatch(endpoint):
        raise InputError("A509", location="AWS_ENDPOINT_URL")
    make = partial(
        S3Store,
        bucket,
        prefix=prefix or None,
        access_key_id=key,
        secret_access_key=secret,
        region=region,
        retry_config={"max_retries": _RETRIES, "retry_timeout": _PATIENCE},
        client_options={"allow_http": endpoint.startswith("http://")},
    )
    if endpoint:
        make = partial(make, endpoint=endpoint)
    if token:
        make = partial(make, session_token=token)
    with _told(bucket, (secret, token)):
        objects = make()
    return BucketStore(objects, secrets=(secret, token))
