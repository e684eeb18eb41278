"""The program as its users call it: every command, every ending, in-process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest

from screens.shell import enter, run
from screens.specimen import RECORD, VERDICT
from secondcount import api
from secondcount.cli.program import MENU, program
from secondcount.cli.settings import Settings
from secondcount.errors import InputError
from secondcount.jurisdictions import shipped_names, template
from secondcount.model.codes import CODES
from secondcount.model.progress import untold
from secondcount.verdict import encode

KNOWN = "kazakhstan.majilis.2012"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with an English locale and default settings."""
    enter(tmp_path, monkeypatch, columns=80)
    return tmp_path


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let `check` meet a ready verdict, and remember what it was asked."""
    found: dict[str, Any] = {}

    def check(name: str | None, **rest: Any) -> api.Checked:
        found.update(name=name, **rest)
        return api.Checked(record=RECORD, verdict=VERDICT)

    def report(_verdict: object, _record: object, out: Path, **rest: Any) -> tuple[Path, ...]:
        found.update(out=out, report=rest)
        return (out / "index.html", out / "verdict.json")

    monkeypatch.setattr(api, "check", check)
    monkeypatch.setattr(api, "build_report", report)
    return found


class TestMenu:
    """What is offered is there."""

    @pytest.mark.parametrize("name", MENU)
    def test_the_line_of_the_menu_is_that_of_the_command(self, name: str) -> None:
        """The help of the program imports no command, so its lines are held against the commands here."""
        command = program.get_command(click.Context(program), name)
        assert command is not None
        assert command.short_help == MENU[name][1]

    def test_nothing_asked_is_nothing_checked(self) -> None:
        """Without a command help goes to standard error, and the exit code is not that of a clean check."""
        result = run()
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "Commands:" in result.stderr

    @pytest.mark.parametrize("words", [("--help",), ("check", "--help"), ("config", "--help"), ("--version",)])
    def test_help_and_version_end_well(self, words: tuple[str, ...]) -> None:
        """Exit code 0, on standard output."""
        result = run(*words)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "secondcount" in result.stdout


class TestCommandLine:
    """A command line that is not understood is told what it could have been."""

    @pytest.mark.parametrize(
        ("words", "code", "hint"),
        [
            (("chekc",), "X134", "Nearest: check"),
            (("check", "--sheet", "a.csv"), "X131", "--sheets"),
            (("check", KNOWN, "--claim"), "X132", "--claim"),
            (("new",), "X132", "FILE"),
            (("--lang", "de", "elections"), "X133", "en, ru, kk"),
            (("elections", "too", "much"), "X130", "too much"),
            (("check",), "X104", "secondcount elections"),
            (("check", "kazakhstan.majlis.2012"), "X101", KNOWN),
            (("check", KNOWN, "--election", "my.toml"), "X105", "Leave one of them out"),
            (("check", "--election", "nowhere.toml"), "X110", "nowhere.toml"),
            (("check", KNOWN, "--sheets", "nowhere.csv"), "X110", "nowhere.csv"),
            (("check", KNOWN, "--contest", "nothing"), "X112", "nothing"),
            (("issues", "T99999"), "X106", "Nearest codes: T"),
            (("--config", "nowhere.toml", "elections"), "X110", "nowhere.toml"),
        ],
    )
    def test_it_ends_with_a_sentence_and_2(self, words: tuple[str, ...], code: str, hint: str) -> None:
        """Code, hint, exit code 2, nothing on standard output, no traceback."""
        result = run(*words)
        assert result.exit_code == 2
        assert f"({code})" in result.stderr
        assert hint in plain(result.stderr)
        assert result.stdout == ""
        assert "Traceback" not in result.output

    @pytest.mark.parametrize("words", [("--lang", "ru", "chekc"), ("chekc", "--lang", "ru"), ("check", "--lang=ru")])
    def test_in_the_language_that_was_asked_for(self, words: tuple[str, ...]) -> None:
        """Even where the command line itself is wrong."""
        assert "Что делать" in run(*words).stderr

    def test_a_folder_without_an_archive(self, empty_folder: Path) -> None:
        """A folder that is no shipped name and holds no archive is refused; one that is both is ambiguous."""
        (empty_folder / "archive").mkdir()
        assert "(X103)" in run("check", "archive").stderr
        (empty_folder / KNOWN).mkdir()
        assert "(X102)" in run("check", KNOWN).stderr

    def test_a_file_that_is_too_large_is_not_read(
        self, empty_folder: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any]
    ) -> None:
        """The limit is the setting; the file is not opened; at the limit it is still read."""
        monkeypatch.setenv("SECONDCOUNT_MAX_TABLE_MB", "1")
        (empty_folder / "big.csv").write_bytes(b"x" * 1_000_001)
        result = run("check", KNOWN, "--sheets", "big.csv")
        assert "(X109)" in result.stderr
        assert "2 MB; the setting max_table_mb allows 1 MB" in plain(result.stderr)
        assert asked == {}
        (empty_folder / "big.csv").write_bytes(b"x" * 1_000_000)
        assert run("check", KNOWN, "--sheets", "big.csv").exit_code == 1


class TestCheck:
    """One call, one screen, one exit code."""

    def test_everything_asked_reaches_the_call(self, asked: dict[str, Any]) -> None:
        """Tables and claims in the order in which they were given."""
        words = [
            "--reported",
            "a.csv",
            "--reported",
            "b.csv",
            "--sheets",
            "c.csv",
            "--contest",
            "list",
            "--out",
            "there",
        ]
        result = run("check", KNOWN, *words, "--claim", "OSDP >= 7%", "--claim", "OSDP is in")
        assert result.exit_code == 1
        assert asked["name"] == KNOWN
        assert [one.name for one in asked["reported"]] == ["a.csv", "b.csv"]
        assert [one.name for one in asked["sheets"]] == ["c.csv"]
        assert tuple(asked["claims"]) == ("OSDP >= 7%", "OSDP is in")
        assert (asked["contest"], asked["out"]) == ("list", Path("there"))

    def test_the_screen_says_where_the_report_is(self, asked: dict[str, Any]) -> None:
        """The default folder, and what the exit code means."""
        result = run("check", KNOWN)
        assert f"Report: {Path('report') / 'index.html'}" in result.stdout
        assert result.stdout.rstrip().endswith("Something contradicts. Exit code 1.")
        assert result.stderr == ""

    def test_the_report_opens_in_the_language_of_the_screen(self, asked: dict[str, Any]) -> None:
        """Where the report has that language; else in its first one."""
        run("check", KNOWN, "--lang", "kk")
        assert asked["report"] == {
            "languages": ("en", "ru", "kk"),
            "language": "kk",
            "worksheet": False,
            "workings": {},
            "progress": untold,
        }

    def test_the_worksheet_is_written_when_asked_for(self, asked: dict[str, Any]) -> None:
        """--worksheet asks the report for it."""
        run("check", KNOWN, "--worksheet")
        assert asked["report"]["worksheet"] is True

    def test_a_language_that_the_report_lacks_is_not_shown_first(
        self, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A Kazakh screen with a report in Russian and English."""
        monkeypatch.setenv("SECONDCOUNT_REPORT_LANGUAGES", "ru,en")
        run("check", KNOWN, "--lang", "kk")
        assert asked["report"] == {
            "languages": ("ru", "en"),
            "language": "ru",
            "worksheet": False,
            "workings": {},
            "progress": untold,
        }

    def test_json_is_the_verdict_and_nothing_else(self, asked: dict[str, Any]) -> None:
        """Standard output is verdict.json, byte for byte."""
        result = run("check", KNOWN, "--json")
        assert result.stdout_bytes == encode(VERDICT)
        assert json.loads(result.stdout)["synthetic"] is True
        assert result.exit_code == 1

    def test_a_report_that_cannot_be_written_is_told(
        self, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The folder is named, with the system's reason; the exit code is 2, not that of the verdict."""

        def refuse(*_: object, **__: object) -> tuple[Path, ...]:
            raise PermissionError(13, "Permission denied", "report")

        monkeypatch.setattr(api, "build_report", refuse)
        result = run("check", KNOWN)
        assert result.exit_code == 2
        assert "report cannot be written" in plain(result.stderr)

    @pytest.mark.parametrize(
        ("error", "code", "ending"),
        [
            (InputError("X112", contest="a", known="b"), "X112", 2),
            (RuntimeError("x"), "X150", 2),
            (KeyboardInterrupt(), "X140", 130),
        ],
    )
    def test_whatever_happens_ends_in_a_sentence(
        self, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: str, ending: int
    ) -> None:
        """An error of the input, a bug, Ctrl-C."""

        def fail(*_: object, **__: object) -> api.Checked:
            raise error

        monkeypatch.setattr(api, "check", fail)
        result = run("check", KNOWN)
        assert result.exit_code == ending
        assert f"({code})" in result.stderr
        assert "Traceback" not in result.output

    def test_logs_go_to_standard_error(self, asked: dict[str, Any]) -> None:
        """-v logs, as text or as JSON; file names stay out of it."""
        assert "info checked issues=25" in run("-v", "check", KNOWN).stderr
        line = run("check", KNOWN, "-v", "--log-json", "--sheets", "aigul.csv").stderr.splitlines()[0]
        assert json.loads(line)["contradicts"] is True
        assert "aigul" not in line


class TestOthers:
    """The smaller commands."""

    def test_new_writes_the_template_once(self, empty_folder: Path) -> None:
        """The file is the template; a second time it is refused and left alone, with --force it is written again."""
        result = run("new", "my.toml")
        assert result.exit_code == 0
        assert (empty_folder / "my.toml").read_text(encoding="utf-8") == template()
        (empty_folder / "my.toml").write_text("mine", encoding="utf-8")
        assert "(X107)" in run("new", "my.toml").stderr
        assert (empty_folder / "my.toml").read_text(encoding="utf-8") == "mine"
        assert run("new", "my.toml", "--force").exit_code == 0
        assert (empty_folder / "my.toml").read_text(encoding="utf-8") == template()

    def test_new_into_nowhere_is_told(self) -> None:
        """A folder that does not exist."""
        assert "(X108)" in run("new", str(Path("no") / "where.toml")).stderr

    @pytest.mark.parametrize("language", ["en", "ru", "kk"])
    def test_elections_lists_what_is_shipped(self, language: str) -> None:
        """Every shipped name with its voting day, in the language of the screen."""
        result = run("--lang", language, "elections")
        assert result.exit_code == 0
        assert all(name in result.stdout for name in shipped_names())
        day = {"en": "15 January 2012", "ru": "15 января 2012", "kk": "2012 жылғы 15 қаңтар"}[language]
        assert day in result.stdout.replace("\u00a0", " ")

    @pytest.mark.parametrize("language", ["en", "ru", "kk"])
    def test_issues_lists_and_explains(self, language: str) -> None:
        """Every code is in the list; one code is explained with names in place of values."""
        listed = run("--lang", language, "issues").stdout
        assert all(code in listed for code in CODES)
        explained = run("--lang", language, "issues", "x110").stdout
        assert "X110" in explained
        assert "‹file›" in explained

    def test_config_shows_every_setting_with_its_origin(
        self, empty_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Default, file and environment."""
        (empty_folder / "secondcount.toml").write_text('out = "from-file"\n', encoding="utf-8")
        monkeypatch.setenv("SECONDCOUNT_MAX_TABLE_MB", "7")
        rows = {line.split()[0]: line for line in run("config", "show").stdout.splitlines() if line.strip()}
        assert set(Settings.model_fields) <= set(rows)
        shown = plain(run("config", "show").stdout)
        assert "out from-file secondcount.toml" in shown
        assert "max_table_mb 7 SECONDCOUNT_MAX_TABLE_MB" in shown
        assert "log_level warning default" in shown

    def test_the_language_of_the_settings_is_spoken(self, empty_folder: Path) -> None:
        """The file beats the locale, --lang beats the file."""
        (empty_folder / "secondcount.toml").write_text('language = "ru"\n', encoding="utf-8")
        assert "Настройка" in run("config", "show").stdout
        assert "Баптау" in run("--lang", "kk", "config", "show").stdout

    def test_demo_tells_its_acts_and_ends_well(
        self, empty_folder: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any]
    ) -> None:
        """Whatever the verdicts are, the story ran; the made-up tables lie beside the reports."""
        file = type("File", (), {"name": "copies.csv", "data": b"station\n"})()
        act = type("Act", (), {})()
        act.folder, act.title, act.files = "2-city", "ui.heading.local", (file,)
        act.checked = api.Checked(record=RECORD, verdict=VERDICT)
        monkeypatch.setattr(api, "demo_acts", lambda: (act,))
        result = run("demo", "--out", "story")
        assert result.exit_code == 0
        assert (empty_folder / "story" / "2-city" / "copies.csv").read_bytes() == b"station\n"
        assert "Something contradicts." in result.stdout
        assert "Exit code" not in result.stdout  # which of a verdict is not that of the story
        assert "The reports are in story" in plain(result.stdout)
