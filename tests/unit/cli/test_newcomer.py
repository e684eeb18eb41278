"""The slips of somebody who keeps or verifies an archive for the first time, and what the screen makes of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from screens.shell import enter, run
from secondcount.wording import LANGUAGES

COPIES = """\
station,area,level,nur_otan,ak_zhol,cppk,osdp,auyl,patriots,adilet
0101,almaty_city,3,512,70,66,148,14,9,6
"""
SAYS_NOTHING = {"en": "were signed", "ru": "были подписаны", "kk": "қол қойылған сол"}


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an archive with one copy of a protocol, in a folder whose name has spaces and Cyrillic letters."""
    folder = tmp_path / "диск один"
    folder.mkdir()
    enter(folder, monkeypatch, columns=60)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (folder / "copies.csv").write_text(COPIES)
    origin = ("--origin", "test.example/a-name-that-is-long-enough-to-be-broken", "--key", "kz.key")
    assert run("archive", "init", "kz", "--election", "kazakhstan.majilis.2012", *origin).exit_code == 0
    assert run("archive", "import", "kz", "--sheets", "copies.csv").exit_code == 0
    return folder / "kz"


def on_one_line(result: Result) -> str:
    return " ".join(result.output.replace("\u00a0", " ").split())


class TestKey:
    """A key is given as it was pasted, and shown so that it can be pasted."""

    def test_a_line_break_in_it_is_no_matter(self, kept: Path) -> None:
        """Mail programs and narrow screens break a key; it is still the key."""
        key = (kept / "public" / "log.vkey").read_text().strip()
        result = run("verify", "kz", "--key", f" {key[:50]}\n  {key[50:]}\n")
        assert result.exit_code == 0
        assert "It is the key that you gave." in on_one_line(result)

    def test_one_longer_than_any_file_name_is_no_fault_of_the_program(self) -> None:
        """A long text is asked of the disk as a name, and refused as a key in words."""
        result = run("verify", "kz", "--key", "name+0c0c0832+" + "A" * 5000)
        assert result.exit_code == 2
        assert "(V21" in result.output

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_is_never_broken_on_a_narrow_screen(self, kept: Path, language: str) -> None:
        """What is to be copied from the screen stands there in one piece."""
        key = (kept / "public" / "log.vkey").read_text().strip()
        assert len(key) > 60
        assert key in run("--lang", language, "verify", "kz").output

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_its_fingerprint_stands_in_one_line(self, language: str) -> None:
        """Eight groups of four are compared by voice, in one line each time."""
        told = run("--lang", language, "verify", "kz").output.replace("\u00a0", " ")
        assert len(re.findall(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}", told)) == 2


class TestForeignFile:
    """A computer that leaves its own files in a copy is the most common refusal."""

    @pytest.fixture
    def copy(self, kept: Path) -> Path:
        target = kept.parent / "копия архива"
        shutil.copytree(kept / "public", target)
        (target / ".DS_Store").write_bytes(b"x")
        (target / "Thumbs.db").write_bytes(b"x")
        return target

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_is_refused_and_what_to_do_is_said_once(self, copy: Path, language: str) -> None:
        """Both files are named; the advice, which names both, stands behind the first only."""
        result = run("--lang", language, "verify", str(copy))
        assert result.exit_code == 1
        assert (result.output.count(".DS_Store"), result.output.count("Thumbs.db")) == (2, 2)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_is_said_to_be_shown(self, copy: Path, language: str) -> None:
        """Of a copy that is refused the screen says neither that all its files belong there nor what it shows."""
        told = on_one_line(run("--lang", language, "verify", str(copy)))
        assert SAYS_NOTHING[language] not in told
        whole = on_one_line(run("--lang", language, "verify", "kz"))
        assert SAYS_NOTHING[language] in whole

    def test_without_it_the_copy_verifies(self, copy: Path) -> None:
        """A plain copy is a mirror."""
        for name in (".DS_Store", "Thumbs.db"):
            (copy / name).unlink()
        assert run("verify", str(copy)).exit_code == 0


class TestWaiting:
    """What waits has no proof, and is not passed over in silence."""

    def test_receipts_of_a_station_say_that_something_waits(self, kept: Path) -> None:
        """An entry of the same station that is not in the log yet may be the one that is looked for."""
        del kept
        assert "outbox" not in run("archive", "prove", "kz", "0101", "--out", "receipts").output
        Path("outcome.json").write_text(
            '{"deployment":"","kind":"outcome","outcome":"received","station":"0101","time":"2012-01-15T20:00:00Z"}'
        )
        added = run("archive", "add", "kz", "--entry", "outcome.json")
        assert added.exit_code == 0, added.output
        assert "1 entry waits in the outbox" in on_one_line(run("archive", "prove", "kz", "0101", "--out", "receipts"))


class TestWitnesses:
    """A quorum of nobody is not called met."""

    def test_an_archive_that_asks_for_no_witness_says_so(self) -> None:
        """Without a policy nobody vouches for the log, and the screen gives the way to change that."""
        told = on_one_line(run("archive", "witness", "kz"))
        assert "asks for no witness" in told
        assert "quorum is met" not in told
