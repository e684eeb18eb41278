"""`secondcount verify-receipt`: a receipt held against an archive, years later and from any mirror."""

from __future__ import annotations

from pathlib import Path

import click

from secondcount.cli.commands.verify import load_key, load_policy
from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.options import PATH, Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.verification import refusal_lines
from secondcount.errors import VerificationError
from secondcount.evidence.verify.place import open_public
from secondcount.evidence.verify.receipt import Held, hold_receipt
from secondcount.evidence.verify.signatures import fingerprint
from secondcount.wording import visible

__all__ = ["command"]


@click.command(
    "verify-receipt",
    cls=Order,
    short_help="Verify a receipt against an archive.",
    epilog="Exit codes: 0 the receipt holds, 1 refused, 2 could not check.",
)
@click.argument("file", type=PATH, metavar="FILE")
@click.option("--archive", "place", required=True, metavar="PATH|URL", help="The archive, or any mirror of it.")
@click.option(
    "--key", "key", metavar="VKEY", help="Key of the log, compared by another way; the text or a file of it."
)
@file_option("--policy", help="Witnesses that you trust (tlog-policy).")
@with_runtime
def command(runtime: Runtime, /, *, file: Path, place: str, key: str | None, policy: Path | None) -> ExitCode:
    """Verify that the entry of a receipt is in the log of an archive.

    FILE is a receipt (.tlog-proof), or a text file with the digest or the text of its QR code. It is held against the
    archive as it is now, which may be years later and from any mirror.
    """
    data = read_file(file)
    try:
        held = hold_receipt(
            open_public(place), data, load_key(key) if key else None, load_policy(policy) if policy else None
        )
    except VerificationError as error:
        runtime.session.outcome = ExitCode.CONTRADICTS
        runtime.show(refusal_lines(error, runtime.book, runtime.out.width))
        return ExitCode.CONTRADICTS
    _tell(runtime, held, own=key is None)
    return ExitCode.CONSISTENT


def _tell(runtime: Runtime, held: Held, *, own: bool) -> None:
    runtime.say(
        "verify.receipt.entry",
        index=held.index,
        origin=visible(held.now.origin),
        kind=visible(held.kind),
        digest=held.digest,
    )
    if held.then is not None:
        runtime.say("verify.receipt.continues", size=held.then.size)
    runtime.say("verify.receipt.in_log", size=held.now.size)
    if own:
        runtime.say("verify.receipt.own_key", fingerprint=fingerprint(held.key))
    runtime.say("verify.receipt.proved")
    runtime.say("verify.proves")
