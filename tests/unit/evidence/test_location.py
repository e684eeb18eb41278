"""A location says where an archive lies: a folder, a web address, a bucket; nothing else is opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from secondcount.errors import InputError
from secondcount.evidence import location
from secondcount.evidence.http_store import HttpStore
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.location import open_store


def test_each_kind_of_location(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is a folder, http and https are the web, s3 is a bucket with the keys of the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    folder = open_store(str(tmp_path))
    assert isinstance(folder, LocalStore)
    assert folder.root == tmp_path
    assert isinstance(open_store("https://host/archive"), HttpStore)
    assert isinstance(open_store("http://host"), HttpStore)
    assert type(open_store("s3://bucket/prefix")).__name__ == "BucketStore"


@pytest.mark.parametrize("text", ["ftp://host/x", "file:///etc", "S3://bucket", "://", "", "a\0b"])
def test_another_kind_is_refused(text: str) -> None:
    """A scheme that we do not know is not taken for a folder."""
    with pytest.raises(InputError, match=r"^A509\("):
        open_store(text)


def test_without_the_extra_a_bucket_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bare install says what to install."""
    monkeypatch.setattr(location, "find_spec", {"obstore": None}.get)
    with pytest.raises(InputError, match=r"^A510\("):
        open_store("s3://bucket")


def test_a_folder_loads_no_library_of_buckets() -> None:
    """Whoever verifies a folder never loads obstore, Polars or Jinja2."""
    code = (
        "import sys, secondcount.evidence.location as l, secondcount.evidence.log; l.open_store('.');"
        "print(sorted({'obstore', 'polars', 'jinja2'} & set(sys.modules)))"
    )
    found = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
