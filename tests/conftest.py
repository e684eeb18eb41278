"""What every test may ask for: where the shared data lies, and how hypothesis behaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

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
