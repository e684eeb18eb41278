"""Copies of the public part: exported, restored, merged; withdrawn blobs are not in them, and no other log is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from keeping.archives import BEGINNING, NOW, assert_whole, begin, code_of, register, sheet
from secondcount.custody.archive import Archive, load_head, open_archive
from secondcount.custody.export import export_archive
from secondcount.custody.layout import blob_path
from secondcount.custody.merging import merge_archive
from secondcount.custody.restore import restore_archive
from secondcount.custody.rotate import rotate_key
from secondcount.custody.sequencer import append_batch, drain
from secondcount.custody.status import load_status
from secondcount.custody.withdraw import withdraw_blob
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Withdrawal, encode_entry
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive

BLOB = b"station\n1\n"
DIGEST = sha256_hex(BLOB)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive with a blob and more entries than a tile has."""
    archive = begin(tmp_path / "log")
    append_batch(archive, [register(BLOB), *(sheet(number) for number in range(300))], [BLOB], now=NOW)
    return archive


def verified(place: Path) -> bool:
    return verify_archive(LocalStore(place), VerifyOptions()).outcome is Outcome.VERIFIED


def files(place: Path) -> dict[str, bytes]:
    return {str(one.relative_to(place)): one.read_bytes() for one in place.rglob("*") if one.is_file()}


class TestExport:
    """A copy is the public part, byte for byte, and is brought up to date by another export."""

    def test_it_is_the_public_part(self, archive: Archive, tmp_path: Path) -> None:
        export_archive(archive, str(tmp_path / "copy"), NOW)
        assert files(tmp_path / "copy") == files(tmp_path / "log" / "public")
        assert verified(tmp_path / "copy")

    def test_again_copies_only_what_is_new(self, archive: Archive, tmp_path: Path) -> None:
        """Superseded partial tiles leave the copy too."""
        export_archive(archive, str(tmp_path / "copy"), NOW)
        assert export_archive(archive, str(tmp_path / "copy"), NOW).copied == 0
        append_batch(archive, [sheet(number) for number in range(1_000, 1_020)], now=NOW)
        export_archive(archive, str(tmp_path / "copy"), NOW)
        assert files(tmp_path / "copy") == files(tmp_path / "log" / "public")

    def test_one_that_was_cut_off_goes_on(self, archive: Archive, tmp_path: Path) -> None:
        """Without its checkpoint a copy is none yet, and is completed."""
        export_archive(archive, str(tmp_path / "copy"), NOW)
        (tmp_path / "copy" / "checkpoint").unlink()
        shutil.rmtree(tmp_path / "copy" / "tile")
        export_archive(archive, str(tmp_path / "copy"), NOW)
        assert verified(tmp_path / "copy")

    def test_withdrawn_blobs_leave_the_copy(self, archive: Archive, tmp_path: Path) -> None:
        """One that was exported before its withdrawal is taken out of the copy by the next export."""
        copy = tmp_path / "copy"
        export_archive(archive, str(copy), NOW)
        assert (copy / blob_path(DIGEST)).exists()
        withdraw_blob(archive, DIGEST, "safety", NOW)
        assert export_archive(archive, str(copy), NOW).withdrawn == (DIGEST,)
        assert not (copy / blob_path(DIGEST)).exists()
        assert verified(copy)

    def test_the_archive_itself_is_no_place_for_a_copy(self, archive: Archive) -> None:
        """A copy into its own public or private part would be taken for one and be none."""
        for place in ("public", "private/copy", ""):
            assert code_of(export_archive, archive, str(Path(archive.location, place)), NOW) == "A322"
        beside = Path(f"{archive.location}-copy")
        assert export_archive(archive, str(beside), NOW).size == load_head(archive).checkpoint.size

    def test_another_log_and_a_newer_state_are_not_overwritten(self, archive: Archive, tmp_path: Path) -> None:
        """Nor are files that are no copy of this archive."""
        other = begin(tmp_path / "other", key="other.key", origin="test.example/other")
        export_archive(other, str(tmp_path / "copy"), NOW)
        before = files(tmp_path / "copy")
        assert code_of(export_archive, archive, str(tmp_path / "copy"), NOW) == "A321"
        assert files(tmp_path / "copy") == before
        (tmp_path / "diary").mkdir()
        (tmp_path / "diary" / "today.txt").write_text("mine")
        assert code_of(export_archive, archive, str(tmp_path / "diary"), NOW) == "A322"
        shutil.copytree(tmp_path / "log", tmp_path / "older")
        append_batch(archive, [sheet(5_000)], now=NOW)
        export_archive(archive, str(tmp_path / "newest"), NOW)
        assert (
            code_of(export_archive, open_archive(str(tmp_path / "older"), {}), str(tmp_path / "newest"), NOW) == "A321"
        )


class TestRestore:
    """A copy becomes an archive that goes on with the same log."""

    def test_the_log_goes_on(self, archive: Archive, tmp_path: Path) -> None:
        size = load_head(archive).checkpoint.size
        export_archive(archive, str(tmp_path / "copy"), NOW)
        shutil.rmtree(tmp_path / "log")
        again = restore_archive(str(tmp_path / "log"), str(tmp_path / "copy"), tmp_path / "log.key", {})
        assert append_batch(again, [sheet(0), sheet(7_000)], now=NOW).size == size + 1
        assert_whole(again, [register(BLOB), sheet(0), sheet(7_000)], size=size + 1)

    def test_without_a_key_it_is_read_only(self, archive: Archive, tmp_path: Path) -> None:
        """From a whole archive as well as from its public part."""
        again = restore_archive(str(tmp_path / "again"), archive.location, None, {})
        assert load_head(again).checkpoint == load_head(archive).checkpoint
        assert code_of(drain, again, NOW) == "A104"

    def test_a_copy_that_does_not_verify_is_not_taken(self, archive: Archive, tmp_path: Path) -> None:
        """One flipped bit, and nothing is made; the wrong key, no copy at all, a place in use: each has its code."""
        copy = tmp_path / "copy"
        export_archive(archive, str(copy), NOW)
        begin(tmp_path / "other", key="other.key")
        assert code_of(restore_archive, str(tmp_path / "a"), str(copy), tmp_path / "other.key", {}) == "A333"
        assert code_of(restore_archive, str(tmp_path / "a"), str(tmp_path / "none"), None, {}) == "A331"
        assert code_of(restore_archive, str(tmp_path / "log"), str(copy), None, {}) == "A102"
        blob = copy / blob_path(DIGEST)
        blob.write_bytes(b"Station\n1\n")
        assert code_of(restore_archive, str(tmp_path / "a"), str(copy), None, {}) == "A332"
        assert not (tmp_path / "a").exists()


class TestMerge:
    """Entries of another archive of the same election, each once."""

    @pytest.fixture
    def other(self, tmp_path: Path) -> Archive:
        """Return another archive of the same election, with some of the same entries."""
        other = begin(tmp_path / "other", key="other.key", origin="test.example/other")
        append_batch(other, [sheet(number) for number in range(250, 350)], now=NOW)
        return other

    def test_each_entry_is_there_once(self, archive: Archive, other: Archive) -> None:
        """What is told by kind adds up to the other log, and a second time nothing is added."""
        merged = merge_archive(archive, other.location, NOW)
        assert merged.added == {"sheet": 50}
        assert merged.repeated == {"custody": 1, "sheet": 50}
        assert merged.left == {"election": 1}
        assert merged.ours_alone == {"sheet": 250, "stations": 1}
        assert_whole(archive, [sheet(number) for number in range(350)], size=BEGINNING + 351)
        assert merge_archive(archive, other.location, NOW).added == {}
        assert load_head(archive).checkpoint.size == BEGINNING + 351

    def test_blobs_come_along(self, archive: Archive, other: Archive) -> None:
        merge_archive(other, archive.location, NOW)
        assert other.public.load(blob_path(DIGEST)) == BLOB
        assert_whole(other, [register(BLOB)])

    def test_nobody_else_hides_what_is_shown_here(self, archive: Archive, other: Archive) -> None:
        """A withdrawal of the other archive is taken only for what is not here."""
        merge_archive(other, archive.location, NOW)
        withdraw_blob(other, DIGEST, "rights", NOW)
        merged = merge_archive(archive, other.location, NOW)
        assert merged.left == {"election": 1, "withdrawal": 1}
        assert archive.public.size(blob_path(DIGEST)) is not None

    def test_what_was_withdrawn_there_and_never_was_here(self, archive: Archive, tmp_path: Path) -> None:
        """The entry comes with its withdrawal, so that the archive verifies without the blob."""
        withdraw_blob(archive, DIGEST, "rights", NOW)
        third = begin(tmp_path / "third", key="third.key", origin="test.example/third")
        assert merge_archive(third, archive.location, NOW).added == {"sheet": 300, "stations": 1, "withdrawal": 1}
        assert_whole(third, [register(BLOB), encode_entry(Withdrawal(blob=DIGEST, reason="rights"))])
        assert load_status(third, NOW.date()).issues == ()

    def test_what_was_withdrawn_is_shown_by_nobody_who_brings_it_again(self, archive: Archive, tmp_path: Path) -> None:
        """Neither by another archive that shows it, nor by an arrival: it is kept in the private part."""
        shutil.copytree(tmp_path / "log", tmp_path / "shows")
        withdraw_blob(archive, DIGEST, "rights", NOW)
        third = begin(tmp_path / "third", key="third.key", origin="test.example/third")
        merge_archive(third, archive.location, NOW)
        merge_archive(third, str(tmp_path / "shows"), NOW)
        for one in (archive, third):
            append_batch(one, [register(BLOB), sheet(8_000)], [BLOB], now=NOW)
            assert one.public.size(blob_path(DIGEST)) is None
            assert one.private.load(f"withdrawn/{DIGEST}") == BLOB
            assert_whole(one, [register(BLOB), sheet(8_000)])

    def test_keys_of_the_other_log_are_its_own(self, archive: Archive, other: Archive, tmp_path: Path) -> None:
        rotate_key(other, tmp_path / "other.new", NOW)
        assert merge_archive(archive, other.location, NOW).left == {"election": 1, "key": 1}
        assert_whole(archive, [])

    def test_another_election_is_not_taken(self, archive: Archive, tmp_path: Path) -> None:
        """Another definition, even of the same id, is another election; an archive that fails is none."""
        place = tmp_path / "else"
        stranger = begin(place, key="else.key", definition=b"# another definition\n")
        assert code_of(merge_archive, archive, stranger.location, NOW) == "A334"
        (place / "public" / "policy").write_bytes(b"quorum none\n")
        assert code_of(merge_archive, archive, stranger.location, NOW) == "A332"
        assert code_of(merge_archive, archive, str(tmp_path), NOW) == "A331"
