"""The whole screen in reading order: what, whose, the statements, the figures, the findings, where the report is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from secondcount.cli.screen.blocks import folded, heading
from secondcount.cli.screen.claims import claims
from secondcount.cli.screen.findings import coverage, issues, stations
from secondcount.cli.screen.headlines import headlines, title
from secondcount.cli.screen.voice import Voice, voice_of
from secondcount.cli.screen.votes import districts, flips, seats, thresholds
from secondcount.model.election import Contest
from secondcount.model.record import Record
from secondcount.verdict.result import ContestVerdict, Verdict
from secondcount.wording import Phrasebook, visible

__all__ = ["Ending", "screen_lines", "show_verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What the last lines tell: the files that were written, and the exit code (None where it says something else)."""

    files: Sequence[Path] = ()
    code: int | None = None


def show_verdict(verdict: Verdict, record: Record, book: Phrasebook, console: Console, ending: Ending) -> None:
    """Print the verdict for a person who is tired: conclusions first, then what they rest on, then the files."""
    for line in screen_lines(verdict, record, book, console.width, ending):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)


def screen_lines(verdict: Verdict, record: Record, book: Phrasebook, width: int, ending: Ending) -> Iterator[Text]:
    """Yield the screen as lines that fit the width."""
    common = voice_of(record, book)
    voices = {"": common, **{one.contest: voice_of(record, book, one.contest) for one in verdict.contests}}
    yield from title(verdict, record, common, width)
    yield from headlines(verdict, record, common, width)
    for found in verdict.contests:
        contest = record.election.contest(found.contest)
        if contest is not None:
            yield from _contest(found, contest, voices[found.contest], width, named=len(verdict.contests) > 1)
            yield from coverage(found.coverage, record.election.geography, voices[found.contest], width)
            yield from stations(found.stations, voices[found.contest], width)
    yield from issues(verdict.issues, voices, width)
    yield from _ended(verdict, common, ending, width)


def _contest(found: ContestVerdict, contest: Contest, voice: Voice, width: int, *, named: bool) -> Iterator[Text]:
    if named:
        yield from heading(voice.name("contest", contest.id), width)
    yield from seats(found, contest, voice, width)
    yield from districts(found, voice, width)
    yield from thresholds(found, contest, voice, width)
    yield from flips(found, voice, width)
    yield from claims(found.claims, contest.share_base, voice, width)


def _ended(verdict: Verdict, voice: Voice, ending: Ending, width: int) -> Iterator[Text]:
    """Yield what stands last and is seen first: what was compared, where the report is, what the exit code says."""
    yield Text("")
    yield from (Text(line) for line in folded(voice.say("protocols"), width))
    if verdict.synthetic:
        yield Text(voice.say("banner.synthetic"), style="bold reverse")
    yield from (Text(voice.say(_kind(one), file=visible(str(one)))) for one in ending.files)
    words = [voice.say(f"outcome.{'contradicts' if verdict.contradicts else 'consistent'}")]
    if ending.code is not None:
        words.append(voice.say("outcome.exit_code", code=ending.code))
    yield Text(" ".join(words), style="bold")


def _kind(file: Path) -> str:
    kinds: Mapping[str, str] = {".html": "report", ".json": "verdict", ".csv": "table", ".xlsx": "worksheet"}
    return kinds.get(file.suffix, "report")
