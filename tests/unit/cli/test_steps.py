"""The steps of a check on a terminal: each has a bar that grows and ends whole; in a pipe there is nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from screens.shell import enter, run
from secondcount import api
from secondcount.cli.runtime import Runtime, console_for
from secondcount.cli.screen.steps import Steps
from secondcount.cli.session import Session
from secondcount.cli.settings import Loaded, Settings, load_settings
from secondcount.model.progress import Step, Told, untold
from secondcount.verdict import encode
from secondcount.wording import LANGUAGES, phrasebook

KNOWN = "kazakhstan.majilis.2012"
NAMES = {one: one.value.upper() for one in Step}
COPIES = "station,area,level,nur_otan,osdp\n1,almaty_city,3,400,100\n2,almaty_city,3,300,200\n"


class Terminal(io.StringIO):
    """A stream that says that a person looks at it."""

    def isatty(self) -> bool:
        """Return that it is a terminal."""
        return True


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with two tables of copies."""
    enter(tmp_path, monkeypatch, columns=80)
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(COPIES.replace("\n1,", f"\n{name[0]}1,").replace("\n2,", f"\n{name[0]}2,"))
    return tmp_path


def runtime(stream: io.StringIO, *, verbosity: int = 0, language: str = "en") -> Runtime:
    """Return a runtime whose standard error is this stream."""
    loaded: Loaded[Settings] = load_settings(None, Settings)
    session = Session(language)
    session.verbosity = verbosity
    out, err = console_for(io.StringIO(), colour=False), console_for(stream, colour=False)
    return Runtime(session=session, loaded=loaded, book=phrasebook(language), out=out, err=err)


def told(work: Callable[[Told], object]) -> list[tuple[Step, int, int]]:
    """Return what a piece of work tells."""
    heard: list[tuple[Step, int, int]] = []
    work(lambda *one: heard.append(one))
    return heard


def checked(progress: Told = untold) -> api.Checked:
    """Return the check of two tables."""
    return api.check(KNOWN, sheets=[Path("one.csv"), Path("two.csv")], claims=["OSDP >= 7%"], progress=progress)


class TestWhatIsTold:
    """What the rooms tell of themselves."""

    def test_every_step_comes_in_its_order_grows_and_ends_whole(self) -> None:
        """Loading and reading by bytes, stations by rows, and so on: nothing is told twice or goes back."""
        found = checked()
        heard = told(checked)
        heard += told(lambda progress: api.build_report(found.verdict, found.record, Path("out"), progress=progress))
        assert list(dict.fromkeys(step for step, _, _ in heard)) == list(Step)
        assert [step for step, _, _ in heard] == sorted((step for step, _, _ in heard), key=list(Step).index)
        for one in Step:
            mine = [(done, total) for step, done, total in heard if step is one]
            assert {total for _, total in mine} == {mine[-1][0]}
            assert all(before < after for (before, _), (after, _) in pairwise(mine))

    def test_tables_are_told_by_their_bytes(self) -> None:
        """Each table counts as much as it is large, when it is loaded and when it has been read."""
        size = Path("one.csv").stat().st_size
        heard = told(checked)
        assert [one for one in heard if one[0] is Step.LOAD] == [
            (Step.LOAD, size, 2 * size),
            (Step.LOAD, 2 * size, 2 * size),
        ]
        read = [done for step, done, _ in heard if step is Step.READ]
        assert read == [0, size, 2 * size]

    def test_stations_are_told_by_their_rows(self) -> None:
        """Four copies are four rows."""
        assert (Step.SHEETS, 4, 4) in told(checked)

    def test_a_large_file_is_told_in_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file is told of while it is loaded, not only when it is there; its bytes are the same."""
        monkeypatch.setattr(api, "_PART", 10)
        heard = [done for step, done, _ in told(checked) if step is Step.LOAD]
        assert len(heard) > 10
        assert checked().record.inputs == checked(lambda *_: None).record.inputs

    def test_without_tables_nothing_is_loaded(self) -> None:
        """A definition alone has no table to be read; the other steps come all the same."""
        heard = told(lambda progress: api.check(KNOWN, progress=progress))
        assert {step for step, _, _ in heard} == {Step.SHEETS, Step.COMPARE, Step.DERIVE}

    def test_the_verdict_does_not_depend_on_who_listens(self) -> None:
        """The same bytes with and without somebody who is told."""
        assert encode(checked(lambda *_: None).verdict) == encode(checked().verdict)


class TestOnATerminal:
    """What a person sees."""

    def drawn(self, *heard: tuple[Step, int, int]) -> str:
        """Return everything that was drawn."""
        stream = Terminal()
        with Steps(Console(file=stream, force_terminal=True, width=80, color_system=None), NAMES) as steps:
            for one in heard:
                steps.tell(*one)
                steps._bars.refresh()  # now, not when the clock comes round
        return stream.getvalue()

    def test_a_bar_says_its_step_and_its_part(self) -> None:
        """The name of the step, and how much of it is done."""
        text = self.drawn((Step.READ, 0, 200), (Step.READ, 50, 200))
        assert "READ" in text
        assert "25 %" in text
        assert "100 %" not in text

    def test_a_step_ends_when_the_next_begins(self) -> None:
        """Whatever was told last of a step, it is whole once another has begun."""
        frame = self.drawn((Step.READ, 50, 200), (Step.SHEETS, 0, 10)).rsplit("READ", 1)[1]
        assert "100 %" in frame.split("SHEETS")[0]

    def test_a_step_without_a_size_has_no_part(self) -> None:
        """Nobody says how much of something is done whose size nobody knows."""
        assert "%" not in self.drawn((Step.DERIVE, 0, 0)) + self.drawn((Step.DERIVE, 0, 1))

    def test_more_than_the_whole_is_the_whole(self) -> None:
        """A file that grew while it was read is not 120 % read."""
        assert "120 %" not in self.drawn((Step.LOAD, 12, 10))

    def test_the_bars_go_away_on_an_error(self) -> None:
        """An error leaves a clean terminal: the cursor is back."""
        stream = Terminal()

        def failing() -> None:
            with Steps(Console(file=stream, force_terminal=True, width=80), NAMES) as steps:
                steps.tell(Step.READ, 1, 2)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            failing()
        assert stream.getvalue().rfind("\x1b[?25h") > stream.getvalue().rfind("\x1b[?25l")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_steps_have_names_in_every_language(self, language: str) -> None:
        """All steps of a check are drawn, in the language of the screen."""
        stream, book = Terminal(), phrasebook(language)
        with runtime(stream, language=language).stepping() as progress:
            checked(progress)
        assert all(book.say(f"cli.step.{one}") in stream.getvalue() for one in ("read", "sheets", "compare", "derive"))


class TestWhereNobodyLooks:
    """Piped output, and a log on the same screen."""

    @pytest.mark.parametrize(("stream", "verbosity"), [(io.StringIO(), 0), (Terminal(), 1)])
    def test_nothing_is_drawn(self, stream: io.StringIO, verbosity: int) -> None:
        """No byte goes into a pipe, and no bar between the lines of a log."""
        with runtime(stream, verbosity=verbosity).stepping() as progress:
            assert progress is untold
            checked(progress)
        assert stream.getvalue() == ""

    def test_a_check_in_a_pipe_is_silent_on_standard_error(self) -> None:
        """The whole command writes its screen, and nothing else."""
        result = run("check", KNOWN, "--sheets", "one.csv")
        assert result.exit_code in {0, 1}
        assert result.stderr == ""

    def test_check_tells_the_bars_of_both_halves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command hands on what is told of the check and of the report."""
        heard: list[Step] = []

        @contextmanager
        def stepping(_runtime: Runtime) -> Iterator[Told]:
            yield lambda step, *_: heard.append(step)

        monkeypatch.setattr(Runtime, "stepping", stepping)
        run("check", KNOWN, "--sheets", "one.csv")
        assert list(dict.fromkeys(heard)) == list(Step)
