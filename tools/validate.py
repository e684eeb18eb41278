"""Run every command of docs/validation.md again and require the figures that stand beside it (`make validate`).

A row of a table there is `| what | figure | command |`. The command, in backquotes, is run once from the root of the
tree; each part of the figure that stands in backquotes must occur in what it prints. The command must end with 0; or
with 1 if it is `secondcount`, which is how it says that something contradicts.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"
QUOTED = re.compile(r"`([^`]+)`")
CHECKED = (0, 1)  # 1: checked, and something contradicts
PROGRAMS = {"secondcount": ("-m", "secondcount"), "pytest": ("-m", "pytest"), "python": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure, the command that gave it, and what of it the command must print."""

    what: str
    command: str
    figures: tuple[str, ...]


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of all tables of the page that have a command."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        command = QUOTED.search(cells[-1]) if cells else None
        if len(cells) == 3 and command and command[1].split()[0] in {*PROGRAMS, "make"}:
            yield Row(what=cells[0], command=command[1], figures=tuple(QUOTED.findall(cells[1])))


@cache
def printed(command: str) -> tuple[int, str]:
    """Run a command once; return its exit code and what it printed, with every white space as one blank."""
    name, *words = shlex.split(command)
    start = (sys.executable, *PROGRAMS[name]) if name in PROGRAMS else (name,)
    plain = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "SECONDCOUNT_OUT": tempfile.mkdtemp()}
    done = subprocess.run(
        (*start, *words),
        cwd=ROOT,
        env=plain,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, " ".join(done.stdout.split())


def trouble(row: Row) -> str:
    """Return what is wrong with a row, or an empty string."""
    code, text = printed(row.command)
    if code not in (CHECKED if row.command.startswith("secondcount ") else (0,)):
        return f"the command ended with {code}"
    missing = [figure for figure in row.figures if figure not in text]
    return f"not printed: {', '.join(missing)}" if missing else ""


def main() -> int:
    """Say of each row whether its figures came out again."""
    troubles = 0
    for row in rows(PAGE.read_text(encoding="utf-8")):
        wrong = trouble(row)
        troubles += bool(wrong)
        print(f"{'DIFFERS' if wrong else 'same':8} {row.what} ({row.command}) {wrong}".rstrip(), flush=True)
    return int(troubles > 0)


if __name__ == "__main__":
    sys.exit(main())
