"""A bucket: settings from the environment, no key ever shown, and blobs that nobody can delete before their time."""

from __future__ import annotations

import pytest

from secondcount.errors import InputError
from secondcount.evidence.s3_store import open_bucket
from storing.bucket import ACCESS, SECRET, Server

LOCKED = (
    b'<ObjectLockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
    b"<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
    b"<Mode>COMPLIANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>"
)
BLOB = "blob/aa/photo"
KEYS = {"AWS_ACCESS_KEY_ID": ACCESS, "AWS_SECRET_ACCESS_KEY": SECRET}


@pytest.fixture(scope="module")
def server(bucket_server: Server) -> Server:
    """Return a real S3 server with a bucket under object lock."""
    assert bucket_server.ask("PUT", "/locked", headers={"x-amz-bucket-object-lock-enabled": "true"}).status == 200
    assert bucket_server.ask("PUT", "/locked", LOCKED, query={"object-lock": ""}).status == 200
    return bucket_server


def test_a_locked_blob_outlives_its_deletion(server: Server) -> None:
    """Under object lock (COMPLIANCE) the bytes of a blob cannot be removed: deleting only hides them."""
    store = open_bucket("s3://locked", server.environ())
    assert store.create(BLOB, b"photo")
    head = server.ask("HEAD", f"/locked/{BLOB}")
    assert head.headers["X-Amz-Object-Lock-Mode"] == "COMPLIANCE"
    version = {"versionId": head.headers["X-Amz-Version-Id"]}
    assert server.ask("DELETE", f"/locked/{BLOB}", query=version).status == 403
    store.delete(BLOB)
    assert store.size(BLOB) is None
    assert server.ask("DELETE", f"/locked/{BLOB}", query=version).status == 403
    assert server.ask("GET", f"/locked/{BLOB}", query=version).body == b"photo"


def test_a_locked_blob_is_not_overwritten(server: Server) -> None:
    """A second writer of the same name is told that it is there, lock or no lock."""
    store = open_bucket("s3://locked", server.environ())
    assert store.create("blob/bb/photo", b"first")
    assert not store.create("blob/bb/photo", b"second")
    assert store.load("blob/bb/photo") == b"first"


def test_a_wrong_key_is_refused_and_not_shown(server: Server) -> None:
    """A key that the server does not know gives A511; neither key nor secret is in what is reported."""
    store = open_bucket("s3://locked", server.environ() | {"AWS_SECRET_ACCESS_KEY": "wrong-secret"})
    for ask in (lambda: store.load("a"), lambda: store.create("a", b""), lambda: list(store.names())):
        with pytest.raises(InputError) as refused:
            ask()
        assert refused.value.code in {"A511", "A512"}
        assert "wrong-secret" not in str(refused.value)
        assert SECRET not in str(refused.value)


@pytest.mark.parametrize("absent", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_without_keys_nothing_is_asked(absent: str) -> None:
    """Where a key is not set, that is said before anything is sent: no other source of keys is searched."""
    with pytest.raises(InputError, match=r"^A511\("):
        open_bucket("s3://bucket", {**KEYS, absent: ""})


@pytest.mark.parametrize(
    "location",
    [
        "s3://",
        "s3:///prefix",
        "s3://key:secret@bucket",
        "s3://bucket?key=secret",
        "s3://[secret",
        "s3://se cret",
        "s3://x",
    ],
)
def test_a_location_holds_no_key(location: str) -> None:
    """A location with a key, or without a bucket, is refused, and not repeated in the message."""
    with pytest.raises(InputError, match=r"^A509\(") as refused:
        open_bucket(location, KEYS)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("code", "environ"),
    [
        ("A509", {"AWS_ENDPOINT_URL": "ftp://host"}),
        ("A509", {"AWS_ENDPOINT_URL": "http://ho st"}),
        ("A509", {"AWS_ENDPOINT_URL": "http://key:secret@host"}),
        ("A511", {"AWS_SECRET_ACCESS_KEY": "two\nlines"}),
        ("A511", {"AWS_ACCESS_KEY_ID": "ключ"}),
        ("A511", {"AWS_REGION": "a b"}),
        ("A511", {"AWS_SESSION_TOKEN": "a\tb"}),
    ],
)
def test_settings_that_fit_into_no_request_are_refused(code: str, environ: dict[str, str]) -> None:
    """What could not be sent is refused before the library, which would stop the process over it, sees it."""
    with pytest.raises(InputError) as refused:
        open_bucket("s3://bucket/prefix", KEYS | environ)
    assert refused.value.code == code


def test_a_prefix_does_not_lead_elsewhere() -> None:
    """A prefix is a path like any other; a slash at its end says nothing."""
    for prefix in ("../up", "a//b", "a/./b", "\\"):
        with pytest.raises(InputError, match=r"^A503\("):
            open_bucket(f"s3://bucket/{prefix}", KEYS)
    for prefix in ("", "/", "/a", "/a/b/"):
        open_bucket(f"s3://bucket{prefix}", KEYS)


def test_a_server_that_is_not_there() -> None:
    """Where nobody answers, that is said in one line, after a few tries, without a key."""
    store = open_bucket("s3://bucket/prefix", {**KEYS, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"})
    with pytest.raises(InputError, match=r"^A512\(") as refused:
        store.load("checkpoint")
    reason = str(refused.value.values["reason"])
    assert "\n" not in reason
    assert len(reason) <= 300
    assert SECRET not in reason


def test_the_session_token_is_passed_on_and_not_shown() -> None:
    """A temporary key comes with a token, which is never shown either."""
    environ = {**KEYS, "AWS_SESSION_TOKEN": "token-of-an-hour", "AWS_REGION": "eu-central-1"}
    store = open_bucket("s3://bucket/prefix", environ | {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"})
    assert "token" not in repr(store)
    with pytest.raises(InputError) as refused:
        store.size("checkpoint")
    assert "token-of-an-hour" not in str(refused.value)
