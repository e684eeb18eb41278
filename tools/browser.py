"""Find a Chromium for the browser tests, or install Debian's where that is allowed (`make test`).

Allowed means: running as root on a machine with apt-get, which is what a fresh container or CI is.
On anybody's own computer nothing is installed behind their back: the browser tests are left out, and that is said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core")  # the fonts have the Kazakh letters


def find() -> Path | None:
    """Return the browser named by SECONDCOUNT_CHROMIUM, else the first one on the PATH, else None."""
    named = os.environ.get("SECONDCOUNT_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def may_install() -> bool:
    """Return whether this process may install Debian packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: tuple[str, ...] = PACKAGES) -> None:
    """Install Debian's packages; a failure is reported by the return of `find` afterwards."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *packages)):
        print("$ apt-get", *command, flush=True)
        subprocess.run(("apt-get", "-qq", *command), env=quiet, stdin=subprocess.DEVNULL, check=False)


def find_or_install() -> Path | None:
    """Return a browser, installing one where allowed; None where there is none."""
    found = find()
    if found is None and may_install():
        install()
        found = find()
    return found
