"""Law: of many files each has its own answer, and its name says no more than station and page."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from desking.place import DeskPlace, member, signed_in
from intaking.photos import encoded, patterned
from museum.build_images import PLAIN_PNG
from museum.small_photos import COLOUR, GREY
from secondcount.errors import InputError
from secondcount.web.desk import desk
from secondcount.web.models import Arrival, PaperCopy, Role
from secondcount.web.receiving.bulk import station_and_page
from secondcount.web.work import run_once

SHEET = "ab" * 16


def zipped(**files: bytes) -> SimpleUploadedFile:
    """Return a ZIP of files; `__` stands for a slash and `_dot_` for a dot in a name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as bundle:
        for name, data in files.items():
            bundle.writestr(name.replace("_dot_", ".").replace("__", "/"), data)
    return SimpleUploadedFile("photos.zip", written.getvalue())


def posted(client: Client, *files: SimpleUploadedFile, **more: str) -> str:
    """Send files by the form and return the page."""
    said = {"contest": "list", "source": "party_copy", "sheet": SHEET, **more}
    return client.post("/bulk/", {**said, "files": list(files)}).content.decode()


@pytest.fixture
def coordinator(place: DeskPlace) -> Client:
    """Return the browser of a coordinator."""
    return signed_in(member(Role.COORDINATOR))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("12.jpg", ("12", 1)),
        ("12_2.jpg", ("12", 2)),
        ("Almaty_12_02.jpeg", ("Almaty_12", 2)),
        ("folder/12_1.HEIC", ("12", 1)),
        ("..\\12_1.jpg", ("12", 1)),
        ("12_300.jpg", ("12_300", 1)),
    ],
)
def test_a_name_says_station_and_page(name: str, found: tuple[str, int]) -> None:
    """`station_page.jpg`; folders do not count."""
    assert station_and_page(name) == found


@pytest.mark.parametrize("name", ["", "photo", "_1", ".jpg", "12_0.jpg"])
def test_a_name_without_a_station(name: str) -> None:
    """Where the name says nothing and no station is given for all, the file is refused."""
    with pytest.raises(InputError) as refused:
        station_and_page(name)
    assert refused.value.code == "K118"


def test_a_zip_gives_an_answer_for_each_file(place: DeskPlace, coordinator: Client) -> None:
    """Good files are safe; bad ones have their code; the pages of a station make one copy."""
    page = posted(coordinator, zipped(a__12_1_dot_jpg=COLOUR, a__12_2_dot_png=PLAIN_PNG, b__13_dot_jpg=b"text"))
    assert sorted(Arrival.objects.values_list("station", "page", "pages")) == [("12", 1, 2), ("12", 2, 2)]
    assert "N106" in page
    run_once(desk())
    run_once(desk())
    assert [one.pages.count() for one in PaperCopy.objects.all()] == [2]


def test_the_same_folder_again_adds_nothing(place: DeskPlace, coordinator: Client) -> None:
    """What broke off half way is sent again as a whole: each file is there once."""
    for _ in range(2):
        posted(coordinator, SimpleUploadedFile("12.jpg", COLOUR), SimpleUploadedFile("13.jpg", GREY))
    assert Arrival.objects.count() == 2


def test_copies_that_coordinators_bring_are_not_versions_of_one(place: DeskPlace, coordinator: Client) -> None:
    """They come from several people: each is a copy of its own."""
    posted(coordinator, SimpleUploadedFile("12.jpg", COLOUR))
    run_once(desk())
    turned = encoded(patterned().transpose(Image.Transpose.ROTATE_180))
    posted(coordinator, SimpleUploadedFile("12.jpg", turned), sheet="cd" * 16)
    run_once(desk())
    assert sorted(PaperCopy.objects.values_list("copy", "version")) == [(1, 1), (2, 1)]


def test_a_zip_that_is_none(place: DeskPlace, coordinator: Client) -> None:
    """A broken ZIP is refused whole, with its code."""
    assert "N170" in posted(coordinator, SimpleUploadedFile("photos.zip", b"PK\3\4"))
    assert not Arrival.objects.exists()


def test_a_zip_in_a_zip_is_no_photo(place: DeskPlace, coordinator: Client) -> None:
    """Nothing is unpacked twice."""
    inner = zipped(a_dot_jpg=COLOUR).read()
    assert "N105" in posted(coordinator, zipped(inner_dot_zip=inner))
    assert not Arrival.objects.exists()


def test_names_are_shown_as_text(place: DeskPlace, coordinator: Client) -> None:
    """A name that is a script is shown and never run."""
    page = posted(coordinator, SimpleUploadedFile("<script>alert(1)</script>.jpg", b"text"))
    assert "<script>alert" not in page


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.READER, Role.VIEWER, Role.ADJUDICATOR])
def test_only_coordinators_send_many(place: DeskPlace, role: Role) -> None:
    """The door for many files is theirs."""
    assert signed_in(member(role)).get("/bulk/").status_code in (302, 403)
