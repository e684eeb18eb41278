"""Publications: what was published when and by whom, how it changed, and turnout area by area."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.model.labels import said_in
from secondcount.model.publication import Publication
from secondcount.site.charts import Chart, turnout_chart, updates_chart
from secondcount.site.edition import Edition
from secondcount.site.grid import Column, Grid
from secondcount.site.voice import marked
from secondcount.wording import visible

__all__ = ["PublicationsView", "publications_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationsView:
    """The section on publications; `table` is None where nothing was published."""

    charts: tuple[Chart, ...]
    table: Grid | None


def publications_view(edition: Edition) -> PublicationsView:
    """Return the section on publications of the whole election."""
    charts = [chart for part in edition.parts for chart in (updates_chart(part),) if chart]
    turnout = next((chart for part in edition.parts for chart in (turnout_chart(part),) if chart), None)
    if turnout:
        charts.append(turnout)
    return PublicationsView(charts=tuple(charts), table=_table(edition))


def _table(edition: Edition) -> Grid | None:
    voice = edition.voice
    if not edition.record.publications:
        return None
    columns = ("what", "stage", "when", "issuer", "source")
    return Grid(
        caption=voice.say("publications.caption"),
        columns=tuple(Column(title=voice.say(f"publications.{one}"), figures=False) for one in columns),
        rows=tuple(_row(edition, one) for one in edition.record.publications),
    )


def _row(edition: Edition, one: Publication) -> tuple[str, ...]:
    voice = edition.voice
    sources = visible("; ".join(one.sources)) or voice.say("none")
    if one.one_side:
        side = said_in(edition.language, one.one_side, one.one_side_labels)
        sources = f"{sources}. {voice.say('frame.one_side', who=visible(side))}"
    name = voice.name("publication", one.id)
    return (
        marked(voice, name, synthetic=one.synthetic),
        voice.say(f"stage.{one.stage.value}"),
        voice.book.time(one.published) if one.published else voice.say("publications.undated"),
        visible(said_in(edition.language, one.issuer, one.issuer_labels)),
        sources,
    )
