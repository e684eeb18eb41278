"""`secondcount archive` as its users call it: every command, its screen, its ending, in three languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from screens.shell import enter, run
from secondcount.cli.commands.archive.group import MENU, command
from secondcount.evidence.digest import sha256_hex
from secondcount.wording import LANGUAGES

ELECTION = "kazakhstan.majilis.2012"
COPIES = """\
station,area,level,collector,registered,issued,issued_outside,invalid,nur_otan,ak_zhol,cppk,osdp,auyl,patriots,adilet
0101,almaty_city,3,team A,1800,820,14,9,512,70,66,148,14,9,6
0102,almaty_city,3,team A,1650,701,8,?,430,61,58,120,12,7,5
"""
WORDS = "correct horse"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with a configuration folder of its own, an English locale and default settings."""
    enter(tmp_path, monkeypatch, columns=100)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "copies.csv").write_text(COPIES)
    return tmp_path


def done(*words: str) -> str:
    """Run a command that must succeed, and return its screen on one line."""
    result = run("archive", *words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return " ".join(result.stdout.replace("\u00a0", " ").split())


def refused(*words: str) -> str:
    """Run a command that must be refused in words, and return the code."""
    result = run("archive", *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    found = re.search(r"\(([A-Z]\d{3})\)", result.stderr)
    assert found, result.stderr
    return found[1]


@pytest.fixture
def kept(folder: Path) -> Path:
    """Return an archive with two copies in it."""
    done("init", "kz", "--election", ELECTION, "--origin", "test.example/kz", "--key", "kz.key")
    done("import", "kz", "--sheets", "copies.csv")
    return folder / "kz"


@pytest.mark.parametrize("name", MENU)
def test_the_line_of_the_menu_is_that_of_the_command(name: str) -> None:
    """The help of the group imports no command, so its lines are held against the commands here."""
    assert isinstance(command, click.Group)
    found = command.get_command(click.Context(command), name)
    assert found is not None
    assert found.short_help == MENU[name][1]


class TestInit:
    """An archive begins without a question."""

    def test_everything_is_told_and_made(self, folder: Path) -> None:
        """Where the parts are, where the key is, and the key that others need, unbroken on a line of its own."""
        result = run("archive", "init", "kz", "--election", ELECTION)
        assert result.exit_code == 0
        keys = list((folder / "config" / "secondcount" / "keys").iterdir())
        assert len(keys) == 1
        assert str(keys[0]) in result.stdout
        vkey = (folder / "kz" / "public" / "log.vkey").read_text().strip()
        assert vkey in [line.strip() for line in result.stdout.splitlines()]

    def test_the_public_part_is_explained_in_each_language(self, kept: Path) -> None:
        """Whoever finds the folder is told what it is and how to check it."""
        text = (kept / "public" / "README.txt").read_text(encoding="utf-8")
        assert all(word in text for word in ("Everything here may be copied", "Журнал", "журналы", "verify.py"))

    def test_twice_is_refused(self, kept: Path) -> None:
        """Neither the folder nor the key file is overwritten."""
        key = Path("kz.key").read_bytes()
        assert refused("init", "kz", "--election", ELECTION) == "A102"
        assert refused("init", "other", "--election", ELECTION, "--key", "kz.key") == "V245"
        assert Path("kz.key").read_bytes() == key

    def test_an_election_that_is_none(self) -> None:
        """An unknown name, a file that is not there, parameters that are missing."""
        assert refused("init", "kz", "--election", "atlantis.2012") == "D005"
        assert refused("init", "kz", "--election", "atlantis.toml") == "X110"
        assert refused("init", "kz", "--election", "spain.congress") == "D702"
        assert not Path("kz").exists()

    def test_a_definition_of_ones_own(self, folder: Path) -> None:
        """A file is taken as it is, byte for byte, and its parameters are remembered."""
        done("init", "es", "--election", "spain.congress", "--param", "date=2016-06-26", "--key", "es.key")
        run("new", "my.toml")
        done("init", "my", "--election", "my.toml", "--key", "my.key")
        data = (folder / "my.toml").read_bytes()
        digest = sha256_hex(data)
        assert (folder / "my" / "public" / "blob" / digest[:2] / digest).read_bytes() == data


class TestImport:
    """Tables and other archives are taken in, each entry once."""

    def test_the_same_table_twice(self, kept: Path) -> None:
        """The second time nothing is added."""
        assert "0 entries were added; 3 were there already." in done("import", "kz", "--sheets", "copies.csv")

    def test_another_archive(self, kept: Path) -> None:
        """What became of its entries is told by kind; a second time nothing is added."""
        done("init", "b", "--election", ELECTION, "--key", "b.key")
        told = done("import", "b", "--archive", "kz")
        assert "sheet 2 0 0 0 0" in told
        assert "election 0 0 0 1 0" in told
        assert "sheet 0 2 0 0" in done("import", "b", "--archive", "kz")

    def test_nothing_and_too_much(self, kept: Path) -> None:
        """No table at all, tables and an archive at once, a table that is not there, an archive that is not there."""
        assert refused("import", "kz") == "A371"
        assert refused("import", "kz", "--sheets", "copies.csv", "--archive", "b") == "A372"
        assert refused("import", "kz", "--sheets", "nowhere.csv") == "X110"
        assert refused("import", "kz", "--archive", "nowhere") == "A331"
        assert refused("import", "nowhere", "--sheets", "copies.csv") == "A101"


class TestOutbox:
    """An entry is safe when its receipt is printed, and in the log after a drain."""

    def entry(self) -> None:
        said = {"kind": "outcome", "deployment": "", "outcome": "refused", "station": "0103", "time": ""}
        Path("outcome.json").write_text(json.dumps(said, indent=2))

    def test_added_and_drained(self, kept: Path) -> None:
        """However the JSON is laid out, it becomes the same entry."""
        self.entry()
        told = done("add", "kz", "--entry", "outcome.json")
        receipt = re.search(r"secondcount:receipt:1:([0-9a-f]{64}):test\.example/kz", told)
        assert receipt
        assert "1 entry waits" in told
        assert refused("prove", "kz", receipt[1]) == "A302"
        assert "1 entry was put into the log" in done("drain", "kz")
        assert "Entry 4, outcome, station 0103" in done("prove", "kz", receipt[0], "--out", "receipts")
        assert len(list(Path("receipts").glob("0103-*.tlog-proof"))) == 1

    def test_what_is_no_entry(self, kept: Path) -> None:
        """No JSON, JSON of no kind, nothing at all."""
        Path("no.json").write_text("{")
        assert refused("add", "kz", "--entry", "no.json") == "A381"
        Path("no.json").write_text('{"a": 1}')
        assert refused("add", "kz", "--entry", "no.json") == "V611"
        assert refused("prove", "kz", "9999") == "A301"


class TestCopies:
    """Exported, verified by the script that lies in the copy, restored."""

    def test_there_and_back(self, kept: Path) -> None:
        assert "a log of 4 entries" in done("export", "kz", "copy")
        assert "0 of them new or changed" in done("export", "kz", "copy")
        assert "is an archive now: again, 4 entries" in done("restore", "again", "--source", "copy", "--key", "kz.key")
        assert "not written" in done("restore", "reading", "--source", "copy")
        assert refused("drain", "reading") == "A104"
        assert "station 0101" in done("prove", "reading", "0101", "--out", "receipts")
        assert refused("export", "kz", "kz/private") == "A322"

    def test_corrected(self, kept: Path) -> None:
        """By another entry, or by a table with one copy; what would be in doubt is refused."""
        right = "".join(COPIES.splitlines(keepends=True)[:2]).replace(",512,", ",521,")
        (kept.parent / "right.csv").write_text(right)
        old = re.findall("receipt:1:([0-9a-f]{64})", done("prove", "kz", "0101", "--out", "receipts"))[0]
        words = ("correct", "kz", old, "--sheets", "right.csv", "--reason", "misread")
        assert f"The entry {old} is corrected." in done(*words)
        assert "was corrected so before" in done(*words)
        issues = json.loads(run("check", "kz", "--json").stdout)["issues"]
        assert [one["where"]["station"] for one in issues if one["code"] == "A470"] == ["0101"]
        assert refused("correct", "kz", old, "--by", "0" * 64, "--reason", "misread") == "A301"
        assert refused("correct", "kz", old, "--reason", "misread") == "A371"
        assert refused(*words, "--by", "0" * 64) == "A372"

    def test_withdrawn(self, kept: Path) -> None:
        """What is not in the copy is told."""
        blob = next(one.name for one in (kept / "public" / "blob").rglob("*") if one.is_file() and _is_arrival(one))
        assert "has left the public part" in done("withdraw", "kz", blob, "--reason", "personal_data")
        assert "was withdrawn before" in done("withdraw", "kz", blob, "--reason", "personal_data")
        assert f"1 blob. {blob}" in done("export", "kz", "copy")
        assert refused("withdraw", "kz", "nothing", "--reason", "rights") == "A341"


def _is_arrival(path: Path) -> bool:
    return b"secondcount.arrival" in path.read_bytes()


class TestVerdict:
    """The verdict is derived from the archive alone."""

    def test_published_and_derived_again(self, kept: Path) -> None:
        """`check` of the archive gives the bytes that were published."""
        told = done("publish", "kz", "--claim", "OSDP >= 7%")
        assert "derived from 4 entries" in told
        assert "is in the log already" in done("publish", "kz", "--claim", "OSDP >= 7%")
        path = re.search(r"public/(blob/\S+)", told)
        assert path
        assert run("check", "kz", "--claim", "OSDP >= 7%", "--at", "4").exit_code in (0, 1)
        assert Path("report/verdict.json").read_bytes() == (kept / "public" / path[1]).read_bytes()


class TestStatus:
    """How an archive is, in order or not."""

    def test_in_order(self, kept: Path) -> None:
        told = done("status", "kz", "--rebuild")
        assert "Entries 4" in told
        assert "custody 1, election 1, sheet 2" in told
        assert (kept / "public" / "log.vkey").read_text().strip() in told

    def test_something_is_missing(self, kept: Path) -> None:
        """Exit code 2, and what to do."""
        Path("kz.key").unlink()
        result = run("archive", "status", "kz")
        assert result.exit_code == 2
        assert "(A222)" in result.stdout
        assert "V244" in result.stdout

    def test_a_run_that_was_cut_off(self, kept: Path) -> None:
        """It is told when that run began, and that nothing is left to do."""
        (kept / "private" / "journal").write_text('{"began":"2026-01-15T20:00:00+00:00","size":4}')
        assert "15 January 2026, 20:00" in done("status", "kz")
        assert "cut off" not in done("status", "kz")


class TestKeys:
    """Rotation, and a key that is not the one."""

    def test_rotated(self, kept: Path) -> None:
        """The new verification key is printed, and what to do with both files."""
        told = done("rotate", "kz", "--key", "new.key")
        assert "it has 5 entries" in told
        assert (kept / "public" / "log.vkey").read_text().strip() in told
        assert "kz.key" in told
        done("drain", "kz")
        Path("new.key").unlink()
        assert refused("drain", "kz") == "V244"


class TestContacts:
    """Names come in by a file and go out with consent; no name is ever an argument."""

    def test_a_life(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Sealed, released, purged; the passphrase is asked of the environment only."""
        Path("people.csv").write_text("pseudonym,name,contact\nobserver-17,A. Person,+7\n")
        add = ("contacts", "kz", "--add", "people.csv")
        assert "no table of contacts" in done("contacts", "kz")
        assert refused(*add) == "X132"
        assert refused(*add, "--delete-on", "2027-01-15") == "A362"
        monkeypatch.setenv("SECONDCOUNT_CONTACTS_PASSPHRASE", WORDS)
        assert "1 contact; it is to be deleted on 15 January 2027" in done(*add, "--delete-on", "2027-01-15")
        assert refused("contacts", "kz", "--release", "observer-17") == "A365"
        assert json.loads(done("contacts", "kz", "--release", "observer-17", "--consent"))["name"] == "A. Person"
        assert "has been deleted" in done("contacts", "kz", "--purge")
        assert refused("contacts", "kz", "--purge", "--release", "x") == "A372"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 100])
def test_every_screen_fits(kept: Path, monkeypatch: pytest.MonkeyPatch, language: str, width: int) -> None:
    """In each language no line is wider than the screen, but for what must stay whole: keys, paths, digests."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("SECONDCOUNT_LANGUAGE", language)
    screens = [
        run("archive", "status", "kz").stdout,
        run("archive", "import", "kz", "--sheets", "copies.csv").stdout,
        run("archive", "prove", "kz", "0101", "--out", "receipts").stdout,
        run("archive", "export", "kz", f"copy-{width}").stdout,
        run("archive", "publish", "kz").stdout,
        run("archive", "rotate", "kz", "--key", f"{width}-{language}.key").stdout,
    ]
    assert all(screens)
    for screen in screens:
        wide = [line for line in screen.splitlines() if len(line) > width and len(line.split()) > 1]
        assert wide == []
