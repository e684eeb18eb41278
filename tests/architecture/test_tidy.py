"""What never belongs into the repository: machine paths, hosts of registries, large files, data of others."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from architecture.house import read, relative, shipped

# Brackets keep these patterns from finding themselves.
MACHINE = re.compile(
    r"/w[o]rk/(main|shared|steering|\.library|\.mirror)|/f[a]rm/|/t[m]p/|/h[o]me/[a-z]{2}|/r[o]ot/|/U[s]ers/"
)
HOSTS = re.compile(
    r"py[p]i\.org|python[h]osted|registry\.npm[j]s|deb\.de[b]ian|crates\.i[o]|de[b]ian\.org", re.IGNORECASE
)
LARGE = 1_500_000  # bytes


def texts() -> list[tuple[str, str]]:
    """Return name and text of every text file."""
    found = []
    for path in shipped():
        try:
            found.append((relative(path), read(path)))
        except UnicodeDecodeError:
            continue  # a picture, or a file of the museum that is wrong on purpose
    return found


@pytest.mark.parametrize("pattern", [MACHINE, HOSTS], ids=["path of a machine", "host of a registry"])
def test_nothing_of_this_machine(pattern: re.Pattern[str]) -> None:
    """No file names a path of the machine it was written on, or the host of a package registry."""
    found = [
        f"{name}:{number} {line.strip()[:100]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_nothing_large() -> None:
    """No file is larger than 1.5 MB: data is read from outside, and pictures are drawn."""
    assert [relative(path) for path in shipped() if path.stat().st_size > LARGE] == []


def digest(path: Path) -> str:
    """Return the SHA-256 digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.shared
def test_no_data_of_others(shared: Path) -> None:
    """No file of the shared data is committed here under any name."""
    theirs = [path for path in (shared / "data").rglob("*") if path.is_file() and path.stat().st_size > 0]
    sizes = {path.stat().st_size for path in shipped()}
    known = {digest(path): path for path in theirs if path.stat().st_size in sizes}
    assert [relative(path) for path in shipped() if digest(path) in known] == []


def test_line_ends_are_plain() -> None:
    """Python, Markdown, TOML and templates have LF line ends and end with one line end."""
    suffixes = {".py", ".md", ".toml", ".html", ".css", ".js", ".svg"}
    wrong = [
        relative(path)
        for path in shipped()
        if path.suffix in suffixes
        and "museum" not in path.parts
        and (data := path.read_bytes())
        and (b"\r" in data or not data.endswith(b"\n"))
    ]
    assert wrong == []
