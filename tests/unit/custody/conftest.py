"""An archive of the made-up election for each test, and a copy that has arrived in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping.desks import arrived_copy, begin_desk
from secondcount.custody.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return a new archive."""
    return begin_desk(tmp_path / "archive")


@pytest.fixture
def copy(archive: Archive) -> str:
    """Return a copy that has arrived."""
    return arrived_copy(archive)
