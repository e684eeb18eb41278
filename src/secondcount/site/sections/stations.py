"""Polling stations one by one: copy beside published figure, what lies between them, where all rows are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from secondcount.model.election import Contest
from secondcount.site.charts import Chart
from secondcount.site.charts.differences import differences_chart
from secondcount.site.charts.snapshots import snapshots_chart
from secondcount.site.charts.turnout_by_area import turnout_by_area_chart
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.sections.between import BetweenView, between_views
from secondcount.site.side_by_side import SideBySide, StationCell, StationRow
from secondcount.site.voice import Voice

__all__ = ["StationsView", "kind_texts", "lead_sentence", "stations_view"]

OPEN_ROWS = 150
"""So many stations are shown; the others are behind a fold."""
MOST_BYTES = 1_000_000
"""So large the table of one language may become: the page in three languages stays below 5 MB."""
ROW_BYTES = 420
"""What the marks of one row need, besides its texts."""
_SAID = ("conflict", "copy_only", "published_only", "not_compared", "unattributed")


@dataclass(frozen=True, slots=True, kw_only=True)
class StationsView:
    """The section on polling stations of one contest."""

    lead: str
    facts: tuple[str, ...]
    file: str  # the table of all stations, beside the page
    charts: tuple[Chart, ...]
    kinds: Grid | None
    first: Grid | None
    rest: Grid | None
    rest_title: str
    left_out: str
    between: tuple[BetweenView, ...]  # one published table against the next


def stations_view(part: Part) -> StationsView | None:
    """Return the section, or None where there is neither a copy nor a published station table."""
    sides = part.sides
    if sides is None:
        return None
    rows, sources = _table_rows(part, sides)
    grid = _grid(part, rows, sources) if rows else None
    hidden, folded = sides.notable.height - len(rows), len(rows) - OPEN_ROWS
    say = part.voice.say
    charts = (differences_chart(part), snapshots_chart(part), turnout_by_area_chart(part))
    return StationsView(
        lead=lead_sentence(part, sides),
        facts=tuple(_facts(part, sides)),
        file=part.file,
        charts=tuple(one for one in charts if one is not None),
        kinds=_kinds(part, sides),
        first=replace(grid, rows=rows[:OPEN_ROWS], sources=sources[:OPEN_ROWS]) if grid else None,
        rest=replace(grid, rows=rows[OPEN_ROWS:], sources=sources[OPEN_ROWS:]) if grid and folded > 0 else None,
        rest_title=say("stations.rest", n=folded) if folded > 0 else "",
        left_out=say("stations.left_out", n=hidden, file=part.file) if hidden > 0 else "",
        between=between_views(part),
    )


def lead_sentence(part: Part, sides: SideBySide) -> str:
    """Return how many stations were compared, or why none was."""
    say, compared = part.voice.say, sides.comparison
    if compared is not None and compared.compared:
        differ = compared.compared - compared.equal
        unread = sides.keys["standing"].eq("not_compared").sum()
        return say(
            "stations.lead_compared",
            n=compared.compared,
            equal=compared.equal - int(unread),
            differ=differ,
            publication=part.dated(compared.publication),
        )
    if not sides.published.height:
        return say("stations.lead_copies", n=sides.keys.height)
    return say("stations.lead_apart") if sides.usable.height else say("stations.lead_table", n=sides.published.height)


def _facts(part: Part, sides: SideBySide) -> Iterator[str]:
    """Yield a sentence for every other standing that some station has, and for broken identities."""
    counts = dict(sides.keys["standing"].value_counts().iter_rows())
    for standing in _SAID:
        if counts.get(standing) and not (standing == "published_only" and not sides.usable.height):
            yield part.voice.say(f"stations.{standing}", n=counts[standing])
    broken = sides.keys["broken"].ne("").sum()
    if broken:
        yield part.voice.say("stations.broken", n=int(broken))


def _kinds(part: Part, sides: SideBySide) -> Grid | None:
    """Return how many stations have each kind of change as their first one."""
    voice, found = part.voice, sides.comparison.kinds if sides.comparison else ()
    rows = tuple((voice.say(f"change.{one.kind.value}"), voice.count(one.primary)) for one in found if one.primary)
    if not rows:
        return None
    return Grid(
        caption=voice.say("stations.kinds"),
        columns=(
            Column(title=voice.say("stations.column.kind"), figures=False),
            Column(title=voice.say("stations.column.stations")),
        ),
        rows=rows,
        note=voice.say("stations.kinds_note"),
    )


def _table_rows(part: Part, sides: SideBySide) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Return as many rows as there is room for, and for each what it rests on."""
    files = {one.digest: one.name for one in part.record.inputs}
    rows: list[tuple[str, ...]] = []
    sources: list[str] = []
    size = 0
    for one in sides.rows:
        row, source = _row(part, sides.contest, one), _source(part.voice, one, files)
        size += ROW_BYTES + len("".join((*row, source)).encode())
        if size > MOST_BYTES:
            break
        rows.append(row)
        sources.append(source)
    return tuple(rows), tuple(sources)


def _grid(part: Part, rows: tuple[tuple[str, ...], ...], sources: tuple[str, ...]) -> Grid:
    voice = part.voice
    names = ("station", "area", "figures", "apart", "kind")
    return Grid(
        caption=voice.say("stations.caption"),
        columns=tuple(Column(title=voice.say(f"stations.column.{one}"), figures=one == "apart") for one in names),
        rows=rows,
        sources=sources,
        note=voice.say("stations.note", file=part.file),
    )


def _row(part: Part, contest: Contest, one: StationRow) -> tuple[str, ...]:
    voice = part.voice
    return (
        one.station,
        voice.name("area", one.area),
        "; ".join(_figure(voice, cell) for cell in one.cells) or voice.say("none"),
        voice.count(one.apart if one.standing == "differs" else None),
        "; ".join(kind_texts(voice, contest, one)) or voice.say("none"),
    )


def _figure(voice: Voice, one: StationCell) -> str:
    cell = voice.short(one.cell)
    if one.first is not None and one.second is not None and one.first != one.second:
        first, second = voice.count(one.first), voice.count(one.second)
        return voice.say("stations.figure_copies", cell=cell, first=first, second=second)
    copy, published = voice.count(one.first), voice.count(one.published)
    if one.difference is None:
        return voice.say("stations.figure_one_side", cell=cell, copy=copy, published=published)
    return voice.say("stations.figure", cell=cell, copy=copy, published=published, difference=one.difference)


def kind_texts(voice: Voice, contest: Contest, one: StationRow) -> Iterator[str]:
    """Yield what a station's row is: its first kind of change, a conflict of copies, each identity that it breaks."""
    if one.standing == "conflict":
        yield voice.say("change.conflict")
    yield from (voice.say(f"change.{kind}") for kind in one.kinds[:1])
    labels = {known.id: known.labels.get(voice.language) for known in contest.form.identities}
    yield from (voice.say("change.identity", identity=labels[broken]) for broken in one.broken)


def _source(voice: Voice, one: StationRow, files: dict[str, str]) -> str:
    """Return the file and row of everything that a row rests on; a digest that is no input stays itself."""
    named = (basis.partition("#") for basis in one.basis)
    rows = (
        voice.say("stations.row", file=files.get(digest, digest), row=row or voice.say("none"))
        for digest, _, row in named
    )
    return voice.say("stations.rows", rows=", ".join(rows)) if one.basis else ""
