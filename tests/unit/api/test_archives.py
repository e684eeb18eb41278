"""Archives as users meet them: tables go in, `check` verifies and tells the same as of the files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from os import environ
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archiving.archives import DEFINITION, NAME, of_files, same, sheet_table
from secondcount import archives
from secondcount.cli.program import program
from secondcount.custody.archive import Archive
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.importing import ArrivingTable, Imported
from secondcount.custody.pseudonyms import PSEUDONYMS, load_pseudonyms
from secondcount.custody.publish import publish_verdict
from secondcount.errors import InputError
from secondcount.evidence.log import Log
from secondcount.evidence.store import Conflict
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive
from secondcount.verdict import derive, encode

NOW = datetime(2030, 5, 6, tzinfo=UTC)
CLAIM = "nur > union"
COPIES = (
    "a.csv",
    sheet_table(("1", "north", 2, 1, 1, "Ivan P", 90, 1, 20, 30, 4), ("2", "south", 1, 1, 1, "c2", 80, 0, 9, "?", 7)),
)
LATER = ("b.csv", sheet_table(("1", "north", 2, 1, 1, "c3", 90, 1, 20, 31, 4)))
FINAL = ("final.csv", b"# stage: final\n# issuer: commission\narea,registered,nur,ak_zhol,union\nland,500,10,70,30\n")


def begin(folder: Path, environment: Mapping[str, str] = environ) -> Archive:
    """Return a new archive of the small election."""
    plan = Plan(
        location=str(folder),
        origin="example.org/testland",
        election="testland.council.2030",
        definition=NAME,
        data=DEFINITION,
        params={},
        key_file=folder.with_suffix(".key"),
        readme=b"An archive of a test.\n",
    )
    return create_archive(plan, environment)


def arriving(*files: tuple[str, bytes]) -> list[ArrivingTable]:
    """Return tables as they arrive."""
    return [ArrivingTable(name=name, data=data) for name, data in files]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive with an authority's table and two tables of copies."""
    found = begin(tmp_path / "archive")
    archives.import_into(found, reported=arriving(FINAL), sheets=arriving(COPIES, LATER), now=NOW)
    return found


def check(*words: str) -> Result:
    """Run `secondcount check`."""
    return CliRunner().invoke(program, ["check", *words])


def test_the_same_as_of_the_files(archive: Archive) -> None:
    """The archive, its public part alone, and the files give one verdict; pseudonyms change nothing."""
    theirs = same(derive(of_files([FINAL], [COPIES, LATER], CLAIM)))
    for place in (archive.location, f"{archive.location}/public"):
        assert same(derive(archives.load_archive(place, claims=[CLAIM]))) == theirs


def test_in_another_order_on_another_machine(archive: Archive, tmp_path: Path) -> None:
    """Tables that came one by one, in another order, in another log, give the verdict's same bytes."""
    other = begin(tmp_path / "other")
    (tmp_path / "other" / "private" / "pseudonyms").write_bytes(archive.private.load("pseudonyms"))  # one team
    for sheets, reported in ((arriving(LATER), []), ([], arriving(FINAL)), (arriving(COPIES), [])):
        archives.import_into(other, reported=reported, sheets=sheets, now=NOW)
    mine, theirs = (archives.load_archive(one.location, claims=[CLAIM]) for one in (archive, other))
    assert encode(derive(mine)) == encode(derive(theirs))


def test_a_second_import_adds_nothing(archive: Archive) -> None:
    """The same tables again are in the log already."""
    again = archives.import_into(archive, reported=arriving(FINAL), sheets=arriving(COPIES, LATER), now=NOW)
    assert (again.drained.added, again.drained.repeated) == (0, 6)


def test_names_stay_private(archive: Archive) -> None:
    """The table with the collector's name lies in the private part; no public file has the name."""
    root = Path(archive.location)
    public = b"".join(one.read_bytes() for one in (root / "public").rglob("*") if one.is_file())
    assert b"Ivan" not in public
    assert any(one.read_bytes() == COPIES[1] for one in (root / "private" / "original").iterdir())
    assert b"Ivan P" in (root / "private" / "pseudonyms").read_bytes()


def test_a_published_verdict_verifies_and_is_derived_again(archive: Archive) -> None:
    """The verdict is an entry; whoever verifies derives its bytes again from the entries before it."""
    publish_verdict(archive, archives.derive_for([CLAIM], "0.1.0"), claims=[CLAIM], contest="", now=NOW)
    report = verify_archive(archive.public, VerifyOptions(rederive=archives.rederive))
    assert report.outcome is Outcome.VERIFIED, report.refused
    assert [one.status.value for one in report.steps if one.name == "derivations"] == ["passed"]


def test_an_archive_that_does_not_verify_is_refused(archive: Archive) -> None:
    """One flipped bit in a published table: nothing is derived, and the refusal says what is wrong."""
    blob = next(
        one
        for one in (Path(archive.location) / "public" / "blob").rglob("*")
        if one.is_file() and one.read_bytes() == FINAL[1]
    )
    blob.write_bytes(FINAL[1].replace(b"500", b"501"))
    with pytest.raises(InputError) as refusal:
        archives.load_archive(archive.location)
    assert refusal.value.code == "A461"
    assert [one.code for one in refusal.value.values["issues"]] == ["V701"]
    result = check(archive.location)
    assert result.exit_code == 2
    assert "(A461)" in result.stderr
    assert "(V701)" in result.stderr


def test_a_blob_that_is_another_is_not_used(archive: Archive) -> None:
    """Whoever loads a blob gets the bytes of its digest or nothing."""
    load = archives.blobs_of(archive.public)
    digest = next(iter((Path(archive.location) / "public" / "blob").rglob("*/*"))).name
    assert load(digest)
    with pytest.raises(InputError) as refusal:
        load("0" * 64)
    assert refusal.value.code == "A452"
    path = Path(archive.location, "public", "blob", digest[:2], digest)
    path.write_bytes(b"x")
    with pytest.raises(InputError):
        load(digest)


class TestCommandLine:
    """`secondcount check ARCHIVE`."""

    def test_the_verdict_of_an_archive(self, archive: Archive, tmp_path: Path) -> None:
        """The screen, the report and the exit code are those of any check."""
        result = check(archive.location, "--claim", CLAIM, "--out", str(tmp_path / "report"), "--json")
        assert result.exit_code == 1  # the copies show more than what was published
        verdict = json.loads(result.stdout)
        assert {one["kind"] for one in verdict["inputs"]} == {"definition", "reported", "sheets"}
        assert (tmp_path / "report" / "index.html").is_file()

    def test_the_first_entries_alone(self, archive: Archive, tmp_path: Path) -> None:
        """--at gives the verdict of the log as it was when it had so many entries."""
        size = 4 + 1  # election, publication, two tables, the first copy
        result = check(archive.location, "--at", str(size), "--out", str(tmp_path / "report"), "--json")
        assert [one["rows"] for one in json.loads(result.stdout)["inputs"] if one["kind"] == "sheets"] == [2, 1]
        record = archives.load_archive(archive.location, at=size)
        assert record.sheets["list"].height == 1
        assert "(A458)" in check(archive.location, "--at", "99").stderr

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("--sheets", "x.csv"), "A460"),
            (("--reported", "x.csv"), "A460"),
            (("--contest", "list"), "A460"),
            (("--map",), "A460"),
            (("--param", "a=b"), "A460"),
            (("--election", "x.toml"), "X105"),
        ],
    )
    def test_an_archive_and_more(self, archive: Archive, words: tuple[str, ...], code: str) -> None:
        """An archive holds its definition and tables: nothing else is read beside it."""
        result = check(archive.location, *words)
        assert result.exit_code == 2
        assert f"({code})" in result.stderr

    def test_at_without_an_archive(self) -> None:
        """--at belongs to an archive."""
        assert "(A463)" in check("kazakhstan.majilis.2012", "--at", "3").stderr

    def test_an_address_without_an_archive(self, tmp_path: Path) -> None:
        """An address is taken for an archive; where there is none, that is said."""
        result = check("http://127.0.0.1:9/nothing")
        assert result.exit_code == 2
        assert "Traceback" not in result.output
        with pytest.raises(InputError) as refusal:
            archives.load_archive(str(tmp_path))
        assert refusal.value.code == "A462"


def test_the_log_can_grow_meanwhile(archive: Archive) -> None:
    """A record of the first entries is the same, however long the log has become."""
    size = Log(archive.public, 1).size + 6
    before = encode(derive(archives.load_archive(archive.location, at=size)))
    archives.import_into(
        archive, sheets=arriving(("c.csv", sheet_table(("5", "north", 2, 1, 1, "c", 9, 0, 1, 1, 1)))), now=NOW
    )
    assert encode(derive(archives.load_archive(archive.location, at=size))) == before


def test_a_name_that_a_photo_brought_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables do not write their list of pseudonyms over one that was changed while they were read (A502)."""
    place, read = begin(tmp_path / "archive"), archives.import_tables

    def slowly(*words: Any, **more: Any) -> Imported:
        known, version = load_pseudonyms(place.private)
        place.private.replace(PSEUDONYMS, known.with_names(["Ivanova"]).encode(), version)
        return read(*words, **more)

    monkeypatch.setattr(archives, "import_tables", slowly)
    with pytest.raises(Conflict):
        archives.import_into(place, sheets=arriving(COPIES), now=NOW)
    assert list(load_pseudonyms(place.private)[0].names.values()) == ["Ivanova"]
