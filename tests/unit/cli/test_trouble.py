"""Trouble is told as sentences, in the user's language, with a code and what to do; never as a traceback."""

from __future__ import annotations

import io

import pytest

from secondcount.cli.exits import ExitCode
from secondcount.cli.session import Session
from secondcount.cli.trouble import tell_trouble
from secondcount.errors import InputError
from secondcount.model.codes import make_issue
from secondcount.model.issue import Where
from secondcount.wording import LANGUAGES


def told(error: BaseException, language: str = "en", verbosity: int = 0) -> tuple[str, ExitCode]:
    """Return what is written (line breaks and indents as single spaces) and the exit code."""
    session = Session(language)
    session.verbosity = verbosity
    stream = io.StringIO()
    code = tell_trouble(error, session, stream)
    return " ".join(stream.getvalue().split()), code


def raised(error: BaseException) -> BaseException:
    """Return an error that carries a traceback."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 - any error at all is what is tested
        return caught


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("X110", file="copies.csv", reason="no such file"), "X110"),
        (InputError("X120", setting="out", origin="secondcount.toml", value="7"), "X120"),
        (PermissionError(13, "Permission denied", "report"), "X108"),
        (OSError("disk gone"), "X141"),
        (MemoryError(), "X141"),
        (ZeroDivisionError("division by zero"), "X150"),
        (RecursionError(), "X150"),
    ],
)
def test_every_error_is_a_sentence(language: str, error: BaseException, code: str) -> None:
    """Title with code, reason, advice; exit code 2; no traceback."""
    text, exit_code = told(raised(error), language)
    assert f"({code})" in text
    assert exit_code is ExitCode.COULD_NOT
    assert "Traceback" not in text
    assert {"en": "What to do", "ru": "Что делать", "kk": "Не істеу керек"}[language] in text


def test_an_interruption_is_130() -> None:
    """Ctrl-C is neither success nor failure."""
    text, code = told(KeyboardInterrupt())
    assert code is ExitCode.INTERRUPTED
    assert "You stopped the command" in text


class TestUnexpected:
    """A bug has a short reference; its traceback is for those who ask."""

    def test_details_only_on_request(self) -> None:
        """-v does not show the traceback, -vv does."""
        error = raised(ZeroDivisionError("secret data"))
        assert "Traceback" not in told(error, verbosity=1)[0]
        assert "secret data" not in told(error, verbosity=1)[0]
        assert "ZeroDivisionError: secret data" in told(error, verbosity=2)[0]

    def test_the_reference_is_the_same_for_the_same_fault(self) -> None:
        """Type and line make the reference, the data do not."""
        first, second = told(raised(ValueError("a")))[0], told(raised(ValueError("b")))[0]
        assert first == second
        assert told(raised(TypeError("a")))[0] != first


class TestDefinition:
    """A definition with errors lists them."""

    def test_ten_errors_are_listed_and_the_rest_counted(self) -> None:
        """Each with its own sentence; the total stands above."""
        issues = tuple(make_issue("X110", Where(file=f"{n}.csv"), reason="no reason") for n in range(12))
        text, _ = told(InputError("X111", file="my.toml", count=12, issues=issues))
        assert "my.toml has 12 errors" in text
        assert text.count("cannot be read.") == 10
        assert "and 2 more" in text


class TestRobust:
    """Telling trouble does not make trouble."""

    def test_a_missing_sentence_leaves_the_bare_facts(self) -> None:
        """A code without words, or without a value that its words need, is told with what is known."""
        assert told(InputError("Z999", file="a.csv"))[0] == "Z999 file: a.csv"
        assert told(InputError("X131", option="--lnag"))[0] == "X131 option: --lnag"

    def test_nothing_from_outside_steers_the_terminal(self) -> None:
        """A file name with an escape sequence is shown, not obeyed."""
        text, _ = told(InputError("X110", file="\x1b[2J.csv", reason="no such file"))
        assert "\x1b" not in text
        assert "[2J.csv" in text
