"""`secondcount witness`: from new keys to a cosignature, by file and over HTTP, and every refusal as a sentence."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from noting import LOG, OTHER, World, small_log
from screens import shell
from secondcount.evidence.keys import encode_key
from secondcount.evidence.note import open_note, parse_vkey
from secondcount.evidence.policy import Party, Policy
from secondcount.evidence.witness import encode_request
from secondcount.evidence.witness_client import request_cosignatures


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, in English, without a key in the environment."""
    shell.enter(tmp_path, monkeypatch, columns=100)


@pytest.fixture
def archive(tmp_path: Path) -> World:
    """Return the public part of an archive with 20 entries and a checkpoint."""
    world = small_log(tmp_path / "archive" / "public", 20)
    (tmp_path / "archive" / "public" / "checkpoint").write_bytes(world.note(20))
    return world


def run(*words: str) -> Result:
    return shell.run("witness", *words)


def made(*more: str) -> list[str]:
    """Make a witness that trusts the log; return its verifier keys."""
    done = run("init", "w", "--name", "w.example/1", *more)
    assert done.exit_code == 0
    trusted = run("trust", "w", str(LOG.verifier()))
    assert (trusted.exit_code, "log.example/2027" in trusted.output) == (0, True)
    return [one for one in done.output.splitlines() if one.startswith("w.example/1+")]


def refused(result: Result, code: str) -> bool:
    return result.exit_code == 2 and f"({code})" in result.output and "Traceback" not in result.output


@pytest.mark.parametrize("source", ["archive", "archive/public"])
def test_an_archive_is_cosigned(source: str, archive: World) -> None:
    """The cosignature in the file fits the archive's checkpoint and the key that `init` printed."""
    (key,) = made()
    done = run("cosign", "w", source, "--out", "line.txt")
    assert done.exit_code == 0
    assert "20 entries" in done.output
    line = Path("line.txt").read_bytes()
    opened = open_note(archive.note(20) + line, [LOG.verifier(), parse_vkey(key)])
    assert [one.key.name for one in opened.verified] == ["log.example/2027", "w.example/1"]


def test_without_a_file_the_line_is_shown_whole(archive: World) -> None:
    """What is shown can be copied: no line is broken, however long its signature."""
    keys = made("--ml-dsa")
    done = run("cosign", "w", "archive")
    opened = open_note(archive.note(20) + done.stdout.encode(), [LOG.verifier(), *map(parse_vkey, keys)])
    assert len(opened.verified) == 3


def test_a_request_that_came_as_a_file_is_cosigned(archive: World) -> None:
    """The archive's keeper may send a file, and nobody needs a network."""
    made()
    Path("request").write_bytes(encode_request(0, [], archive.note(7)))
    assert run("cosign", "w", "request").exit_code == 0
    Path("request").write_bytes(encode_request(7, archive.log.consistency(7, 20), archive.note(20)))
    assert run("cosign", "w", "request").exit_code == 0
    again = run("cosign", "w", "request")
    assert refused(again, "W108")
    assert "20" in again.output


def test_another_history_is_refused(archive: World, tmp_path: Path) -> None:
    """An archive that was rewritten gets no signature, and one that shrank neither."""
    made()
    assert run("cosign", "w", "archive").exit_code == 0
    forked = small_log(tmp_path / "forked", 25, fork=3)
    (tmp_path / "forked" / "checkpoint").write_bytes(forked.note(25))
    assert refused(run("cosign", "w", "forked"), "W109")
    small = small_log(tmp_path / "small", 5)
    (tmp_path / "small" / "checkpoint").write_bytes(small.note(5))
    assert refused(run("cosign", "w", "small"), "W115")


def test_what_cannot_be_cosigned_is_told(archive: World, tmp_path: Path) -> None:
    """No archive, no request, no witness, a log that nobody trusts, one that another key signed."""
    assert refused(run("cosign", "nothing", "archive"), "W102")
    assert refused(run("trust", "nothing", str(LOG.verifier())), "W102")
    made()
    assert refused(run("cosign", "w", "nothing"), "W114")
    Path("request").write_bytes(b"hello\n")
    assert refused(run("cosign", "w", "request"), "W105")
    Path("request").write_bytes(encode_request(0, [], archive.note(20, OTHER)))
    assert refused(run("cosign", "w", "request"), "W106")
    forged = archive.note(20, OTHER).replace(b"other.example", b"log.example", 1)
    Path("request").write_bytes(encode_request(0, [], forged))
    assert refused(run("cosign", "w", "request"), "W107")


def test_a_witness_is_made_once() -> None:
    """Its keys are never overwritten, and each key of a log is trusted once."""
    made()
    assert refused(run("init", "w", "--name", "w.example/1"), "W101")
    assert refused(run("trust", "w", str(LOG.verifier())), "V309")
    assert refused(run("trust", "w", "nonsense"), "V212")
    assert refused(run("init", "v", "--name", "w example"), "V211")


def test_the_folder_is_its_owners_alone() -> None:
    """Keys and state are for the user who runs the witness."""
    made("--ml-dsa")
    assert Path("w").stat().st_mode & 0o777 == 0o700
    for name in ("witness.key", "witness-ml-dsa.key"):
        assert (Path("w") / name).stat().st_mode & 0o777 == 0o600
    Path("w/witness.key").chmod(0o644)
    assert refused(run("cosign", "w", "x"), "V243")


def test_a_passphrase_is_asked_of_the_environment(archive: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never of the command line; and never shown."""
    monkeypatch.setenv("SECONDCOUNT_KEY_PASSPHRASE", "correct horse")
    made()
    assert run("cosign", "w", "archive").exit_code == 0
    monkeypatch.delenv("SECONDCOUNT_KEY_PASSPHRASE")
    assert refused(run("cosign", "w", "archive"), "V241")
    monkeypatch.setenv("SECONDCOUNT_KEY_PASSPHRASE", "battery staple")
    wrong = run("cosign", "w", "archive")
    assert refused(wrong, "V242")
    assert "battery" not in wrong.output


def test_a_logs_key_never_witnesses(archive: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has the log's key in its environment does not cosign with it."""
    made()
    monkeypatch.setenv("SECONDCOUNT_KEY", encode_key(LOG).decode())
    assert refused(run("cosign", "w", "archive"), "W112")


def test_it_serves_until_it_is_stopped(archive: World) -> None:
    """The running program cosigns over HTTP, and Ctrl+C ends it with 0 and without a traceback."""
    (key,) = made()
    command = (sys.executable, "-m", "secondcount", "witness", "serve", "w", "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        line = served.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        party = Party(key=parse_vkey(key), url=found[0])
        policy = Policy(logs=(Party(key=LOG.verifier()),), witnesses={"w": party})
        gathered = request_cosignatures(archive.note(20), policy, archive.log.consistency)
        answered = served.stdout.readline()
        served.send_signal(signal.SIGINT)
        _, trouble = served.communicate(timeout=20)
    assert gathered.cosigned == (parse_vkey(key),)
    assert (served.returncode, trouble) == (0, "")
    assert "POST 200" in answered


def test_an_address_in_use_is_told() -> None:
    """Two witnesses cannot have one port."""
    made()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert refused(run("serve", "w", "--port", str(taken.getsockname()[1])), "W113")
