"""The terminal screen: conclusions first, each with its condition, at any width and in any language."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from screens.specimen import COVERAGE, ELECTION, ISSUES, RECORD, STATEMENTS, VERDICT
from secondcount.audit.result import Feasible, Standing
from secondcount.cli.screen.page import Ending, screen_lines, show_verdict
from secondcount.model.claim import LeadClaim
from secondcount.model.codes import make_issue
from secondcount.model.geography import Area
from secondcount.model.issue import Where
from secondcount.model.labels import Labels
from secondcount.model.record import Record
from secondcount.verdict.result import StationsVerdict, Verdict
from secondcount.wording import LANGUAGES, phrasebook

WIDTHS = (60, 80, 100, 120)
NBSP = "\u00a0"
ENDING = Ending(code=1, files=(Path("report") / "index.html", Path("report") / "verdict.json"))


def lines(language: str = "en", width: int = 80, verdict: Verdict = VERDICT, record: Record = RECORD) -> list[str]:
    return [line.plain for line in screen_lines(verdict, record, phrasebook(language), width, ENDING)]


def words(language: str = "en", width: int = 80, verdict: Verdict = VERDICT, record: Record = RECORD) -> str:
    """Return the screen as running text: line breaks and no-break spaces are spaces."""
    return " ".join(" ".join(lines(language, width, verdict, record)).replace(NBSP, " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
class TestEveryScreen:
    """Laws of the screen in each language at each width."""

    def test_no_line_is_wider_than_the_screen(self, language: str, width: int) -> None:
        """Nothing is cut and nothing runs over the edge."""
        assert [line for line in lines(language, width) if cell_len(line) > width] == []

    def test_no_line_ends_in_spaces(self, language: str, width: int) -> None:
        """What is copied from the screen, or piped, carries no idle spaces."""
        assert [line for line in lines(language, width) if line != line.rstrip()] == []

    def test_no_number_is_broken(self, language: str, width: int) -> None:
        """5 621 436 stands in one piece: no line ends inside a group of digits or before its percent sign."""
        shown = "\n".join(lines(language, width))
        assert phrasebook(language).number(5_621_436) in shown
        assert not re.search(rf"\d{NBSP}\s*\n\s*[\d%]", shown)

    def test_made_up_data_is_labelled_first_and_last(self, language: str, width: int) -> None:
        """SYNTHETIC stands above every figure, and again where the eye rests at the end."""
        label = phrasebook(language).say("ui.banner.synthetic")
        places = [at for at, line in enumerate(lines(language, width)) if label in line]
        first_statement = next(at for at, line in enumerate(lines(language, width)) if line.startswith("≠"))
        assert places[0] < first_statement
        assert places[-1] > len(lines(language, width)) - 6

    def test_every_conclusion_carries_its_condition(self, language: str, width: int) -> None:
        """PROVED and REFUTED are never said without "if these copies are genuine" in the same sentence."""
        book = phrasebook(language)
        condition = book.say("ui.condition").casefold()
        for standing in ("proved", "refuted"):
            word = book.say(f"ui.standing.word_{standing}")
            after = words(language, 80, VERDICT).split(word)[1:]
            assert after
            assert all(condition in one[: len(condition) + 4].casefold() for one in after)


class TestOrder:
    """Conclusions first, local ones before the whole."""

    def test_statements_come_before_figures_and_local_ones_first(self) -> None:
        """Locally, for the whole, votes and seats, claims, copies, contradictions, and what was compared last."""
        text = words()
        order = [
            "Locally",
            "For the whole",
            "Votes and seats",
            "Threshold",
            "How far the seats are from changing",
            "Claims",
            "Copies at hand",
            "What could not be used",
            "Contradictions",
            "Protocols are compared, not ballots.",
            "Report: ",
            "Something contradicts. Exit code 1.",
        ]
        assert sorted(order, key=text.index) == order

    def test_a_territory_without_local_statements_has_no_empty_heading(self) -> None:
        """Nothing local, no heading "Locally"."""
        assert "Locally" not in words(verdict=replace(VERDICT, statements=STATEMENTS[1:]))


class TestFigures:
    """The figures of the specimen, as a reader who checks them by hand finds them."""

    def test_announced_seats_stand_beside_those_of_the_rule(self) -> None:
        """Votes, share, published share, seats by the rule, seats announced; a dash is no seat."""
        row = next(line for line in lines() if "5,621,436" in line)
        assert row.replace(NBSP, " ").split() == ["Nur", "Otan", "5,621,436", "80.99", "%", "80.99", "%", "90", "90"]
        assert next(line for line in lines() if line.strip().startswith("OSDP  ")).split()[-2:] == ["–", "–"]

    def test_narrow_screens_leave_out_columns_never_rows(self) -> None:
        """At 60 columns the published share goes, every contestant stays."""
        assert "Published" in words(width=80).split("Shares are of")[0]
        narrow = words(width=60)
        assert all(name in narrow for name in ("Nur Otan", "Ak Zhol", "OSDP"))
        assert "80.99 % 80.99 %" not in narrow

    def test_both_bases_are_named(self) -> None:
        """The base of the published shares, and that of the law, whose number is not published."""
        text = words()
        assert "Shares are of: votes for the lists (6,941,220)." in text
        assert "The law takes the threshold of: voters who took part. That number is not published" in text

    def test_the_threshold_is_told_in_votes(self) -> None:
        """369,351.4 votes short: 369,352 moved or 397,153 added ones."""
        text = words()
        assert "OSDP: 369,351.4 votes short of 7 % of votes for the lists" in text
        assert "369,352 moved votes or 397,153 added votes" in text

    def test_flips_are_listed_from_the_closest(self) -> None:
        """The five cheapest changes with the votes that they cost."""
        costs = [line.split()[0] for line in lines() if re.match(r" +9,8\d\d  ", line)]
        assert costs == ["9,809", "9,810", "9,811", "9,812", "9,813"]


class TestClaims:
    """A claim shows both feasible sets, n of N, its level, k, and what would decide it."""

    @pytest.mark.parametrize("width", [80, 120])
    def test_both_sets_are_always_shown(self, width: int) -> None:
        """TURNOUT and CAP stand beside each other, one that cannot be used says so."""
        text = words(width=width)
        assert "NOT DECIDED from 120 of 413" in text
        assert "cannot be used here" in text
        assert "PROVED if these copies are genuine" in text
        assert "k = 14" in text

    @pytest.mark.parametrize(("cap", "named"), [(Standing.PROVED, False), (Standing.NOT_DECIDED, True)])
    def test_a_proof_by_turnout_alone_names_the_published_total(self, cap: Standing, named: bool) -> None:
        """Genuine copies are half of its condition; where CAP proves the same, they are the whole."""
        claim = VERDICT.contests[0].claims[0]
        standings = (Standing.PROVED, cap)
        sets = (Feasible.TURNOUT, Feasible.CAP)
        pair = tuple(
            replace(claim.assessments[0], feasible=feasible, standing=standing, unseen=9)
            for feasible, standing in zip(sets, standings, strict=True)
        )
        claims = (replace(claim, assessments=pair),)
        text = words(verdict=replace(VERDICT, contests=(replace(VERDICT.contests[0], claims=claims),)))
        assert ("PROVED if these copies are genuine and the published total of votes is right" in text) is named

    def test_not_decided_always_says_from_how_many(self) -> None:
        """NOT DECIDED from n of N; or that there is no copy, or that N is not published."""
        after = words().split("NOT DECIDED")[1:]
        assert all(re.match(r" from \d+ of (\d+|an unpublished number)|: no copy", one) for one in after)

    def test_a_bound_never_looks_like_the_claimed_share(self) -> None:
        """6.99999 % is not printed as 7.00 % beside a claim of 7 %."""
        assert "possible: 6.99999 % to 80.00 %" in words()

    def test_full_coverage_gives_one_number(self) -> None:
        """Where the copies leave nothing open, the set is a number and not a range from it to itself."""
        claim = VERDICT.contests[0].claims[1]
        known = tuple(replace(one, lower=Fraction(1, 5), upper=Fraction(1, 5)) for one in claim.assessments)
        claims = (replace(claim, assessments=known),)
        text = words(verdict=replace(VERDICT, contests=(replace(VERDICT.contests[0], claims=claims),)))
        assert "possible: 20.00 %" in text
        assert "20.00 % to" not in text

    def test_a_lead_is_told_in_votes(self) -> None:
        """The set of a lead claim is a range of votes, with its sign."""
        claim = VERDICT.contests[0].claims[1]
        body = LeadClaim(contestant="osdp", over="zhol")
        leads = tuple(
            replace(one, claim=replace(one.claim, body=body), lower=Fraction(-1200), upper=Fraction(67))
            for one in claim.assessments
        )
        claims = (replace(claim, assessments=leads),)
        text = words(verdict=replace(VERDICT, contests=(replace(VERDICT.contests[0], claims=claims),)))
        assert "possible lead in votes: −1,200 to 67" in text

    def test_an_open_claim_says_what_would_decide_it(self) -> None:
        """Votes needed, what the published figures leave, further protocols, which first, and what is not said."""
        text = words()
        assert (
            "must hold at least 21,700 votes for OSDP, of the 310,000 that the published total leaves them: 7.00 %"
            in text
        )
        assert "The published figures leave 5,200 there: 1.68 %" in text
        assert "Further protocols to prove it: 31 at best, 112 if they look like those seen." in text
        assert "First: Almaty, station 7." in text

    def test_a_bound_on_k_is_no_exact_k(self) -> None:
        """In the table of wide screens an inexact k is marked as a bound."""
        verdict = replace(VERDICT, contests=(replace(VERDICT.contests[0], claims=VERDICT.contests[0].claims[1:]),))
        assert re.search(r" 14$", "\n".join(lines(width=120, verdict=verdict)), re.MULTILINE)


class TestFindings:
    """Coverage, contradictions, counts."""

    def test_copies_are_counted_against_the_number_of_stations(self) -> None:
        """So many of N, or of ? where N is not published; how many of each level; conflicting ones."""
        rows = [line.split() for line in lines(width=120) if re.match("  (Almaty|Kazakhstan) +120 of", line)]
        assert [row[0] for row in rows] == ["Kazakhstan", "Almaty"]
        assert rows[0][1:4] == ["120", "of", "?"]
        assert rows[1][1:] == ["120", "of", "413", "118", "/", "96", "/", "12", "2", "98,412", "406,300"]

    def test_the_whole_is_told_first_and_then_level_by_level(self) -> None:
        """A country of 30 regions and 60 districts: the whole, the largest of each level, and how many more."""
        regions = [Area(id=f"r{n}", level="region", parent="kz", labels=Labels(en=f"Region {n}")) for n in range(30)]
        districts = [
            Area(id=f"d{n}", level="district", parent=f"r{n % 30}", labels=Labels(en=f"District {n}"))
            for n in range(60)
        ]
        geography = replace(ELECTION.geography, areas=(ELECTION.geography.root, *regions, *districts))
        record = replace(RECORD, election=replace(ELECTION, geography=geography))
        whole = next(one for one in COVERAGE if one.area == ELECTION.geography.root.id)
        found = [replace(whole, area=one.id, seen=n + 1) for n, one in enumerate((*districts, *regions))]
        contest = replace(VERDICT.contests[0], coverage=(*found, whole))
        text = lines(width=120, verdict=replace(VERDICT, contests=(contest,)), record=record)
        shown = [line.split()[:2] for line in text if re.match(r"  (Region|District|Kazakhstan) .* of [?\d]", line)]
        assert shown[0][0] == "Kazakhstan"
        assert shown[1:] == [
            *(["Region", str(n)] for n in range(29, 22, -1)),
            *(["District", str(n)] for n in range(59, 52, -1)),
        ]
        assert "Copies from 76 more areas are not shown here; verdict.json has all of them." in " ".join(
            " ".join(text).split()
        )

    def test_ten_contradictions_are_shown_and_the_rest_counted(self) -> None:
        """Twelve contradictions: ten with their arithmetic, "and 2 more"."""
        text = words()
        assert "Contradictions (12)" in text
        assert text.count("9 seats were announced (Final result of 17 January)") == 10
        assert text.count("and 2 more; all 12 are in issues.csv") == 2  # twelve errors as well
        assert "Also in the report: 1 note." in text

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "and 415 more; all 425 are in issues.csv"),
            ("ru", "и ещё 415; все 425 — в issues.csv"),
            ("kk", "тағы 415; барлық 425 issues.csv файлында"),
        ],
    )
    def test_what_is_counted_and_not_listed_is_in_the_number(self, language: str, sentence: str) -> None:
        """Twelve differences listed and 413 that a note counts: 425 contradictions, and the table has them all."""
        values = {"copy": 1, "published": 2, "difference": -1}
        listed = [make_issue("R401", Where(station=str(n), cell="osdp"), **values) for n in range(12)]
        note = make_issue("R403", Where(publication="final"), count=413)
        issues = (*listed, replace(note, further=lambda: iter(listed)))
        text = words(language, verdict=replace(VERDICT, issues=issues))
        assert f"{phrasebook(language).say('ui.heading.contradictions')} (425)" in text
        assert sentence in text

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "and 4,990 more: of all 5,000, 1,000 are in issues.csv; the other 4,000 are counted, not listed"),
            ("ru", "и ещё 4 990: из всех 5 000 в issues.csv перечислены 1 000, остальные 4 000 сосчитаны"),
            ("kk", "тағы 4 990: барлығы 5 000, оның 1 000 issues.csv файлында, қалған 4 000 саналған"),
        ],
    )
    def test_what_stands_in_no_table_is_said_to_be_counted_only(self, language: str, sentence: str) -> None:
        """A thousand broken sums listed of five thousand: no table has the others, and nothing says that one has."""
        listed = [make_issue("T199", Where(file="a.csv"), of="T123", more=0)]
        broken = [make_issue("S101", Where(station=str(n)), count=1, shown="1 / 2") for n in range(1000)]
        text = words(
            language,
            verdict=replace(
                VERDICT, issues=(*listed, *broken, make_issue("S900", issue_code="S101", total=5000, shown=1000))
            ),
        )
        assert sentence in text

    def test_nothing_contradictory_is_said_to_be_so(self) -> None:
        """No contradiction: that is said, and the exit code with it."""
        text = words(verdict=replace(VERDICT, issues=ISSUES[-1:]))
        assert "No contradiction was found." in text
        assert "Nothing contradicts." in text

    def test_a_station_table_is_summed_up(self) -> None:
        """How many stations were compared, how many agree, what only one side has."""
        stations = StationsVerdict(
            publication="final", compared=110, equal=101, cells=12, copies_only=1, published_only=303
        )
        verdict = replace(VERDICT, contests=(replace(VERDICT.contests[0], stations=stations),))
        text = words(verdict=verdict)
        assert "110 stations on both sides, 101 of them equal in every figure; 12 figures differ." in text
        assert "1 station with a copy is not in the table." in text
        assert "303 stations of the table have no copy." in text

    def test_no_copies_no_table_of_copies(self) -> None:
        """An area without a copy is not listed as covered."""
        empty = tuple(replace(one, seen=0, conflicting=0) for one in COVERAGE)
        verdict = replace(VERDICT, contests=(replace(VERDICT.contests[0], coverage=empty),))
        assert "Copies at hand" not in words(verdict=verdict)


class TestPlain:
    """Colour adds nothing that the words do not say, and nothing from outside steers the terminal."""

    @staticmethod
    def printed(**options: Any) -> str:
        stream = io.StringIO()
        console = Console(file=stream, width=80, markup=False, emoji=False, highlight=False, **options)
        show_verdict(VERDICT, RECORD, phrasebook("en"), console, ENDING)
        return stream.getvalue()

    def test_a_pipe_gets_plain_text(self) -> None:
        """No escape sequence is written to what is not a terminal."""
        assert "\x1b" not in self.printed()

    def test_colour_changes_no_character(self) -> None:
        """The coloured screen, its colours taken off, is the plain screen."""
        coloured = self.printed(force_terminal=True, color_system="truecolor")
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == self.printed()

    def test_names_from_outside_are_made_legible(self) -> None:
        """An escape sequence or a direction override in a name is shown, never obeyed; markup is only text."""
        hostile = "\x1b[31m[bold]Almaty\u202e\r"
        areas = (ELECTION.geography.areas[0], Area(id="almaty", level="city", labels=Labels(en=hostile), parent="kz"))
        record = replace(RECORD, election=replace(ELECTION, geography=replace(ELECTION.geography, areas=areas)))
        shown = "\n".join(lines(record=record))
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "\N{REPLACEMENT CHARACTER}[31m[bold]Almaty\N{REPLACEMENT CHARACTER}" in shown
