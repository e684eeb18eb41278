"""The options that every command takes, before or after its name, and those that several take."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from secondcount.cli.session import Session
from secondcount.errors import InputError
from secondcount.wording import LANGUAGES

__all__ = ["PATH", "Order", "contest_option", "file_option", "params_option", "shared_options"]

PATH = click.Path(path_type=Path)

file_option = partial(click.option, type=PATH, metavar="FILE")
"""An option that names a file; `multiple=True` lets it name several."""

contest_option = click.option(
    "--contest", default="", metavar="ID", help="Contest that the tables belong to. Default: the only one."
)


def _session(context: click.Context) -> Session:
    return context.ensure_object(Session)


def _language(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        _session(context).language = value


def _config(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value:
        _session(context).config = value


def _verbosity(context: click.Context, _: click.Parameter, value: int) -> None:
    _session(context).verbosity += value


def _log_json(context: click.Context, _: click.Parameter, value: bool) -> None:
    _session(context).log_json |= value


def _no_colour(context: click.Context, _: click.Parameter, value: bool) -> None:
    _session(context).colour &= not value


def shared_options() -> list[click.Parameter]:
    """Return new options for language, settings file, logs and colour; each stores its value in the session."""
    return [
        click.Option(
            ["--lang"],
            type=LanguageChoice(LANGUAGES),
            expose_value=False,
            callback=_language,
            help="Language of the screen. Default: the settings, else the locale, else en.",
        ),
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            expose_value=False,
            callback=_config,
            help="Settings file. Default: secondcount.toml in the working directory, where there is one.",
        ),
        click.Option(
            ["-v", "--verbose"],
            count=True,
            expose_value=False,
            callback=_verbosity,
            help="Log what is done on standard error; -vv logs more.",
        ),
        click.Option(
            ["--log-json"],
            is_flag=True,
            expose_value=False,
            callback=_log_json,
            help="Write logs as JSON, one object a line.",
        ),
        click.Option(
            ["--no-color", "--no-colour"],
            is_flag=True,
            expose_value=False,
            callback=_no_colour,
            help="No colour; NO_COLOR in the environment does the same.",
        ),
    ]


class LanguageChoice(click.Choice[str]):
    """One of the languages that there is a catalogue for."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's
        """Return the language.

        Raises:
            InputError: X133, with the languages that there are.

        """
        if value in LANGUAGES:
            return value
        command = ctx.command_path.partition(" ")[2] if ctx else ""
        raise InputError("X133", parameter="--lang", value=value, allowed=", ".join(LANGUAGES), command=command)


class ParamValue(click.ParamType[tuple[str, str]]):
    """A parameter of a definition and its value, written as NAME=VALUE."""

    name = "parameter"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,  # noqa: ARG002 - click's
        ctx: click.Context | None,  # noqa: ARG002 - click's
    ) -> tuple[str, str]:
        """Return name and value.

        Raises:
            InputError: X136, there is no "=" with a name before it.

        """
        name, sign, chosen = value.partition("=")
        if not (name.strip() and sign):
            raise InputError("X136", value=value)
        return name.strip(), chosen.strip()


def as_mapping(_: click.Context, __: click.Parameter, pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the parameters by name.

    Raises:
        InputError: X136, one name has two values.

    """
    found: dict[str, str] = {}
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            raise InputError("X136", value=f"{name}={value}")
    return found


params_option = click.option(
    "--param",
    "params",
    type=ParamValue(),
    metavar="NAME=VALUE",
    multiple=True,
    callback=as_mapping,
    help="Which of several elections the definition describes, e.g. date=2016-06-26. May be repeated.",
)


class Order(click.Command):
    """A command that also takes the shared options."""

    def __init__(self, name: str | None, *, params: Iterable[click.Parameter] = (), **rest: Any) -> None:
        """Add the shared options behind the command's own."""
        super().__init__(name, params=[*params, *shared_options()], **rest)
