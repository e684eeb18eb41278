"""Laws of the made-up election night: consistent papers, mistakes that are remembered, a count that adds up."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace

import pytest

from secondcount.errors import InputError
from secondcount.jurisdictions import load_definition
from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.election_night import load_practice, practice_definition, write_protocols
from secondcount.rehearsal.night import Night, Plan, prepare_night, read_night
from secondcount.rehearsal.papers import write_papers
from secondcount.rehearsal.photos import Sent
from secondcount.rehearsal.rates import Rates, parse_rates
from secondcount.rehearsal.readers import Kind, read_paper
from secondcount.rehearsal.score import Score, score_night
from secondcount.transcription.cells import CellRead
from secondcount.transcription.hints import broken_identities

NOTHING = Rates(**{one.name: 0 for one in fields(Rates)})
"""A night on which nothing goes wrong."""


def night_of(stations: int = 60, seed: str = "law", rates: Rates | None = None) -> Night:
    return prepare_night(Plan(stations=stations, seed=seed, rates=Rates() if rates is None else rates))


def scored(night: Night) -> Score:
    return score_night(night, read_night(night))


class TestElection:
    """The election is made up, says so, and is one that the program takes without a word."""

    def test_the_definition_has_no_issue(self) -> None:
        assert load_definition("rehearsal.toml", practice_definition(31)).issues == ()

    def test_it_knows_that_it_is_synthetic(self) -> None:
        """The mark is in the definition, so it is in every archive, desk and verdict of it without being asked for."""
        loaded = load_definition("rehearsal.toml", practice_definition(2))
        assert loaded.election.synthetic
        assert loaded.input.synthetic

    def test_it_says_synthetic_in_every_language(self) -> None:
        labels = load_practice(2).labels
        assert [labels.en[:9], labels.ru[:14], labels.kk[:13]] == ["SYNTHETIC", "УЧЕБНЫЕ ДАННЫЕ", "ОҚУ ДЕРЕКТЕРІ"]
        assert practice_definition(2).startswith(b"# SYNTHETIC")

    @pytest.mark.parametrize("stations", [2, 3, 30, 2001])
    def test_the_areas_have_the_stations(self, stations: int) -> None:
        election = load_practice(stations)
        whole, *parts = (area.stations or 0 for area in election.geography.areas)
        assert whole == sum(parts) == stations

    def test_every_protocol_keeps_every_identity(self) -> None:
        night = night_of(rates=NOTHING)
        for paper in night.papers:
            assert broken_identities(night.contest(paper.contest), paper.cells) == ()
            assert min(paper.protocol.figures.values()) >= 0

    def test_same_seed_same_figures(self) -> None:
        election = load_practice(10)
        assert write_protocols(election, 10, "a") == write_protocols(election, 10, "a")
        assert write_protocols(election, 10, "a") != write_protocols(election, 10, "b")


class TestPapers:
    """A slip of the commission breaks an identity of its own sheet; corrections keep the number they are for."""

    def test_a_slip_is_on_the_paper(self) -> None:
        night = night_of(rates=replace(NOTHING, broken=1000))
        for paper in night.papers:
            assert broken_identities(night.contest(paper.contest), paper.cells)

    def test_a_correction_keeps_the_figure(self) -> None:
        election = load_practice(10)
        protocols = write_protocols(election, 10, "a")
        for paper in write_papers(protocols, replace(NOTHING, overwritten=1000), "a"):
            assert {name: cell.value for name, cell in paper.cells.items()} == paper.protocol.figures
            assert all(cell.overwritten and cell.old != cell.value for cell in paper.cells.values())


class TestReaders:
    """What a reader got wrong is remembered: the reading differs from the paper in those cells and in no other."""

    @pytest.mark.parametrize("rates", [Rates(), Rates(digit=200, transposed=200, mark=100, swapped=300, skipped=300)])
    def test_every_difference_is_remembered(self, rates: Rates) -> None:
        night, dice = night_of(rates=rates), Dice("readers")
        for paper in night.papers:
            typed = read_paper(paper, "reader-001", night.stations, rates, dice)
            told = {cell for one in typed.mistakes for cell in one.cells if not cell.startswith("@")}
            said = typed.reading.cells
            assert told == {name for name, cell in paper.cells.items() if said[name] != cell}

    @pytest.mark.parametrize("kind", list(Kind))
    def test_each_kind_happens(self, kind: Kind) -> None:
        rates = replace(NOTHING, **{kind.value: 1000}, unclear=1000 if kind is Kind.MISREAD else 0)
        night = night_of(5, rates=rates)
        typed = read_paper(night.papers[0], "reader-001", night.stations, rates, Dice("kinds"))
        assert {one.kind for one in typed.mistakes} == {kind}

    def test_a_skipped_row_moves_what_is_below(self) -> None:
        night = night_of(2, rates=replace(NOTHING, skipped=1000))
        paper = night.papers[0]
        typed = read_paper(paper, "reader-001", night.stations, night.plan.rates, Dice("rows"))
        read, true = list(typed.reading.cells.values()), list(paper.cells.values())
        first = next(at for at, cell in enumerate(read) if cell != true[at])
        assert read[first:-1] == true[first + 1 :]


class TestNight:
    """Two people read each copy, a third what differs; every mistake ends in one column of the table."""

    def test_without_mistakes_the_papers_come_out(self) -> None:
        score = scored(night_of(rates=NOTHING))
        assert score.wrong == score.differing == 0
        assert score.outcomes == {"agreed": 120, "third_reading": 0, "adjudicated": 0, "set_aside": 0}
        assert all(one.papers == one.agreed for one in score.totals)

    def test_every_mistake_ends_somewhere(self) -> None:
        score = scored(night_of(300))
        assert sum(one.made for one in score.detection) > 100
        for one in score.detection:
            assert one.made == one.third + one.adjudicated + one.set_aside + one.left
            assert one.caught + one.left >= one.made - one.set_aside

    def test_slips_of_one_hand_are_all_caught(self) -> None:
        """Where digits on paper are clear, what is left is what two people typed wrong in the same way."""
        score = scored(night_of(300, rates=Rates(unclear=0, given_up=0)))
        made = {one.kind: one for one in score.detection}
        assert made["digit"].made == made["digit"].caught
        assert made["digit"].left == made["transposed"].left == made["swapped"].left == 0
        assert score.wrong <= 3

    def test_the_estimate_holds_where_its_assumption_does(self) -> None:
        """With independent mistakes the number that is left lies in the interval that the desk would tell."""
        score = scored(night_of(400, rates=Rates(unclear=0)))
        low, high = next((one.low, one.high) for one in score.estimates if one.basis == "assumed")
        assert low <= score.wrong <= high

    def test_shared_misreadings_are_not_hidden(self) -> None:
        """An unclear digit that everybody takes for the other is left in, and the count says so."""
        score = scored(night_of(100, rates=replace(NOTHING, unclear=20, misread=1000)))
        made = {one.kind: one for one in score.detection}["misread"]
        assert made.made
        assert (made.caught, made.left) == (0, made.made)
        assert score.wrong == made.made // 2

    def test_a_wrong_claim_loses_to_the_paper(self) -> None:
        night = night_of(rates=replace(NOTHING, station=300, contest=300))
        score = scored(night)
        found = {one.kind: one for one in score.planted}
        for sent in (Sent.WRONG_STATION, Sent.WRONG_CONTEST):
            assert found[sent.value].made == found[sent.value].found > 0
        assert score.wrong == 0

    def test_one_file_is_one_copy(self) -> None:
        night = night_of(rates=replace(NOTHING, reused=300, forwarded=300))
        again = Counter(one.sent for one in night.photos)
        assert again[Sent.REUSED] > 0 < again[Sent.FORWARDED]
        assert len(list(read_night(night))) == len(night.papers)

    def test_what_cannot_be_read_is_set_aside(self) -> None:
        score = scored(night_of(20, rates=replace(NOTHING, unreadable=1000)))
        assert score.outcomes["set_aside"] == 40
        assert score.cells == 0

    def test_who_gives_up_alone_is_outvoted(self) -> None:
        score = scored(night_of(rates=replace(NOTHING, given_up=60)))
        assert score.outcomes["set_aside"] <= 3
        assert score.wrong == 0

    def test_a_broken_sheet_is_accepted_and_named(self) -> None:
        score = scored(night_of(rates=replace(NOTHING, broken=200)))
        found = {one.kind: one for one in score.planted}["broken"]
        assert found.made == found.found > 0
        assert score.wrong == 0

    def test_same_seed_same_score(self) -> None:
        assert scored(night_of(40)) == scored(night_of(40))
        assert scored(night_of(40)) != scored(night_of(40, seed="other"))

    def test_the_data_say_synthetic(self) -> None:
        assert scored(night_of(4)).to_dict()["synthetic"] is True


class TestRates:
    """Rates are whole numbers per thousand, under names that there are."""

    def test_a_rate_is_set(self) -> None:
        assert parse_rates(["digit=0", "station=1000"]) == Rates(digit=0, station=1000)

    @pytest.mark.parametrize("word", ["digits=1", "=1", "", "?"])
    def test_an_unknown_name_is_refused_with_those_that_there_are(self, word: str) -> None:
        with pytest.raises(InputError) as refused:
            parse_rates([word])
        assert refused.value.code == "K180"
        assert "unreadable" in str(refused.value.values["known"])

    @pytest.mark.parametrize("number", ["", "-1", "1001", "1.5", "1e2", "٣", "99999999999"])
    def test_a_number_that_cannot_be_is_refused(self, number: str) -> None:
        with pytest.raises(InputError) as refused:
            parse_rates([f"digit={number}"])
        assert refused.value.code == "K181"


def test_a_cell_of_the_night_is_one_of_transcription() -> None:
    """What the rehearsal reads has the types of the desk: nothing is counted twice in two ways."""
    assert all(isinstance(cell, CellRead) for cell in night_of(2).papers[0].cells.values())
