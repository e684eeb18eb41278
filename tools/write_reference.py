"""Write what the source already knows again (`make golden`): commands, codes, settings, formats, schemas.

With `--check` nothing is written; the exit code is 1 if a file on disk differs from what would be written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import entries_page
import verdict_page
from secondcount.cli.reference import reference
from secondcount.cli.settings import Settings, shown_value
from secondcount.model import codes
from secondcount.model.issue import Severity
from secondcount.verdict.schema import verdict_schema
from secondcount.wording import phrasebook

ROOT = Path(__file__).resolve().parent.parent
SAY = phrasebook("en")
TOPICS = (
    codes.definition,
    codes.table,
    codes.reported,
    codes.sheet,
    codes.law,
    codes.claim,
    codes.usage,
    codes.evidence,
    codes.verification,
    codes.archive,
    codes.archive_record,
    codes.deployment,
    codes.image,
    codes.witness,
    codes.desk,
    codes.receiving,
    codes.transcription,
    codes.board,
    codes.practice,
)

ISSUES_HEAD = """\
# Issue codes

<!-- Written by `make golden` from model/codes and the English catalogue; do not edit by hand. -->

An issue is one finding of a rule about data. Its code is stable: scripts may rely on it.
The kinds are kinds of statement, not degrees of alarm:

- **error**: the input cannot be used as it stands;
- **contradiction**: two figures cannot both be true;
- **unusual**: it calls for an explanation and often has an innocent one;
- **note**: needed in order to read the rest.

Words in ‹angle brackets› are values that stand there in a real message. `secondcount issues CODE` prints the same.
"""

SETTINGS_HEAD = """\
# Settings

<!-- Written by `make golden` from cli/settings.py and the English catalogue; do not edit by hand. -->

Settings come from `secondcount.toml` in the working directory (or the file given with `--config`) and from the
environment, which wins. `secondcount config show` prints each with its value and where it came from.
What is set on the command line holds for one run.
A name that does not exist is refused, with the nearest one that does.

| setting | variable | default | allowed | meaning |
|---|---|---|---|---|
"""


def one_code(code: str, severity: Severity) -> Iterator[str]:
    """Yield the lines of one code."""
    title, reason, advice = (SAY.outline(f"issue.{code}.{part}") for part in ("title", "reason", "advice"))
    yield from (f"### {code}", "", f"**{title}** ({severity.value})", "", reason, "", f"*{advice}*", "")


def one_topic(topic: ModuleType) -> Iterator[str]:
    """Yield the section of one topic: its docstring is the heading."""
    heading = (topic.__doc__ or "").partition("\n")[0].rstrip(".")
    yield from (f"## {heading}", "")
    for code, severity in sorted(topic.CODES.items()):
        yield from one_code(code, severity)


def issues() -> str:
    """Return the text of issues.md."""
    lines = [line for topic in TOPICS if topic.CODES for line in one_topic(topic)]
    return "\n".join([ISSUES_HEAD, *lines]).rstrip() + "\n"


def one_setting(name: str) -> str:
    """Return the row of one setting."""
    default = shown_value(Settings.model_fields[name].default)
    meaning, allowed = (SAY.outline(f"setting.{name}.{part}") for part in ("meaning", "allowed"))
    return f"| `{name}` | `SECONDCOUNT_{name.upper()}` | `{default}` | {allowed} | {meaning} |"


def settings() -> str:
    """Return the text of settings.md."""
    return SETTINGS_HEAD + "\n".join(map(one_setting, Settings.model_fields)) + "\n"


def schema() -> str:
    """Return the JSON Schema that is shipped with the package."""
    return json.dumps(verdict_schema(), indent=2) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/cli.md": reference,
    "docs/reference/entries.md": entries_page.page,
    "docs/reference/issues.md": issues,
    "docs/reference/settings.md": settings,
    "docs/reference/verdict.md": verdict_page.page,
    "src/secondcount/verdict/verdict-1.schema.json": schema,
    **entries_page.SCHEMAS,
}


def main(check: bool) -> int:
    """Write each page, or compare it with what is on disk."""
    stale = []
    for name, page in PAGES.items():
        path = ROOT / name
        text = page().encode("utf-8")
        if path.is_file() and path.read_bytes() == text:
            continue
        stale.append(name)
        if not check:
            path.write_bytes(text)
    print(f"{'differs' if check else 'written'}: {', '.join(stale) or 'nothing'}")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
