"""`check --priorities FILE`: a table that the desk reads back, whatever stands in the names of stations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archiving.archives import DEFINITION
from keeping.archives import NOW, begin
from screens.shell import enter, run
from secondcount.custody.sequencer import append_batch
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import File, Stations, encode_entry
from secondcount.intake import parse_priorities

COPIES = "station,area,level,collector,registered,invalid,nur,ak_zhol,union\n1,north,2,c1,400,0,300,20,10\n"
REGISTER = "station,area,registered\n1,north,400\n2,north,1000\n-3,south,250\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a definition and copies, in English."""
    enter(tmp_path, monkeypatch, columns=200)
    Path("election.toml").write_bytes(DEFINITION)
    differing = COPIES + "1,north,2,c2,400,0,299,20,10\n"
    Path("copies.csv").write_text(differing.replace("collector", "collector,copy").replace(",c1,", ",c1,1,"))
    Path("copies.csv").write_text(Path("copies.csv").read_text().replace(",c2,", ",c2,2,"))
    return tmp_path


def read_back(name: str = "p.csv") -> list[tuple[str, int]]:
    listing = parse_priorities(name, Path(name).read_bytes())
    assert listing.issues == ()
    return [(station, number) for _, station, number in listing.rows.iter_rows()]


def test_the_desk_reads_what_check_writes() -> None:
    """Written as UTF-8 with a byte order mark, read back without a remark."""
    done = run("check", "--election", "election.toml", "--sheets", "copies.csv", "--priorities", "p.csv")
    assert done.exit_code == 1, done.output
    assert "priorities of 1 polling station." in done.output
    assert read_back() == [("1", 1000)]


def test_json_stays_json() -> None:
    """With --json the sentence goes elsewhere, and the verdict is the same with the file or without it."""
    words = ("check", "--election", "election.toml", "--sheets", "copies.csv", "--json")
    plain, more = run(*words), run(*words, "--priorities", "p.csv")
    assert json.loads(more.stdout) == json.loads(plain.stdout)
    assert "p.csv" in more.stderr


def test_a_place_that_cannot_be_written_is_refused() -> None:
    """A folder is no file: a code and exit code 2, no traceback."""
    Path("folder").mkdir()
    done = run("check", "--election", "election.toml", "--sheets", "copies.csv", "--priorities", "folder")
    assert (done.exit_code, "X108" in done.output) == (2, True)


def test_the_register_of_an_archive_is_used() -> None:
    """Stations that stand in the archive's register alone are known; a name like a formula is made harmless."""
    archive = begin(Path("a").absolute(), definition=DEFINITION)
    data = REGISTER.encode()
    entry = Stations(blob=File(digest=sha256_hex(data), name="register.csv", size=len(data)), rows=3)
    append_batch(archive, [encode_entry(entry)], blobs=[data], now=NOW)
    Path("one.csv").write_text(COPIES)
    assert run("archive", "import", "a", "--sheets", "one.csv").exit_code == 0
    done = run("check", "a", "--claim", "nur > union", "--priorities", "p.csv")
    assert done.exit_code in (0, 1), done.output
    assert read_back() == [("2", 1000), ("'-3", 250)]
