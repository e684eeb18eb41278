"""Find Go with the modules of its checksum database, or install Debian's where that is allowed (`make test`).

They are an independent judge of our logs: other people's code, in another language. Allowed means what it means for
Chromium (see `browser`): running as root on a machine with apt-get. Elsewhere the judge is left out, and that is said.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import browser

PACKAGES = ("golang-go", "golang-golang-x-mod-dev")
GOPATH = Path("/usr/share/gocode")  # where Debian puts the sources of Go libraries
NEEDED = GOPATH / "src" / "golang.org" / "x" / "mod" / "sumdb" / "tlog" / "tlog.go"


def find() -> Path | None:
    """Return the Go command if the modules are there too, else None."""
    found = shutil.which("go")
    return Path(found) if found and NEEDED.is_file() else None


def environment(cache: Path) -> dict[str, str]:
    """Return the environment for building with Debian's libraries only: nothing is fetched."""
    return {**os.environ, "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(cache), "GOFLAGS": ""}


def find_or_install() -> Path | None:
    """Return the Go command, installing it where allowed; None where there is none."""
    found = find()
    if found is None and browser.may_install():
        browser.install(PACKAGES)
        found = find()
    return found
