"""The screen of a rehearsal: which mistakes were made, which step caught them, what was left, and the totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.text import Text

from secondcount.cli.screen.blocks import Column, folded, heading, table
from secondcount.model.election import Election
from secondcount.rehearsal.desk_night import DeskScore
from secondcount.rehearsal.score import Detection, Score
from secondcount.wording import Phrasebook

__all__ = ["desk_lines", "rehearsal_lines"]

_STEPS = ("made", "caught", "third", "adjudicated", "set_aside", "left", "identities")


def rehearsal_lines(score: Score, election: Election, book: Phrasebook, width: int) -> Iterator[Text]:
    """Yield the whole screen as lines that fit the width."""
    yield Text(book.say("rehearsal.synthetic"), style="bold reverse")
    yield from _said(book, "rehearsal.lead", width, **_counts(score))
    yield from heading(book.say("rehearsal.mistakes"), width)
    yield from _mistakes(score.detection, book, width)
    yield from _said(book, "rehearsal.columns", width)
    yield from heading(book.say("rehearsal.planted"), width)
    yield from _planted(score, book, width)
    yield from heading(book.say("rehearsal.left"), width)
    yield from _left(score, book, width)
    yield from heading(book.say("rehearsal.totals"), width)
    yield from _totals(score, election, book, width)


def desk_lines(score: DeskScore, book: Phrasebook, width: int) -> Iterator[Text]:
    """Yield what came of the night at a real desk."""
    yield from heading(book.say("rehearsal.desk.title"), width)
    values = score.to_dict() | {"slowest": Fraction(str(score.slowest))}
    for part in ("sent", "read", "sheets"):
        yield from _said(book, f"rehearsal.desk.{part}", width, **values)


def _said(book: Phrasebook, key: str, width: int, **values: object) -> Iterator[Text]:
    yield from (Text(line) for line in folded(book.say(key, **values), width))


def _counts(score: Score) -> dict[str, object]:
    return {
        "stations": score.stations,
        "papers": score.papers,
        "photos": score.photos,
        "readings": score.readings,
        **score.outcomes,
    }


def _mistakes(detection: Sequence[Detection], book: Phrasebook, width: int) -> Iterator[Text]:
    titles = [book.say(f"rehearsal.column.{one}") for one in _STEPS]
    columns = [Column(title=book.say("rehearsal.column.kind")), *(Column(title=one, number=True) for one in titles)]
    rows = [
        (book.say(f"rehearsal.kind.{one.kind}"), *(book.number(getattr(one, step)) for step in _STEPS))
        for one in detection
    ]
    sums = (book.number(sum(getattr(one, step) for one in detection)) for step in _STEPS)
    yield from table(columns, [*rows, (book.say("rehearsal.column.sum"), *sums)], width)


def _planted(score: Score, book: Phrasebook, width: int) -> Iterator[Text]:
    titles = ("what", "made", "found")
    columns = [Column(title=book.say(f"rehearsal.column.{one}"), number=one != "what") for one in titles]
    rows = [
        (book.say(f"rehearsal.sent.{one.kind}"), book.number(one.made), book.number(one.found))
        for one in score.planted
    ]
    yield from table(columns, rows, width)


def _left(score: Score, book: Phrasebook, width: int) -> Iterator[Text]:
    share = Fraction(score.wrong, score.cells or 1)
    yield from _said(
        book, "rehearsal.residual", width, wrong=score.wrong, cells=score.cells, share=share, shown=score.wrong_shown
    )
    for one in score.estimates:
        ends = {name: Fraction(str(end)) for name, end in (("low", one.low), ("best", one.best), ("high", one.high))}
        yield from _said(book, f"rehearsal.estimate.{one.basis}", width, **ends)
    yield from _said(book, "rehearsal.hints", width, **score.hints)


def _totals(score: Score, election: Election, book: Phrasebook, width: int) -> Iterator[Text]:
    titles = ("contestant", "papers", "agreed", "difference")
    columns = [Column(title=book.say(f"rehearsal.column.{one}"), number=one != "contestant") for one in titles]
    for contest in election.contests:
        labels = {one.id: one.labels.get(book.language) for one in contest.contestants}
        rows = [
            (
                labels[one.contestant],
                book.number(one.papers),
                book.number(one.agreed),
                book.number(one.agreed - one.papers),
            )
            for one in score.totals
            if one.contest == contest.id
        ]
        yield Text("  " + contest.labels.get(book.language), style="bold")
        yield from table(columns, rows, width)
