"""What custody itself says in the log: withdrawals, new keys, verdicts, names that were released; and status."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from keeping.archives import NOW, assert_whole, begin, code_of, register, sheet
from secondcount.custody import contacts
from secondcount.custody.archive import Archive, load_head, load_log_key, load_signer, open_archive
from secondcount.custody.contacts import (
    VARIABLE,
    Contact,
    add_contacts,
    load_contacts,
    open_table,
    parse_contacts,
    purge_contacts,
    release_contact,
    seal_table,
)
from secondcount.custody.index import open_index
from secondcount.custody.layout import blob_path
from secondcount.custody.outbox import acknowledge
from secondcount.custody.publish import Derived, publish_verdict
from secondcount.custody.receipts import find_entries, receipts_of
from secondcount.custody.rotate import rotate_key
from secondcount.custody.sequencer import append_batch, drain
from secondcount.custody.status import load_status
from secondcount.custody.withdraw import withdraw_blob
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Custody, Verdict, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.policy import parse_policy
from secondcount.evidence.proof import parse_receipt, verify_receipt

BLOB = b"station\n1\n"
DIGEST = sha256_hex(BLOB)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = begin(tmp_path / "log")
    append_batch(archive, [register(BLOB), sheet(0, "0101")], [BLOB], now=NOW)
    return archive


def newest(archive: Archive) -> object:
    size = load_head(archive).checkpoint.size
    return parse_entry(Log(archive.public, size).entry(size - 1))


class TestWithdrawal:
    """The blob goes, its digest and the reason stay."""

    def test_the_blob_leaves_and_is_kept(self, archive: Archive) -> None:
        withdraw_blob(archive, DIGEST, "personal_data", NOW)
        assert archive.public.size(blob_path(DIGEST)) is None
        assert archive.private.load(f"withdrawn/{DIGEST}") == BLOB
        assert_whole(archive, [register(BLOB)])
        assert withdraw_blob(archive, DIGEST, "personal_data", NOW).added == 0  # a second time says nothing new

    def test_what_cannot_be_withdrawn(self, archive: Archive) -> None:
        """What is no digest, what is not there, and the definition, without which nothing can be derived."""
        definition = sha256_hex(b"# a definition\n")
        codes = [code_of(withdraw_blob, archive, one, "rights", NOW) for one in ("nothing", "f" * 64, definition)]
        assert codes == ["A341", "A342", "A343"]
        assert load_head(archive).checkpoint.size == 4


class TestRotation:
    """The old key signs the new one, and the new one signs from that checkpoint on."""

    def test_the_new_key_signs(self, archive: Archive, tmp_path: Path) -> None:
        old = load_log_key(archive)
        rotate_key(archive, tmp_path / "new.key", NOW)
        again = open_archive(archive.location, {})
        assert str(load_signer(again).verifier()) == str(load_log_key(again)) != str(old)
        append_batch(again, [sheet(1)], now=NOW)
        assert_whole(again, [sheet(1)])

    def test_twice(self, archive: Archive, tmp_path: Path) -> None:
        """The chain of keys is followed however long it is."""
        for number in range(2):
            rotate_key(open_archive(archive.location, {}), tmp_path / f"{number}.key", NOW)
        assert_whole(open_archive(archive.location, {}), [])

    def test_receipts_of_before_are_still_good(self, archive: Archive, tmp_path: Path) -> None:
        """The policy of the archive keeps the former key."""
        with open_index(archive.index_file) as index:
            proof = receipts_of(archive, find_entries(archive, index, "0101"))[0].proof
        rotate_key(archive, tmp_path / "new.key", NOW)
        policy = parse_policy(archive.public.load("policy"))
        assert len(policy.log_keys) == 2
        verify_receipt(proof, leaf_hash(parse_receipt(proof).extra), [], policy)

    def test_a_file_that_exists_is_no_new_key(self, archive: Archive, tmp_path: Path) -> None:
        """Nothing is overwritten, and the old key goes on."""
        (tmp_path / "new.key").write_text("something else")
        assert code_of(rotate_key, archive, tmp_path / "new.key", NOW) == "V245"
        append_batch(archive, [sheet(1)], now=NOW)


class TestVerdict:
    """A verdict is an entry that names the number of entries that it was derived from."""

    def test_it_names_what_it_rests_on(self, archive: Archive) -> None:
        """What waits is drained first, and counts."""
        acknowledge(archive, sheet(1))
        asked: list[int] = []

        def derive(_: Archive, size: int) -> Derived:
            asked.append(size)
            return Derived(data=b'{"verdict":1}', derivation=1, release="0.2.0")

        for _ in range(2):
            step, digest = publish_verdict(archive, derive, claims=["A >= 7%"], contest="", now=NOW)
        assert asked == [5, 6]
        entry = newest(archive)
        assert isinstance(entry, Verdict)
        assert (entry.tree_size, entry.digest, entry.claims) == (5, digest, ("A >= 7%",))
        assert archive.public.load(blob_path(digest)) == b'{"verdict":1}'
        assert (step.size, step.added) == (6, 0)  # the same verdict again says nothing new


PEOPLE = {"observer-17": Contact(name="A. Person", contact="+7 700 000 00 00")}
DAY = date(2026, 6, 1)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a guess of the passphrase cost little: the tests need many."""
    monkeypatch.setitem(contacts.COST, "n", 2**4)


@pytest.mark.usefixtures("cheap")
class TestContacts:
    """Names are sealed, released with consent, and deleted on their day; the log never has one."""

    def keeper(self, archive: Archive) -> Archive:
        return open_archive(archive.location, {VARIABLE: "correct horse"})

    def test_the_table_is_sealed(self, archive: Archive) -> None:
        """Nobody reads it without the passphrase, and nobody changes it, its day of deletion neither."""
        add_contacts(self.keeper(archive), PEOPLE, DAY)
        sealed = archive.private.load("contacts")
        assert b"Person" not in sealed
        assert open_table(sealed, "correct horse") == PEOPLE
        assert code_of(open_table, sealed, "another") == "A363"
        assert code_of(load_contacts, archive) == "A362"
        for at in (30, len(sealed) - 1, len(sealed) // 2):
            changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
            assert code_of(open_table, changed, "correct horse") == "A363"
        assert seal_table(PEOPLE, "2026-06-01", "x") != seal_table(PEOPLE, "2026-06-01", "x")

    def test_a_name_is_released_and_the_log_says_so(self, archive: Archive) -> None:
        """The line for the court is the one whose digest is in the log, and the log has no name."""
        keeper = self.keeper(archive)
        add_contacts(keeper, PEOPLE, DAY)
        line = release_contact(keeper, "observer-17", NOW)
        assert json.loads(line)["name"] == "A. Person"
        entry = newest(archive)
        assert isinstance(entry, Custody)
        assert (entry.event, entry.actor, entry.file) == ("name_released", "observer-17", sha256_hex(line))
        assert all(b"Person" not in one.read_bytes() for one in (Path(archive.location) / "public").rglob("*.p/*"))
        assert code_of(release_contact, keeper, "observer-18", NOW) == "A364"
        assert_whole(archive, [])

    def test_the_day_of_deletion(self, archive: Archive) -> None:
        """From that day on status reminds, until the table is gone."""
        keeper = self.keeper(archive)
        add_contacts(keeper, PEOPLE, DAY)

        def reminded(day: date) -> bool:
            issues = load_status(open_archive(archive.location, {}), day).issues
            return "A223" in [one.code for one in issues]

        assert [reminded(date(2026, 5, 31)), reminded(DAY)] == [False, True]
        assert purge_contacts(open_archive(archive.location, {}))
        assert not reminded(DAY)
        assert load_contacts(keeper) == {}

    @pytest.mark.parametrize(
        "data",
        [b"", b"name,contact\nA,1\n", b"pseudonym,name,contact\n", b"\xff\xfe", b"pseudonym,name,contact\n,A,1\n"],
    )
    def test_what_is_no_table_of_contacts(self, data: bytes) -> None:
        """A table without the columns, without rows, or with a row without a pseudonym."""
        assert code_of(parse_contacts, "people.csv", data) == "A361"


class TestStatus:
    """Status says what is missing, and what waits."""

    def test_in_order(self, archive: Archive) -> None:
        acknowledge(archive, sheet(9))
        status = load_status(archive, NOW.date())
        assert (status.size, status.waiting, status.issues, status.began) == (4, 1, (), "")
        assert status.is_quorate
        assert status.kinds == {"custody": 1, "election": 1, "sheet": 1, "stations": 1}

    def test_missing_blobs_and_a_missing_key(self, archive: Archive, tmp_path: Path) -> None:
        """A blob that is neither public nor withdrawn, and a key file that is gone."""
        archive.public.delete(blob_path(DIGEST))
        (tmp_path / "log.key").unlink()
        issues = {one.code: dict(one.values) for one in load_status(archive, NOW.date()).issues}
        assert set(issues) == {"A221", "A222"}
        assert issues["A221"] == {"count": 1, "found": DIGEST}
        assert issues["A222"]["refusal"] == "V244"

    def test_what_was_cut_off_is_healed_and_told(self, archive: Archive) -> None:
        """Looking is enough: no repair by hand."""
        archive.private.create("journal", b'{"began":"2026-01-15T20:00:00+00:00","size":4}')
        archive.public.create("tile/entries/000.p/77", b"torn")
        assert load_status(archive, NOW.date()).began == "2026-01-15T20:00:00+00:00"
        assert load_status(archive, NOW.date()).began == ""
        assert_whole(archive, [register(BLOB)])
        drain(archive, NOW)
