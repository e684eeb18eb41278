"""`secondcount verify`: an archive, verified in nine steps by anyone, without a network where it is a folder."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.logs import log_event
from secondcount.cli.options import Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.verification import report_json, report_lines
from secondcount.errors import InputError, VerificationError, refusing
from secondcount.evidence.entries import Verdict
from secondcount.evidence.log import Log
from secondcount.evidence.note import VerifierKey, parse_vkey
from secondcount.evidence.policy import Policy, parse_policy
from secondcount.evidence.verify import Outcome, Rederived, Report, VerifyOptions, verify_archive
from secondcount.evidence.verify.options import Blobs
from secondcount.evidence.verify.place import open_public
from secondcount.wording import visible

__all__ = ["command", "load_key", "load_policy"]

CODES = {
    Outcome.VERIFIED: ExitCode.CONSISTENT,
    Outcome.REFUSED: ExitCode.CONTRADICTS,
    Outcome.COULD_NOT: ExitCode.COULD_NOT,
}


@click.command(
    "verify",
    cls=Order,
    short_help="Verify an archive.",
    epilog="Exit codes: 0 verified, 1 refused, 2 could not check.",
)
@click.argument("place", metavar="PATH|URL")
@click.option(
    "--key", "key", metavar="VKEY", help="Key of the log, compared by another way; the text or a file of it."
)
@file_option("--policy", help="Witnesses that you trust (tlog-policy).")
@file_option("--old", help="A checkpoint that you kept from before.")
@file_option("--roots", help="Root certificates of the timestamp authority (PEM).")
@file_option("--resume", help="Write down what was done, and go on from there next time.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes. Default: one for each core.")
@click.option("--no-derive", is_flag=True, help="Do not derive published verdicts again.")
@file_option(
    "--evidence",
    default=Path("equivocation.txt"),
    show_default=True,
    help="Where the proof of two histories is written, if there is one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_runtime
def command(  # noqa: PLR0913 - one parameter for each thing that a verifier may bring along
    runtime: Runtime,
    /,
    *,
    place: str,
    key: str | None,
    policy: Path | None,
    old: Path | None,
    roots: Path | None,
    resume: Path | None,
    jobs: int | None,
    no_derive: bool,
    evidence: Path,
    as_json: bool,
) -> ExitCode:
    """Verify an archive: a folder, a copy of its public part, or an address.

    In nine steps: form, signatures, witnesses, time, tree, entries, blobs, schemas, derivations. What could not be
    checked is said, and is never called verified. A digest proves that bytes are the same since a time; it does not
    prove that a copy is genuine.
    """
    options = VerifyOptions(
        key=load_key(key) if key else None,
        policy=load_policy(policy) if policy else None,
        old=read_file(old) if old else None,
        roots=read_file(roots) if roots else None,
        jobs=jobs or os.cpu_count() or 1,
        resume=resume,
        rederive=None if no_derive else _rederive,
    )
    with runtime.progressing("verify.doing") as progress:
        report = verify_archive(open_public(place), replace(options, progress=progress))
    code = runtime.session.outcome = CODES[report.outcome]
    log_event("verified", outcome=report.outcome.value, entries=report.size, refused=len(report.refused))
    if as_json:
        click.echo(report_json(report, runtime.book))
    else:
        runtime.show(report_lines(report, runtime.book, runtime.out.width, code))
    _keep(runtime, report, evidence)
    return code


def _keep(runtime: Runtime, report: Report, file: Path) -> None:
    """Write the proof of two histories, where there is one; a file that is there already is never overwritten."""
    if not report.equivocation:
        return
    with refusing("X108", file), file.open("xb") as target:
        target.write(report.equivocation)
    runtime.err.print(runtime.book.say("verify.evidence", file=visible(str(file))))


def _rederive(log: Log, blobs: Blobs, verdict: Verdict) -> Rederived:
    # Loaded when there is a verdict to derive again: what counts votes needs Polars, and a verification does not.
    from secondcount.archives import rederive  # noqa: PLC0415 - see above

    return rederive(log, blobs, verdict)


def load_key(text: str) -> VerifierKey:
    """Return the key that a user gave, as its text or as a file that holds it.

    Raises:
        InputError: V2xx it is no key, X110 the file cannot be read.

    """
    given = read_file(Path(text)).decode("utf-8", "replace") if _is_name(text) else text
    try:
        return parse_vkey("".join(given.split()))  # a key that was broken into lines by a mail or a screen is the key
    except VerificationError as error:
        raise InputError(error.code, **error.values) from error


def _is_name(text: str) -> bool:
    """Return whether a text names a file and is no key; a key may be longer than any name."""
    try:
        return "+" not in text or Path(text).is_file()
    except OSError:
        return False


def load_policy(file: Path) -> Policy:
    """Return the policy of a file.

    Raises:
        InputError: V3xx it is none, X110 it cannot be read.

    """
    try:
        return parse_policy(read_file(file))
    except VerificationError as error:
        raise InputError(error.code, **{"file": str(file), **error.values}) from error
