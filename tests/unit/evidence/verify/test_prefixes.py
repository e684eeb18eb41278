"""No entry stands twice, however long the log and however small the memory of whoever looks."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest

from museum.archives.good import good_kit, sheet
from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.verify import Outcome, VerifyOptions, prefixes, sharing, verify_archive
from secondcount.evidence.verify.part import BUCKETS
from secondcount.evidence.verify.prefixes import Prefixes

WIDTH = 8
SMALL = 4_096


def parts(number: int) -> list[list[bytes]]:
    """Return the prefixes of some made-up parts, by bucket."""
    drawn = random.Random(7)  # noqa: S311 - any bytes
    return [[drawn.randbytes(WIDTH * drawn.randrange(3)) for _ in range(BUCKETS)] for _ in range(number)]


def taken(some: list[list[bytes]]) -> Prefixes:
    """Return the prefixes of some parts."""
    known = Prefixes()
    for one in some:
        known.take(one)
    return known


def whole(some: list[list[bytes]]) -> list[bytes]:
    """Return what each bucket must hold."""
    return [b"".join(part[number] for part in some) for number in range(BUCKETS)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let memory hold little, so that the disk is needed early."""
    monkeypatch.setattr(prefixes, "KEPT", SMALL)


@pytest.mark.usefixtures("small")
def test_memory_holds_a_part_and_the_buckets_hold_all() -> None:
    """Whatever is taken in comes back, bucket by bucket; memory never keeps more than its share and one part."""
    some = parts(40)
    known, largest = Prefixes(), 0
    for one in some:
        known.take(one)
        largest = max(largest, known.kept)
        assert known.kept == sum(map(len, known._buckets))
    assert largest <= SMALL < sum(map(len, whole(some))) / 10
    assert [known.bucket(number) for number in range(BUCKETS)] == whole(some)
    known.close()


class Narrow:
    """A file on a disk with room for so many bytes."""

    def __init__(self, room: int) -> None:
        self._room, self._data, self._at = room, b"", 0

    def seek(self, at: int) -> None:
        """Go to a place."""
        self._at = at

    def write(self, data: bytes) -> int:
        """Take what there is room for."""
        fits = data[: max(0, self._room - self._at)]
        self._data = self._data[: self._at] + fits
        return len(fits)

    def read(self, number: int) -> bytes:
        """Return what is there."""
        return self._data[self._at : self._at + number]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("room", [0, SMALL // 2, 3 * SMALL])
def test_a_full_disk_costs_memory_and_no_certainty(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Where the disk takes a part or nothing, what it did not take stays in memory."""
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: Narrow(room))
    some = parts(30)
    known = taken(some)
    assert [known.bucket(number) for number in range(BUCKETS)] == whole(some)


@pytest.mark.usefixtures("small")
def test_no_temporary_folder_costs_memory_and_no_certainty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where no temporary file can be made at all."""

    def refuse(**_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    some = parts(30)
    known = taken(some)
    assert [known.bucket(number) for number in range(BUCKETS)] == whole(some)


@pytest.mark.usefixtures("small")
def test_what_cannot_be_read_again_is_not_taken_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has become shorter ends the verification: it does not say that nothing stands twice."""
    file = Narrow(SMALL * 100)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: file)
    known = taken(parts(30))
    file._data = file._data[:SMALL]
    with pytest.raises(InputError) as refused:
        list(map(known.bucket, range(BUCKETS)))
    assert refused.value.code == "A505"


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_entry_that_stands_twice_is_found_over_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The first and the last entry of a log are the same, and what lay between them was put aside."""
    monkeypatch.setattr(prefixes, "KEPT", SMALL)
    monkeypatch.setattr(sharing, "RUN", 1)
    kit = good_kit()
    table = sha256_hex(b"a table of copies")
    kit.add(*(sheet(number, table) for number in range(1000, 4000)))
    options = VerifyOptions(jobs=jobs)
    assert verify_archive(LocalStore(kit.publish(tmp_path / "once")), options).outcome is Outcome.VERIFIED
    kit.add(sheet(1000, table))
    report = verify_archive(LocalStore(kit.publish(tmp_path / "twice")), options)
    assert [one.code for one in report.refused] == ["V681"]
