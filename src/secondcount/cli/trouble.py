"""Whatever went wrong, told as sentences on standard error: what, where, what to do; and an exit code."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from os import environ
from pathlib import PurePath
from shutil import get_terminal_size
from textwrap import wrap
from traceback import extract_tb
from typing import TextIO

from secondcount.cli.exits import ExitCode
from secondcount.cli.logs import log_event, set_up_logs
from secondcount.cli.session import Session, language_of_locale
from secondcount.errors import SecondcountError
from secondcount.model.issue import Issue, Severity
from secondcount.model.naming import issue_values
from secondcount.wording import Phrasebook, phrasebook, visible

__all__ = ["tell_trouble"]

LISTED = 10  # errors of one definition that are shown at once
DEBUG_VERBOSITY = 2  # -vv
MARGIN = "  "
WIDEST = 100  # columns; longer lines tire


def tell_trouble(error: BaseException, session: Session, stream: TextIO | None = None) -> ExitCode:
    """Write what happened and what to do about it; return the exit code of the run."""
    out = stream or sys.stderr
    book = phrasebook(session.language or language_of_locale(environ))
    if isinstance(error, KeyboardInterrupt):
        _tell(out, book, "X140", {})
        return ExitCode.INTERRUPTED
    code, values = _named(error)
    _tell(out, book, code, _completed(book, code, values))
    _list_issues(out, book, values.get("issues"))
    if code == "X150":
        _show_details(error, session, out)
    return ExitCode.COULD_NOT


def _named(error: BaseException) -> tuple[str, Mapping[str, object]]:
    """Return the code of an error, and the values of its sentence."""
    if isinstance(error, SecondcountError):
        return error.code, error.values
    if isinstance(error, OSError | MemoryError):
        reason = getattr(error, "strerror", None) or type(error).__name__
        file = getattr(error, "filename", None)
        return ("X108", {"file": str(file), "reason": reason}) if file else ("X141", {"reason": reason})
    return "X150", {"reference": _reference(error)}


def _reference(error: BaseException) -> str:
    """Return eight characters that are the same for the same fault: of its type and the line that raised it."""
    frames = extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return sha256(f"{type(error).__name__} {place}".encode()).hexdigest()[:8]


def _completed(book: Phrasebook, code: str, values: Mapping[str, object]) -> dict[str, object]:
    """Add what the catalogue itself knows of a setting: which values it allows."""
    if code == "X120":
        return {**values, "allowed": book.say(f"setting.{values['setting']}.allowed")}
    return dict(values)


def _write(out: TextIO, lines: Iterable[str], margin: str = "") -> None:
    width = min(get_terminal_size().columns, WIDEST)
    for line in lines:
        parts = wrap(visible(line), width - len(margin), break_long_words=False, break_on_hyphens=False)
        out.writelines(f"{margin}{part}\n" for part in parts)


def _sentences(book: Phrasebook, code: str, values: Mapping[str, object]) -> Iterable[str]:
    """Return title, reason and advice; if the catalogue fails, the bare facts: trouble is never silent."""
    known = {**issue_values(Issue(code=code, severity=Severity.ERROR)), **values}
    try:
        return (
            f"{book.say(f'issue.{code}.title')} ({code})",
            book.say(f"issue.{code}.reason", **known),
            book.say("cli.advice", advice=book.say(f"issue.{code}.advice", **known)),
        )
    except (KeyError, ValueError):
        return (code, ", ".join(f"{name}: {value}" for name, value in values.items()))


def _tell(out: TextIO, book: Phrasebook, code: str, values: Mapping[str, object], margin: str = "") -> None:
    """Write the title at the margin, the rest below it, indented."""
    title, *rest = _sentences(book, code, values)
    _write(out, [title], margin)
    _write(out, rest, margin + MARGIN)


def _list_issues(out: TextIO, book: Phrasebook, issues: object) -> None:
    """Write the first errors of a definition, each with its place."""
    if not isinstance(issues, tuple):
        return
    for issue in issues[:LISTED]:
        _tell(out, book, issue.code, issue_values(issue), MARGIN)
    if len(issues) > LISTED:
        _write(out, [book.say("cli.more", count=len(issues) - LISTED)], MARGIN)


def _show_details(error: BaseException, session: Session, out: TextIO) -> None:
    """Log the traceback where it was asked for with -vv; nobody meets one otherwise."""
    if session.verbosity >= DEBUG_VERBOSITY:
        set_up_logs("debug", out, as_json=session.log_json)
        log_event("fault", level=logging.DEBUG, error=error)
