"""Law: of a photo, the original is sealed, the picture is published, and nothing else of it is public."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from archiving.archives import DEFINITION, NAME
from intaking.photos import decoded, encoded, patterned
from keeping.archives import BEGINNING, NOW, begin
from museum.build_images import EVERYTHING, with_segments
from secondcount.custody.archive import Archive
from secondcount.custody.images import IMAGE_RECEIVED, Brought, receive_photo
from secondcount.custody.layout import blob_path, original_path
from secondcount.custody.outbox import waiting
from secondcount.custody.pseudonyms import PSEUDONYMS, Pseudonyms
from secondcount.custody.sequencer import drain
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.arrival import parse_arrival
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Copy, Custody, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive
from secondcount.intake import Mask, check_stripped
from secondcount.jurisdictions import load_definition

CONTEST = load_definition(NAME, DEFINITION).election.contests[0]
BROUGHT = Brought(station="№ 1048", contest=CONTEST, collector="team-7", level=2)
PHOTO = with_segments(*EVERYTHING)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return a new archive."""
    return begin(tmp_path / "archive")


def entries_of(archive: Archive) -> list[object]:
    """Return the entries that were added, once they are in the log."""
    size = drain(archive, NOW).size
    log = Log(archive.public, size)
    return [parse_entry(log.entry(number)) for number in range(BEGINNING, size)]


def public_bytes(archive: Archive) -> bytes:
    """Return everything that is public, one file behind the other."""
    return b"".join(archive.public.load(name) for name in archive.public.names())


def test_a_photo_becomes_a_copy(archive: Archive) -> None:
    """The entry names the published picture, the sealed original, and what whoever brought it said; all are there."""
    received = receive_photo(archive, "photo.jpg", PHOTO, BROUGHT, now=NOW)
    found = {type(one): one for one in entries_of(archive)}
    copy, custody = found[Copy], found[Custody]
    assert isinstance(copy, Copy)
    assert isinstance(custody, Custody)
    assert (copy.station, copy.contest, copy.collector, copy.level) == ("№ 1048", "list", "team-7", 2)
    assert (copy.original, copy.received) == (sha256_hex(PHOTO), "2026-01-15T21:00:00Z")
    picture = archive.public.load(blob_path(copy.derivative.digest))
    assert (sha256_hex(picture), len(picture), copy.derivative.type) == (
        received.photo.derivative_digest,
        copy.derivative.size,
        "image/jpeg",
    )
    check_stripped(picture)
    assert archive.private.load(original_path(copy.original)) == PHOTO
    assert (custody.event, custody.file, custody.time, custody.name) == (
        IMAGE_RECEIVED,
        copy.original,
        copy.received,
        "",
    )
    arrival = parse_arrival(archive.public.load(blob_path(custody.issues)))
    assert [one.code for one in arrival.issues] == ["N150"]


def test_the_archive_verifies_with_photos_in_it(archive: Archive) -> None:
    """An archive with photos is as whole as one without."""
    receive_photo(archive, "photo.jpg", PHOTO, BROUGHT, masks=(Mask(left=0, top=0, width=9, height=9),), now=NOW)
    drain(archive, NOW)
    report = verify_archive(archive.public, VerifyOptions())
    assert report.outcome is Outcome.VERIFIED, report.refused


def test_nothing_of_the_original_is_public(archive: Archive) -> None:
    """Neither the original, its metadata, its file name nor a collector's name is anywhere in the public part."""
    named = replace(BROUGHT, collector="Ivan Ivanov")
    receive_photo(archive, "photos/Ivan_Ivanov_home.jpg", PHOTO, named, now=NOW)
    drain(archive, NOW)
    everything = public_bytes(archive)
    for secret in (b"Ivan", b"0815", b"43.2389", b"photo.jpg", b"maker's own", PHOTO[20:60]):
        assert secret not in everything
    pseudonyms = Pseudonyms.parse(archive.private.load(PSEUDONYMS))
    assert list(pseudonyms.names.values()) == ["Ivan Ivanov"]
    assert pseudonyms.label("IVAN IVANOV").encode() in everything


def test_what_is_masked_is_not_public(archive: Archive) -> None:
    """The published picture is black where the mask lies; the sealed original is not."""
    data = encoded(patterned())
    received = receive_photo(
        archive, "a.jpg", data, BROUGHT, masks=(Mask(left=0, top=0, width=32, height=32),), now=NOW
    )
    drain(archive, NOW)
    picture = decoded(archive.public.load(blob_path(received.photo.derivative_digest)))
    assert max(picture.getpixel((8, 8))) < 16 < decoded(data).getpixel((8, 8))[0]


def test_the_same_photo_twice_is_one_entry(archive: Archive) -> None:
    """Brought again, waiting or in the log, a photo gives the same receipt and adds nothing."""
    first = receive_photo(archive, "a.jpg", PHOTO, BROUGHT, now=NOW)
    later = NOW + timedelta(hours=3)
    second = receive_photo(archive, "b.jpg", PHOTO, BROUGHT, now=later)
    size = drain(archive, NOW).size
    third = receive_photo(archive, "c.jpg", PHOTO, BROUGHT, now=later)
    assert [one.digest for one in (second, third)] == [first.digest] * 2
    assert [one.repeated for one in (first, second, third)] == [False, True, True]
    assert drain(archive, NOW).size == size


def test_the_same_photo_for_another_station_is_another_entry(archive: Archive) -> None:
    """One file for two stations is kept as two statements: that they are one file stands in both, for all to see."""
    receive_photo(archive, "a.jpg", PHOTO, BROUGHT, now=NOW)
    other = receive_photo(archive, "a.jpg", PHOTO, replace(BROUGHT, station="№ 1049"), now=NOW)
    assert not other.repeated
    copies = [one for one in entries_of(archive) if isinstance(one, Copy)]
    assert len({one.original for one in copies}) == 1
    assert sorted(one.station for one in copies) == ["№ 1048", "№ 1049"]


def test_a_photo_brought_again_under_another_mask_is_another_entry(archive: Archive) -> None:
    """A mask that was forgotten can be added: the new picture is another copy, which may supersede the first."""
    first = receive_photo(archive, "a.jpg", PHOTO, BROUGHT, now=NOW)
    mask = Mask(left=0, top=0, width=16, height=16)
    again = replace(BROUGHT, supersedes=first.digest)
    second = receive_photo(archive, "a.jpg", PHOTO, again, masks=(mask,), now=NOW)
    assert not second.repeated
    assert second.photo.original_digest == first.photo.original_digest


def test_what_is_refused_leaves_nothing(archive: Archive) -> None:
    """No photo, a mask that hides nothing, a station or contest that no entry can hold: nothing is kept."""
    before = sorted(archive.private.names())
    with pytest.raises(InputError):
        receive_photo(archive, "a.jpg", b"<html>", BROUGHT, now=NOW)
    with pytest.raises(InputError):
        receive_photo(archive, "a.jpg", PHOTO, BROUGHT, masks=(Mask(left=99, top=0, width=1, height=1),), now=NOW)
    slugless = replace(CONTEST, id="No Slug")
    for wrong in (replace(BROUGHT, station=" 1"), replace(BROUGHT, contest=slugless), replace(BROUGHT, level=5)):
        with pytest.raises(VerificationError):
            receive_photo(archive, "a.jpg", PHOTO, wrong, now=NOW)
    assert sorted(archive.private.names()) == before
    assert not list(waiting(archive))


def test_times_are_utc(archive: Archive) -> None:
    """Whatever the time zone of the machine, the entry has the moment in UTC, to the second."""
    almaty = NOW.astimezone(timezone(timedelta(hours=5))).replace(microsecond=999)
    receive_photo(archive, "a.jpg", PHOTO, BROUGHT, now=almaty)
    copy = next(one for one in entries_of(archive) if isinstance(one, Copy))
    assert copy.received == "2026-01-15T21:00:00Z"
