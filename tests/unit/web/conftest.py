"""A desk in this process, with an archive of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from desking.place import DeskPlace, member, open_desk, signed_in
from secondcount.web.models import Member, Role


@pytest.fixture
def place(tmp_path: Path) -> DeskPlace:
    """Return an empty desk."""
    return open_desk(tmp_path / "archive")


@pytest.fixture
def collector(place: DeskPlace) -> Member:
    """Return somebody who brings copies."""
    return member(Role.COLLECTOR, "carol")


@pytest.fixture
def phone(collector: Member) -> Client:
    """Return the phone of the collector."""
    return signed_in(collector)
