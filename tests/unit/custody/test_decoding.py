"""Law: an arrival becomes one copy or one refusal, however often it is looked at; one picture is one witness."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from intaking.photos import decoded, encoded, patterned
from keeping.desks import ANNA, CLAIM, CONTEST, NIGHT, OTHER, PHOTO, arrived_copy, in_log, kinds_in_log
from museum.build_images import EVERYTHING, with_segments
from secondcount.custody.archive import Archive
from secondcount.custody.arrivals import acknowledge_arrival, waiting_arrivals
from secondcount.custody.decoding import (
    IMAGE_REFUSED,
    IMAGE_REPEATED,
    ReadArrival,
    RefusedFile,
    SameFile,
    load_copy,
    read_arrival,
    stored_copies,
)
from secondcount.custody.layout import blob_path, original_path
from secondcount.errors import InputError
from secondcount.evidence.entries import Copy, Custody
from secondcount.evidence.verify import Outcome, verify_archive
from secondcount.intake import check_stripped
from secondcount.intake.images import ImageKind

LATER = NIGHT + timedelta(hours=1)
BROKEN = PHOTO[:1_500]
THEIRS = msgspec.structs.replace(CLAIM, collector=ANNA)


def test_a_copy_comes_of_an_arrival(archive: Archive) -> None:
    """The entry says what was claimed, the public picture is clean, the arrival no longer waits; the log verifies."""
    receipt = acknowledge_arrival(archive, with_segments(*EVERYTHING), CLAIM, NIGHT).receipt
    found = read_arrival(archive, receipt, CONTEST, LATER)
    assert isinstance(found, ReadArrival)
    assert list(waiting_arrivals(archive)) == []
    (copy,) = [one for one in in_log(archive) if isinstance(one, Copy)]
    assert (copy.station, copy.contest, copy.level, copy.received) == ("512", "list", 2, "2030-05-05T21:30:00Z")
    assert (copy.derivative.digest, copy.page, copy.first) == (found.derivative, msgspec.UNSET, msgspec.UNSET)
    picture = archive.public.load(blob_path(found.derivative))
    check_stripped(picture, "-")
    assert decoded(picture).size == (found.width, found.height)
    assert verify_archive(archive.public).outcome is Outcome.VERIFIED


def test_a_second_look_finds_the_first(archive: Archive) -> None:
    """Asked again, before and after the log has it, the answer is the same and nothing is added."""
    receipt = acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT).receipt
    first = read_arrival(archive, receipt, CONTEST, NIGHT)
    kinds = kinds_in_log(archive)
    again = read_arrival(archive, receipt, CONTEST, LATER)
    assert isinstance(again, ReadArrival)
    assert isinstance(first, ReadArrival)
    assert (again.copy, again.derivative) == (first.copy, first.derivative)
    assert kinds_in_log(archive) == kinds == {"custody": 2, "copy": 1}


def test_further_pages_name_the_first(archive: Archive) -> None:
    """The entry of page 2 names that of page 1."""
    pages = [msgspec.structs.replace(CLAIM, page=page, pages=2) for page in (1, 2)]
    first = arrived_copy(archive, PHOTO, pages[0])
    receipt = acknowledge_arrival(archive, with_segments(*EVERYTHING), pages[1], NIGHT).receipt
    second = read_arrival(archive, receipt, CONTEST, NIGHT, first=first)
    assert isinstance(second, ReadArrival)
    copies = [one for one in in_log(archive) if isinstance(one, Copy)]
    assert [(one.page, one.first) for one in copies] == [(1, msgspec.UNSET), (2, first)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_same_file_is_one_witness(archive: Archive, order: tuple[int, int]) -> None:
    """Whoever's arrival is looked at first, the copy is that of who sent it first."""
    receipts = [acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT).receipt]
    receipts.append(acknowledge_arrival(archive, PHOTO, THEIRS, LATER).receipt)
    for at in order:
        read_arrival(archive, receipts[at], CONTEST, LATER)
    found = read_arrival(archive, receipts[0], CONTEST, LATER)
    other = read_arrival(archive, receipts[1], CONTEST, LATER)
    assert isinstance(found, ReadArrival)
    assert other == SameFile(receipt=receipts[1], of=receipts[0], copy=found.copy)
    entries = in_log(archive)
    assert [one.collector for one in entries if isinstance(one, Copy)] == [CLAIM.collector]
    repeated = [one for one in entries if isinstance(one, Custody) and one.event == IMAGE_REPEATED]
    assert [(one.actor, one.of) for one in repeated] == [(ANNA, found.copy)]
    assert list(waiting_arrivals(archive)) == []


def test_a_forwarded_photo_without_its_metadata_is_one_witness(archive: Archive) -> None:
    """Another file with the same pixels is the same picture: what came of it is the first copy."""
    said = PngInfo()
    said.add_text("Comment", "from the telephone of Ivanova")
    photo = encoded(patterned(), ImageKind.PNG, pnginfo=said)
    first = arrived_copy(archive, photo)
    stripped = archive.private.load(f"outbox/blob/{load_copy(archive, first).derivative}")
    assert stripped != photo
    again = acknowledge_arrival(archive, stripped, THEIRS, LATER)
    found = read_arrival(archive, again.receipt, CONTEST, LATER)
    assert isinstance(found, SameFile)
    assert found.copy == first
    assert kinds_in_log(archive)["copy"] == 1


def test_one_photo_of_two_contests_is_two_copies(archive: Archive) -> None:
    """A wall with both sheets is a copy of each."""
    first = arrived_copy(archive)
    receipt = acknowledge_arrival(archive, PHOTO, msgspec.structs.replace(CLAIM, contest=OTHER.id), NIGHT).receipt
    other = read_arrival(archive, receipt, OTHER, NIGHT)
    assert isinstance(other, ReadArrival)
    assert set(stored_copies(archive)) == {first, other.copy}
    assert verify_archive(archive.public).outcome is Outcome.VERIFIED


def test_a_refusal_is_a_value_and_stays(archive: Archive) -> None:
    """A torn photo is refused with its code; the original stays, and the log says so once."""
    arrived = acknowledge_arrival(archive, BROKEN, CLAIM, NIGHT)
    found = read_arrival(archive, arrived.receipt, CONTEST, NIGHT)
    assert isinstance(found, RefusedFile)
    assert found.code.startswith("N1")
    assert read_arrival(archive, arrived.receipt, CONTEST, LATER) == found
    assert read_arrival(archive, arrived.receipt, CONTEST, LATER, again=True).receipt == arrived.receipt
    assert archive.private.load(original_path(arrived.file)) == BROKEN
    assert list(waiting_arrivals(archive)) == []
    refused = [one for one in in_log(archive) if isinstance(one, Custody) and one.event == IMAGE_REFUSED]
    assert [(one.file, one.of) for one in refused] == [(arrived.file, arrived.receipt)]
    assert verify_archive(archive.public).outcome is Outcome.VERIFIED


def test_an_original_that_was_changed(archive: Archive) -> None:
    """What is not what arrived is not shown as it."""
    arrived = acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT)
    path = original_path(arrived.file)
    archive.private.replace(path, PHOTO + b"x", archive.private.version(path))
    with pytest.raises(InputError) as refusal:
        read_arrival(archive, arrived.receipt, CONTEST, NIGHT)
    assert refusal.value.code == "K126"
    archive.private.delete(path)
    with pytest.raises(InputError) as refusal:
        read_arrival(archive, arrived.receipt, CONTEST, NIGHT)
    assert refusal.value.code == "K126"


@pytest.mark.parametrize("digest", ["", "../x", "0" * 64])
def test_an_unknown_copy(archive: Archive, digest: str) -> None:
    """A digest that is no copy leads nowhere."""
    with pytest.raises(InputError) as refusal:
        load_copy(archive, digest)
    assert refusal.value.code == "K127"


def forwarded(photo: bytes, scale: int = 100) -> bytes:
    """Return a photo as a messenger passes it on: encoded anew, made smaller."""
    image = decoded(photo)
    return encoded(image.resize((image.width * scale // 100, image.height * scale // 100)), quality=50)


@pytest.mark.parametrize("scale", [100, 60])
def test_a_photo_that_a_messenger_forwarded_is_one_witness(archive: Archive, scale: int) -> None:
    """The same picture of one station, encoded anew and made smaller, is the copy that came first."""
    first = arrived_copy(archive)
    again = acknowledge_arrival(archive, forwarded(PHOTO, scale), THEIRS, LATER)
    found = read_arrival(archive, again.receipt, CONTEST, LATER)
    assert isinstance(found, SameFile)
    assert found.copy == first
    assert read_arrival(archive, again.receipt, CONTEST, LATER) == found


def test_another_photo_of_the_station_is_another_witness(archive: Archive) -> None:
    """A picture that shows something else is a copy of its own, and so is one with nothing in it to compare."""
    copies = {arrived_copy(archive)}
    other = encoded(patterned().transpose(Image.Transpose.ROTATE_180))
    white = Image.new("RGB", (160, 128), "white")
    faint = [encoded(Image.blend(white, patterned(), share), ImageKind.PNG) for share in (0.03, 0.04)]
    copies |= {arrived_copy(archive, photo, THEIRS, LATER) for photo in (other, *faint)}
    assert len(copies) == 4


def test_the_same_picture_of_another_station_is_another_copy(archive: Archive) -> None:
    """Stations are told apart by readers, not by what a picture looks like."""
    first = arrived_copy(archive)
    elsewhere = msgspec.structs.replace(THEIRS, station="513")
    assert arrived_copy(archive, forwarded(PHOTO), elsewhere, LATER) != first


def test_the_same_pixels_are_one_picture_wherever_they_are_said_to_be_from(archive: Archive) -> None:
    """A file that differs in its metadata alone is the first copy, under another station too."""
    said = PngInfo()
    said.add_text("Comment", "another")
    first = arrived_copy(archive, encoded(patterned(), ImageKind.PNG))
    elsewhere = msgspec.structs.replace(THEIRS, station="513")
    again = acknowledge_arrival(archive, encoded(patterned(), ImageKind.PNG, pnginfo=said), elsewhere, LATER)
    found = read_arrival(archive, again.receipt, CONTEST, LATER)
    assert isinstance(found, SameFile)
    assert found.copy == first
