"""What a rehearsal leaves in a folder: its definition, the agreed sheets as tables, its figures, and some photos."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from secondcount.errors import refusing
from secondcount.model.election import Contest
from secondcount.rehearsal.camera import take_photo
from secondcount.rehearsal.election_night import DEFINITION_NAME, practice_definition
from secondcount.rehearsal.night import Night, Outcome
from secondcount.rehearsal.pages import write_csv
from secondcount.rehearsal.photos import Photo
from secondcount.rehearsal.score import Score
from secondcount.rehearsal.sheet_picture import draw_sheet
from secondcount.transcription.cells import CellRead, Mark
from secondcount.transcription.states import agreement_of

__all__ = ["SCORE_NAME", "build_rehearsal", "draw_photo", "photo_name"]

SCORE_NAME = "rehearsal.json"
_WORDS = {Mark.BLANK: "blank", Mark.ILLEGIBLE: "illegible", Mark.STRUCK: "struck out", Mark.ABSENT: "absent"}
"""As tables of copies write them (docs/reference/tables.md)."""


def build_rehearsal(
    folder: Path, night: Night, outcomes: Sequence[Outcome], score: Score, *, photos: int = 0, language: str = "en"
) -> tuple[Path, ...]:
    """Write a rehearsal into a folder, which is made where it is missing; return what was written.

    Raises:
        InputError: X108, the disk refuses.

    """
    with refusing("X108", folder):
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for name, data in _files(night, outcomes, score, photos, language):
            (folder / name).write_bytes(data)
            written.append(folder / name)
    return tuple(written)


def _files(
    night: Night, outcomes: Sequence[Outcome], score: Score, photos: int, language: str
) -> Iterator[tuple[str, bytes]]:
    yield DEFINITION_NAME, practice_definition(night.plan.stations)
    for contest in night.election.contests:
        yield f"agreed-{contest.id}.csv", _table(night, contest, outcomes)
    yield SCORE_NAME, (json.dumps(score.to_dict(), indent=2, ensure_ascii=False) + "\n").encode()
    for number, photo in enumerate(night.photos[:photos], 1):
        yield photo_name(number, night, photo), draw_photo(night, photo, language)


def photo_name(number: int, night: Night, photo: Photo) -> str:
    """Return the name of a photo's file: it says what is on the paper, which may be other than what is claimed."""
    paper = night.papers[photo.paper]
    return f"photo-{number:04}-{paper.station}-{paper.contest}.jpg"


def draw_photo(night: Night, photo: Photo, language: str, *, width: int = 1000) -> bytes:
    """Return a photo as a JPEG: photos of one file are the same bytes."""
    paper = night.papers[photo.paper]
    seed = f"{night.plan.seed},{photo.file}"
    sheet = draw_sheet(paper, night.contest(paper.contest), language, seed)
    return take_photo(sheet, seed, width=width, legible=photo.legible)


def _table(night: Night, contest: Contest, outcomes: Sequence[Outcome]) -> bytes:
    """Return the agreed sheets of a contest as a table of copies that `check` reads."""
    areas = {one.station: one.protocol.area for one in night.papers}
    rows = [
        (place.station, areas[place.station], 1, 2, f"c{one.photo.collector:02}", *map(_cell, found.cells.values()))
        for one in outcomes
        if (found := agreement_of(one.state)) and (place := found.place).contest == contest.id
    ]
    made_by = f"seed {night.plan.seed}, made by secondcount rehearse; true of no election"
    header = ("station", "area", "copy", "level", "collector", *contest.cells)
    return write_csv(f"agreed-{contest.id}.csv", made_by, {"contest": contest.id}, header, rows).data


def _cell(cell: CellRead) -> str | int:
    return _WORDS[cell.mark] if cell.value is None else cell.value
