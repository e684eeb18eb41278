"""`secondcount archive init`: begin an archive of one election."""

from __future__ import annotations

from collections.abc import Mapping
from os import environ
from pathlib import Path
from secrets import token_hex

import click
from rich.text import Text

from secondcount.cli.archiving import find_definition
from secondcount.cli.commands.archive.place import an_archive, facts
from secondcount.cli.exits import ExitCode
from secondcount.cli.files import read_file
from secondcount.cli.options import Order, file_option, params_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.custody.archive import load_log_key
from secondcount.custody.beginning import Plan, create_archive
from secondcount.evidence.keys import key_file
from secondcount.evidence.verify import fingerprint
from secondcount.wording import LANGUAGES, phrasebook, visible

__all__ = ["command"]


@click.command("init", cls=Order, short_help="Begin an archive of one election.")
@an_archive
@click.option("--election", required=True, metavar="NAME|FILE", help="A shipped election, or your definition (TOML).")
@params_option
@click.option("--origin", default="", metavar="NAME", help="Name of the log, e.g. example.org/kz. Default: made up.")
@file_option("--key", help="Where the new signing key is written. Default: in your configuration folder.")
@file_option("--policy", help="Witnesses and quorum (C2SP tlog-policy).")
@with_runtime
def command(
    runtime: Runtime,
    /,
    *,
    archive: str,
    election: str,
    params: Mapping[str, str],
    origin: str,
    key: Path | None,
    policy: Path | None,
) -> ExitCode:
    """Begin an archive at DIR: a public part, a private part (0700), and a new key outside of both (0600).

    Nothing is asked, and nothing that exists is overwritten. A shipped election brings its official figures along.
    A passphrase for the key file is taken from SECONDCOUNT_KEY_PASSPHRASE.
    """
    file, data, found = find_definition(election, params)
    name = origin or f"{found.id}/{token_hex(4)}"
    plan = Plan(
        location=archive,
        origin=name,
        election=found.id,
        definition=file,
        data=data,
        params=params,
        key_file=key or key_file(name, environ, Path.home()),
        readme=_readme(name),
        policy=read_file(policy) if policy else b"",
    )
    made = create_archive(plan, environ)
    runtime.say("archive.init.made", election=visible(found.labels.get(runtime.book.language)))
    place = archive.rstrip("/")
    rows = [("init.public", f"{place}/public"), ("init.private", f"{place}/private"), ("init.key", str(plan.key_file))]
    vkey = load_log_key(made)
    facts(runtime, [*rows, ("origin", name), ("vkey", str(vkey)), ("status.fingerprint", fingerprint(vkey))])
    runtime.show([Text("")])
    runtime.say("archive.init.advice", place=visible(archive))
    return ExitCode.CONSISTENT


def _readme(origin: str) -> bytes:
    """Return the text for whoever finds the public part, in each language."""
    parts = [phrasebook(one).say("archive.readme", origin=origin) for one in LANGUAGES]
    return ("\n\n".join(parts) + "\n").encode()
