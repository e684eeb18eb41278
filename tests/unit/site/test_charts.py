"""Charts: every one carries inside its frame what one must know to read it, and a table of its figures."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest

from secondcount.model.labels import Labels
from secondcount.site.charts import (
    Chart,
    claim_chart,
    coverage_chart,
    flips_chart,
    seats_chart,
    shares_chart,
    thresholds_chart,
    turnout_chart,
    updates_chart,
)
from secondcount.site.edition import Part, edition_of
from secondcount.wording import LANGUAGES
from unit.site import fixture


def part(language: str = "en", *, copies: bool = True) -> Part:
    """Return the contest of the fixture in one language."""
    return edition_of(fixture.verdict(copies=copies), fixture.record(copies=copies), language).parts[0]


def charts(language: str = "en") -> dict[str, Chart]:
    """Return every chart of the fixture."""
    one = part(language)
    found = {
        "seats": seats_chart(one),
        "flips": flips_chart(one),
        "shares": shares_chart(one),
        "threshold": thresholds_chart(one),
        "coverage": coverage_chart(one),
        "claim": claim_chart(one, 0),
        "updates": updates_chart(one),
        "turnout": turnout_chart(one),
    }
    return {name: chart for name, chart in found.items() if chart}


def said(chart: Chart) -> str:
    """Return what a drawing says, its lines joined."""
    return " ".join(re.sub(r"<[^>]*>", " ", chart.svg).split())


def plain(text: str) -> str:
    """Return text with ordinary spaces, as one types it."""
    return text.replace("\u00a0", " ")


NAMES = ("seats", "flips", "shares", "threshold", "coverage", "claim", "updates", "turnout")
OF_COPIES = ("coverage", "claim")


@pytest.mark.parametrize("name", NAMES)
class TestEveryChart:
    def test_says_n_of_n_inside_its_frame(self, name: str) -> None:
        """From how many of how many polling stations: cut out, a chart still says it."""
        text = said(charts()[name])
        assert "of 412 polling stations" in text or "9,764 polling stations" in text

    def test_says_its_base_inside_its_frame(self, name: str) -> None:
        """What its percentages or votes are of; coverage counts stations and needs none."""
        assert ("Base: " in charts()[name].svg) is (name != "coverage")

    def test_says_as_of_when_inside_its_frame(self, name: str) -> None:
        """Which publication, with its date where it is known."""
        text = said(charts()[name])
        assert "17 January 2012" in plain(text) or "Turnout at 20:00" in text

    def test_says_from_whom_inside_its_frame(self, name: str) -> None:
        """Who issued the figures, and who collected the copies."""
        text = said(charts()[name])
        assert "Issued by: Central Election Commission" in text
        assert ("Copies collected by: OSDP observers" in text) is (name in OF_COPIES)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_stamped_when_anything_is_made_up(self, name: str, language: str) -> None:
        """SYNTHETIC stands in every chart, in every language."""
        assert "SYNTHETIC" in charts(language)[name].svg

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_cuts_no_sentence_of_its_own(self, name: str, language: str) -> None:
        """Only names from outside may be too long for their place; our words fit in every language."""
        assert "…" not in charts(language)[name].svg

    def test_has_a_text_alternative(self, name: str) -> None:
        """Title and description are there, and the picture names both."""
        svg = charts()[name].svg
        assert svg.count("<title ") == 1
        assert svg.count("<desc ") == 1
        assert 'role="img"' in svg

    def test_has_a_table_of_its_figures(self, name: str) -> None:
        """Whoever cannot see the picture reads the same figures."""
        table = charts()[name].table
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}

    def test_is_the_same_every_time(self, name: str) -> None:
        """The same verdict gives the same bytes."""
        assert charts()[name].svg == charts()[name].svg

    def test_has_no_inline_style(self, name: str) -> None:
        """The content security policy allows the style sheet only."""
        assert "style=" not in charts()[name].svg


@pytest.mark.parametrize("name", NAMES)
def test_a_stamp_casts_no_doubt_on_published_figures(name: str) -> None:
    """Where only copies are made up, charts of published figures say that theirs are not; charts of copies do not."""
    assert ("this chart are published" in plain(said(charts()[name]))) is (name not in OF_COPIES)


def test_a_made_up_publication_is_never_called_a_published_one() -> None:
    """One made-up figure in a chart, and its stamp says what it says of copies."""
    one = part()
    made_up = tuple(replace(it, synthetic=True) for it in one.record.publications)
    chart = shares_chart(replace(one, record=replace(one.record, publications=made_up)))
    assert chart
    assert "SYNTHETIC" in chart.svg
    assert "this chart are published" not in plain(said(chart))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_names_every_publication_in_full(language: str) -> None:
    """Turnout of a day is published many times: the last of them is not cut off."""
    one = part(language)
    hours = tuple(
        replace(
            one.record.publications[0],
            id=f"turnout-{hour}",
            labels=Labels(en=f"Turnout of all voters at {hour}", kk=f"Сайлаушылардың қатысуы, {hour}"),
        )
        for hour in ("10:00", "12:00", "14:00", "18:00", "20:00")
    )
    figures = turnout_figures(tuple(it.id for it in hours))
    chart = turnout_chart(replace(one, record=replace(one.record, publications=hours, figures=figures)))
    assert chart
    assert "…" not in chart.svg


def turnout_figures(publications: tuple[str, ...]) -> pl.DataFrame:
    """Return a turnout of two areas in each publication."""
    rows = fixture.record().figures.filter(pl.col("quantity") == "turnout")
    return pl.concat(rows.with_columns(publication=pl.lit(one)) for one in publications)


def test_real_data_carry_no_stamp() -> None:
    """Nothing made up, nothing stamped."""
    chart = shares_chart(part(copies=False))
    assert chart
    assert "SYNTHETIC" not in chart.svg


class TestSeats:
    def test_draws_one_square_per_seat(self) -> None:
        """98 seats are 98 squares, besides the two of the legend, and the seats from remainders are told apart."""
        svg = charts()["seats"].svg
        assert svg.count('class="bar"') == 96 + 1
        assert svg.count('class="bar-2"') == 2 + 1

    def test_draws_a_bar_for_a_large_house(self) -> None:
        """More squares than an eye can count become one bar."""
        one = part()
        allocation = replace(fixture.allocation(), house=700)
        seats = replace(one.found.seats, allocation=allocation)
        chart = seats_chart(replace(one, found=replace(one.found, seats=seats)))
        assert chart
        assert chart.svg.count('class="bar"') == 3 + 1

    def test_is_left_out_where_nothing_was_computed(self) -> None:
        """Without official votes there is no picture of seats."""
        one = part()
        seats = replace(one.found.seats, allocation=None, margins=())
        empty = replace(one, found=replace(one.found, seats=seats))
        assert seats_chart(empty) is None
        assert flips_chart(empty) is None


class TestFlips:
    def test_begins_with_the_closest(self) -> None:
        """9,809 votes moved: one for each polling station."""
        chart = charts()["flips"]
        assert "9,809 votes moved" in chart.takeaway
        assert "1.0 for each of the 9,764 polling stations" in chart.takeaway
        assert [row[1] for row in chart.table.rows][:2] == ["9,809", "12,903"]


class TestThreshold:
    def test_shows_the_distance_in_votes(self) -> None:
        """The Communist People's Party stands 12,902.6 votes above, OSDP 369,351.4 below."""
        svg = charts()["threshold"].svg
        assert "+12,902.6" in svg
        assert "−369,351.4" in svg

    def test_shows_where_the_share_of_an_unpublished_base_can_lie(self) -> None:
        """The base of the law has no published total: its share is drawn as a box, and the legend says so."""
        chart = charts()["threshold"]
        assert "its total is not published" in said(chart)
        shares = {plain(row[2]) for row in chart.table.rows if row[0] == "OSDP"}
        assert shares == {"1.68 %", "1.64 % to 1.68 %"}


class TestCoverage:
    def test_never_invents_a_total(self) -> None:
        """Where the number of polling stations is not published, the row says so, and no part of its bar is filled."""
        svg = charts()["coverage"].svg
        assert "6 of ?" in svg
        unknown = svg[svg.index("6 of ?</text>") :].split("</g>", 1)[0]
        assert unknown.count("<rect") == unknown.count("empty-unknown") == 1

    def test_is_left_out_without_copies(self) -> None:
        """No copy, no picture of coverage."""
        assert coverage_chart(part(copies=False)) is None


class TestClaim:
    def test_shows_both_sets_with_their_standing(self) -> None:
        """TURNOUT and CAP are two rows; the proved one differs in word and pattern from the open one."""
        svg = charts()["claim"].svg
        assert svg.count('class="set-proved"') == 1 + 1
        assert svg.count('class="set-open"') == 1 + 1
        assert "14.40 % to 73.63 %" in plain(svg)

    def test_says_of_how_many_copies(self) -> None:
        """The frame counts the copies that the claim rests on, not all that there are."""
        chart = claim_chart(part(), 1)
        assert chart
        assert "Copies from 120 of 9,764 polling stations" in said(chart)

    def test_is_left_out_without_a_set(self) -> None:
        """A claim that has no set on a line has no picture of one."""
        one = part()
        bare = tuple(replace(a, lower=None, upper=None) for a in one.found.claims[0].assessments)
        claims = (replace(one.found.claims[0], assessments=bare),)
        assert claim_chart(replace(one, found=replace(one.found, claims=claims)), 0) is None


class TestUpdates:
    def test_shows_what_fell(self) -> None:
        """Auyl fell from 1.46 % to 1.19 %, a fall being hatched."""
        chart = charts()["updates"]
        assert "1.46 % → 1.19 %" in plain(chart.svg)
        assert ["Auyl", "1.46 %", "1.19 %", "−0.27"] in [[plain(cell) for cell in row] for row in chart.table.rows]

    def test_needs_two_publications(self) -> None:
        """One publication has not changed."""
        one = part()
        record = replace(one.record, publications=one.record.publications[-1:])
        assert updates_chart(replace(one, record=record)) is None


class TestTurnout:
    def test_orders_areas_by_the_last_hour(self) -> None:
        """The whole first, then the highest turnout."""
        areas = [row[0] for row in charts()["turnout"].table.rows]
        assert areas == ["Kazakhstan", "Akmola region", "Astana", "Almaty city"]

    def test_prints_what_was_printed(self) -> None:
        """41.4 % was published with one decimal and is not given another."""
        assert "41.4 %" in plain(charts()["turnout"].svg)
        assert "41.40" not in charts()["turnout"].svg
