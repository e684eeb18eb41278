"""The chart of turnout by area: bounded, with its kind, base and assumption inside, the extremes and the rest said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from secondcount import api
from secondcount.site.charts.frame import Chart
from secondcount.site.charts.turnout_by_area import MOST_DRAWN_AREAS, turnout_by_area_chart
from secondcount.site.edition import Part
from secondcount.site.sections.stations import stations_view
from secondcount.site.side_by_side import sides_of
from secondcount.tabulation.turnout_by_area import AreaTurnout, Numerator, TurnoutByArea
from secondcount.wording import LANGUAGES
from unit.site import ballots
from unit.site.test_charts import plain, said

RECORD = ballots.record()


def areas(count: int, *, ballots_of: int = 0) -> tuple[AreaTurnout, ...]:
    """Return areas with ever fewer voters on the list, the last with the highest share."""
    first = 1000 + count
    made = (
        AreaTurnout(area=f"a{place}", stations=2, registered=first - place, ballots=ballots_of or 500 + place)
        for place in range(count)
    )
    return tuple(made)


def found(count: int = 3, numerator: Numerator = Numerator.CAST, **changed: object) -> TurnoutByArea:
    """Return a turnout of so many areas, and one station elsewhere."""
    inside = areas(count)
    whole = AreaTurnout(
        area="kz",
        stations=2 * count + 1,
        registered=sum(one.registered for one in inside),
        ballots=sum(one.ballots for one in inside) + 7,
    )
    usual = TurnoutByArea(numerator=numerator, whole=whole, areas=inside, listed=2 * count + 4)
    return replace(usual, **changed)


def part(turnout: TurnoutByArea | None, language: str = "en") -> Part:
    """Return the small contest with another turnout."""
    one = ballots.edition(RECORD, language).parts[0]
    assert one.sides
    return replace(one, sides=replace(one.sides, turnout=turnout))


def chart(turnout: TurnoutByArea, language: str = "en") -> Chart:
    """Return the drawn chart."""
    drawn = turnout_by_area_chart(part(turnout, language))
    assert drawn
    return drawn


def test_kind_base_and_assumption_are_inside_the_frame() -> None:
    """Cut out, the chart still says what was counted, of what, from which stations, and that no copy is in it."""
    text = plain(said(chart(found())))
    assert "Base: voters on the list, without those added on the day" in text
    assert "Counted: valid and invalid ballots" in text
    assert "7 of 10 polling stations in the table have both figures" in text
    assert "Taken as published; no copy is in it" in text
    assert "Issued by: Commission" in text
    assert "All 7 polling stations in the table" in plain(said(chart(found(listed=7))))


@pytest.mark.parametrize("numerator", Numerator)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words(numerator: Numerator, language: str) -> None:
    """Whatever is counted, the chart and its table say it in every language."""
    drawn = chart(found(numerator=numerator), language)
    others = {chart(found(numerator=one), language).table.columns[3].title for one in Numerator if one != numerator}
    assert drawn.table.columns[3].title not in others
    assert drawn.takeaway


def test_votes_alone_are_not_called_turnout() -> None:
    """Without invalid ballots the share is only a lower bound, and the chart says so."""
    drawn = chart(found(numerator=Numerator.VOTES))
    assert drawn.title == "Votes for contestants by area, as a share of voters on the list"
    assert "Turnout is at least as high" in drawn.takeaway


def test_the_extremes_are_said_and_drawn_and_the_rest_is_counted() -> None:
    """Of 60 areas the largest are drawn with both extremes; the others are one line with their share."""
    drawn = chart(found(60))
    text = plain(said(drawn))
    assert "a59 has the highest turnout" in plain(drawn.takeaway)
    assert "a0 the lowest" in plain(drawn.takeaway)
    assert "a59" in text.split("Base:")[0]
    assert "36 other areas are not drawn, together" in text
    assert drawn.svg.count('class="bar-2"') == MOST_DRAWN_AREAS
    assert len(drawn.table.rows) == 62


def test_stations_in_no_area_are_said() -> None:
    """What lies in none of the areas stands in the drawing and in the table, without a share."""
    drawn = chart(found())
    assert "In none of these areas: 1 polling station (7 counted, 0 on the list)" in plain(said(drawn))
    assert [plain(one) for one in drawn.table.rows[1]] == ["In none of these areas", "1", "0", "7", "—"]


def test_more_than_100_percent_is_drawn_to_the_edge_and_said() -> None:
    """A bar never leaves the drawing; its number and the legend say that it is more."""
    drawn = chart(found(areas=areas(3, ballots_of=2500)))
    assert "More than 100 % is drawn as 100 %" in plain(said(drawn))
    assert "249.25 % of 1,003" in plain(said(drawn))
    assert 'width="352"' in drawn.svg
    assert "More than" not in plain(said(chart(found())))


def test_a_district_of_keys_has_the_name_of_its_level() -> None:
    """A district that only the keys of stations name is called by its level and its part of the key."""
    level = ballots.edition(RECORD).record.election.geography.levels[1]
    text = plain(said(chart(found(level=level.id))))
    assert f"{level.labels.en} a0" in text


def test_without_figures_there_is_no_chart() -> None:
    """A contest whose tables have no register draws none, and neither does one without stations."""
    assert turnout_by_area_chart(part(None)) is None
    assert turnout_by_area_chart(replace(part(None), sides=None)) is None


def test_the_section_shows_it() -> None:
    """The section on polling stations has the chart among its own."""
    view = stations_view(part(found()))
    assert view
    assert [one.key for one in view.charts][-1] == "en-1-turnout-by-area"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "file", "numerator", "whole", "count", "highest"),
    [
        (
            "bolivia.president.2019",
            "bo2019/computo_final.csv.gz",
            Numerator.CAST,
            Fraction(6_460_515, 7_315_364),
            42,
            "Bolivia/La Paz",
        ),
        (
            "georgia.parliament.2024",
            "ge2024/cec_official.csv.gz",
            Numerator.VOTES,
            Fraction(2_061_317, 3_494_146),
            73,
            "80",
        ),
    ],
)
def test_real_tables_have_a_turnout_by_area(
    shared: Path, *, name: str, file: str, numerator: Numerator, whole: Fraction, count: int, highest: str
) -> None:
    """Bolivia by department and country abroad; Georgia by the districts of its keys, by votes only."""
    checked = api.check(name, reported=[shared / "data" / file])
    contest = checked.record.election.contests[0]
    sides = sides_of(checked.record, checked.workings)[contest.id]
    turnout = sides.turnout
    assert turnout is not None
    assert (turnout.numerator, turnout.whole.share, len(turnout.areas)) == (numerator, whole, count)
    assert max(turnout.areas, key=lambda one: one.share).area == highest
