"""The program: its menu of commands, and the one place where every run begins and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Never

import click

from secondcount import __version__
from secondcount.cli.exits import ExitCode
from secondcount.cli.lazy import LazyGroup
from secondcount.cli.memory import give_back_at_once
from secondcount.cli.options import shared_options
from secondcount.cli.session import Session, language_of_words
from secondcount.cli.streams import abandon_output, flush_output, force_utf8

__all__ = ["main", "program"]

NAME = "secondcount"

MENU: Mapping[str, tuple[str, str]] = {
    "check": ("secondcount.cli.commands.check", "Check an election and write its report."),
    "archive": (
        "secondcount.cli.commands.archive.group",
        "Keep the record of an election so that it cannot be changed.",
    ),
    "demo": ("secondcount.cli.commands.demo", "Tell the founding story in three verdicts."),
    "elections": ("secondcount.cli.commands.elections", "List the elections that are shipped with the program."),
    "new": ("secondcount.cli.commands.new", "Write a commented template of an election definition."),
    "verify": ("secondcount.cli.commands.verify", "Verify an archive."),
    "verify-receipt": ("secondcount.cli.commands.verify_receipt", "Verify a receipt against an archive."),
    "witness": ("secondcount.cli.commands.witness", "Cosign the checkpoints of logs."),
    "desk": ("secondcount.cli.commands.desk", "Receive and read copies, with many people."),
    "rehearse": ("secondcount.cli.commands.rehearse", "Rehearse an election night with made-up copies."),
    "issues": ("secondcount.cli.commands.issues", "Explain the codes of issues."),
    "config": ("secondcount.cli.commands.config", "Show the settings and where they come from."),
}


class Program(LazyGroup):
    """The root command: whatever happens below it ends in an exit code and, where needed, a sentence."""

    menu = MENU

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,  # noqa: ARG002 - the signature is click's
        standalone_mode: bool = True,  # noqa: ARG002 - as above
        **extra: Any,  # noqa: ARG002 - as above
    ) -> Never:
        """Run the command line (default: of this process) and leave with its exit code.

        Raises:
            SystemExit: always; 0 consistent, 1 contradicts, 2 could not check, 130 interrupted.

        """
        give_back_at_once(os.environ)
        words = sys.argv[1:] if args is None else list(args)
        session = Session(language_of_words(words))
        sys.exit(_ended(self, words, session, prog_name or NAME))


def _ended(root: Program, words: list[str], session: Session, name: str) -> int:
    """Run to the end; no exception leaves this function."""
    try:
        code = _run(root, words, session, name)
        flush_output()
    except BrokenPipeError:
        abandon_output()
        return session.outcome
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as help_asked:
        click.echo(help_asked.format_message(), err=True)
        return ExitCode.COULD_NOT
    except BaseException as error:  # noqa: BLE001 - the door: no traceback reaches a user, not even a panic of Polars
        return _told(error, session)
    return code


def _run(root: Program, words: list[str], session: Session, name: str) -> int:
    with root.make_context(name, words, obj=session) as context:
        code = root.invoke(context)
    return int(code or ExitCode.CONSISTENT)


def _told(error: BaseException, session: Session) -> int:
    # Loaded when there is trouble: it reads catalogues, which --version has no use for.
    from secondcount.cli.trouble import tell_trouble  # noqa: PLC0415 - see above
    from secondcount.cli.usage import usage_error  # noqa: PLC0415 - see above

    trouble: BaseException = error
    if isinstance(error, click.ClickException):
        trouble = usage_error(error)
    elif isinstance(error, click.Abort):
        trouble = KeyboardInterrupt()
    return tell_trouble(trouble, session)


@click.command(NAME, cls=Program, params=shared_options())
@click.version_option(__version__, prog_name=NAME, message="%(prog)s %(version)s")
def program() -> None:
    """Give an election an independent second count, from copies of polling-station protocols.

    It compares protocols, not ballots, and every conclusion from copies holds only if the copies are genuine.

    Exit codes: 0 checked and consistent, 1 checked and something contradicts, 2 could not check.
    """


def main() -> None:
    """Run the program on the command line of this process."""
    force_utf8()
    program.main()
