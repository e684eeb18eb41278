"""Resolve `requirements.lock` and `requirements-dev.lock` anew (`make lock`).

Both hold exact versions with the hashes of every file that an index offers for them, for all platforms,
and name no index: whoever installs from them decides where the files come from.
The resolver (uv) lives in an environment of its own that is thrown away afterwards.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "requirements.lock"
DEVELOPER = ROOT / "requirements-dev.lock"
COMPILE = (
    "pip",
    "compile",
    "--quiet",
    "--upgrade",
    "--universal",  # markers instead of this machine's answers, so that Windows and macOS install too
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
)


def resolver(folder: Path) -> Path:
    """Return the path of uv, installed into an environment in `folder`."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["lock"]
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "--quiet", "install", *wanted], check=True)
    return programs / "uv"


def resolve(uv: Path, target: Path, *extra: str) -> None:
    """Write one lock file; fail rather than write one that names a host."""
    command = (str(uv), *COMPILE, "pyproject.toml", "--group=build", *extra, f"--output-file={target.name}")
    subprocess.run(command, cwd=ROOT, check=True)
    if "://" in target.read_text(encoding="utf-8"):
        raise SystemExit(f"{target.name} names an address: do not commit it")
    print(f"{target.name} written")


def main() -> None:
    """Resolve the runtime first, then the developer's tools on top of exactly that."""
    with tempfile.TemporaryDirectory() as folder:
        uv = resolver(Path(folder))
        resolve(uv, RUNTIME)
        resolve(uv, DEVELOPER, "--group=dev", "--extra=web", f"--constraint={RUNTIME.name}")


if __name__ == "__main__":
    main()
