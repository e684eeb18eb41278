"""An election night at a real desk: photos are sent by HTTP, people read and decide, the log tells what was agreed."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image

from secondcount.custody.archive import Archive, load_head
from secondcount.errors import InputError
from secondcount.evidence.entries import Adjudication, Sheet, parse_entry
from secondcount.evidence.log import Log
from secondcount.rehearsal.browser import Page
from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.folder import draw_photo
from secondcount.rehearsal.members import Member, expect
from secondcount.rehearsal.night import Night, type_reading
from secondcount.rehearsal.papers import Paper
from secondcount.rehearsal.photos import Photo
from secondcount.rehearsal.readers import read_paper
from secondcount.transcription.cells import CellRead, numbers_of, states_of
from secondcount.transcription.reading import CONTEST, PAGE, STATION, Answer, Problem, Reading

__all__ = [
    "Crowd",
    "DeskScore",
    "Eyes",
    "answer_form",
    "claim_of",
    "decide_next",
    "read_next",
    "run_night",
    "score_desk",
    "send",
]

THUMB = 32
WIDTH = 700  # pixels of a photo: enough to be read, small enough to be quick
IDLE = 8  # seconds without any work for anybody, after which the night is over
PAUSE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The people of a rehearsal."""

    collectors: Sequence[Member]
    readers: Sequence[Member]
    adjudicators: Sequence[Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskScore:
    """What came of a night at the desk."""

    photos: int
    receipts: int  # different ones
    requests: int
    slowest: float  # seconds below which 95 of 100 answers came
    readings: int
    decisions: int
    sheets: int
    set_aside: int
    expected: int  # papers of which a legible photo was sent
    missing: int  # of these: without a sheet
    doubled: int  # stations and contests with more sheets than papers
    cells: int
    wrong: int  # cells of sheets that are not as on the paper
    seconds: float  # that people waited for answers, all together

    def to_dict(self) -> dict[str, object]:
        """Return the score as JSON has it; always labelled."""
        return {"synthetic": True, **asdict(self)}


class Eyes:
    """Recognises a picture among the photos that were sent, as a person sees which sheet lies there."""

    def __init__(self, photos: Mapping[int, bytes]) -> None:
        """Take the files that were sent, by number."""
        self._known = {number: _thumb(data) for number, data in photos.items()}

    def learn(self, number: int, data: bytes) -> None:
        """Remember one more file."""
        self._known[number] = _thumb(data)

    def recognise(self, picture: bytes) -> int:
        """Return the number of the file that a picture was made of."""
        seen = _thumb(picture)
        return min(self._known, key=lambda one: sum(abs(a - b) for a, b in zip(seen, self._known[one], strict=True)))


def _thumb(data: bytes) -> bytes:
    return Image.open(BytesIO(data)).convert("L").resize((THUMB, THUMB), Image.Resampling.BOX).tobytes()


def claim_of(photo: Photo, number: int, seed: str) -> dict[str, object]:
    """Return what a collector says of a photo: the wrong things too, where the rehearsal wants so."""
    return {
        "station": photo.station,
        "contest": photo.contest,
        "sheet": sha256(f"{seed},{number}".encode()).hexdigest()[:32],
        "page": 1,
        "pages": 1,
        "source": "certified_copy",
        "from_whom": "chair",
        "capacity": "observer",
    }


def run_night(night: Night, crowd: Crowd, *, language: str = "en") -> tuple[Counter[str], set[str]]:
    """Send every photo, then read and decide until there is nothing left; return what was done, and the receipts.

    Args:
        night: what is made up.
        crowd: who does it.
        language: of the forms that are drawn.

    Raises:
        InputError: K182, the desk answered something that it should not.
        OSError: it does not answer.

    """
    done: Counter[str] = Counter()
    files = _draw(night, language)
    receipts: set[str] = set()
    for number, photo in enumerate(night.photos):
        person = crowd.collectors[photo.collector % len(crowd.collectors)]
        receipts.add(send(person, night, photo, number, files[photo.file]))
        done["sent"] += 1
    eyes, dice = Eyes(files), Dice(f"secondcount.rehearsal.desk,{night.plan.seed}")
    quiet = time.monotonic()
    while time.monotonic() - quiet < IDLE:
        if _everybody(night, crowd, eyes, dice, done):
            quiet = time.monotonic()
        else:
            time.sleep(PAUSE)
    return done, receipts


def _draw(night: Night, language: str) -> dict[int, bytes]:
    """Return every file once."""
    return {one.file: draw_photo(night, one, language, width=WIDTH) for one in night.photos if not one.again}


def _everybody(night: Night, crowd: Crowd, eyes: Eyes, dice: Dice, done: Counter[str]) -> int:
    """Let each person do one thing; return how many found something to do."""
    read = sum(read_next(one, night, eyes, dice) for one in crowd.readers)
    decided = sum(decide_next(one, night, eyes) for one in crowd.adjudicators)
    done.update(read=read, decided=decided)
    return read + decided


def send(person: Member, night: Night, photo: Photo, number: int, data: bytes) -> str:
    """Send one photo and return its receipt."""
    claim = json.dumps(claim_of(photo, number, night.plan.seed))
    if not person.browser.cookie("csrftoken"):
        person.browser.get("/")
    fields = {"claim": claim, "sha256": sha256(data).hexdigest()}
    page = person.browser.post("/api/arrivals", fields, {"file": (f"photo-{number}.jpg", data)})
    return str(json.loads(expect(page, "send", 201).body)["receipt"])


def read_next(person: Member, night: Night, eyes: Eyes, dice: Dice) -> bool:
    """Take the next task and read it; False where there is none for this person."""
    given = _take_next(person, "read", night, eyes)
    if given is None:
        return False
    page, photo = given
    paper = night.papers[photo.paper]
    if "station" in page.names and "problem" in page.names:
        reading = type_reading(night, photo, person.name, dice).reading
    else:  # a third reader is asked for single cells
        reading = read_paper(paper, person.name, night.stations, night.plan.rates, dice).reading
    fields = answer_form(page.names | _cells_of(night, paper), reading) | {"grant": page.hidden["grant"]}
    expect(person.browser.post(page.path, fields | {"step": "check"}), "check")
    committed = expect(person.browser.post(page.path, fields | {"step": "commit"}), "commit")
    if not committed.path.endswith("/done/"):
        raise InputError("K182", step="commit", status=committed.status, path=committed.path)
    return True


def _take_next(person: Member, door: str, night: Night, eyes: Eyes) -> tuple[Page, Photo] | None:
    """Return the form of the next task behind a door and the photo that lies there; None where there is none."""
    page = expect(person.browser.post(f"/{door}/next/", {}), f"next to {door}")
    if "nothing=1" in page.path:
        return None
    file = eyes.recognise(expect(person.browser.get(f"{page.path}page/1/"), "picture").body)
    return page, next(one for one in night.photos if one.file == file)


def _cells_of(night: Night, paper: Paper) -> frozenset[str]:
    """Return the fields that the form gets once the contest is chosen."""
    return frozenset(f"v-{cell}" for cell in night.contest(paper.contest).cells)


def answer_form(names: frozenset[str], reading: Reading) -> dict[str, str]:
    """Return the fields of a form as a reader fills them in, of those that the form has."""
    place = reading.place
    said = {"station": place.station, "contest": place.contest, "pages": str(place.page_count)}
    found = {name: text for name, text in said.items() if name in names}
    if reading.problem is not None:
        return found | {"problem": reading.problem.value}
    for cell, read in reading.cells.items():
        if f"v-{cell}" in names:
            found |= _filled(cell, read)
    return found


def _filled(cell: str, read: CellRead) -> dict[str, str]:
    if read.value is None:
        return {f"m-{cell}": read.mark.value}
    old = {f"w-{cell}": "1", f"o-{cell}": "" if read.old is None else str(read.old)} if read.overwritten else {}
    return {f"v-{cell}": str(read.value)} | old


def decide_next(person: Member, night: Night, eyes: Eyes) -> bool:
    """Take the next case and decide it by what stands on the paper; False where there is none."""
    given = _take_next(person, "decide", night, eyes)
    if given is None:
        return False
    page, photo = given
    paper = night.papers[photo.paper]
    fields = {"ground": "picture_seen"}
    if not photo.legible:
        fields = {"ground": "undecidable", "problem": Problem.UNREADABLE.value}
    elif "as_contest" in page.names:
        fields["as_contest"] = paper.contest
        page = expect(person.browser.post(page.path, fields | {"step": "try"}), "contest")
    if photo.legible:
        fields |= _decided(page.names, paper)
    decided = expect(person.browser.post(page.path, fields | {"step": "decide"}), "decide")
    if "decided=1" not in decided.path:
        raise InputError("K182", step="decide", status=decided.status, path=decided.path)
    return True


def _decided(names: frozenset[str], paper: Paper) -> dict[str, str]:
    """Return the fields of a decision: everything that is asked, as it stands on the paper."""
    truth: dict[str, Answer] = {STATION: paper.station, CONTEST: paper.contest, PAGE: 1, **paper.cells}
    found: dict[str, str] = {}
    for cell, said in truth.items():
        if f"c-{cell}" not in names:
            continue
        found[f"c-{cell}"] = "own"
        found |= _filled(cell, said) if isinstance(said, CellRead) else {_FIELDS[cell]: str(said)}
    return found


_FIELDS = {STATION: "station", CONTEST: "contest", PAGE: "pages"}


def score_desk(
    night: Night, archive: Archive, done: Mapping[str, int], receipts: set[str], times: Sequence[float]
) -> DeskScore:
    """Hold the sheets of the log against the papers."""
    entries = list(_entries(archive))
    sheets = [one for one in entries if isinstance(one, Sheet)]
    papers = {(one.station, one.contest): one for one in night.papers}
    expected = {(p.station, p.contest) for one in night.photos if one.legible for p in (night.papers[one.paper],)}
    counted = Counter((one.station, one.contest) for one in sheets)
    return DeskScore(
        photos=len(night.photos),
        receipts=len(receipts),
        requests=len(times),
        slowest=round(sorted(times)[len(times) * 95 // 100], 3) if times else 0,
        readings=done.get("read", 0),
        decisions=done.get("decided", 0),
        sheets=len(sheets),
        set_aside=sum(isinstance(one, Adjudication) for one in entries) - len(sheets),
        expected=len(expected),
        missing=len(expected - counted.keys()),
        doubled=sum(number > 1 for number in counted.values()),
        cells=sum(len(one.states) for one in sheets),
        wrong=sum(_wrong(night, papers.get((one.station, one.contest)), one) for one in sheets),
        seconds=round(sum(times), 1),
    )


def _entries(archive: Archive) -> Iterator[object]:
    size = load_head(archive).checkpoint.size
    for _, data in Log(archive.public, size).entries(0, size):
        yield parse_entry(data)


def _wrong(night: Night, paper: Paper | None, sheet: Sheet) -> int:
    """Count the cells of a sheet that are not as on the paper; all of them where there is no such paper."""
    if paper is None:
        return len(sheet.states)
    names = night.contest(paper.contest).cells
    states, numbers = states_of(paper.cells, names), numbers_of(paper.cells)
    return sum(
        (sheet.states[at], sheet.cells.get(name)) != (states[at], numbers.get(name)) for at, name in enumerate(names)
    )
