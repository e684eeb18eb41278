"""Law: what is acknowledged is on the disk, once, whoever sends it how often; nothing is decoded before."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from intaking.photos import encoded, patterned
from keeping.desks import CLAIM, COLLECTOR, NIGHT, OTHER, PHOTO, begin_desk, in_log
from keeping.disks import Budget, Cut, cut_disk, full_disk, on_disk
from secondcount.custody.archive import Archive, open_archive
from secondcount.custody.arrivals import (
    acknowledge_arrival,
    load_arrival,
    sent_before,
    stored_arrivals,
    waiting_arrivals,
)
from secondcount.custody.claims import ARRIVED, Claim, encode_claim, grounds_of, parse_claim
from secondcount.custody.layout import original_path
from secondcount.custody.outbox import waiting
from secondcount.custody.receipts import parse_receipt_text
from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Custody
from secondcount.intake.images import LIMITS

LATER = NIGHT + timedelta(hours=2)


def arrived_in(archive: Archive) -> list[Custody]:
    """Return the entries of arrivals in the log."""
    return [one for one in in_log(archive) if isinstance(one, Custody) and one.event == ARRIVED]


def test_a_receipt_names_bytes_claim_and_entry(archive: Archive) -> None:
    """The original is sealed, the claim is kept, the entry waits for the log, and the receipt is its digest."""
    found = acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT)
    assert archive.private.load(original_path(found.file)) == PHOTO
    assert load_arrival(archive, found.receipt).claim == CLAIM
    assert list(waiting(archive)) == [found.receipt]
    assert parse_receipt_text(found.text) == (found.receipt, "practice.test/log")
    (entry,) = arrived_in(archive)
    assert (entry.actor, entry.file, entry.time) == (COLLECTOR, sha256_hex(PHOTO), "2030-05-05T21:30:00Z")


def test_a_path_is_read_as_it_lies(archive: Archive, tmp_path: Path) -> None:
    """A file is taken from its path; its name is nowhere in the archive."""
    photo = tmp_path / "Ivanova 512.jpg"
    photo.write_bytes(PHOTO)
    found = acknowledge_arrival(archive, photo, CLAIM, NIGHT)
    assert archive.private.load(original_path(found.file)) == PHOTO
    names = [path for path in Path(archive.location).rglob("*") if path.is_file()]
    assert not any(b"Ivanova" in path.read_bytes() for path in names)


def test_the_same_person_gets_the_same_receipt(archive: Archive) -> None:
    """Sent again, hours later, it is the same arrival, and the log has it once."""
    first = acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT)
    again = acknowledge_arrival(archive, PHOTO, CLAIM, LATER)
    assert again == replace(first, repeated=True)
    in_log(archive)
    assert acknowledge_arrival(archive, PHOTO, CLAIM, LATER) == again
    assert len(arrived_in(archive)) == 1
    assert [one.receipt for one in stored_arrivals(archive)] == [first.receipt]


def test_another_station_is_told(archive: Archive) -> None:
    """Sent again for another station, the first claim stands and the sender hears of it."""
    first = acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT)
    again = acknowledge_arrival(archive, PHOTO, msgspec.structs.replace(CLAIM, station="513"), LATER)
    assert (again.receipt, [one.code for one in again.told]) == (first.receipt, ["K123"])
    assert load_arrival(archive, first.receipt).claim.station == "512"


def test_another_person_is_told(archive: Archive) -> None:
    """The same bytes from somebody else have a receipt of their own, and are recognised as the same file."""
    first = acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT)
    other = acknowledge_arrival(archive, PHOTO, msgspec.structs.replace(CLAIM, collector="p-" + "9" * 20), LATER)
    assert other.receipt != first.receipt
    assert (other.repeated, other.same, [one.code for one in other.told]) == (False, (first.receipt,), ["K124"])
    assert [name for name, _ in other.told[0].values] == ["time"]  # not what somebody else has claimed
    assert [one.receipt for one in sent_before(archive, first.file)] == [first.receipt, other.receipt]


def test_one_photo_of_two_contests(archive: Archive) -> None:
    """A wall with both sheets is two arrivals, in the same second too."""
    first = acknowledge_arrival(archive, PHOTO, CLAIM, NIGHT)
    other = acknowledge_arrival(archive, PHOTO, msgspec.structs.replace(CLAIM, contest=OTHER.id), NIGHT)
    assert other.receipt != first.receipt
    assert (other.same, [one.code for one in other.told]) == ((), ["K123"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "N100"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "N104"),
        (b"PK\x03\x04" + bytes(40), "N105"),
        (b"hello", "N106"),
        (PHOTO[:3] + bytes(LIMITS.size), "K121"),
    ],
)
def test_what_is_no_picture_is_not_taken(archive: Archive, data: bytes, code: str) -> None:
    """The first bytes and the size decide before anything is written."""
    with pytest.raises(InputError) as refusal:
        acknowledge_arrival(archive, data, CLAIM, NIGHT)
    assert refusal.value.code == code
    assert list(waiting(archive)) == []
    assert list(archive.private.names("original/")) == list(archive.private.names("arrival/")) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("station", ""),
        ("station", " 512"),
        ("station", "512\n"),
        ("station", "5\u202e12"),
        ("contest", "List"),
        ("collector", "Ivanova"),
        ("holder", "x" * 65),
        ("level", 4),
        ("page", 2),
        ("issued", "2030-02-30T10:00:00Z"),
        ("from_whom", "x" * 201),
    ],
)
def test_a_claim_that_no_entry_can_hold(archive: Archive, field: str, value: object) -> None:
    """Names, directions of writing, days that no calendar has: refused before anything is written."""
    claim = msgspec.structs.replace(CLAIM, **{field: value})
    with pytest.raises(InputError) as refusal:
        acknowledge_arrival(archive, PHOTO, claim, NIGHT)
    assert refusal.value.code == "K122"
    assert list(archive.private.names("original/")) == []
    with pytest.raises(InputError) as refusal:
        parse_claim(encode_claim(claim))
    assert refusal.value.code == "K122"


def test_a_claim_from_outside() -> None:
    """What was written is read; what is no claim, or says more than one, is refused."""
    assert parse_claim(encode_claim(CLAIM)) == CLAIM
    for wrong in (b"", b"[]", b'{"station":"1"}', b'{"station":"1","contest":"list","admin":true}', b"[" * 10_000):
        with pytest.raises(InputError) as refusal:
            parse_claim(wrong)
        assert refusal.value.code == "K120"


def test_requisites_are_grounds() -> None:
    """What is written on a copy speaks for it; what nobody looked at does not."""
    assert grounds_of(Claim(station="1", contest="list")) == ()
    full = msgspec.structs.replace(CLAIM, certified=True, sealed=False, signatures=7, members=7, copy_number="3")
    assert grounds_of(full) == ("certified", "copy_number", "known_sender", "signatures_all")
    some = msgspec.structs.replace(full, signatures=6)
    assert "signatures_some" in grounds_of(some)


@pytest.mark.parametrize("receipt", ["", "../archive.toml", "0" * 64, "x" * 64])
def test_an_unknown_receipt(archive: Archive, receipt: str) -> None:
    """A receipt that nobody gave leads nowhere."""
    with pytest.raises(InputError) as refusal:
        load_arrival(archive, receipt)
    assert refusal.value.code == "K125"


def test_no_cut_loses_or_repeats(tmp_path: Path) -> None:
    """Cut off at any operation and sent again later, a file is there once, and waits once."""
    whole = tmp_path / "whole"
    begin_desk(whole)
    for allowed in range(1_000):
        place = tmp_path / f"cut-{allowed}"
        shutil.copytree(whole, place)
        archive = open_archive(str(place), {})
        try:
            acknowledge_arrival(on_disk(archive, cut_disk(Budget(allowed))), PHOTO, CLAIM, NIGHT)
        except Cut:
            assert list(stored_arrivals(archive)) == list(waiting_arrivals(archive))
            again = acknowledge_arrival(archive, PHOTO, CLAIM, LATER)
            assert [one.receipt for one in stored_arrivals(archive)] == [again.receipt]
            assert [one.receipt for one in waiting_arrivals(archive)] == [again.receipt]
            assert len(arrived_in(archive)) == 1
        else:
            break
    assert allowed > 15  # the original, the place, the entry, the mark, the record: bytes, flush, name, folder


@pytest.mark.parametrize("room", [0, 2_000, len(PHOTO) + 10, len(PHOTO) + 700])
def test_a_full_disk_acknowledges_nothing(archive: Archive, room: int) -> None:
    """Full at the original, the place or the record: the sender hears it, and can send again."""
    with pytest.raises(InputError) as refusal:
        acknowledge_arrival(on_disk(archive, full_disk(room)), PHOTO, CLAIM, NIGHT)
    assert refusal.value.code == "A504"
    assert list(stored_arrivals(archive)) == []
    acknowledge_arrival(archive, PHOTO, CLAIM, LATER)
    assert len(arrived_in(archive)) == 1


def test_many_pages_are_many_arrivals(archive: Archive) -> None:
    """Pages of one copy share what the sender drew; each has its receipt."""
    pages = [encoded(patterned(160 + 8 * page)) for page in range(3)]
    claims = [msgspec.structs.replace(CLAIM, page=page + 1, pages=3) for page in range(3)]
    found = [acknowledge_arrival(archive, *pair, NIGHT) for pair in zip(pages, claims, strict=True)]
    assert len({one.receipt for one in found}) == 3
    assert {load_arrival(archive, one.receipt).claim.sheet for one in found} == {"s1"}
