"""`secondcount archive witness`: witnesses cosign the newest checkpoint."""

from __future__ import annotations

from pathlib import Path

import click

from secondcount.cli.commands.archive.place import an_archive, now, opened
from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.notices import show_issues
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.cosigning import Cosigning, ask_witnesses

__all__ = ["command"]


@click.command("witness", cls=Order, short_help="Have witnesses cosign the newest checkpoint.")
@an_archive
@file_option("--policy", help="Witnesses and quorum (C2SP tlog-policy); replaces those of the archive.")
@file_option(
    "--cosignature", "files", multiple=True, help="Signature lines that a witness gave as a file. May be repeated."
)
@with_runtime
def command(runtime: Runtime, /, *, archive: str, policy: Path | None, files: tuple[Path, ...]) -> ExitCode:
    """Have the witnesses of the archive at DIR cosign its newest checkpoint.

    Witnesses that have an address in the policy are asked over the network (C2SP tlog-witness); the others' lines
    come as files. Only what verifies becomes part of the checkpoint.
    Exit codes: 0 the quorum is met, 2 it is not.
    """
    lines = b"".join(_lines(read_file(one)) for one in files)
    with runtime.doing("archive.doing.witness"):
        done = ask_witnesses(opened(archive), now(), policy=read_file(policy) if policy else b"", lines=lines)
    _tell(runtime, done)
    show_issues(runtime, done.issues)
    return ExitCode.CONSISTENT if done.is_quorate else ExitCode.COULD_NOT


def _tell(runtime: Runtime, done: Cosigning) -> None:
    """Say who has cosigned and who has not; where nobody is asked for, say that, and of no quorum that it is met."""
    names = ", ".join(done.cosigned)
    asked = bool(done.cosigned or done.missing)
    if asked:
        runtime.say(
            f"archive.witness.{'cosigned' if names else 'none'}", size=done.size, count=len(done.cosigned), names=names
        )
    else:
        runtime.say("archive.witness.no_policy")
    if done.missing:
        runtime.say("archive.witness.missing", names=", ".join(done.missing))
    if done.apart:
        runtime.say("archive.witness.apart", count=done.apart)
    if asked:
        runtime.say(f"archive.status.quorum_{'met' if done.is_quorate else 'open'}")


def _lines(data: bytes) -> bytes:
    """Return the signature lines of a file, whether it is a whole note or the lines alone."""
    found = [line for line in data.splitlines() if line.startswith("— ".encode())]
    return b"".join(line + b"\n" for line in found)
