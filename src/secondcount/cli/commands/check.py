"""`secondcount check`: one election, checked and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from os import cpu_count
from pathlib import Path
from typing import TypedDict, Unpack

import click

from secondcount import api
from secondcount.cli.exits import ExitCode
from secondcount.cli.logs import log_event
from secondcount.cli.notices import show_issues
from secondcount.cli.options import PATH, Order, contest_option, file_option, params_option
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.mapping import mapping_lines
from secondcount.cli.screen.page import Ending, show_verdict
from secondcount.cli.settings import Settings
from secondcount.cli.usage import nearest_names
from secondcount.errors import InputError, reason_of
from secondcount.intake import render_mapping
from secondcount.jurisdictions import shipped_names
from secondcount.model.issue import Issue
from secondcount.model.tally import tallies
from secondcount.verdict.derive import derive_openly
from secondcount.wording import visible

__all__ = ["command", "outcome_of", "tell"]

MEGABYTE = 1_000_000


class Asked(TypedDict):
    """What the user asks to have checked."""

    name: str | None
    election: Path | None
    reported: Sequence[Path]
    sheets: Sequence[Path]
    claims: Sequence[str]
    contest: str
    params: Mapping[str, str]


@click.command(
    "check",
    cls=Order,
    short_help="Check an election and write its report.",
    epilog="Exit codes: 0 checked and consistent, 1 checked and something contradicts, 2 could not check.",
)
@click.argument("name", metavar="[X]", required=False)
@file_option("--election", help="Your own election definition (TOML).")
@file_option(
    "--reported", multiple=True, help="Table of the authority (CSV). May be given several times, oldest first."
)
@file_option("--sheets", multiple=True, help="Table of copies of protocols (CSV). May be given several times.")
@click.option(
    "--claim",
    "claims",
    metavar="TEXT",
    multiple=True,
    help='A claim to assess, e.g. "OSDP >= 7%". May be repeated.',
)
@contest_option
@params_option
@click.option(
    "--at", type=click.IntRange(min=1), metavar="N", help="Make the verdict of the first N entries of an archive only."
)
@click.option("--out", type=PATH, metavar="DIR", help="Folder for the report. Default: report.")
@click.option(
    "--worksheet", is_flag=True, help="Write worksheet.xlsx too: stations that differ, to be filled in by hand (A4)."
)
@click.option(
    "--priorities",
    type=PATH,
    metavar="FILE",
    help="Write which stations' copies would matter most (station, number), for secondcount desk.",
)
@click.option(
    "--map", "mapping", is_flag=True, help="Show what the columns of the tables may be, save it beside them, and end."
)
@click.option("--json", "as_json", is_flag=True, help="Print verdict.json on standard output instead of the screen.")
@with_runtime
def command(
    runtime: Runtime,
    /,
    *,
    at: int | None,
    out: Path | None,
    worksheet: bool,
    priorities: Path | None,
    mapping: bool,
    as_json: bool,
    **asked: Unpack[Asked],
) -> ExitCode:
    """Check official figures against themselves, the law, and copies of protocols.

    X is the name of a shipped election ("secondcount elections" lists them), or an archive: its folder or address,
    which is verified first. Or give your own election with --election.
    The folder gets index.html, one file that needs no network, verdict.json with the same facts, and tables:
    issues.csv, and stations.csv where there are polling stations.
    """
    archive = _archive(asked, mapping=mapping)
    if at is not None and not archive:
        raise InputError("A463", name=asked["name"] or "")
    _check_sizes(_files(asked), runtime.settings)
    if mapping:
        return _map(runtime, asked)
    checked, told = _check(runtime, archive, asked, at)
    outcome = outcome_of(checked)
    folder = out or runtime.settings.out
    code = tell(runtime, checked, folder, outcome, as_json=as_json, worksheet=worksheet)
    beside = replace(runtime, out=runtime.err) if as_json else runtime
    show_issues(beside, told)
    if priorities is not None:
        _prioritise(beside, checked, archive, priorities)
    return code


def _prioritise(runtime: Runtime, checked: api.Checked, archive: str, file: Path) -> None:
    """Write the file of priorities and say how many stations are in it."""
    register = None
    if archive:
        from secondcount import archives  # noqa: PLC0415 - as `_of_archive`

        register = archives.load_register(archive)
    count = api.write_priorities(checked, file, register=register)
    runtime.say("cli.priorities", file=visible(str(file)), count=count)


def _check(runtime: Runtime, archive: str, asked: Asked, at: int | None) -> tuple[api.Checked, tuple[Issue, ...]]:
    """Return the check of files or of an archive, and what else there is to say of that; show how far it is."""
    if archive:
        return _of_archive(runtime, archive, asked["claims"], at)
    with runtime.stepping() as progress:
        return api.check(**asked, progress=progress), ()


def _map(runtime: Runtime, asked: Asked) -> ExitCode:
    """Show and save a mapping for each table; one that is there already is never overwritten."""
    with runtime.doing("cli.doing.check"):
        suggestions = api.suggest_mappings(
            asked["name"],
            election=asked["election"],
            reported=asked["reported"],
            sheets=asked["sheets"],
            contest=asked["contest"],
            params=asked["params"],
        )
    for file, suggestion in suggestions:
        runtime.show(mapping_lines(suggestion, runtime.book, runtime.out.width))
        if suggestion.layout:
            runtime.say("cli.map.layout", layout=suggestion.layout)
            continue
        if suggestion.by_headers:
            runtime.say("cli.map.headers")
            continue
        key = "written" if _write_new(file, render_mapping(suggestion)) else "kept"
        runtime.say(f"cli.map.{key}", file=visible(str(file)))
    return ExitCode.CONSISTENT


def _write_new(file: Path, text: str) -> bool:
    """Write a file unless there is one, and return whether it was written."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise InputError("X108", file=str(file), reason=reason_of(error)) from error
    return True


def tell(
    runtime: Runtime,
    checked: api.Checked,
    out: Path,
    outcome: ExitCode | None,
    *,
    as_json: bool = False,
    worksheet: bool = False,
) -> ExitCode:
    """Write the report, print the screen, and return the exit code (`outcome` None: this verdict decides none)."""
    verdict, code = checked.verdict, outcome or ExitCode.CONSISTENT
    runtime.session.outcome = code
    log_event(
        "checked",
        issues=sum(one.total for one in tallies(verdict.issues).values()),
        inputs=len(verdict.inputs),
        contradicts=verdict.contradicts,
    )
    files = _report(runtime, checked, out, worksheet=worksheet)
    if as_json:
        click.echo(api.encode(verdict).decode("utf-8"), nl=False)
    else:
        show_verdict(verdict, checked.record, runtime.book, runtime.out, Ending(files=files, code=outcome))
    return code


def _report(runtime: Runtime, checked: api.Checked, out: Path, *, worksheet: bool) -> tuple[Path, ...]:
    """Write the report with the language of the screen shown first, where the report has it."""
    languages, spoken = runtime.settings.report_languages, runtime.book.language
    first = spoken if spoken in languages else languages[0]
    with runtime.stepping() as progress:
        return api.build_report(
            checked.verdict,
            checked.record,
            out,
            languages=languages,
            language=first,
            worksheet=worksheet,
            workings=checked.workings,
            progress=progress,
        )


def outcome_of(checked: api.Checked) -> ExitCode:
    """Return 1 where anything contradicts, else 0."""
    return ExitCode.CONTRADICTS if checked.verdict.contradicts else ExitCode.CONSISTENT


def _of_archive(
    runtime: Runtime, location: str, claims: Sequence[str], at: int | None
) -> tuple[api.Checked, tuple[Issue, ...]]:
    """Return the check of an archive, and what else there is to say of it.

    What reads and verifies archives is loaded for them only.
    """
    from secondcount import archives  # noqa: PLC0415 - a check of files needs none of it

    with runtime.doing("cli.doing.check"):
        opened = archives.open_record(location, claims=claims, at=at, jobs=cpu_count() or 1)
    with runtime.stepping() as progress:
        verdict, workings = derive_openly(opened.record, progress)
    return api.Checked(record=opened.record, verdict=verdict, workings=workings), opened.told


def _archive(asked: Asked, *, mapping: bool) -> str:
    """Return where the archive is that is asked about, "" where files are; refuse what cannot be told apart."""
    name = asked["name"] or ""
    place = "://" in name or any(Path(name, *parts, "checkpoint").is_file() for parts in ((), ("public",)))
    if asked["election"] is not None or name in shipped_names() or not place:
        _check_what(asked["name"], asked["election"])
        return ""
    given = {
        "--reported": asked["reported"],
        "--sheets": asked["sheets"],
        "--contest": asked["contest"],
        "--param": asked["params"],
        "--map": mapping,
    }
    also = [option for option, value in given.items() if value]
    if also:
        raise InputError("A460", options=", ".join(also))
    return name


def _check_what(name: str | None, election: Path | None) -> None:
    """Refuse what cannot be told apart or is not there, before anything is read."""
    if election is not None:
        if name:
            raise InputError("X105", name=name, file=str(election))
        return
    if not name:
        raise InputError("X104")
    shipped, folder = name in shipped_names(), Path(name).is_dir()
    if folder:
        raise InputError("X102" if shipped else "X103", name=name)
    if not shipped:
        known = shipped_names()
        raise InputError("X101", name=name, nearest=nearest_names(name, known), known=", ".join(known))


def _files(asked: Asked) -> list[Path]:
    election = [asked["election"]] if asked["election"] else []
    return [*election, *asked["reported"], *asked["sheets"]]


def _check_sizes(files: Iterable[Path], settings: Settings) -> None:
    """Refuse a file that is larger than the setting allows, without reading it."""
    for file in files:
        size = file.stat().st_size if file.is_file() else 0  # what is no file is refused when it is read
        if size > settings.max_table_mb * MEGABYTE:
            megabytes = -(-size // MEGABYTE)
            raise InputError("X109", file=file.name, megabytes=megabytes, allowed=settings.max_table_mb)
