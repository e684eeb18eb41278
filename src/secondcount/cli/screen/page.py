"""The whole screen in reading order: what, whose, the statements, the figures, the findings, where the report is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from secondcount.cli.screen.blocks import heading
from secondcount.cli.screen.claims import claims
from secondcount.cli.screen.findings import coverage, issues
from secondcount.cli.screen.headlines import headlines, title
from secondcount.cli.screen.voice import Voice, voice_of
from secondcount.cli.screen.votes import flips, seats, thresholds
from secondcount.model.election import Contest
from secondcount.model.record import Record
from secondcount.verdict.result import ContestVerdict, Verdict
from secondcount.wording import Phrasebook, visible

__all__ = ["show_verdict"]


def show_verdict(
    verdict: Verdict, record: Record, book: Phrasebook, console: Console, files: Sequence[Path] = ()
) -> None:
    """Print the verdict for a person who is tired: conclusions first, then what they rest on, then the files."""
    for block in _blocks(verdict, record, book, console.width):
        console.print(block)
    for line in _ending(verdict, voice_of(record, book), files):
        console.print(line, overflow="fold")


def _blocks(verdict: Verdict, record: Record, book: Phrasebook, width: int) -> Iterator[RenderableType]:
    common = voice_of(record, book)
    voices = {"": common, **{one.contest: voice_of(record, book, one.contest) for one in verdict.contests}}
    yield from title(verdict, record, common)
    yield from headlines(verdict, common, record.election.geography.root.id)
    for found in verdict.contests:
        contest = record.election.contest(found.contest)
        if contest is not None:
            yield from _contest(found, contest, voices[found.contest], width, named=len(verdict.contests) > 1)
    yield from issues(verdict.issues, voices)


def _contest(
    found: ContestVerdict, contest: Contest, voice: Voice, width: int, *, named: bool
) -> Iterator[RenderableType]:
    if named:
        yield heading(voice.name("contest", contest.id))
    yield from seats(found, contest, voice, width)
    yield from thresholds(found, contest, voice)
    yield from flips(found, voice, width)
    yield from claims(found.claims, voice, width)
    yield from coverage(found.coverage, voice, width)


def _ending(verdict: Verdict, voice: Voice, files: Sequence[Path]) -> Iterator[Text]:
    """Yield what stands last and is seen first: what was compared, where the report is, what the exit code says."""
    yield Text("")
    yield Text(voice.say("protocols"))
    if verdict.synthetic:
        yield Text(voice.say("banner.synthetic"), style="bold reverse")
    yield from (Text(voice.say(_kind(one), file=visible(str(one)))) for one in files)
    outcome = "contradicts" if verdict.contradicts else "consistent"
    yield Text(voice.say(f"outcome.{outcome}"), style="bold")


def _kind(file: Path) -> str:
    kinds: Mapping[str, str] = {".html": "report", ".json": "verdict"}
    return kinds.get(file.suffix, "report")
