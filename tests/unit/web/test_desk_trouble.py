"""Disk full, bucket gone, clock set back: people are told by a code, and what they were told is safe."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desking.copies import CELLS, a_photo, commit_by_hand, copy_to_read, fields, take_next
from desking.place import DEFINITION, DeskPlace, member, signed_in
from desking.started import CONFIG
from keeping.disks import full_disk, on_disk
from storing.bucket import Server
from storing.gate import Gate

# isort: split
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from secondcount.custody.archive import Archive, load_head
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.layout import original_path
from secondcount.custody.outbox import waiting
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Sheet, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive
from secondcount.web import desk as clock
from secondcount.web.desk import desk
from secondcount.web.models import Arrival, ArrivalState, PaperCopy, ReadingRow, Role, Task
from secondcount.web.work import run_once

SHEET = "cd" * 16


def send(client: Client, data: bytes, station: str = "1") -> Any:
    """Send one photo through the door for programs."""
    claim = {"station": station, "contest": "list", "source": "certified_copy", "sheet": sha256_hex(data)[:32]}
    return client.post("/api/arrivals", {"claim": json.dumps(claim), "file": SimpleUploadedFile("p.png", data)})


def settle() -> None:
    """Let the work behind the pages be done."""
    while run_once(desk()):
        pass


def read_all(client: Client) -> None:
    """Read everything that there is for somebody."""
    while "nothing" not in (address := take_next(client)):
        station = Task.objects.get(pk=address.split("/")[2]).copy.station
        commit_by_hand(client, fields(CELLS, station=station), address)


def logged(archive: Archive) -> dict[str, object]:
    """Return the entries of the log by their digests."""
    size = load_head(archive).checkpoint.size
    return {leaf_hash(data).hex(): parse_entry(data) for _, data in Log(archive.public, size).entries(0, size)}


def assert_verified(place: DeskPlace) -> None:
    """Verify the archive as anybody would."""
    assert list(waiting(place.archive)) == []
    report = verify_archive(place.archive.public, VerifyOptions())
    assert report.outcome is Outcome.VERIFIED, report.refused


@contextmanager
def other_archive(archive: Archive) -> Iterator[None]:
    """Let the desk of this process stand on another view of its archive."""
    place = desk()
    object.__setattr__(place, "archive", archive)
    try:
        yield
    finally:
        object.__setattr__(place, "archive", replace(archive, public=_PLAIN[0], private=_PLAIN[1]))


_PLAIN: list[Any] = [None, None]


@contextmanager
def full(place: DeskPlace, room: int) -> Iterator[None]:
    """Leave so many bytes on the disk of the archive."""
    _PLAIN[:] = [place.archive.public, place.archive.private]
    with other_archive(on_disk(place.archive, full_disk(room))):
        yield


class TestFullDisk:
    """Nothing is acknowledged for which there is no room, whatever the room; with room again everything goes on."""

    @pytest.mark.parametrize("room", [0, 100, 700, 1_500, 3_000])
    def test_a_photo_is_refused_with_what_to_do(self, place: DeskPlace, room: int) -> None:
        phone = signed_in(member(Role.COLLECTOR))
        photo = a_photo("a photo")
        with full(place, room):
            answer = send(phone, photo)
        assert answer.status_code in (507, 201)
        if answer.status_code == 507:
            assert answer.json()["code"] == "A504"
            assert answer.json()["advice"]
        again = send(phone, photo)
        assert again.status_code == 201
        settle()
        assert again.json()["receipt"] in logged(place.archive)
        assert Arrival.objects.count() == 1
        assert_verified(place)

    @pytest.mark.parametrize("room", [0, 200, 900])
    def test_a_reading_is_refused_and_can_be_sent_again(self, place: DeskPlace, room: int) -> None:
        copy_to_read(place)
        reader = signed_in(member(Role.READER))
        address = take_next(reader)
        seal = reader.get(address).content.decode().split('name="grant" value="')[1].split('"')[0]
        typed = {**fields(), "grant": seal, "step": "commit"}
        with full(place, room):
            answer = reader.post(address, typed)
        assert answer.status_code == 507
        assert "A504" in answer.content.decode()
        assert not ReadingRow.objects.exists()
        assert reader.post(address, typed).status_code == 302
        assert ReadingRow.objects.count() == 1
        settle()
        assert ReadingRow.objects.get().commitment in logged(place.archive)
        assert_verified(place)

    @pytest.mark.parametrize("room", [0, 500, 2_000, 5_000, 20_000])
    def test_the_work_behind_the_pages_waits_for_room(self, place: DeskPlace, room: int) -> None:
        phone = signed_in(member(Role.COLLECTOR))
        receipt = send(phone, a_photo("waits")).json()["receipt"]
        with full(place, room):
            for _ in range(3):
                run_once(desk())
        settle()
        assert receipt in logged(place.archive)
        assert Arrival.objects.get().state == ArrivalState.READY
        assert PaperCopy.objects.count() == 1
        assert_verified(place)


@pytest.fixture
def gate(bucket_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Gate]:
    """Return the way to a bucket, which can be closed."""
    assert bucket_server.ask("PUT", f"/{_bucket(tmp_path)}").status == 200
    with Gate(bucket_server.endpoint) as found:
        for name, value in {**bucket_server.environ(), "AWS_ENDPOINT_URL": found.endpoint}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield found


def _bucket(folder: Path) -> str:
    return f"desk-{sha256_hex(str(folder).encode())[:12]}"


def in_bucket(folder: Path) -> DeskPlace:
    """Make an archive in a bucket and let this process be its desk."""
    location = f"s3://{_bucket(folder)}/night"
    plan = Plan(
        location=location,
        origin="practice.test/bucket",
        election="exampleland.practice.2030",
        definition=DEFINITION.name,
        data=DEFINITION.read_bytes(),
        params={},
        key_file=folder / "bucket.key",
        readme=b"made up for practice\n",
    )
    archive = create_archive(plan, os.environ)
    os.environ.update(replace(CONFIG, archive=location).to_environment())
    desk.cache_clear()
    call_command("flush", interactive=False, verbosity=0)
    return DeskPlace(archive=archive, config=replace(CONFIG, archive=location))


def test_a_bucket_that_does_not_answer_acknowledges_nothing(gate: Gate, tmp_path: Path) -> None:
    """503 with a code and what to do, again and again; when the bucket is back, the same photo gets its receipt."""
    place = in_bucket(tmp_path)
    phone = signed_in(member(Role.COLLECTOR))
    first = send(phone, a_photo("before")).json()["receipt"]
    with gate.closed():
        answer = send(phone, a_photo("meanwhile"))
        assert (answer.status_code, answer.json()["code"]) == (503, "A512")
        assert not run_once(desk())
        assert Arrival.objects.count() == 1
    second = send(phone, a_photo("meanwhile"))
    assert second.status_code == 201
    settle()
    assert {first, second.json()["receipt"]} <= logged(place.archive).keys()
    for one in Arrival.objects.all():
        assert sha256_hex(place.archive.private.load(original_path(one.file))) == one.file
    assert_verified(place)


class TestClock:
    """A clock that jumps does not lose or forge anything: order is that of the log, and leases heal."""

    @pytest.fixture
    def at(self, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
        """Return a clock that can be set: its one element is the time."""
        time = [datetime.now(UTC)]

        class Set(datetime):
            """A clock that stands still."""

            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return time[0].astimezone(tz)

        monkeypatch.setattr(clock, "datetime", Set)
        return time

    @pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-5), timedelta(days=400)])
    def test_a_night_over_a_jump(self, place: DeskPlace, at: list[datetime], jump: timedelta) -> None:
        """Sent before it, read across it, agreed after it: a sheet of each copy, and the archive verifies.

        Sessions end by the clock, so people sign in again.
        """
        carol, readers = member(Role.COLLECTOR), [member(Role.READER) for _ in range(2)]
        receipts = [send(signed_in(carol), a_photo("one"), "1").json()["receipt"]]
        settle()
        read_all(signed_in(readers[0]))
        at[0] += jump
        receipts.append(send(signed_in(carol), a_photo("two"), "2").json()["receipt"])
        settle()
        for one in readers:
            read_all(signed_in(one))
        settle()
        found = logged(place.archive)
        assert set(receipts) <= found.keys()
        assert sorted(one.station for one in found.values() if isinstance(one, Sheet)) == ["1", "2"]
        assert_verified(place)

    def test_a_lease_from_the_future_ends(self, place: DeskPlace, at: list[datetime]) -> None:
        """Taken under a clock that was wrong by years, a copy can be given to others once the clock is right."""
        copy_to_read(place)
        slow = signed_in(member(Role.READER))
        right = at[0]
        at[0] += timedelta(days=3650)
        address = take_next(slow)
        at[0] = right
        taken = {take_next(signed_in(member(Role.READER))) for _ in range(2)}
        assert len(taken) == 2
        assert address in taken
