"""A group whose commands are modules, imported only when one of them is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):
    """A group that knows of each command its name, its module and one line of help.

    The module holds the command under the name `command`.
    """

    menu: Mapping[str, tuple[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the menu."""
        return [*self.menu, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module; None for a name that is not on the menu."""
        if cmd_name not in self.menu:
            return super().get_command(ctx, cmd_name)
        command = import_module(self.menu[cmd_name][0]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.menu[cmd_name][0]}.command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the list of commands from the menu alone: help imports no command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.menu.items()])
