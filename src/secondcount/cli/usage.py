"""What was wrong with a command line, as an error code and the values of its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import click

from secondcount.errors import InputError

__all__ = ["nearest_names", "usage_error"]

NEAREST = 3


def nearest_names(word: str, names: Iterable[str]) -> str:
    """Return the three names most like a word, the likest first, separated by commas."""
    return ", ".join(get_close_matches(word, list(names), n=NEAREST, cutoff=0))


def usage_error(error: click.ClickException) -> InputError:
    """Return the error of this house for one of click's."""
    context: click.Context | None = getattr(error, "ctx", None)
    command = _command(context)
    if isinstance(error, click.NoSuchOption):
        nearest = nearest_names(error.option_name, _options(context))
        return InputError("X131", option=error.option_name, nearest=nearest, command=command)
    if isinstance(error, click.NoSuchCommand):
        nearest = nearest_names(error.command_name, _commands(context))
        return InputError("X134", command=error.command_name, nearest=nearest)
    if isinstance(error, click.BadOptionUsage):
        return InputError("X132", parameter=error.option_name, command=command)
    if isinstance(error, click.MissingParameter) and error.param and context:
        return InputError("X132", parameter=_parameter(error.param, context), command=command)
    return InputError("X130", reason=error.format_message(), command=command)


def _parameter(parameter: click.Parameter, context: click.Context) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.make_metavar(context)


def _command(context: click.Context | None) -> str:
    """Return the words after the program's name: "check", "config show", or "" for the program itself."""
    return context.command_path.partition(" ")[2] if context else ""


def _options(context: click.Context | None) -> list[str]:
    parameters = context.command.params if context else []
    return ["--help", *(name for one in parameters for name in one.opts if name.startswith("--"))]


def _commands(context: click.Context | None) -> list[str]:
    command = context.command if context else None
    return command.list_commands(context) if isinstance(command, click.Group) and context else []
