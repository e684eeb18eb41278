"""Coverage, contradictions with their arithmetic, what could not be used, and how much else the report holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from secondcount.cli.screen.blocks import Column, heading, indented, marked, table
from secondcount.cli.screen.signs import SIGNS
from secondcount.cli.screen.voice import Voice
from secondcount.model.issue import Issue, Severity
from secondcount.model.naming import issue_values
from secondcount.tabulation.result import Coverage
from secondcount.verdict.result import StationsVerdict

__all__ = ["coverage", "issues", "stations"]

AREAS = 12  # areas of the coverage table; the rest is counted, and all are in the report
LISTED = 10  # issues of one kind; the rest is counted, and all are in the report
WIDE = 70  # columns from which the coverage table shows provenance levels and votes too
VOTES = ("votes_seen", "votes_published")
LEVELS = (1, 2, 3, 4)  # level 0 and up is every copy


def coverage(found: Sequence[Coverage], voice: Voice, width: int) -> Iterator[Text]:
    """Yield from how many stations of which area there are copies, and of which provenance."""
    with_copies = [one for one in found if one.seen or one.conflicting]
    if not with_copies:
        return
    yield from heading(voice.say("heading.coverage"), width)
    wide = width >= WIDE
    levels = [level for level in LEVELS if wide and any(one.by_level[level] for one in with_copies)]
    steps = " / ".join(voice.say("column.level_up", level=level) for level in levels)
    titles = [voice.say("column.copies"), *([f"{voice.say('column.level')} {steps}"] if levels else [])]
    titles += [voice.say(f"column.{name}") for name in ("conflicting", *(VOTES if wide else ()))]
    columns = [Column(title=voice.say("column.area")), *(Column(title=one, number=True) for one in titles)]
    shown = _largest(with_copies)
    yield from table(columns, [_area(one, levels, voice)[: len(columns)] for one in shown], width)
    if len(shown) < len(with_copies):
        yield from indented([voice.say("issues.more", count=len(with_copies) - len(shown))], width)


def _largest(found: Sequence[Coverage]) -> list[Coverage]:
    """Return the areas with most copies, as they stand (the whole last): a screen has no room for every locality."""
    kept = sorted(found, key=lambda one: -one.seen)[:AREAS]
    return [one for one in found if one in kept]


def _area(one: Coverage, levels: Sequence[int], voice: Voice) -> list[str]:
    by_level = " / ".join(voice.count(one.by_level[level]) for level in levels)
    counts = [voice.count(number) for number in (one.conflicting, one.votes_seen, one.votes_official)]
    return [voice.name("area", one.area), voice.of(one.seen, one.expected), *([by_level] if levels else []), *counts]


def stations(found: StationsVerdict | None, voice: Voice, width: int) -> Iterator[Text]:
    """Yield how many stations agree with a published station table; each difference is an issue of its own."""
    if found is None:
        return
    name = voice.name("publication", found.publication)
    counts = {"compared": found.compared, "equal": found.equal, "cells": found.cells}
    yield from indented([voice.say("stations.compared", publication=name, **counts)], width)
    for key, count in (("copies_only", found.copies_only), ("published_only", found.published_only)):
        if count:
            yield from indented([voice.say(f"stations.{key}", count=count)], width)


def issues(found: Sequence[Issue], voices: Mapping[str, Voice], width: int) -> Iterator[Text]:
    """Yield errors and contradictions with their sentences, unusual values and notes as counts.

    `voices` maps a contest to its voice; "" is the voice for what concerns no contest.
    """
    voice = voices[""]
    by_kind = {kind: [one for one in found if one.severity is kind] for kind in Severity}
    yield from _listed("heading.errors", by_kind[Severity.ERROR], voices, width)
    yield from _listed("heading.contradictions", by_kind[Severity.CONTRADICTION], voices, width)
    yield Text("")
    if not by_kind[Severity.CONTRADICTION]:
        yield Text(voice.say("issues.none"))
    counts = ((kind, len(by_kind[kind])) for kind in (Severity.UNUSUAL, Severity.NOTE))
    parts = [voice.say(f"issues.{kind.value}", count=number) for kind, number in counts if number]
    if parts:
        yield Text(voice.say("issues.also", parts=", ".join(parts)))


def _listed(key: str, found: Sequence[Issue], voices: Mapping[str, Voice], width: int) -> Iterator[Text]:
    """Yield the first issues of a kind under the title of their code, and the number of the others."""
    if not found:
        return
    voice = voices[""]
    yield from heading(f"{voice.say(key)} ({voice.count(len(found))})", width)
    shown = found[:LISTED]
    for code in dict.fromkeys(one.code for one in shown):
        yield from _titled(code, [one for one in shown if one.code == code], voices, width)
    if len(found) > LISTED:
        yield from indented([voice.say("issues.more", count=len(found) - LISTED)], width)


def _titled(code: str, found: Sequence[Issue], voices: Mapping[str, Voice], width: int) -> Iterator[Text]:
    sign, style = SIGNS[found[0].severity.value]
    name = f"{voices[''].book.outline(f'issue.{code}.title')} ({code})"
    yield from marked(sign, style, name, width, {name: style})
    for issue in found:
        voice = voices.get(issue.where.contest, voices[""])
        yield from indented([voice.quote(f"issue.{code}.reason", issue_values(issue))], width)
