"""`make test` never leaves anything out in silence: the runner of its parts is tested too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import browser
import go
import parts
import weed

TOOLS = {"Chromium": browser, "Go": go, "S3 server": weed}


@pytest.fixture
def all_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every part pass without being run."""
    monkeypatch.setattr(parts, "run", lambda part: parts.Outcome(name=part.name, passed=True, seconds=0))
    monkeypatch.delenv("CI", raising=False)


def only_without(monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    """Take one tool away, and the permission to install it; the others are there."""
    for name, tool in TOOLS.items():
        found = None if name == absent else Path(sys.executable)
        monkeypatch.setattr(tool, "find_or_install", lambda found=found: found)


@pytest.mark.usefixtures("all_pass")
@pytest.mark.parametrize("absent", TOOLS)
def test_without_a_tool_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], absent: str
) -> None:
    """On a person's machine without one of the tools the rest is tested, and the summary says what is left out."""
    only_without(monkeypatch, absent)
    assert parts.main("test") == 0
    left_out = [line for line in capsys.readouterr().out.splitlines() if line.startswith("LEFT OUT")]
    assert len(left_out) == 2
    assert absent in left_out[0]


@pytest.mark.usefixtures("all_pass")
@pytest.mark.parametrize("absent", TOOLS)
def test_without_a_tool_ci_fails(monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    """In CI a missing tool is a failure even when all that could run passed; with all of them it is none."""
    monkeypatch.setenv("CI", "true")
    only_without(monkeypatch, absent)
    assert parts.main("test") == 1
    only_without(monkeypatch, "nothing")
    assert parts.main("test") == 0


def test_a_failed_part_fails_the_whole(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Later parts run after one has failed, the summary counts them, and the exit code is 1."""
    only_without(monkeypatch, "nothing")
    failed = parts.TYPES.name
    monkeypatch.setattr(
        parts, "run", lambda part: parts.Outcome(name=part.name, passed=part.name != failed, seconds=0)
    )
    assert parts.main("test") == 1
    chosen, _ = parts.parts("test")
    assert f"parts: {len(chosen) - 1} passed, 1 failed" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "passed"), [("pass", True), ("raise SystemExit(3)", False)])
def test_a_part_is_judged_by_all_its_commands(code: str, passed: bool) -> None:
    """A part passes only if each of its commands ends with 0."""
    assert parts.run(parts.Part(name="two", commands=(("-c", code), ("-c", "pass")))).passed is passed


def test_nothing_is_installed_behind_anybodys_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without root, no package is installed; a tool that is named or found is used as it is."""
    monkeypatch.delenv("SECONDCOUNT_CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(browser, "install", lambda *_: pytest.fail("installed something"))
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert browser.find_or_install() is None
    assert go.find_or_install() is None
    monkeypatch.setenv("SECONDCOUNT_CHROMIUM", "a browser")
    assert browser.find_or_install() == Path("a browser")


def test_root_gets_debians_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """As root on Debian the two packages of the judge are installed, and a failure shows in the answer."""
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr("shutil.which", lambda name: "/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(browser, "install", asked.append)
    assert go.find_or_install() is None
    assert asked == [("golang-go", "golang-golang-x-mod-dev")]


def test_the_s3_server_comes_from_the_lock_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an environment of its own the locked package is installed, hash by hash; elsewhere nothing is."""
    asked: list[str] = []
    monkeypatch.setattr(weed, "find", lambda: None)
    monkeypatch.setattr(weed, "install", lambda: asked.append("install"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    assert weed.find_or_install() is None
    assert not asked
    monkeypatch.setattr(sys, "base_prefix", "elsewhere")
    assert weed.find_or_install() is None
    assert asked
    first, *rest = weed.locked(weed.LOCK.read_text(encoding="utf-8")).splitlines()
    assert first.startswith(f"{weed.PACKAGE}==")
    assert rest
    assert all(line.strip().startswith("--hash=sha256:") for line in rest if not line.strip().startswith("#"))


def test_without_an_s3_server_the_tests_of_buckets_fail_in_ci(pytestconfig: pytest.Config) -> None:
    """The server's fixture, asked without a server: skipped on a person's machine, failed in CI."""
    code = "import sys, weed, pytest; weed.find = lambda: None; sys.exit(pytest.main(sys.argv[1:]))"
    words = ("-p", "no:cacheprovider", "-q", "tests/unit/evidence/test_s3_store.py")
    for ci, wanted in (("true", 1), ("", 0)):
        environment = {**os.environ, "CI": ci, "PYTHONPATH": str(pytestconfig.rootpath / "tools")}
        ran = subprocess.run(
            (sys.executable, "-c", code, *words),
            cwd=pytestconfig.rootpath,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == wanted, ran.stdout.decode()
