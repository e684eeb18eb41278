"""Laws of the made-up photos: the same seed draws the same bytes, and nothing else does."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from secondcount.intake import read_photo
from secondcount.rehearsal.camera import take_photo
from secondcount.rehearsal.folder import SCORE_NAME, build_rehearsal, draw_photo
from secondcount.rehearsal.night import Night, Plan, prepare_night, read_night
from secondcount.rehearsal.photos import Sent
from secondcount.rehearsal.rates import Rates
from secondcount.rehearsal.score import score_night
from secondcount.rehearsal.sheet_picture import SIZE, draw_sheet


@pytest.fixture(scope="module")
def night() -> Night:
    """Return a night in which files are sent again."""
    return prepare_night(Plan(stations=12, seed="pictures", rates=Rates(forwarded=400, reused=200, unreadable=100)))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_sheet_has_ink_on_every_line(night: Night, language: str) -> None:
    """The form is drawn whole: no picture is empty, and each language looks different."""
    paper = night.papers[0]
    sheet = draw_sheet(paper, night.contest(paper.contest), language, "1")
    assert sheet.size == SIZE
    assert len(sheet.getcolors(2**24) or []) > 20


def test_a_photo_is_reproducible(night: Night) -> None:
    """Same seed, same bytes; another seed is another photo of the same paper."""
    paper = night.papers[0]
    sheet = draw_sheet(paper, night.contest(paper.contest), "en", "1")
    assert take_photo(sheet, "a", width=400) == take_photo(sheet, "a", width=400)
    assert take_photo(sheet, "a", width=400) != take_photo(sheet, "b", width=400)


def test_a_file_sent_again_has_the_same_bytes(night: Night) -> None:
    """A forwarded photo is recognised by its digest, so its bytes are those of the first one."""
    again = [one for one in night.photos if one.again]
    assert {one.sent for one in again} == {Sent.REUSED, Sent.FORWARDED}
    for one in again[:3]:
        first = next(other for other in night.photos if other.file == one.file)
        assert draw_photo(night, one, "en", width=200) == draw_photo(night, first, "en", width=200)


def test_no_two_papers_have_the_same_bytes(night: Night) -> None:
    """Photos of different papers are different files."""
    firsts = [one for one in night.photos if not one.again]
    assert len({draw_photo(night, one, "en", width=160) for one in firsts}) == len(firsts)


def test_the_desk_takes_such_a_photo(night: Night) -> None:
    """A photo passes the limits and the decoder that every arrival passes."""
    data = draw_photo(night, night.photos[0], "kk", width=600)
    assert read_photo("photo.jpg", data).width == 600
    assert Image.open(BytesIO(data)).format == "JPEG"


def test_an_unreadable_photo_has_no_edges(night: Night) -> None:
    """In a photo that cannot be read, neighbouring pixels are nearly the same."""
    paper = night.papers[0]
    sheet = draw_sheet(paper, night.contest(paper.contest), "en", "1")
    spans = []
    for legible in (True, False):
        photo = Image.open(BytesIO(take_photo(sheet, "a", width=400, legible=legible))).convert("L")
        part = photo.crop((200, 200, 260, 260)).tobytes()
        spans.append(max(part) - min(part))
    assert spans[1] < spans[0] / 3


def test_the_folder_can_be_checked(night: Night, tmp_path: Path) -> None:
    """Every table says synthetic in its first line; definition, figures and photos lie beside each other."""
    outcomes = tuple(read_night(night))
    written = build_rehearsal(tmp_path / "out", night, outcomes, score_night(night, outcomes), photos=2)
    names = [one.name for one in written]
    assert names[:4] == ["rehearsal.toml", "agreed-list.csv", "agreed-mayor.csv", SCORE_NAME]
    assert sum(name.endswith(".jpg") for name in names) == 2
    for one in written[1:3]:
        assert one.read_bytes().startswith(b"# synthetic: ")
