"""`secondcount rehearse`: a made-up election night, from papers to agreed sheets, with everything that goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import click

from secondcount.cli.exits import ExitCode
from secondcount.cli.options import PATH, Order
from secondcount.cli.runtime import Runtime, with_runtime
from secondcount.cli.screen.rehearsal import desk_lines, rehearsal_lines
from secondcount.rehearsal.desk_night import DeskScore
from secondcount.rehearsal.desk_whole import rehearse_at_desk
from secondcount.rehearsal.folder import build_rehearsal
from secondcount.rehearsal.night import Plan, prepare_night, read_night
from secondcount.rehearsal.rates import parse_rates
from secondcount.rehearsal.score import score_night
from secondcount.wording import visible

__all__ = ["command"]

FEWEST_STATIONS, MOST_STATIONS = 2, 9999


@click.command("rehearse", cls=Order, short_help="Rehearse an election night with made-up copies.")
@click.argument("folder", type=PATH, metavar="[DIR]", required=False)
@click.option(
    "--stations",
    type=click.IntRange(FEWEST_STATIONS, MOST_STATIONS),
    default=2000,
    show_default=True,
    metavar="N",
    help="Stations.",
)
@click.option("--seed", default="1", show_default=True, metavar="TEXT", help="Same seed, same night.")
@click.option(
    "--errors",
    multiple=True,
    metavar="NAME=N",
    help="How often something goes wrong, per thousand, e.g. digit=10. May be repeated; NAME=? lists the names.",
)
@click.option("--photos", type=click.IntRange(0), default=0, metavar="N", help="Draw the first N photos into DIR.")
@click.option(
    "--http-stations",
    type=click.IntRange(0, 500),
    default=0,
    metavar="N",
    help="Also hold a night of N stations at a real desk, by HTTP, with its archive in DIR/archive.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@with_runtime
def command(  # noqa: PLR0913 - the options of one command
    runtime: Runtime,
    /,
    *,
    folder: Path | None,
    stations: int,
    seed: str,
    errors: tuple[str, ...],
    photos: int,
    http_stations: int,
    as_json: bool,
) -> ExitCode:
    """Make up an election night, read its copies, and tell which mistakes were caught by which step.

    Two people read each copy, a third what differs, and an adjudicator what is still open, by the same rules as at
    the desk. DIR gets the definition, the agreed sheets as tables, and the figures as JSON; everything is SYNTHETIC.
    """
    rates = parse_rates(errors)
    if http_stations and folder is None:
        raise click.UsageError("--http-stations needs DIR, where the archive is made.")
    language = runtime.book.language
    night = prepare_night(Plan(stations=stations, seed=seed, rates=rates))
    with runtime.doing("rehearsal.doing"):
        outcomes = tuple(read_night(night))
        score = score_night(night, outcomes)
    at_desk: DeskScore | None = None
    if folder is not None:
        written = build_rehearsal(folder, night, outcomes, score, photos=photos, language=language)
        if http_stations:
            plan = Plan(stations=max(http_stations, FEWEST_STATIONS), seed=seed, rates=rates)
            with runtime.doing("rehearsal.doing_desk"):
                at_desk = rehearse_at_desk(folder, prepare_night(plan), database=_database(runtime), language=language)
    if as_json:
        found = score.to_dict() | ({"desk": at_desk.to_dict()} if at_desk else {})
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return ExitCode.CONSISTENT
    runtime.show(rehearsal_lines(score, night.election, runtime.book, runtime.out.width))
    if at_desk:
        runtime.show(desk_lines(at_desk, runtime.book, runtime.out.width))
    if folder is not None:
        runtime.say("rehearsal.written", folder=visible(str(folder)), count=len(written))
    return ExitCode.CONSISTENT


def _database(runtime: Runtime) -> str:
    """Return the database that the settings name; "" = the desk's own file."""
    return runtime.settings.database_url.get_secret_value()
