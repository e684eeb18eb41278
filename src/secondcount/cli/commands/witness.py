"""`secondcount witness`: cosign the checkpoints of logs, by file or over HTTP."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from os import environ
from pathlib import Path

import click
from rich.text import Text

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import PATH, Order, file_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.errors import InputError, reason_of, refusing
from secondcount.evidence.keys import PASSPHRASE_VARIABLE
from secondcount.evidence.store import Store
from secondcount.evidence.verify.place import find_public
from secondcount.evidence.witness import LARGEST_REQUEST
from secondcount.evidence.witness_folder import init_witness, open_witness, trust_log
from secondcount.evidence.witness_request import CHECKPOINT, cosign
from secondcount.evidence.witness_server import WitnessServer
from secondcount.wording import visible

__all__ = ["command"]


@click.group("witness", short_help="Cosign the checkpoints of logs.")
def command() -> None:
    """Cosign the checkpoints of logs, each only where it continues what was cosigned before."""


@command.command("init", cls=Order, short_help="Make the keys of a new witness.")
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--name", required=True, metavar="NAME", help="Its name, for example witness.example/1.")
@click.option("--ml-dsa", is_flag=True, help="Also make a key that is safe against quantum computers.")
@with_runtime
def init(runtime: Runtime, /, *, folder: Path, name: str, ml_dsa: bool) -> ExitCode:
    """Make the folder DIR and the keys of a new witness.

    The keys are protected by the passphrase in SECONDCOUNT_KEY_PASSPHRASE, where it is set.
    """
    passphrase = environ.get(PASSPHRASE_VARIABLE, "").encode() or None
    keys = init_witness(folder, name, ml_dsa=ml_dsa, passphrase=passphrase)
    runtime.say("witness.made", name=visible(name), folder=visible(str(folder)))
    runtime.show(Text(str(key)) for key in keys)
    runtime.say("witness.keep")
    return ExitCode.CONSISTENT


@command.command("trust", cls=Order, short_help="Trust the key of a log.")
@click.argument("folder", type=PATH, metavar="DIR")
@click.argument("vkey", metavar="VKEY")
@with_runtime
def trust(runtime: Runtime, /, *, folder: Path, vkey: str) -> ExitCode:
    """Let the witness in DIR cosign the log that signs with VKEY, and is named as the key is.

    After a log has changed its key, trust the new one as well.
    """
    key = trust_log(folder, vkey)
    runtime.say("witness.trusted", origin=visible(key.name), id=key.key_id.hex())
    return ExitCode.CONSISTENT


@command.command("cosign", cls=Order, short_help="Cosign one checkpoint, without a network.")
@click.argument("folder", type=PATH, metavar="DIR")
@click.argument("source", metavar="ARCHIVE|REQUEST")
@file_option("--out", help="Write the cosignature to FILE. Default: the screen.")
@with_runtime
def cosign_one(runtime: Runtime, /, *, folder: Path, source: str, out: Path | None) -> ExitCode:
    """Cosign the checkpoint of ARCHIVE (a folder or an address), or of a REQUEST that came as a file."""
    lines, origin, size = cosign(open_witness(folder, environ), _source(source), int(time.time()))
    if out is None:
        runtime.show(Text(line) for line in lines.decode().splitlines())
        return ExitCode.CONSISTENT
    with refusing("X108", out):
        out.write_bytes(lines)
    runtime.say("witness.cosigned", origin=visible(origin), size=size)
    runtime.say("witness.written", file=visible(str(out)))
    return ExitCode.CONSISTENT


def _source(source: str) -> Store | bytes:
    """Return the public part of an archive, or the bytes of a request."""
    path = Path(source)
    if path.is_file():
        with refusing("X110", path), path.open("rb") as file:
            return file.read(LARGEST_REQUEST + 1)
    store = find_public(source, (CHECKPOINT,))
    if store is None:
        raise InputError("W114", file=source)
    return store


@command.command("serve", cls=Order, short_help="Answer logs over HTTP.")
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Address to answer on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8461, show_default=True, help="0 takes a free one.")
@with_runtime
def serve(runtime: Runtime, /, *, folder: Path, host: str, port: int) -> ExitCode:
    """Answer the logs that the witness in DIR trusts (c2sp.org/tlog-witness), until it is stopped.

    It speaks plain HTTP: put a server that speaks HTTPS before it, where it is reached from elsewhere.
    """
    witness = open_witness(folder, environ)

    def told(method: str, status: int, code: str) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        runtime.say("witness.answered", time=now, method=method, status=str(status), code=code)

    try:
        server = WitnessServer(witness, host, port, told=told)
    except OSError as error:
        raise InputError("W113", host=host, port=str(port), reason=reason_of(error)) from error
    with server, suppress(KeyboardInterrupt):
        runtime.say(
            "witness.serving",
            name=visible(witness.verifiers()[0].name),
            url=f"http://{host}:{server.port}",
            count=len(witness.origins()),
        )
        server.serve_forever()
    return ExitCode.CONSISTENT
