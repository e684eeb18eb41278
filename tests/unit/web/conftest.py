"""A desk in this process, with an archive of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from desking.place import DeskPlace, open_desk


@pytest.fixture
def place(tmp_path: Path) -> DeskPlace:
    """Return an empty desk."""
    return open_desk(tmp_path / "archive")
