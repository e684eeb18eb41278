"""Coverage, contradictions with their arithmetic, what could not be used, and how much else the report holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from secondcount.cli.screen.blocks import Column, heading, indented, marked, table
from secondcount.cli.screen.voice import Voice
from secondcount.model.issue import Issue, Severity
from secondcount.model.naming import issue_values
from secondcount.tabulation.result import Coverage

__all__ = ["coverage", "issues"]

LISTED = 10  # issues of one kind; the rest is counted, and all are in the report
WIDE = 70  # columns from which the coverage table shows votes too


def coverage(found: Sequence[Coverage], voice: Voice, width: int) -> Iterator[RenderableType]:
    """Yield from how many stations of which area there are copies, and of which provenance."""
    with_copies = [one for one in found if one.seen or one.conflicting]
    if not with_copies:
        return
    yield heading(voice.say("heading.coverage"))
    levels = [level for level in range(1, 5) if any(one.by_level[level] for one in with_copies)]
    columns: list[Column] = [(voice.say("column.area"), "left"), (voice.say("column.copies"), "right")]
    columns += [(voice.say("column.level_up", level=level), "right") for level in levels]
    columns.append((voice.say("column.conflicting"), "right"))
    if width >= WIDE:
        columns += [(voice.say("column.votes_seen"), "right"), (voice.say("column.votes_published"), "right")]
    yield table(columns, (_area(one, levels, voice)[: len(columns)] for one in with_copies), width)


def _area(one: Coverage, levels: Sequence[int], voice: Voice) -> list[str]:
    counts = [voice.count(one.by_level[level]) for level in levels]
    copies = voice.of(one.seen, one.expected)
    votes = [voice.count(one.votes_seen), voice.count(one.votes_official)]
    return [voice.name("area", one.area), copies, *counts, voice.count(one.conflicting), *votes]


def issues(found: Sequence[Issue], voices: Mapping[str, Voice]) -> Iterator[RenderableType]:
    """Yield errors and contradictions one by one, unusual values and notes as counts.

    `voices` maps a contest to its voice; "" is the voice for what concerns no contest.
    """
    voice = voices[""]
    by_kind = {kind: [one for one in found if one.severity is kind] for kind in Severity}
    yield from _listed("heading.errors", by_kind[Severity.ERROR], voices)
    yield from _listed("heading.contradictions", by_kind[Severity.CONTRADICTION], voices)
    yield ""
    if not by_kind[Severity.CONTRADICTION]:
        yield Text(voice.say("issues.none"))
    counts = ((kind, len(by_kind[kind])) for kind in (Severity.UNUSUAL, Severity.NOTE))
    parts = [voice.say(f"issues.{kind.value}", count=number) for kind, number in counts if number]
    if parts:
        yield Text(voice.say("issues.also", parts=", ".join(parts)))


def _listed(key: str, found: Sequence[Issue], voices: Mapping[str, Voice]) -> Iterator[RenderableType]:
    if not found:
        return
    voice = voices[""]
    yield heading(f"{voice.say(key)} ({voice.count(len(found))})")
    yield marked(_issue(one, voices.get(one.where.contest, voice)) for one in found[:LISTED])
    if len(found) > LISTED:
        yield indented([voice.say("issues.more", count=len(found) - LISTED)])


def _issue(issue: Issue, voice: Voice) -> tuple[str, str, Text]:
    sign, style = ("≠", "bold red") if issue.severity is Severity.CONTRADICTION else ("!", "bold yellow")
    heading_words = voice.book.say(f"issue.{issue.code}.title")
    reason = voice.quote(f"issue.{issue.code}.reason", issue_values(issue))
    return sign, style, Text.assemble((f"{heading_words} ({issue.code})", "bold"), "\n", reason)
