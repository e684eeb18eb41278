"""The screen of a verification: nine numbered steps, what each found, what was left open, and what it all says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from secondcount.cli.screen.blocks import NO_BREAK, folded, heading, indented, marked
from secondcount.errors import VerificationError
from secondcount.evidence.verify import Outcome, Report, Status, Step
from secondcount.evidence.verify.report import issue_at
from secondcount.model.issue import Issue
from secondcount.model.naming import issue_values
from secondcount.wording import Phrasebook, visible

__all__ = ["refusal_lines", "report_json", "report_lines"]

SIGNS = {Status.PASSED: ("✓", "green"), Status.REFUSED: ("✗", "bold red"), Status.NOT_CHECKED: ("–", "yellow")}
DEEPER = 4  # columns before what belongs to an issue
LISTED = 5  # issues of one step that the screen shows; --json has them all


def report_lines(report: Report, book: Phrasebook, width: int, code: int) -> Iterator[Text]:
    """Yield the report as lines that fit the width, the conclusion last."""
    for step in report.steps:
        yield from _step(step, book, width)
    if report.sums:
        yield from heading(book.say("verify.sums"), width)
        for one in report.sums:
            cells = ", ".join(f"{visible(cell)} {book.number(votes)}" for cell, votes in one.cells.items())
            words = book.say("verify.sum", contest=visible(one.contest), count=one.sheets, cells=cells)
            yield from indented([words], width)
        yield from indented([book.say("verify.sums_note")], width)
    yield from heading(book.say(f"verify.outcome.{report.outcome.value}"), width)
    for line in [*_conclusion(report, book), book.say("verify.exit_code", code=code)]:
        yield from (Text(part) for part in folded(line, width))


def _conclusion(report: Report, book: Phrasebook) -> list[str]:
    """Return what the outcome means: only a verified archive is said to show anything."""
    if report.outcome is Outcome.REFUSED:
        return [book.say("verify.refuses")]
    remark = [book.say("verify.open")] if report.unchecked else []
    return [*remark, book.say("verify.proves")] if report.outcome is Outcome.VERIFIED else remark


def _step(step: Step, book: Phrasebook, width: int) -> Iterator[Text]:
    sign, style = SIGNS[step.status]
    name, status = book.say(f"verify.step.{step.name}"), book.say(f"verify.status.{step.status.value}")
    words = book.say("verify.line", number=step.number, name=name, status=status)
    yield from marked(sign, style, words, width, {})
    yield from indented(
        (book.say(f"verify.fact.{one.key}", **_in_one_line(one.values)) for one in step.facts), width, whole=True
    )
    yield from _issues(step.refused, book, width, "bold")
    yield from _issues(step.unchecked, book, width, "")


def _issues(issues: Iterable[Issue], book: Phrasebook, width: int, style: str) -> Iterator[Text]:
    listed, last = list(issues), ""
    for issue in listed[:LISTED]:
        values = _in_one_line(issue_values(issue))
        title = book.say("verify.issue", title=book.say(f"issue.{issue.code}.title"), code=issue.code)
        yield from indented([title], width, style)
        reason, advice = (visible(book.say(f"issue.{issue.code}.{part}", **values)) for part in ("reason", "advice"))
        # What to do about several of a kind is said once, behind the first.
        texts = [reason] if advice == last else [reason, book.say("cli.advice", advice=advice)]
        last = advice
        yield from indented(texts, width, margin=DEEPER, whole=True)
    if len(listed) > LISTED:
        yield from indented([book.say("cli.more", count=len(listed) - LISTED)], width)


def _in_one_line(values: Mapping[str, object]) -> dict[str, object]:
    """Return values of a sentence with a fingerprint that no line breaks: it is read out and compared."""
    whole = {name: str(one).replace(" ", NO_BREAK) for name, one in values.items() if name == "fingerprint"}
    return {**values, **whole}


def refusal_lines(error: VerificationError, book: Phrasebook, width: int) -> Iterator[Text]:
    """Yield why something does not verify, where a single thing was asked."""
    yield from (Text(line, style="bold red") for line in folded(book.say("verify.outcome.refused"), width))
    yield from _issues([issue_at(error.code, "", error.values)], book, width, "bold")


def report_json(report: Report, book: Phrasebook) -> str:
    """Return the report as JSON: codes and values for programs, sentences for people."""
    return json.dumps(
        {
            "outcome": report.outcome.value,
            "origin": report.origin,
            "size": report.size,
            "root": report.root,
            "key": report.key,
            "kinds": dict(report.kinds),
            "sums": [{"contest": one.contest, "sheets": one.sheets, "cells": dict(one.cells)} for one in report.sums],
            "steps": [_step_json(one, book) for one in report.steps],
        },
        ensure_ascii=False,
        indent=2,
    )


def _step_json(step: Step, book: Phrasebook) -> dict[str, object]:
    return {
        "number": step.number,
        "name": step.name,
        "status": step.status.value,
        "refused": [_issue_json(one, book) for one in step.refused],
        "not_checked": [_issue_json(one, book) for one in step.unchecked],
        "facts": [{"fact": one.key, **one.values} for one in step.facts],
    }


def _issue_json(issue: Issue, book: Phrasebook) -> dict[str, object]:
    values = {name: one if isinstance(one, int | str) else str(one) for name, one in issue.values}
    reason = book.say(f"issue.{issue.code}.reason", **issue_values(issue))
    return {"code": issue.code, "file": issue.where.file, "values": values, "reason": reason}
