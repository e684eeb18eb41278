"""`make test` never leaves anything out in silence: the runner of its parts is tested too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import browser
import parts


@pytest.fixture
def all_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every part pass without being run."""
    monkeypatch.setattr(parts, "run", lambda part: parts.Outcome(name=part.name, passed=True, seconds=0))
    monkeypatch.delenv("CI", raising=False)


def without_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the browser away, and the permission to install one."""
    monkeypatch.setattr(browser, "find_or_install", lambda: None)


@pytest.mark.usefixtures("all_pass")
def test_without_a_browser_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a person's machine without Chromium the rest is tested, and what is left out stands in the summary."""
    without_browser(monkeypatch)
    assert parts.main("test") == 0
    assert "LEFT OUT" in capsys.readouterr().out


@pytest.mark.usefixtures("all_pass")
def test_without_a_browser_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """In CI a missing browser is a failure even when all that could run passed."""
    without_browser(monkeypatch)
    monkeypatch.setenv("CI", "true")
    assert parts.main("test") == 1


def test_a_failed_part_fails_the_whole(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Later parts run after one has failed, the summary counts them, and the exit code is 1."""
    monkeypatch.setattr(browser, "find_or_install", lambda: Path(sys.executable))
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
    """Without root, no package is installed; a browser that is named or found is used as it is."""
    monkeypatch.delenv("SECONDCOUNT_CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(browser, "install", lambda: pytest.fail("installed something"))
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert browser.find_or_install() is None
    monkeypatch.setenv("SECONDCOUNT_CHROMIUM", "a browser")
    assert browser.find_or_install() == Path("a browser")
