"""Coverage, contradictions with their arithmetic, what could not be used, and how much else the report holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice, zip_longest

from rich.text import Text

from secondcount.cli.screen.blocks import Column, heading, indented, marked, table
from secondcount.cli.screen.signs import SIGNS
from secondcount.cli.screen.voice import Voice
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Severity
from secondcount.model.naming import issue_values
from secondcount.model.tally import Tally, tally_of
from secondcount.tabulation.result import Coverage
from secondcount.verdict.places import from_the_top
from secondcount.verdict.result import StationsVerdict

__all__ = ["coverage", "issues", "stations"]

AREAS = 20  # areas of the coverage table; the rest is counted, and all are in verdict.json
OF_LEVEL = 7  # areas of a level that does not fit
LISTED = 10  # issues of one kind; the rest is counted, and the sentence says where it is
WIDE = 70  # columns from which the coverage table shows provenance levels and votes too
VOTES = ("votes_seen", "votes_published")
LEVELS = (1, 2, 3, 4)  # level 0 and up is every copy


def coverage(found: Sequence[Coverage], geography: Geography, voice: Voice, width: int) -> Iterator[Text]:
    """Yield from how many stations of which area there are copies, and of which provenance: the whole first."""
    with_copies = [one for one in from_the_top(found, geography) if one.seen or one.conflicting]
    if not with_copies:
        return
    yield from heading(voice.say("heading.coverage"), width)
    wide = width >= WIDE
    levels = [level for level in LEVELS if wide and any(one.by_level[level] for one in with_copies)]
    steps = " / ".join(voice.say("column.level_up", level=level) for level in levels)
    titles = [voice.say("column.copies"), *([f"{voice.say('column.level')} {steps}"] if levels else [])]
    titles += [voice.say(f"column.{name}") for name in ("conflicting", *(VOTES if wide else ()))]
    columns = [Column(title=voice.say("column.area")), *(Column(title=one, number=True) for one in titles)]
    shown = _nearest(with_copies, geography)
    yield from table(columns, [_area(one, levels, voice)[: len(columns)] for one in shown], width)
    if len(shown) < len(with_copies):
        yield from indented([voice.say("coverage_more", count=len(with_copies) - len(shown))], width)


def _nearest(found: Sequence[Coverage], geography: Geography) -> list[Coverage]:
    """Return the areas for which there is room, from the whole down: of a level that does not fit, the largest few."""
    shown: list[Coverage] = []
    for _, level in groupby(found, key=lambda one: len(geography.lineage(one.area))):
        here, room = list(level), AREAS - len(shown)
        shown += here if len(here) <= room else here[: min(room, OF_LEVEL)]
    return shown


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
    yield from _listed("heading.errors", Severity.ERROR, found, voices, width)
    yield from _listed("heading.contradictions", Severity.CONTRADICTION, found, voices, width)
    yield Text("")
    if not tally_of(found, Severity.CONTRADICTION).total:
        yield Text(voice.say("issues.none"))
    counts = ((kind, tally_of(found, kind).total) for kind in (Severity.UNUSUAL, Severity.NOTE))
    parts = [voice.say(f"issues.{kind.value}", count=number) for kind, number in counts if number]
    if parts:
        yield Text(voice.say("issues.also", parts=", ".join(parts)))


def _listed(
    key: str, kind: Severity, found: Sequence[Issue], voices: Mapping[str, Voice], width: int
) -> Iterator[Text]:
    """Yield the first issues of a kind under the title of their code, how many there are, and where the others are."""
    tally = tally_of(found, kind)
    if not tally.listed:
        return
    voice = voices[""]
    yield from heading(f"{voice.say(key)} ({voice.count(tally.total)})", width)
    shown = _first_of_each([one for one in found if one.severity is kind])
    for code, of_code in shown.items():
        yield from _titled(code, of_code, voices, width)
    number = sum(map(len, shown.values()))
    if tally.total > number:
        yield from indented([_others(tally, number, voice)], width)


def _first_of_each(found: Sequence[Issue]) -> dict[str, list[Issue]]:
    """Return the issues for which there is room, by code: one of each in turn, so that none crowds out another."""
    waiting: dict[str, list[Issue]] = {}
    for one in found:
        waiting.setdefault(one.code, []).append(one)
    turns = (one for turn in zip_longest(*waiting.values()) for one in turn if one is not None)
    shown: dict[str, list[Issue]] = {code: [] for code in waiting}
    for one in islice(turns, max(LISTED, len(waiting))):
        shown[one.code].append(one)
    return shown


def _others(tally: Tally, shown: int, voice: Voice) -> str:
    """Return how many of a kind are not shown here, and where they are: in the table, or nowhere listed."""
    if tally.in_table == tally.total:
        return voice.say("issues.more", count=tally.total - shown, total=tally.total)
    counts = {"total": tally.total, "listed": tally.in_table, "unlisted": tally.total - tally.in_table}
    return voice.say("issues.more_counted", count=tally.total - shown, **counts)


def _titled(code: str, found: Sequence[Issue], voices: Mapping[str, Voice], width: int) -> Iterator[Text]:
    sign, style = SIGNS[found[0].severity.value]
    name = f"{voices[''].book.outline(f'issue.{code}.title')} ({code})"
    yield from marked(sign, style, name, width, {name: style})
    for issue in found:
        voice = voices.get(issue.where.contest, voices[""])
        yield from indented([voice.quote(f"issue.{code}.reason", issue_values(issue))], width)
