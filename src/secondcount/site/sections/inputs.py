"""Inputs: the files that everything on the page was derived from, with their digests."""

from __future__ import annotations

from secondcount.site.edition import Edition
from secondcount.site.grid import Column, Grid
from secondcount.site.voice import marked
from secondcount.wording import visible

__all__ = ["inputs_table"]


def inputs_table(edition: Edition) -> Grid:
    """Return the table of inputs."""
    voice = edition.voice
    columns = (("name", False), ("kind", False), ("rows", True), ("digest", False))
    return Grid(
        caption=voice.say("inputs.caption"),
        columns=tuple(
            Column(title=voice.say(f"inputs.{name}"), figures=figures, code=name == "digest")
            for name, figures in columns
        ),
        rows=tuple(
            (
                marked(voice, visible(one.name), synthetic=one.synthetic),
                voice.say(f"inputs.kinds.{one.kind}"),
                voice.count(one.rows),
                visible(one.digest),
            )
            for one in edition.verdict.inputs
        ),
        note=voice.say("inputs.note"),
    )
