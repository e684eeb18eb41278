"""What every test may ask for: shared data, a real S3 server, the independent verifier; and how hypothesis behaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import weed
from secondcount.evidence.verify import independent
from storing.bucket import Server, running

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
    """Run a real S3 server without a bucket; skip visibly where the program is absent, and fail there in CI."""
    program = weed.find()
    if program is None:
        missing = f"no S3 server: the package {weed.PACKAGE} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with running(str(program), tmp_path_factory.mktemp("weed")) as server:
        yield server


@pytest.fixture
def of_the_other(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return the independent verifier as a function: folder and options -> exit code."""

    def judge(folder: Path, *words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["verify.py", str(folder), *words])
        return independent.main()

    return judge
