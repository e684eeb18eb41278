"""What every command stands on once it runs: settings, language, words, screens, logs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from os import environ
from typing import Concatenate, ParamSpec, TextIO

import click
from rich.console import Console
from rich.text import Text

from secondcount.cli.exits import ExitCode
from secondcount.cli.interrupts import let_interrupts_through
from secondcount.cli.logs import set_up_logs
from secondcount.cli.screen.blocks import folded
from secondcount.cli.session import Session, language_of_locale
from secondcount.cli.settings import Loaded, Settings, load_settings
from secondcount.model.progress import Step, Told, untold
from secondcount.wording import Phrasebook, phrasebook

__all__ = ["WIDEST", "Runtime", "console_for", "with_runtime"]

WIDEST = 120  # columns; wider terminals keep a margin on the right
LEVELS = ("warning", "info", "debug")

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """One run: its options, settings, words and the two screens."""

    session: Session
    loaded: Loaded[Settings]
    book: Phrasebook
    out: Console
    err: Console

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        return self.loaded.settings

    def show(self, lines: Iterable[Text]) -> None:
        """Print lines that are broken already."""
        for line in lines:
            self.out.print(line, no_wrap=True, overflow="ignore", crop=False)

    def say(self, key: str, /, **values: object) -> None:
        """Print one sentence, broken to the width of the screen; a key, path or digest stays whole."""
        self.show(Text(line) for line in folded(self.book.say(key, **values), self.out.width, whole=True))

    @contextmanager
    def doing(self, key: str) -> Iterator[None]:
        """Show on standard error what a long step does, while it does it and only to a person at a terminal."""
        if self.err.file.isatty() and not self.session.verbosity:
            with self.err.status(self.book.say(key)):
                yield
        else:
            yield

    @contextmanager
    def progressing(self, key: str) -> Iterator[Callable[[int, int], None]]:
        """Show how far a long step is, to a person at a terminal; yield the function that is told (done, total)."""
        if not self.err.file.isatty() or self.session.verbosity:
            yield lambda done, total: None  # noqa: ARG005 - nobody looks
            return
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - long steps only

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
        with Progress(*columns, TimeRemainingColumn(), console=self.err, transient=True) as bar:
            task = bar.add_task(self.book.say(key), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total or None)

    @contextmanager
    def stepping(self) -> Iterator[Told]:
        """Show the steps of long work, a bar each, to a person at a terminal; yield the function that is told."""
        if not self.err.file.isatty() or self.session.verbosity:
            yield untold
            return
        from secondcount.cli.screen.steps import Steps  # noqa: PLC0415 - where somebody looks

        with Steps(self.err, {one: self.book.say(f"cli.step.{one.value}") for one in Step}) as steps:
            yield steps.tell


class Screen(Console):
    """A console that tells its caller when the reader has gone, where Rich would end the program with 1."""

    def on_broken_pipe(self) -> None:
        """Pass the event on.

        Raises:
            BrokenPipeError: always.

        """
        raise BrokenPipeError


def console_for(stream: TextIO, *, colour: bool) -> Console:
    """Return a console that prints text as it is given: no markup, no emoji codes, no guessed highlights."""
    console = Screen(file=stream, no_color=None if colour else True, markup=False, emoji=False, highlight=False)
    console.width = min(console.width, WIDEST)
    return console


def _start(session: Session) -> Runtime:
    let_interrupts_through()
    loaded = load_settings(session.config, Settings)
    settings = loaded.settings
    wanted = max(session.verbosity, LEVELS.index(settings.log_level))
    set_up_logs(LEVELS[min(wanted, len(LEVELS) - 1)], sys.stderr, as_json=session.log_json or settings.log_json)
    if not session.language:
        session.language = language_of_locale(environ) if settings.language == "auto" else settings.language
    return Runtime(
        session=session,
        loaded=loaded,
        book=phrasebook(session.language),
        out=console_for(sys.stdout, colour=session.colour),
        err=console_for(sys.stderr, colour=session.colour),
    )


def with_runtime(call: Callable[Concatenate[Runtime, P], ExitCode]) -> Callable[P, ExitCode]:
    """Let a command's function begin with its runtime; the settings are read when the command is called."""

    @wraps(call)
    def called(*words: P.args, **options: P.kwargs) -> ExitCode:
        session = click.get_current_context().ensure_object(Session)
        return call(_start(session), *words, **options)

    return called
