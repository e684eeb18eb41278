"""Law: what is shipped loads without an error, says where it stands, and repeats the reported facts to the digit."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from secondcount.errors import InputError
from secondcount.jurisdictions import Definition, load_shipped, shipped_names, shipped_parameters
from secondcount.model.election import ContestantKind
from secondcount.model.form import Role
from secondcount.model.labels import LANGUAGES, Labels
from secondcount.model.publication import Quantity, Stage
from secondcount.model.rule import Comparison, Leftover, Method, Ties
from secondcount.model.tables import FIGURES
from secondcount.tabulation.changes import ballot_cells

Facts = dict[str, dict[str, Any]]
MAJILIS = [f"kazakhstan.majilis.{year}" for year in (2012, 2016, 2021, 2023)]
LINES = ["registered", "added", "received", "issued", "issued_outside", "cancelled", "in_boxes"]
LINES += ["invalid", "valid", "took_part"]
EAST_3 = "kazakhstan.maslikhat.2023.east-3"
KAZAKH = (*MAJILIS, EAST_3)
WITH_TABLES = (
    "bolivia.president.2019",
    "georgia.parliament.2012",
    "georgia.parliament.2024",
    "germany.bundestag.2025",
    "indonesia.president.2019",
    "mexico.president.2012",
    "russia.duma.2011",
    "russia.duma.2021.st-petersburg",
)
SPAIN = "spain.congress"
SPANISH_DAYS = tuple(shipped_parameters(SPAIN)[0].values)
PLAIN = tuple(name for name in shipped_names() if name != SPAIN)
WINDOWS_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
IDS = {
    "Nur Otan": "nur_otan",
    "Ak Zhol": "ak_zhol",
    "CPPK": "cppk",
    "OSDP": "osdp",
    "Auyl": "auyl",
    "Patriots": "patriots",
    "Adilet": "adilet",
    "Birlik": "birlik",
    "PPK": "ppk",
    "Adal": "adal",
    "Amanat": "amanat",
    "Respublica": "respublica",
    "Baytaq": "baytaq",
    "against_all": "against_all",
}


def area_id(name: str) -> str:
    """Return the id of a region by its name in the facts: "Almaty city" is almaty_city."""
    return name.lower().replace(" ", "_")


def figures(definition: Definition, publication: str, quantity: Quantity) -> pl.DataFrame:
    """Return the figures of one publication and kind, file order."""
    return definition.source.figures.filter(pl.col("publication") == publication, pl.col("quantity") == quantity.value)


def by_key(frame: pl.DataFrame, key: str) -> dict[str, set[float]]:
    """Return all values of each cell or area as they would be read aloud; a float is enough to compare two texts."""
    found: dict[str, set[float]] = {}
    for name, value, decimals in frame.select(key, "value", "decimals").iter_rows():
        found.setdefault(name, set()).add(float(f"{value}e-{decimals}"))
    return found


def labels_of(definition: Definition) -> list[Labels]:
    """Return every name in a definition."""
    election = definition.election
    found = [election.labels, *(one.labels for one in definition.source.publications)]
    found += [one.labels for one in (*election.geography.levels, *election.geography.areas)]
    found += [one.labels for one in (*election.deadlines, *election.remedies)]
    for contest in election.contests:
        parts = (*contest.contestants, *contest.bases, *contest.form.lines, *contest.form.identities)
        found += [contest.labels, *(one.labels for one in parts)]
        found += [one.short for one in contest.contestants if one.short]
    return found


def test_the_shipped_ones_are_there() -> None:
    """Exactly these definitions are shipped; the template is none of them."""
    assert shipped_names() == tuple(sorted((*KAZAKH, *WITH_TABLES, SPAIN)))


def test_unknown_name_is_refused_with_the_nearest() -> None:
    """A misspelt name is refused, and the refusal tells the nearest one and all that there are."""
    with pytest.raises(InputError) as caught:
        load_shipped("kazakhstan.majlis.2012")
    assert caught.value.code == "D005"
    assert caught.value.values["nearest"] == "kazakhstan.majilis.2012"
    assert EAST_3 in str(caught.value.values["known"])


@pytest.mark.parametrize("name", PLAIN)
class TestEachShippedDefinition:
    def test_loads_with_nothing_but_the_silence_of_the_law(self, name: str) -> None:
        """No error, no missing language: only the notes that the text of the law leaves something open."""
        definition = load_shipped(name)
        assert definition.is_usable
        assert {one.code for one in definition.issues} <= {"D308", "D309"}

    def test_is_named_by_its_path(self, name: str) -> None:
        """The id in the file is the name by which it is asked for; no part of it is reserved on Windows."""
        definition = load_shipped(name)
        assert definition.election.id == name
        assert definition.input.name == f"{name}.toml"
        assert not any(WINDOWS_RESERVED.fullmatch(part) for part in name.split("."))

    def test_speaks_three_languages(self, name: str) -> None:
        """Every name has its English, Russian and Kazakh form; Kazakh ones are not Russian left standing."""
        labels = labels_of(load_shipped(name))
        assert [one for one in labels if not all(getattr(one, language) for language in LANGUAGES)] == []
        long = [one for one in labels if len(one.ru) > 20 and one.ru != one.en]  # a name in its own script stands
        assert long
        assert [one for one in long if one.ru == one.kk] == []

    def test_figures_are_a_frame_with_a_basis(self, name: str) -> None:
        """The frame has the contract's columns, and each row points at its table in this very file."""
        definition = load_shipped(name)
        frame = definition.source.figures
        assert dict(frame.schema) == FIGURES
        assert frame.height == definition.input.rows
        pattern = f"^{definition.input.digest}#figures\\[[0-9]+\\]$"
        assert frame["basis"].str.contains(pattern).all()
        assert (frame["source"].str.len_chars() > 0).all()


@pytest.mark.parametrize("name", KAZAKH)
class TestEachKazakhDefinition:
    def test_has_figures(self, name: str) -> None:
        """No station table of these elections was published: what is known stands in the definition."""
        assert load_shipped(name).source.figures.height > 0

    def test_time_zones_give_the_hours_of_that_day(self, name: str) -> None:
        """On voting day the west of the country was an hour behind; Kyzylorda moved west in December 2018."""
        election = load_shipped(name).election
        noon = datetime(election.voting_day.year, election.voting_day.month, election.voting_day.day, 12, tzinfo=UTC)
        west = {"aktobe", "atyrau", "mangystau", "west_kazakhstan"}
        west |= {"kyzylorda"} if election.voting_day > date(2018, 12, 21) else set()
        for area in election.geography.areas:
            offset = noon.astimezone(ZoneInfo(area.timezone)).utcoffset()
            assert offset == timedelta(hours=5 if area.id in west else 6), area.id

    def test_nothing_is_published_before_voting_is_over_everywhere(self, name: str) -> None:
        """Art. 28(9): not before midnight after voting day on the Caspian shore, 19:00 UTC."""
        election = load_shipped(name).election
        moment = election.publication_not_before
        assert moment is not None
        assert moment.astimezone(UTC) == datetime(
            election.voting_day.year, election.voting_day.month, election.voting_day.day, 19, tzinfo=UTC
        )
        assert "28(9)" in election.publication_source

    def test_form_is_marked_as_a_working_profile(self, name: str) -> None:
        """The commission's form was not seen: no identity claims to be statutory."""
        form = load_shipped(name).election.contests[0].form
        assert all("logical, not statutory" in one.source for one in form.identities)
        assert [line.id for line in form.lines] == LINES
        assert form.line_of(Role.ISSUED) is None  # "issued" is what was issued at the station, not all


@pytest.mark.parametrize("name", WITH_TABLES)
class TestEachDefinitionWithTables:
    def test_every_layout_is_distinct_by_its_columns(self, name: str) -> None:
        """No two layouts of one side have the same columns: which one reads a file is never a matter of order."""
        election = load_shipped(name).election
        assert election.layouts
        for side in ("reported", "sheets"):
            headers = [one.headers for one in election.layouts if one.serves in (side, "both")]
            assert len(set(headers)) == len(headers)

    def test_every_layout_is_of_a_known_contest(self, name: str) -> None:
        """Every cell belongs to the contest, and the votes of at least one contestant are read."""
        election = load_shipped(name).election
        for one in election.layouts:
            contest = election.contest(one.contest) or election.contests[0]
            cells = {cell for cell, _ in one.cells}
            assert cells <= set(contest.cells)
            assert cells & {each.id for each in contest.contestants}


class TestTheRule:
    @pytest.mark.parametrize(("year", "seats", "share"), [(2012, 98, 7), (2016, 98, 7), (2021, 98, 7), (2023, 69, 5)])
    def test_is_hare_above_a_threshold_of_voters_who_took_part(self, year: int, seats: int, share: int) -> None:
        """Art. 97-1(1): the law's base is voters who took part, that of the published percentages is party votes."""
        contest = load_shipped(f"kazakhstan.majilis.{year}").election.contests[0]
        threshold = contest.rule.threshold
        assert threshold is not None
        assert (contest.id, contest.rule.method, contest.rule.seats) == ("list", Method.HARE, seats)
        assert (threshold.share * 100, threshold.comparison, threshold.base) == (
            share,
            Comparison.AT_LEAST,
            "took_part",
        )
        assert contest.share_base == "party_votes"
        base = contest.base("party_votes")
        assert base is not None
        assert base.cells == tuple(one.id for one in contest.contestants)
        assert contest.rule.ties is Ties.SILENT
        assert "order" in contest.rule.source

    def test_the_founding_case_has_its_votes(self) -> None:
        """The votes of 17 January 2012, in the order of the definition, add up to 6,941,220 and are exact."""
        counts = figures(load_shipped("kazakhstan.majilis.2012"), "final", Quantity.COUNT).head(7)
        assert counts["value"].to_list() == [5621436, 518405, 498788, 116534, 82623, 57732, 45702]
        assert counts["value"].sum() == 6941220
        assert counts["rounding"].to_list() == [0] * 7

    def test_second_list_rule_is_stated_for_2012_only(self) -> None:
        """Art. 97-1(2), (3) was read in the text of 2009; later elections say that it was not checked."""
        rules = {name: load_shipped(name).election.contests[0].rule.threshold for name in MAJILIS}
        first = rules["kazakhstan.majilis.2012"]
        assert first is not None
        assert first.runner_up is not None
        assert (first.runner_up.correction * 10, first.runner_up.minimum_seats) == (7, 2)
        assert first.runner_up.leftover is Leftover.SILENT
        for name in MAJILIS[1:]:
            threshold = rules[name]
            assert threshold is not None
            assert threshold.runner_up is None
            assert "[not checked]" in threshold.source

    def test_silence_of_the_law_is_a_note(self) -> None:
        """What the text leaves open in 2012 is noted at its key: leftover seats and ties."""
        notes = {one.code: one.where.key for one in load_shipped("kazakhstan.majilis.2012").issues}
        assert notes == {
            "D308": "contests[0].rule.threshold.runner_up.leftover",
            "D309": "contests[0].rule.ties",
        }

    def test_against_all_counts_in_2023_and_takes_no_seat(self) -> None:
        """It stands on the ballot and in the base of the percentages, not among those who can get a seat."""
        contest = load_shipped("kazakhstan.majilis.2023").election.contests[0]
        against = contest.contestant("against_all")
        assert against is not None
        assert against.kind is ContestantKind.AGAINST_ALL
        assert "against_all" not in contest.seat_takers


@pytest.fixture(scope="module")
def facts(shared: Path) -> Facts:
    """Return the reported facts of the four elections."""
    loaded: Facts = json.loads((shared / "data" / "kz_majilis" / "kz_majilis.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.shared
class TestFactsAreTheReportedOnes:
    @pytest.mark.parametrize("name", MAJILIS)
    def test_votes_shares_and_seats(self, name: str, facts: Facts) -> None:
        """Votes, published percentages and seats of every list are those of the facts."""
        fact, definition = facts[name[-4:]], load_shipped(name)
        parties = {IDS[key]: value for key, value in fact["parties"].items()}
        votes = by_key(figures(definition, "final", Quantity.COUNT), "cell")
        assert all(pair[0] in votes[cell] for cell, pair in parties.items())
        seats = by_key(figures(definition, "final", Quantity.SEATS), "cell")
        assert seats == {cell: {float(pair[1])} for cell, pair in parties.items()}
        shares = {IDS[key]: {value} for key, value in fact["published_pct"].items()}
        assert by_key(figures(definition, "final", Quantity.SHARE), "cell") == shares
        assert definition.election.voting_day.isoformat() == fact["date"]
        assert definition.election.contests[0].rule.seats == fact["seats"]

    @pytest.mark.parametrize("name", MAJILIS)
    def test_first_source_adds_up_to_the_computed_total(self, name: str, facts: Facts) -> None:
        """The first figure of each contestant, which the verdict uses, sums to the total of the facts."""
        definition = load_shipped(name)
        counts = figures(definition, "final", Quantity.COUNT)
        ids = [one.id for one in definition.election.contests[0].contestants]
        first = counts.filter(pl.col("cell").is_in(ids)).unique("cell", keep="first", maintain_order=True)
        assert first["value"].sum() == facts[name[-4:]]["computed_total"]

    @pytest.mark.parametrize(
        ("year", "publication", "key"),
        [
            (2012, "turnout-1200", "turnout_region_1200h_pct"),
            (2012, "turnout-2000", "turnout_region_2000h_prelim_pct"),
            (2016, "turnout-1200", "turnout_region_1200h_pct"),
            (2023, "turnout-1610", "turnout_region_1610h_pct"),
            (2023, "turnout-1810", "turnout_region_1810h_pct"),
        ],
    )
    def test_turnout_by_region(self, year: int, publication: str, key: str, facts: Facts) -> None:
        """Each region's turnout is there; the first source is the one of the facts; every region is an area."""
        definition = load_shipped(f"kazakhstan.majilis.{year}")
        frame = figures(definition, publication, Quantity.TURNOUT).filter(pl.col("area") != "kz")
        first = frame.unique("area", keep="first", maintain_order=True)
        told = {area_id(name): {value} for name, value in facts[str(year)][key].items()}
        assert by_key(first, "area") == told
        assert {area.id for area in definition.election.geography.children("kz")} == set(told)

    def test_turnout_of_the_whole_country_in_2012(self, facts: Facts) -> None:
        """Count and percentage of each hour; 6.98 million is known to ten thousand."""
        definition = load_shipped("kazakhstan.majilis.2012")
        told: dict[str, list[float]] = facts["2012"]["turnout_national"]
        for publication, key in [
            ("turnout-1200", "1200h"),
            ("turnout-1400", "1400h"),
            ("turnout-2000", "2000h_prelim"),
        ]:
            count = figures(definition, publication, Quantity.COUNT)
            share = figures(definition, publication, Quantity.TURNOUT).filter(pl.col("area") == "kz")
            assert by_key(count, "cell") == {"took_part": {told[key][0]}}
            assert by_key(share, "area") == {"kz": {told[key][1]}}
        assert figures(definition, "turnout-2000", Quantity.COUNT)["rounding"].to_list() == [10_000]

    def test_preliminary_result_of_2012(self, facts: Facts) -> None:
        """The shares of 16 January are those of the facts, Auyl also with its lost digit."""
        told = {IDS[key]: {value} for key, value in facts["2012"]["preliminary_pct_20120116"].items()}
        told["auyl"].add(0.46)
        definition = load_shipped("kazakhstan.majilis.2012")
        assert by_key(figures(definition, "preliminary", Quantity.SHARE), "cell") == told

    def test_turnout_registers_and_stations(self, facts: Facts) -> None:
        """Published turnout, registers in round numbers, and the number of stations, where the facts have them."""
        for year in (2012, 2016, 2021):
            definition = load_shipped(f"kazakhstan.majilis.{year}")
            turnout = by_key(figures(definition, "final", Quantity.TURNOUT), "area")
            assert turnout == {"kz": {facts[str(year)]["turnout_pct"]}}
        register = by_key(figures(load_shipped(MAJILIS[1]), "final", Quantity.COUNT), "cell")["registered"]
        assert register == {facts["2016"]["registered_approx"]}
        assert load_shipped(MAJILIS[0]).election.geography.root.stations == facts["2012"]["polling_stations"]

    def test_the_single_member_contest(self, shared: Path) -> None:
        """The sums of the copies, the published lead and the number of stations, as one side's account."""
        told = json.loads((shared / "data" / "kz_east3_2023" / "facts.json").read_text(encoding="utf-8"))
        definition = load_shipped(EAST_3)
        assert by_key(figures(definition, "copies", Quantity.COUNT), "cell") == {
            "self_nominated": {told["copies"]["self-nominated candidate"]},
            "amanat_candidate": {told["copies"]["Amanat candidate"]},
        }
        assert definition.election.geography.root.stations == told["polling_stations"]
        assert "33" in told["published"]["difference"]


SWAPPED = [
    ("kazakhstan.majilis.2012", "turnout-2000", "astana", "", {"53.32", "53.3", "53.23"}),
    ("kazakhstan.majilis.2012", "turnout-2000", "kyzylorda", "", {"81.95", "81"}),
    ("kazakhstan.majilis.2012", "turnout-2000", "north_kazakhstan", "", {"80.7", "80"}),
    ("kazakhstan.majilis.2012", "preliminary", "kz", "auyl", {"1.46", "0.46"}),
    ("kazakhstan.majilis.2016", "final", "kz", "took_part", {"7566150", "7966000"}),
    ("kazakhstan.majilis.2023", "final", "kz", "amanat", {"3431510", "3341510"}),
    ("kazakhstan.majilis.2023", "final", "kz", "took_part", {"6366441", "6521860"}),
]


@pytest.mark.parametrize(("name", "publication", "area", "cell", "texts"), SWAPPED)
def test_sources_that_disagree_stand_side_by_side(
    name: str, publication: str, area: str, cell: str, texts: set[str]
) -> None:
    """Each conflict between sources is kept: one row per source, in the digits of that source."""
    kind = Quantity.SHARE if "0.46" in texts else Quantity.COUNT if cell else Quantity.TURNOUT
    rows = figures(load_shipped(name), publication, kind).filter(pl.col("area") == area, pl.col("cell") == cell)
    printed = {
        str(value) if not decimals else f"{str(value).zfill(decimals + 1)[:-decimals]}.{str(value)[-decimals:]}"
        for value, decimals in rows.select("value", "decimals").iter_rows()
    }
    assert printed == texts
    assert rows["source"].n_unique() == len(texts)


def test_turnout_that_falls_is_kept_for_the_tabulation() -> None:
    """Turkistan 2023: 49.14 at 16:10, 41.07 at 18:10; two publications, and the later one stands later."""
    definition = load_shipped("kazakhstan.majilis.2023")
    assert [one.id for one in definition.source.publications][:2] == ["turnout-1610", "turnout-1810"]
    for publication, value in (("turnout-1610", 49.14), ("turnout-1810", 41.07)):
        assert by_key(figures(definition, publication, Quantity.TURNOUT), "area")["turkistan"] == {value}


def test_publications_of_2012_have_their_names() -> None:
    """Turnout at three hours is of the voting stage, then the preliminary and the final result."""
    found = {one.id: one.stage for one in load_shipped("kazakhstan.majilis.2012").source.publications}
    assert list(found.items()) == [
        ("turnout-1200", Stage.VOTING),
        ("turnout-1400", Stage.VOTING),
        ("turnout-2000", Stage.VOTING),
        ("preliminary", Stage.PRELIMINARY),
        ("final", Stage.FINAL),
    ]


def test_one_side_is_said_wherever_it_is_one_side() -> None:
    """The district of 2023 is known from one side: the election says so, and so do the sums of the copies."""
    definition = load_shipped(EAST_3)
    assert "vlast.kz" in definition.election.one_side
    sides = {one.id: one.one_side for one in definition.source.publications}
    assert "observers' copies as reported by vlast.kz" in sides["copies"].replace(",", "")
    lead = figures(definition, "published", Quantity.LEAD)
    assert lead.select("cell", "minus", "value").rows() == [("amanat_candidate", "self_nominated", 33)]
    assert [load_shipped(name).election.one_side for name in MAJILIS] == [""] * 4


@pytest.mark.parametrize("name", [*MAJILIS, EAST_3])
def test_what_screens_print_is_there_in_every_language(name: str) -> None:
    """Issuers, whose account it is, and the sources of the rule have Russian and Kazakh forms of their own."""
    definition = load_shipped(name)
    rules = [one.rule for one in definition.election.contests]
    pairs = [(one.source, one.source_labels) for one in rules]
    pairs += [(one.threshold.source, one.threshold.source_labels) for one in rules if one.threshold]
    pairs += [(one.issuer, one.issuer_labels) for one in definition.source.publications]
    pairs += [(one.one_side, one.one_side_labels) for one in definition.source.publications if one.one_side]
    if definition.election.one_side:
        pairs.append((definition.election.one_side, definition.election.one_side_labels))
    for text, labels in pairs:
        assert labels is not None
        assert len({text, labels.ru, labels.kk}) == 3
        assert labels.en == text


@pytest.mark.parametrize("name", PLAIN)
def test_what_an_identity_adds_to_the_votes_are_ballots(name: str) -> None:
    """A line that a form adds to all contestants is among the ballots by which changed tables are told apart."""
    for contest in load_shipped(name).election.contests:
        contestants = {one.id for one in contest.contestants}
        sides = [side for one in contest.form.identities for side in (one.left, one.right)]
        plus = [{cell for factor, cell in side.terms if factor > 0} for side in sides]
        added = {cell for cells in plus if contestants <= cells for cell in cells}
        assert added <= set(ballot_cells(contest))
