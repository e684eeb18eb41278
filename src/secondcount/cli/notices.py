"""What is wrong or to be known and stands in no verdict: printed with its reason and what to do."""

from __future__ import annotations

from rich.text import Text

from secondcount.cli.runtime import Runtime
from secondcount.model.issue import Issue
from secondcount.model.naming import issue_values

__all__ = ["show_issues"]


def show_issues(runtime: Runtime, issues: tuple[Issue, ...]) -> None:
    """Print what is wrong or to be known, each with what to do."""
    for issue in issues:
        values = issue_values(issue)
        runtime.show([Text(""), Text(f"{runtime.book.say(f'issue.{issue.code}.title')} ({issue.code})", style="bold")])
        runtime.say(f"issue.{issue.code}.reason", **values)
        runtime.say("cli.advice", advice=runtime.book.say(f"issue.{issue.code}.advice", **values))
