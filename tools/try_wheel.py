"""Build the wheel, install it with the locked packages only, and use it away from the source tree (`make test`).

What is proved: the wheel carries its definitions, catalogues, templates and schema, and needs nothing
that `requirements.lock` does not name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")
CONTRADICTS = 1  # exit code: Kazakhstan 2012 has contradictions of its own


def programs(environment: Path) -> Path:
    """Return the folder of an environment's programs."""
    return environment / ("Scripts" if sys.platform == "win32" else "bin")


def build(folder: Path) -> Path:
    """Return the wheel, built from a copy of what git would ship, so that no stale build folder slips in."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        if (ROOT / name).is_file():
            target = folder / "tree" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    command = (sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ".")
    subprocess.run(command, cwd=folder / "tree", check=True)
    return next(folder.glob("secondcount-*.whl"))


def install(wheel: Path, environment: Path) -> None:
    """Install the locked runtime packages with their hashes, then the wheel alone."""
    venv.create(environment, with_pip=True)
    python = programs(environment) / "python"
    subprocess.run((python, *PIP, "install", "--require-hashes", "-r", ROOT / "requirements.lock"), check=True)
    subprocess.run((python, *PIP, "install", "--no-deps", "--no-index", wheel), check=True)


def use(environment: Path, folder: Path) -> int:
    """Run the installed command in an empty folder and return its exit code."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = (programs(environment) / "secondcount", "check", "kazakhstan.majilis.2012", "--out", "report")
    return subprocess.run(command, cwd=folder, env=clean, stdin=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    """Build, install, use; 0 if the command wrote its report and ended as it should."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        install(wheel, folder / "environment")
        work = folder / "work"
        work.mkdir()
        code = use(folder / "environment", work)
        written = sorted(path.name for path in (work / "report").glob("*"))
    print(f"{wheel.name}: exit code {code}, wrote {', '.join(written) or 'nothing'}")
    return int(code != CONTRADICTS or not {"index.html", "verdict.json"} <= set(written))


if __name__ == "__main__":
    sys.exit(main())
