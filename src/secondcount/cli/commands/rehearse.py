"""`secondcount rehearse`: a made-up election night, from papers to agreed sheets, with everything that goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import PATH, Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.rehearsal import rehearsal_lines
from secondcount.rehearsal.folder import build_rehearsal
from secondcount.rehearsal.night import Plan, prepare_night, read_night
from secondcount.rehearsal.rates import parse_rates
from secondcount.rehearsal.score import score_night
from secondcount.wording import visible

__all__ = ["command"]

MOST_STATIONS = 9999


@click.command("rehearse", cls=Order, short_help="Rehearse an election night with made-up copies.")
@click.argument("folder", type=PATH, metavar="[DIR]", required=False)
@click.option(
    "--stations", type=click.IntRange(2, MOST_STATIONS), default=2000, show_default=True, metavar="N", help="Stations."
)
@click.option("--seed", default="1", show_default=True, metavar="TEXT", help="Same seed, same night.")
@click.option(
    "--errors",
    multiple=True,
    metavar="NAME=N",
    help="How often something goes wrong, per thousand, e.g. digit=10. May be repeated; NAME=? lists the names.",
)
@click.option("--photos", type=click.IntRange(0), default=0, metavar="N", help="Draw the first N photos into DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@with_runtime
def command(
    runtime: Runtime,
    /,
    *,
    folder: Path | None,
    stations: int,
    seed: str,
    errors: tuple[str, ...],
    photos: int,
    as_json: bool,
) -> ExitCode:
    """Make up an election night, read its copies, and tell which mistakes were caught by which step.

    Two people read each copy, a third what differs, and an adjudicator what is still open, by the same rules as at
    the desk. DIR gets the definition, the agreed sheets as tables, and the figures as JSON; everything is SYNTHETIC.
    """
    night = prepare_night(Plan(stations=stations, seed=seed, rates=parse_rates(errors)))
    with runtime.doing("rehearsal.doing"):
        outcomes = tuple(read_night(night))
        score = score_night(night, outcomes)
    written: tuple[Path, ...] = ()
    if folder is not None:
        language = runtime.book.language
        written = build_rehearsal(folder, night, outcomes, score, photos=photos, language=language)
    if as_json:
        click.echo(json.dumps(score.to_dict(), indent=2, ensure_ascii=False))
        return ExitCode.CONSISTENT
    runtime.show(rehearsal_lines(score, night.election, runtime.book, runtime.out.width))
    if written and folder is not None:
        runtime.say("rehearsal.written", folder=visible(str(folder)), count=len(written))
    return ExitCode.CONSISTENT
