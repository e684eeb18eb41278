"""A receipt shows, without the archive, that an entry is in its log; its text fits into a QR code."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping.archives import NOW, ORIGIN, begin, leaf, sheet
from secondcount.custody.archive import Archive, load_log_key
from secondcount.custody.beginning import LONGEST_ORIGIN
from secondcount.custody.index import open_index
from secondcount.custody.outbox import acknowledge
from secondcount.custody.receipts import Receipt, find_entries, parse_receipt_text, receipt_text, receipts_of
from secondcount.custody.sequencer import append_batch, drain
from secondcount.errors import InputError
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.proof import parse_receipt, verify_receipt

QR_CHARACTERS = 300


def receipts(archive: Archive, wanted: str) -> tuple[Receipt, ...]:
    with open_index(archive.index_file) as index:
        return receipts_of(archive, find_entries(archive, index, wanted))


def code_of(archive: Archive, wanted: str) -> str:
    with pytest.raises(InputError) as refusal:
        receipts(archive, wanted)
    return refusal.value.code


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive with two copies of one station, and more entries than a tile has."""
    archive = begin(tmp_path / "log")
    append_batch(archive, [sheet(1, "0101"), sheet(2, "0101"), *(sheet(n) for n in range(3, 400))], now=NOW)
    return archive


def test_a_receipt_works_without_the_archive(archive: Archive) -> None:
    """The file holds the entry, and proves it with the key alone; of another entry it proves nothing."""
    for one in receipts(archive, "0101"):
        said = parse_receipt(one.proof)
        found = verify_receipt(one.proof, leaf_hash(said.extra), [load_log_key(archive)])
        assert (leaf(said.extra), found.index) == (one.placed.leaf, one.placed.position)
    assert [parse_receipt(one.proof).extra for one in receipts(archive, "0101")] == [
        sheet(1, "0101"),
        sheet(2, "0101"),
    ]


def test_station_digest_place_and_text_find_the_same(archive: Archive) -> None:
    """Each way of asking leads to the same entry; the first number is 0."""
    by_digest = receipts(archive, leaf(sheet(2, "0101")))
    assert by_digest == receipts(archive, str(by_digest[0].placed.position)) == receipts(archive, by_digest[0].text)
    assert by_digest[0] in receipts(archive, "0101")
    assert receipts(archive, "0")[0].placed.kind == "election"


def test_a_station_that_is_called_by_a_number_wins(archive: Archive) -> None:
    """“7” is the station 7 where there is one, else the entry at place 7."""
    assert receipts(archive, "7")[0].placed.position == 7
    append_batch(archive, [sheet(1_000, "7")], now=NOW)
    assert [one.placed.station for one in receipts(archive, "7")] == ["7"]


@pytest.mark.parametrize("wanted", ["nowhere", "400000", "f" * 64, "", "-1"])
def test_what_is_not_there_is_told(archive: Archive, wanted: str) -> None:
    """No station, no place, no digest of the kind."""
    assert code_of(archive, wanted) == "A301"


def test_what_waits_is_told_apart(archive: Archive) -> None:
    """An entry that is acknowledged and not in the log yet has no proof yet, and is not denied either."""
    digest = acknowledge(archive, sheet(900))
    assert code_of(archive, digest) == "A302"
    drain(archive, NOW)
    assert receipts(archive, digest)[0].placed.leaf == digest


def test_the_text_fits_into_a_qr_code_and_comes_back() -> None:
    """With the longest origin that there can be."""
    text = receipt_text("x" * LONGEST_ORIGIN, "a" * 64)
    assert len(text) < QR_CHARACTERS
    assert parse_receipt_text(f" {text}\n") == ("a" * 64, "x" * LONGEST_ORIGIN)


@pytest.mark.parametrize(
    "text", ["", "secondcount:receipt:1:", f"secondcount:receipt:2:{'a' * 64}:{ORIGIN}", "a" * 64]
)
def test_another_text_is_no_receipt(text: str) -> None:
    """A text of another kind or version is refused."""
    with pytest.raises(InputError, match="A303"):
        parse_receipt_text(text)


def test_the_name_of_the_file_is_safe(tmp_path: Path) -> None:
    """A polling station is called whatever it is called; its receipt lies in the folder that was asked for."""
    archive = begin(tmp_path / "log")
    append_batch(archive, [sheet(1, "../../etc/№ 5 «А»")], now=NOW)
    name = receipts(archive, "../../etc/№ 5 «А»")[0].file_name
    assert Path(name).name == name
    assert not name.startswith(".")
    assert name.endswith(f"{leaf(sheet(1, '../../etc/№ 5 «А»'))[:12]}.tlog-proof")
