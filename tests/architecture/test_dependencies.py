"""Every package that is installed is pinned by hash, explained, and under a licence that ours can live with."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from architecture.house import ROOT, read

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)(?: ; .*?)? \\$")
NAME = re.compile(r"^[A-Za-z0-9._-]+")
COPYLEFT = re.compile(r"\bA?GPL|\bSSPL|\bBUSL", re.IGNORECASE)


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package of a lock file."""
    return dict(found.groups() for line in read(ROOT / lock).splitlines() if (found := PIN.match(line)))


def direct() -> set[str]:
    """Return the names that `pyproject.toml` asks for: to run, to build, to test, to resolve."""
    project = tomllib.loads(read(ROOT / "pyproject.toml"))
    wanted = [
        *project["project"]["dependencies"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
        *(one for group in project["dependency-groups"].values() for one in group),
    ]
    return {found[0].lower() for one in wanted if (found := NAME.match(one))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hash(lock: str) -> None:
    """Each package of a lock file has an exact version and at least one SHA-256 hash; no line names an index."""
    text = read(ROOT / lock)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(lock))
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
    assert "index" not in re.sub(r"hash=\S+", "", text)


def test_the_locks_hold_what_is_asked_for() -> None:
    """Nothing in `pyproject.toml` was forgotten when the lock files were resolved; only the resolver is not locked."""
    assert direct() - set(pins("requirements-dev.lock")) == {"uv"}


def test_the_locks_agree() -> None:
    """What runs has the same version in tests as at the user's."""
    developer = pins("requirements-dev.lock")
    assert {name: developer.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


def test_every_dependency_earns_its_place() -> None:
    """Each direct dependency, and everything that runs, stands in docs/dependencies.md with its licence."""
    rows = [line for line in read(ROOT / "docs" / "dependencies.md").splitlines() if line.startswith("| ")]
    explained = {name.strip() for row in rows for name in row.split("|")[1].split(",")}
    assert sorted((direct() | set(pins("requirements.lock"))) - explained) == []


@pytest.mark.parametrize("name", sorted(pins("requirements-dev.lock")))
def test_licence_is_permissive(name: str) -> None:
    """No installed package is under a licence of the GPL family."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return  # of another platform
    stated = [about.get("License-Expression", ""), *about.get_all("Classifier", [])]
    assert not COPYLEFT.search(" ".join(stated).replace("LGPL", ""))
