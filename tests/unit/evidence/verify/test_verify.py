"""A verification: what is trusted and by whom, what is left open, and how a long one is shared and resumed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from museum.archives.good import ORIGIN, Kit, ed25519, good_kit, rotation, sheet
from noting.authority import make_authority
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Verdict, Withdrawal
from secondcount.evidence.http_store import HttpStore
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log
from secondcount.evidence.note import Algorithm, split_note
from secondcount.evidence.policy import Party, make_policy
from secondcount.evidence.proof import encode_receipt
from secondcount.evidence.timestamp import request_for
from secondcount.evidence.verify import Outcome, Rederived, Report, Status, VerifyOptions, sharing, verify_archive
from secondcount.evidence.verify.duplicates import duplicates
from secondcount.evidence.verify.place import open_public
from secondcount.evidence.verify.prefixes import Prefixes
from secondcount.evidence.verify.receipt import hold_receipt

WITNESS = ed25519("witness.example/w", "witness", Algorithm.COSIGNATURE)
NEXT = ed25519(ORIGIN, "the next key")
MANY = 5_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of several thousand sheets."""
    kit = good_kit()
    kit.add(*(sheet(number, sha256_hex(b"a table of copies")) for number in range(1000, MANY)))
    return kit.publish(tmp_path_factory.mktemp("many") / "public")


def verified(folder: Path, **options: Any) -> Report:
    """Verify the public part in a folder."""
    return verify_archive(LocalStore(folder), VerifyOptions(**options))


def broken_off(folder: Path, diary: Path) -> None:
    """Verify, and be interrupted when all has been looked at."""

    def interrupt(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verified(folder, resume=diary, progress=interrupt)


def codes(report: Report) -> list[str]:
    """Return the codes of what was left open."""
    return [one.code for one in report.unchecked]


class TestTrust:
    """Whose archive it is, is never told by the archive itself."""

    def test_without_a_key_it_says_so(self, tmp_path: Path) -> None:
        """The archive's own key shows that it agrees with itself, and that is what the report says."""
        report = verified(good_kit().publish(tmp_path / "public"))
        assert report.outcome is Outcome.VERIFIED
        assert "V290" in codes(report)

    def test_with_the_key(self, tmp_path: Path) -> None:
        """The key that was compared by another way is the log's."""
        kit = good_kit()
        report = verified(kit.publish(tmp_path / "public"), key=kit.key.verifier())
        assert "V290" not in codes(report)

    def test_an_earlier_key_leads_to_the_present_one(self, tmp_path: Path) -> None:
        """Who trusts the first key follows signed entries to the one that signs now."""
        kit = good_kit()
        first = kit.key.verifier()
        kit.add(rotation(kit.key, NEXT))
        kit.key = NEXT
        folder = kit.publish(tmp_path / "public")
        for key in (first, NEXT.verifier()):
            assert verified(folder, key=key).outcome is Outcome.VERIFIED

    def test_witnesses_of_ones_own(self, tmp_path: Path) -> None:
        """A policy of the verifier's own is satisfied by its witnesses; the archive's own is only a remark."""
        kit = good_kit()
        kit.witnesses, kit.quorum = [WITNESS], 1
        folder = kit.publish(tmp_path / "public")
        policy = make_policy(kit.key.verifier(), [Party(key=WITNESS.verifier())], 1)
        own, theirs = verified(folder), verified(folder, policy=policy)
        assert "V393" in codes(own)
        assert theirs.steps[2].status is Status.PASSED
        assert "V393" not in codes(theirs)

    def test_an_earlier_checkpoint_is_continued(self, tmp_path: Path) -> None:
        """A checkpoint of before is a beginning of the log that has grown since."""
        kit = good_kit()
        old = (kit.publish(tmp_path / "before") / "checkpoint").read_bytes()
        kit.add(sheet(2000, sha256_hex(b"a table of copies")))
        report = verified(kit.publish(tmp_path / "after"), old=old)
        assert report.outcome is Outcome.VERIFIED
        assert "continues" in [one.key for one in report.steps[4].facts]


class TestTime:
    """A timestamp is of one checkpoint of this log, and somebody else's word for when."""

    @staticmethod
    def stamped(tmp_path: Path, *, forged: bool = False) -> tuple[Path, bytes]:
        """Return an archive whose state of before was stamped, and the authority's root certificate."""
        authority = make_authority(tmp_path / "authority", "Clock")
        kit = good_kit()
        note = (kit.publish(tmp_path / "before") / "checkpoint").read_bytes()
        text = split_note(note)[0]
        name = f"timestamp/{sha256_hex(text)}"
        token = authority.reply(request_for(b"another text" if forged else text))
        kit.files |= {f"{name}.tsr": token, f"{name}.checkpoint": note}
        kit.add(sheet(2000, sha256_hex(b"a table of copies")))
        return kit.publish(tmp_path / "public"), authority.root

    def test_an_earlier_checkpoint_was_stamped(self, tmp_path: Path) -> None:
        """With the authority's certificates the time is shown; without them it is left open."""
        folder, roots = self.stamped(tmp_path)
        assert "V491" in codes(verified(folder))
        report = verified(folder, roots=roots)
        assert (report.outcome, report.steps[3].status) == (Outcome.VERIFIED, Status.PASSED)
        assert [one.values["size"] for one in report.steps[3].facts] == [297]

    def test_a_stamp_of_something_else_is_refused(self, tmp_path: Path) -> None:
        """A token of another text, or of an authority that nobody named."""
        folder, roots = self.stamped(tmp_path, forged=True)
        assert [one.code for one in verified(folder, roots=roots).refused] == ["V403"]
        other = make_authority(tmp_path / "other", "Other").root
        (tmp_path / "again").mkdir()
        folder, _ = self.stamped(tmp_path / "again")
        assert [one.code for one in verified(folder, roots=other).refused] == ["V404"]


class TestLeftOpen:
    """What was not checked is said."""

    def test_kinds_of_the_future(self, tmp_path: Path) -> None:
        """An entry of an unknown kind is kept and counted, its blob is let stand, and what it says is left open."""
        kit = good_kit()
        kit.add(b'{"kind":"seal","of":"%b"}' % sha256_hex(b"wax").encode(), blobs=(b"wax",))
        report = verified(kit.publish(tmp_path / "public"))
        assert report.outcome is Outcome.VERIFIED
        assert "V690" in codes(report)
        assert report.kinds["seal"] == 1

    def test_a_size_that_is_none(self, tmp_path: Path) -> None:
        """What only looks like a digest with a size names no blob that must be there, and stops no verification."""
        kit = good_kit()
        kit.add(*(b'{"kind":"later","x":{"digest":"%b","size":%b}}' % (b"5" * 64, one) for one in (b"-1", b"true")))
        assert verified(kit.publish(tmp_path / "public")).outcome is Outcome.VERIFIED

    def test_a_sized_blob_of_the_future_must_be_there(self, tmp_path: Path) -> None:
        """Digest and size mean a blob in every kind, known or not."""
        kit = good_kit()
        kit.add(b'{"kind":"seal","print":{"digest":"%b","size":3}}' % sha256_hex(b"wax").encode())
        report = verified(kit.publish(tmp_path / "public"))
        assert [one.code for one in report.refused] == ["V700"]

    def test_a_web_server_cannot_list(self, server: str) -> None:
        """Over HTTP everything that is named is checked, and it is said that other files were not looked for."""
        report = verify_archive(HttpStore(server))
        assert report.outcome is Outcome.VERIFIED
        assert "V190" in codes(report)

    @pytest.mark.parametrize(
        ("derived", "status"),
        [(Rederived(data=b"{}"), Status.PASSED), (Rederived(release="0.9.0"), Status.NOT_CHECKED)],
    )
    def test_verdicts(self, tmp_path: Path, derived: Rederived, status: Status) -> None:
        """A verdict is derived again where this release can, and left open where another one is needed."""
        kit = good_kit()
        kit.add(Verdict(derivation=1, digest=sha256_hex(b"{}"), release="0.3.0", tree_size=200), blobs=(b"{}",))
        folder = kit.publish(tmp_path / "public")
        assert verified(folder, rederive=lambda *_: derived).steps[8].status is status
        assert "V991" in codes(verified(folder))

    @pytest.mark.parametrize("hidden", [True, False])
    def test_a_file_withdrawn_after_the_verdict(self, tmp_path: Path, hidden: bool) -> None:
        """The verdict is left open, with the file; a verdict that rests on what never was is refused."""
        kit, reported = good_kit(), sha256_hex(b"area,nur\nland,1\n")
        kit.add(Verdict(derivation=1, digest=sha256_hex(b"{}"), release="1", tree_size=5), blobs=(b"{}",))
        kit.add(Withdrawal(blob=reported, reason="court_order"))
        del kit.blobs[reported]

        def rederive(_: Log, blobs: Callable[[str], bytes], __: Verdict) -> Rederived:
            return Rederived(data=blobs(reported if hidden else "5" * 64))

        report = verified(kit.publish(tmp_path / "public"), rederive=rederive)
        assert report.outcome is (Outcome.VERIFIED if hidden else Outcome.REFUSED)
        assert ("V993" in codes(report)) is hidden


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Return the address of a web server that has the good archive."""
    with served(good_kit().publish(tmp_path / "served")) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder over HTTP on this machine."""
    handler = partial(Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}"
        finally:
            http.shutdown()
            thread.join()


class Silent(SimpleHTTPRequestHandler):
    """A web server that writes no log."""

    def log_message(self, *_: object) -> None:
        """Write nothing."""


class TestLong:
    """A long look is shared, and goes on where it was interrupted."""

    def test_processes_find_what_one_finds(self, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two processes give the report that one gives."""
        monkeypatch.setattr(sharing, "RUN", 4)
        assert verified(many, jobs=2) == verified(many, jobs=1)

    def test_it_goes_on_after_an_interrupt(self, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Runs that were written down are not looked at again, and the report is the same."""
        monkeypatch.setattr(sharing, "RUN", 4)
        looked: list[int] = []

        def interrupted(done: int, _: int) -> None:
            if done > MANY // 2:
                raise KeyboardInterrupt

        def counted(store: LocalStore, size: int, first: int, stop: int) -> object:
            looked.append(first)
            return scan(store, size, first, stop)

        scan = sharing.scan
        diary = tmp_path / "diary"
        with pytest.raises(KeyboardInterrupt):
            verified(many, resume=diary, progress=interrupted)
        monkeypatch.setattr(sharing, "scan", counted)
        assert verified(many, resume=diary) == verified(many)
        assert looked[0] > 0

    def test_a_torn_record_is_looked_at_again(self, many: Path, tmp_path: Path) -> None:
        """A diary that was cut off, or changed by a bit, is believed only as far as it is whole."""
        diary = tmp_path / "diary"
        whole = verified(many)
        broken_off(many, diary)
        data = diary.read_bytes()
        for torn in (data[:-7], data[:-7] + b"\0" + data[-6:], data + b"\xff" * 80, data[:40], b""):
            diary.write_bytes(torn)
            assert verified(many, resume=diary) == whole

    def test_a_diary_that_nobody_wrote_says_nothing(self, tmp_path: Path) -> None:
        """Records that are whole and make no sense are looked at again; sums beyond 64 bits are written in none."""
        kit, diary = good_kit(), tmp_path / "diary"
        largest = (sheet(number, sha256_hex(b"a table of copies"), votes=2**53 - 1) for number in range(1000, 3500))
        kit.add(*largest)
        folder = kit.publish(tmp_path / "public")
        whole = verified(folder)
        broken_off(folder, diary)
        head = diary.read_bytes().partition(b"\n")[0]
        for record in (b"", b"\xff", b"\x80"):
            diary.write_bytes(head + b"\n" + len(record).to_bytes(8, "big") + sha256_hex(record).encode() + record)
            assert verified(folder, resume=diary) == whole
        assert whole.outcome is Outcome.VERIFIED

    def test_a_look_that_came_to_its_end_is_not_believed_again(self, tmp_path: Path) -> None:
        """The same command another day looks at everything: what was changed since is found."""
        folder, diary = good_kit().publish(tmp_path / "public"), tmp_path / "diary"
        assert verified(folder, resume=diary).outcome is Outcome.VERIFIED
        bundle = folder / "tile/entries/000"
        bundle.write_bytes(bundle.read_bytes().replace(b'"union":7', b'"union":8', 1))
        assert verified(folder, resume=diary).outcome is Outcome.REFUSED

    def test_a_file_of_somebody_else_is_not_overwritten(self, tmp_path: Path) -> None:
        """A name that was mistyped costs nobody a photo."""
        folder, photo = good_kit().publish(tmp_path / "public"), tmp_path / "photo.jpg"
        photo.write_bytes(b"a photo")
        with pytest.raises(InputError) as refused:
            verified(folder, resume=photo)
        assert (refused.value.code, photo.read_bytes()) == ("X108", b"a photo")

    def test_a_diary_of_another_archive_says_nothing(self, many: Path, tmp_path: Path) -> None:
        """What was found in one archive is not believed of another."""
        diary = tmp_path / "diary"
        broken_off(many, diary)
        other = good_kit().publish(tmp_path / "public")
        assert verified(other, resume=diary) == verified(other)

    def test_prefixes_that_agree_by_chance(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two entries whose hashes begin alike are no duplicates: whole hashes decide."""
        kit = good_kit()
        log = Log(LocalStore(kit.publish(tmp_path / "public")), len(kit.entries))
        alike = [leaf_hash(one)[:8] for one in kit.entries[3:6]]
        monkeypatch.setattr("secondcount.evidence.verify.duplicates._repeated", lambda *_: alike)
        assert list(duplicates(Prefixes(), log)) == []


class TestReceipt:
    """A receipt holds years later, from any mirror."""

    @staticmethod
    def grown(kit: Kit, tmp_path: Path) -> tuple[bytes, Path]:
        """Return the receipt of entry 5, and the archive as it is after it has grown and changed its key."""
        before = kit.publish(tmp_path / "before")
        log = Log(LocalStore(before), len(kit.entries))
        note = (before / "checkpoint").read_bytes()
        receipt = encode_receipt(5, log.inclusion(5, log.size), note, kit.entries[5])
        kit.add(rotation(kit.key, NEXT), sheet(2000, sha256_hex(b"a table of copies")))
        kit.key = NEXT
        return receipt, kit.publish(tmp_path / "after")

    def test_it_holds_after_growth_and_another_key(self, tmp_path: Path) -> None:
        """Signed under the first key, held against an archive that is signed under the second."""
        kit = good_kit()
        first = kit.key.verifier()
        receipt, after = self.grown(kit, tmp_path)
        for key in (None, first, NEXT.verifier()):
            held = hold_receipt(LocalStore(after), receipt, key)
            assert (held.index, held.kind) == (5, "sheet")

    def test_a_digest_is_enough(self, tmp_path: Path) -> None:
        """The text of the QR code, or the digest alone, is found in the log."""
        kit = good_kit()
        store = LocalStore(kit.publish(tmp_path / "public"))
        digest = leaf_hash(kit.entries[290]).hex()
        for text in (digest, f"{digest}\n", f"secondcount:receipt:1:{digest}:{ORIGIN}"):
            assert hold_receipt(store, text.encode()).index == 290

    def test_it_holds_against_a_web_server(self, tmp_path: Path) -> None:
        """From a mirror that serves files only, after growth and another key; what is not in it is refused."""
        kit = good_kit()
        first = kit.key.verifier()
        receipt, after = self.grown(kit, tmp_path)
        leaf = leaf_hash(kit.entries[5]).hex()
        with served(after) as address:
            for given in (receipt, leaf.encode()):
                assert hold_receipt(HttpStore(address), given, first).index == 5
            with pytest.raises(VerificationError) as refused:
                hold_receipt(HttpStore(address), b"0" * 64, first)
            assert refused.value.code == "V686"

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("0" * 64, "V686"),
            (f"secondcount:receipt:1:{'0' * 64}:other.example/log", "V687"),
        ],
    )
    def test_what_is_not_in_the_log_is_refused(self, tmp_path: Path, text: str, code: str) -> None:
        """A digest that the log has not, or a receipt of another log."""
        store = LocalStore(good_kit().publish(tmp_path / "public"))
        with pytest.raises(VerificationError) as refused:
            hold_receipt(store, text.encode())
        assert refused.value.code == code

    def test_an_archive_that_left_the_entry_out_is_refused(self, tmp_path: Path) -> None:
        """The same log with one entry replaced does not continue the receipt's checkpoint."""
        kit = good_kit()
        receipt, _ = self.grown(kit, tmp_path)
        forged = good_kit()
        forged.entries[5] = forged.entries[5].replace(b'"union":7', b'"union":8')
        forged.add(sheet(2000, sha256_hex(b"a table of copies")))
        with pytest.raises(VerificationError):
            hold_receipt(LocalStore(forged.publish(tmp_path / "forged")), receipt)

    def test_a_key_that_nobody_handed_over_to_is_refused(self, tmp_path: Path) -> None:
        """Who copies the first entry of a log, which names the trusted key, and signs the rest, proves nothing."""
        kit = good_kit()
        trusted = kit.key.verifier()
        forged = kit.add(sheet(2000, sha256_hex(b"a table of copies"), votes=9))[0]
        kit.key = ed25519(ORIGIN, "somebody else")
        with pytest.raises(VerificationError) as refused:
            hold_receipt(LocalStore(kit.publish(tmp_path / "forged")), forged.encode(), trusted)
        assert refused.value.code == "V287"

    def test_an_older_archive_is_refused(self, tmp_path: Path) -> None:
        """An archive that has fewer entries than the receipt shows is a state of before."""
        kit = good_kit()
        receipt, _ = self.grown(kit, tmp_path)
        older = good_kit()
        del older.entries[100:]
        with pytest.raises(VerificationError) as refused:
            hold_receipt(LocalStore(older.publish(tmp_path / "older")), receipt)
        assert refused.value.code == "V586"


class TestCommand:
    """The program says the same, and loads nothing that counts votes."""

    RUN = """
import sys
from secondcount.cli.program import program
try:
    program.main(sys.argv[1:])
except SystemExit as end:
    print([one for one in ("polars", "jinja2") if one in sys.modules], file=sys.stderr)
    sys.exit(end.code)
"""

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the program in a process of its own."""
        command = (sys.executable, "-c", self.RUN, *map(str, words), "--lang", "en")
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)

    def test_verify(self, tmp_path: Path) -> None:
        """Exit code 0, no Polars, no Jinja2, and what a digest proves is said."""
        good_kit().publish(tmp_path / "public")
        done = self.run("verify", tmp_path)
        assert (done.returncode, done.stderr.strip()) == (0, "[]")
        assert "does not show that a copy is genuine" in " ".join(done.stdout.split())

    def test_refused(self, tmp_path: Path) -> None:
        """Exit code 1, and the code in the JSON."""
        (good_kit().publish(tmp_path / "public") / "results.csv").write_bytes(b"")
        done = self.run("verify", tmp_path / "public", "--json")
        assert done.returncode == 1
        assert json.loads(done.stdout)["steps"][0]["refused"][0]["code"] == "V103"

    def test_could_not(self, tmp_path: Path) -> None:
        """Exit code 2 where there is no archive."""
        assert self.run("verify", tmp_path).returncode == 2

    def test_receipt(self, tmp_path: Path) -> None:
        """`verify-receipt` ends with 0 where the entry is in the log, and with 1 where it is not."""
        kit = good_kit()
        kit.publish(tmp_path / "public")
        (tmp_path / "receipt.txt").write_text(leaf_hash(kit.entries[9]).hex())
        (tmp_path / "other.txt").write_text("0" * 64)
        assert self.run("verify-receipt", tmp_path / "receipt.txt", "--archive", tmp_path).returncode == 0
        assert self.run("verify-receipt", tmp_path / "other.txt", "--archive", tmp_path).returncode == 1


def test_either_folder_can_be_named(tmp_path: Path) -> None:
    """The archive and its public part mean the same archive; a folder without one is refused."""
    good_kit().publish(tmp_path / "public")
    for place in (tmp_path, tmp_path / "public"):
        assert open_public(str(place)).size("checkpoint")
    with pytest.raises(InputError):
        open_public(str(tmp_path / "public" / "tile"))
