"""The frame of every chart: what it shows of how much, on which base, as of when, and from whom.

A chart is cut out, forwarded and printed without its page; what must be known to read it stays inside.
The drawing is 360 units wide, the width of a small phone, and is scaled up, never down below 11 px of text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from secondcount.model.labels import said_in
from secondcount.site.charts.ink import Block, label, line, rect, tag
from secondcount.site.edition import Part
from secondcount.site.fitting import wrap
from secondcount.site.grid import Grid
from secondcount.site.voice import counted

__all__ = [
    "BOLD",
    "EDGE",
    "LEFT",
    "RIGHT",
    "TEXT",
    "WIDTH",
    "Chart",
    "Frame",
    "account_of",
    "copies_frame",
    "issued_by",
    "official_frame",
    "picture",
    "stamp_of",
    "stamp_of_published",
]

WIDTH = 360
EDGE = 4
LEFT, RIGHT = EDGE, WIDTH - EDGE
TEXT = 13  # size of all text in drawings, in the units of the drawing
FACT_LINES = 9  # of one fact below the drawing: six publications with their dates fit, in every language
NAMED = 3  # collectors; more of them are counted
BOLD = 15  # the size of ordinary text that is as wide as bold text of the size above


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The facts that stand inside every chart, and the stamp of made-up data ("" = real, or nothing to say)."""

    stations: str
    base: str
    snapshot: str
    collected: str
    issued: str
    account: str  # whose account alone the figures are
    stamp: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the facts that there are, in the order in which they are set."""
        facts = (self.stations, self.base, self.snapshot, self.collected, self.issued, self.account)
        return tuple(one for one in facts if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with its heading, the sentence to take away, and the table of its figures."""

    key: str
    title: str
    takeaway: str
    svg: Markup
    table: Grid


def official_frame(part: Part, base: str = "") -> Frame:
    """Return the frame of a chart of the authority's figures for the whole contest."""
    seen, expected = part.stations(part.root)
    voice, official = part.voice, part.found.official
    return Frame(
        stations=counted(voice, "frame.official", seen, expected),
        base=_base(part, base) if base else "",
        snapshot=voice.say("frame.snapshot", figures=part.dated(official)) if official else "",
        collected="",
        issued=issued_by(part, official),
        account=account_of(part, official),
        stamp=stamp_of_published(part, pl.col("area").is_in(["", part.root])),
    )


def copies_frame(part: Part, area: str, base: str = "", seen: int | None = None) -> Frame:
    """Return the frame of a chart of copies from one area; `seen` where not all of its copies are in the chart."""
    known, expected = part.stations(area)
    voice, official = part.voice, _held_against(part, area)
    stations = counted(voice, "frame.copies", known if seen is None else seen, expected)
    return Frame(
        stations=f"{voice.name('area', area)}. {stations}",
        base=voice.say("frame.base_named", base=voice.name("base", base)) if base else "",
        snapshot=voice.say("frame.held", figures=part.dated(official)) if official else "",
        collected=_collectors(part),
        issued=issued_by(part, official),
        account=account_of(part, official),
        stamp=stamp_of(part),
    )


def _held_against(part: Part, area: str) -> str:
    """Return the newest publication that the copies of an area were held against, else the official one."""
    mine = {one.publication for one in part.found.held if one.area == area}
    newest = [one.id for one in part.record.publications if one.id in mine]
    return newest[-1] if newest else part.found.official


def _base(part: Part, base: str) -> str:
    known = part.base(base)
    name = part.voice.name("base", base)
    if known is None or known.total is None:
        return part.voice.say("frame.base_open", base=name)
    return part.voice.say("frame.base", base=name, total=known.total)


def issued_by(part: Part, publication: str) -> str:
    """Return who issued a publication, in a phrase; empty where nobody knows it."""
    found = part.publication(publication)
    if found is None:
        return ""
    return part.voice.say("frame.issuer", issuer=said_in(part.voice.language, found.issuer, found.issuer_labels))


def account_of(part: Part, publication: str) -> str:
    """Return whose account alone a publication is, in a phrase; empty where it is no one side's."""
    found = part.publication(publication)
    if found is not None and found.one_side:
        side = said_in(part.voice.language, found.one_side, found.one_side_labels)
    else:
        side = said_in(part.voice.language, part.verdict.one_side, part.record.election.one_side_labels)
    return part.voice.say("frame.one_side", who=side) if side else ""


def _collectors(part: Part) -> str:
    sheets = part.record.sheets.get(part.contest.id)
    if sheets is None or not sheets.height:
        return ""
    names = sorted(one for one in sheets["collector"].drop_nulls().unique() if one)
    if not names:
        return part.voice.say("frame.collector_unknown")
    if len(names) > NAMED:  # a list cut short would name some of them as if they stood for all
        return part.voice.say("frame.collectors", n=len(names))
    return part.voice.say("frame.collector", who=", ".join(names))


def stamp_of(part: Part) -> str:
    """Return the stamp of made-up data, empty where nothing is made up."""
    return part.voice.say("synthetic.stamp") if part.verdict.synthetic else ""


def stamp_of_published(part: Part, drawn: pl.Expr) -> str:
    """Return the stamp of a chart of published figures only: it says so where none of those that it draws is made up.

    The label of a report with made-up data stands on each of its charts; here it need not cast doubt on real figures.
    """
    made_up = [one.id for one in part.record.publications if one.synthetic]
    named = all(one.startswith(("file:", "publication:")) for one in part.verdict.synthetic_parts)
    of_contest = pl.col("contest").is_in(["", part.contest.id])
    rows = part.record.figures.filter(pl.col("publication").is_in(made_up) & of_contest & drawn)
    if not part.verdict.synthetic or not part.verdict.synthetic_parts or not named or rows.height:
        return stamp_of(part)
    return part.voice.say("synthetic.stamp_published")


def picture(key: str, title: str, description: str, body: Block, frame: Frame) -> Markup:
    """Return the whole drawing: stamp, body, and the frame's facts below a rule."""
    stamp = _stamped(frame.stamp)
    foot = _foot(frame.lines)
    top = stamp.height
    height = top + body.height + foot.height
    marks = (
        tag("title", title, id=f"{key}-t"),
        tag("desc", description, id=f"{key}-d"),
        *stamp.marks,
        body.moved(top),
        foot.moved(top + body.height),
    )
    return tag(
        "svg",
        Markup("").join(marks),
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=f"{key}-t",
        aria_describedby=f"{key}-d",
        class_="chart",
    )


def _stamped(text: str) -> Block:
    if not text:
        return Block(height=0, marks=())
    lines = wrap(text, RIGHT - LEFT - 8, BOLD)
    height = 6 + 16 * len(lines)
    texts = (label(WIDTH // 2, 16 + 16 * at, one, "t stamp-t", "middle") for at, one in enumerate(lines))
    return Block(height=height + 10, marks=(rect(0, 0, WIDTH, height, "stamp"), *texts))


def _foot(facts: Sequence[str]) -> Block:
    lines = [one for fact in facts for one in wrap(fact, RIGHT - LEFT, TEXT, FACT_LINES)]
    marks = [label(LEFT, 24 + 16 * place, text, "t soft") for place, text in enumerate(lines)]
    return Block(height=16 * len(lines) + 20, marks=(line((0, 8), (WIDTH, 8), "rule"), *marks))
