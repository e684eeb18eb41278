"""How an archive begins: nothing is overwritten, the key is in neither part, a beginning that was cut off is told."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from keeping.archives import NOW, ORIGIN, begin, code_of
from secondcount.custody.archive import load_head, load_signer, open_archive
from secondcount.custody.beginning import LONGEST_ORIGIN, Plan, create_archive
from secondcount.custody.layout import blob_path
from secondcount.custody.sequencer import drain
from secondcount.custody.settings import ArchiveSettings, encode_settings, parse_settings
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Election, parse_entry
from secondcount.evidence.keys import KEY_VARIABLE, PASSPHRASE_VARIABLE
from secondcount.evidence.log import Log
from secondcount.evidence.policy import parse_policy

PLAN = Plan(
    location="",
    origin=ORIGIN,
    election="nowhere.council.2026",
    definition="nowhere.toml",
    data=b"# a definition\n",
    params={"date": "2026-01-15"},
    key_file=Path("log.key"),
    readme=b"A log.\n",
)


def plan(folder: Path, **changes: object) -> Plan:
    return replace(PLAN, location=str(folder / "log"), key_file=folder / "log.key", **changes)


def test_entry_0_says_which_election_it_is(tmp_path: Path) -> None:
    """The definition is a public blob, and the first entry names it, the parameters, the origin and the key."""
    archive = create_archive(plan(tmp_path), {})
    entry = parse_entry(Log(archive.public, 1).entry(0))
    assert isinstance(entry, Election)
    assert archive.public.load(blob_path(entry.definition.digest)) == PLAN.data
    assert (entry.id, entry.params, entry.origin) == (PLAN.election, PLAN.params, ORIGIN)
    assert entry.key == archive.public.load("log.vkey").decode().strip() == str(load_signer(archive).verifier())


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_private_is_private(tmp_path: Path) -> None:
    """The private part is its owner's alone, and so is the key file, which lies in neither part."""
    archive = create_archive(plan(tmp_path), {})
    assert stat.S_IMODE((tmp_path / "log" / "private").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "log.key").stat().st_mode) == 0o600
    assert [one for one in (tmp_path / "log").rglob("*") if one.is_file() and b"PRIVATE KEY" in one.read_bytes()] == []
    assert archive.settings.key == str(tmp_path / "log.key")


def test_the_public_part_has_the_verifier_and_a_policy_of_this_log(tmp_path: Path) -> None:
    """verify.py and README.txt are there for whoever finds the folder, byte by byte in the manifest."""
    archive = create_archive(plan(tmp_path), {})
    manifest = archive.public.load("manifest").decode()
    for path in ("README.txt", "log.vkey", "policy", "verify.py"):
        data = archive.public.load(path)
        assert f"{sha256_hex(data)} {len(data)} {path}\n" in manifest
    assert archive.public.load("verify.py").startswith(b"#!")
    assert [str(one) for one in parse_policy(archive.public.load("policy")).log_keys] == [
        str(load_signer(archive).verifier())
    ]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Neither a folder with something in it nor a key file that exists; and no key is left behind then."""
    (tmp_path / "log" / "public").mkdir(parents=True)
    (tmp_path / "log" / "public" / "diary.txt").write_text("mine")
    assert code_of(create_archive, plan(tmp_path), {}) == "A102"
    assert not (tmp_path / "log.key").exists()
    (tmp_path / "log.key").write_text("an older key")
    assert code_of(create_archive, replace(plan(tmp_path), location=str(tmp_path / "other")), {}) == "V245"
    assert (tmp_path / "log.key").read_text() == "an older key"


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "журнал", "x" * (LONGEST_ORIGIN + 1), "a\n"])
def test_an_origin_fits_into_a_signature_line_and_a_receipt(tmp_path: Path, origin: str) -> None:
    """What cannot be a key name (C2SP signed-note), or makes a receipt too long for a QR code, is refused at once."""
    assert code_of(create_archive, plan(tmp_path, origin=origin), {}) == "A107"
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_archive_is_told_apart(tmp_path: Path) -> None:
    """No archive, a beginning that was cut off, settings of another format: three different sentences."""
    assert code_of(open_archive, str(tmp_path / "nothing"), {}) == "A101"
    place = tmp_path / "log"
    begin(place)
    (place / "public" / "checkpoint").unlink()
    assert code_of(open_archive, str(place), {}) == "A103"
    (place / "private" / "archive.toml").write_text('format = "secondcount.archive/9"\n')
    assert code_of(open_archive, str(place), {}) == "A106"


def test_a_key_of_another_log_signs_nothing(tmp_path: Path) -> None:
    """With another key, or none, the log cannot be written."""
    place = tmp_path / "log"
    archive = begin(place)
    begin(tmp_path / "other", key="other.key")
    (place / "private" / "archive.toml").write_bytes(encode_settings(ArchiveSettings(key=str(tmp_path / "other.key"))))
    assert code_of(drain, archive, NOW) == "A105"
    (place / "private" / "archive.toml").write_bytes(encode_settings(ArchiveSettings()))
    assert code_of(drain, archive, NOW) == "A104"
    assert load_head(archive).checkpoint.size == 2


def test_the_key_may_come_from_the_environment(tmp_path: Path) -> None:
    """Where the environment has the content of the key file, no file is needed."""
    place = tmp_path / "log"
    begin(place)
    content = (tmp_path / "log.key").read_text()
    (tmp_path / "log.key").unlink()
    assert drain(open_archive(str(place), {KEY_VARIABLE: content}), NOW).size == 2


def test_a_passphrase_locks_the_key_file(tmp_path: Path) -> None:
    """With a passphrase at the beginning the key needs it ever after; it is shown nowhere."""
    locked = {PASSPHRASE_VARIABLE: "correct horse"}
    archive = create_archive(plan(tmp_path), locked)
    assert "correct horse" not in repr(archive)
    assert drain(archive, NOW).size == 1
    assert code_of(drain, open_archive(archive.location, {}), NOW) == "V241"


@pytest.mark.parametrize("path", ['/a "quoted" path', "C:\\keys\\log.key", "/ключ/қолтаңба.key", "/tab\there"])
def test_settings_come_back_as_they_were(path: str) -> None:
    """Whatever a path is made of, the settings file holds it."""
    settings = ArchiveSettings(key=path, delete_contacts_on="2027-01-15")
    assert parse_settings(encode_settings(settings), "archive.toml") == settings
