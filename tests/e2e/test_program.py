"""The installed program in a process of its own: exit codes, streams, signals, and what it does not load."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from secondcount.jurisdictions import template

KNOWN = "kazakhstan.majilis.2012"
PROGRAM = (sys.executable, "-m", "secondcount")


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with an English locale and none of this machine's settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SECONDCOUNT_", "LC_"))}
    own |= {"LANG": "C.UTF-8", **environment}
    command = (*PROGRAM, *words)
    return subprocess.run(command, cwd=folder, env=own, capture_output=True, encoding="utf-8", check=False)


class TestExitCodes:
    """What a script may conclude."""

    def test_the_founding_case_contradicts_itself(self, tmp_path: Path) -> None:
        """Kazakhstan 2012 gives 1, a screen on standard output, two files, and nothing on standard error."""
        result = run(tmp_path, "check", KNOWN)
        assert (result.returncode, result.stderr) == (1, "")
        assert "Nur Otan 83" in result.stdout
        assert (tmp_path / "report" / "index.html").is_file()
        assert json.loads((tmp_path / "report" / "verdict.json").read_text(encoding="utf-8"))["election"] == KNOWN

    def test_a_consistent_election_gives_0(self, tmp_path: Path) -> None:
        """Kazakhstan 2021: the rule gives the announced seats, and no published figure contradicts another."""
        result = run(tmp_path, "check", "kazakhstan.majilis.2021")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.rstrip().endswith("Nothing contradicts. Exit code 0.")

    def test_what_cannot_be_checked_gives_2(self, tmp_path: Path) -> None:
        """A sentence on standard error, nothing on standard output, no report."""
        result = run(tmp_path, "check", "atlantis.assembly.2012")
        assert (result.returncode, result.stdout) == (2, "")
        assert "(X101)" in result.stderr
        assert not (tmp_path / "report").exists()

    def test_the_template_is_refused_in_words(self, tmp_path: Path) -> None:
        """A definition that nobody has filled in gives sentences or a check, never a traceback."""
        (tmp_path / "my.toml").write_text(template(), encoding="utf-8")
        result = run(tmp_path, "check", "--election", "my.toml")
        assert result.returncode in (0, 1, 2)
        assert "Traceback" not in result.stderr
        assert "(X150)" not in result.stderr

    def test_the_exit_code_is_the_same_with_json(self, tmp_path: Path) -> None:
        """Standard output is verdict.json, byte for byte."""
        result = run(tmp_path, "check", KNOWN, "--json", "--out", "there")
        assert result.returncode == 1
        assert result.stdout == (tmp_path / "there" / "verdict.json").read_text(encoding="utf-8")


class TestStreams:
    """UTF-8 everywhere, plain text in a pipe, a closed pipe is no trouble."""

    @pytest.mark.parametrize("encoding", ["ascii", "cp1251"])
    def test_any_code_page_gets_utf8(self, tmp_path: Path, encoding: str) -> None:
        """A Windows code page does not stop Kazakh letters, on either stream."""
        result = run(tmp_path, "--lang", "kk", "config", "show", PYTHONIOENCODING=encoding)
        assert result.returncode == 0
        assert "әдепкі" in result.stdout
        assert "Мұндай пәрмен жоқ" in run(tmp_path, "--lang", "kk", "chekc", PYTHONIOENCODING=encoding).stderr

    def test_a_pipe_gets_no_colour(self, tmp_path: Path) -> None:
        """No escape sequence where no terminal is."""
        assert "\x1b" not in run(tmp_path, "elections").stdout

    def test_no_color_is_kept(self, tmp_path: Path) -> None:
        """NO_COLOR and --no-color leave no colour even where a terminal is claimed."""
        forced = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
        colours = tuple(f"\x1b[{kind}3{number}m" for kind in ("", "1;") for number in range(1, 8))
        coloured = run(tmp_path, "check", KNOWN, **forced).stdout
        assert any(colour in coloured for colour in colours)
        for words, more in ((("--no-color",), {}), ((), {"NO_COLOR": "1"})):
            shown = run(tmp_path, "check", KNOWN, *words, **forced, **more).stdout
            assert not any(colour in shown for colour in colours)

    @pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
    def test_a_reader_that_leaves_changes_nothing(self, tmp_path: Path) -> None:
        """`secondcount issues | head -0` ends without complaint, with the exit code of the command."""
        reader, writer = os.pipe()
        os.close(reader)  # before the program writes: else all of it might fit into the pipe
        try:
            ended = subprocess.run(
                (*PROGRAM, "issues"), cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60
            )
        finally:
            os.close(writer)
        assert (ended.returncode, ended.stderr) == (0, b"")

    @pytest.mark.skipif(os.name == "nt", reason="signals differ on Windows")
    def test_control_c_is_130(self, tmp_path: Path) -> None:
        """Stopped in the middle: one sentence, 130, no traceback."""
        fifo = tmp_path / "slow.csv"
        os.mkfifo(fifo)
        command = (*PROGRAM, "check", KNOWN, "--sheets", str(fifo))
        environment = {**os.environ, "LANG": "C.UTF-8"}
        with subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            writer = os.open(fifo, os.O_WRONLY)  # waits until the program has begun to read
            time.sleep(0.5)  # and waits inside read(): while a pipe is opened, CPython may swallow the signal
            running.send_signal(signal.SIGINT)
            try:
                _, told = running.communicate(timeout=10)
            finally:
                os.close(writer)
            assert running.returncode == 130
        assert b"(X140)" in told
        assert b"Traceback" not in told


class TestLaziness:
    """What is not asked for is not loaded."""

    HEAVY = ("polars", "jinja2", "rich", "pydantic", "pydantic_settings", "secondcount.api", "secondcount.model")

    @pytest.mark.parametrize("words", ["--version", "--help"])
    def test_help_and_version_load_nothing_heavy(self, tmp_path: Path, words: str) -> None:
        """Neither Polars nor Jinja2, nor the screen, nor any room but the words."""
        code = (
            "import sys\nfrom secondcount.cli import main\nsys.argv[1:] = [sys.argv[1]]\n"
            "try:\n    main()\nexcept SystemExit as end:\n"
            "    print(end.code, *(name for name in sys.argv[2:] + HEAVY if name in sys.modules), file=sys.stderr)\n"
        ).replace("HEAVY", repr(list(self.HEAVY)))
        result = subprocess.run(
            (sys.executable, "-c", code, words), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert result.stderr == "0\n"

    def test_trouble_loads_no_tables(self, tmp_path: Path) -> None:
        """A mistyped command is answered without Polars."""
        code = (
            "import sys\nfrom secondcount.cli import main\nsys.argv[1:] = ['chekc']\n"
            "try:\n    main()\nexcept SystemExit as end:\n    print(end.code, 'polars' in sys.modules)\n"
        )
        result = subprocess.run(
            (sys.executable, "-c", code), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert result.stdout == "2 False\n"
