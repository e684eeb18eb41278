"""Sections of the report: order, conditions, arithmetic that adds up, and nothing silently left out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from secondcount.allocation.result import Outcome
from secondcount.audit.result import FalseSheets, Refusal
from secondcount.model.issue import Issue, Severity, Where
from secondcount.model.labels import Labels
from secondcount.site.edition import Edition, Part, edition_of
from secondcount.site.page import page_view
from secondcount.site.sections import (
    claims_view,
    copies_view,
    findings_view,
    inputs_table,
    publications_view,
    seats_view,
    shares_view,
    summary_view,
    thresholds_view,
)
from secondcount.tabulation.result import HeldKind
from secondcount.wording import LANGUAGES
from unit.site import fixture

TOTAL = {"en": "published total", "ru": "опубликованное общее число", "kk": "жарияланған жалпы сан"}
CONDITION = {"en": "genuine", "ru": "подлинные", "kk": "түпнұсқаға сай болса"}


def edition(language: str = "en", *, copies: bool = True) -> Edition:
    """Return the fixture in one language."""
    return edition_of(fixture.verdict(copies=copies), fixture.record(copies=copies), language)


def part(language: str = "en", *, copies: bool = True) -> Part:
    """Return the only contest of the fixture."""
    return edition(language, copies=copies).parts[0]


def number(text: str) -> int:
    """Return a printed whole number."""
    return int(text.replace(",", "").replace("−", "-"))


def plain(text: str) -> str:
    """Return text with ordinary spaces."""
    return text.replace("\u00a0", " ")


class TestSummary:
    def test_tells_local_conclusions_first(self) -> None:
        """The city before the country, as the verdict has them."""
        assert [group.area for group in summary_view(edition()).groups] == ["Almaty city", "Kazakhstan"]

    def test_tells_what_is_decided_before_what_is_not(self) -> None:
        """Within an area: proved, refuted, contradiction, open, consistent, fact."""
        tones = [[line.tone for line in group.lines] for group in summary_view(edition()).groups]
        assert tones == [["proved", "contradiction"], ["contradiction", "open", "consistent", "fact"]]

    def test_counts_claims_and_contradictions(self) -> None:
        """The tally: one proved, none refuted (so without the colour of it), one open, one contradiction."""
        assert [(one.tone, one.sentence) for one in summary_view(edition()).tally] == [
            ("proved", "1"),
            ("fact", "0"),
            ("open", "1"),
            ("contradiction", "1"),
        ]

    def test_counts_no_claims_where_there_are_none(self) -> None:
        """The words "0 claims proved" would be misread where nobody claimed anything."""
        assert [one.tone for one in summary_view(edition(copies=False)).tally] == ["contradiction"]

    def test_every_line_leads_to_its_arithmetic(self) -> None:
        """Each headline names the section that shows why."""
        lines = [line for group in summary_view(edition()).groups for line in group.lines]
        assert [line.section for line in lines] == ["claims", "copies", "findings", "claims", "seats", "seats"]

    def test_an_open_question_that_is_no_claim_is_not_counted_as_one(self) -> None:
        """Seats that cannot be computed are told, but the tally counts claims."""
        verdict = fixture.verdict()
        other = replace(verdict.statements[-1], key="seats_not_computable", tone="refused", values=())
        told = edition_of(replace(verdict, statements=(*verdict.statements, other)), fixture.record(), "en")
        assert [one.sentence for one in summary_view(told).tally] == ["1", "0", "1", "1"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_proved_line_says_its_condition(self, language: str) -> None:
        """In the word of the tone and in the sentence."""
        lines = [line for group in summary_view(edition(language)).groups for line in group.lines]
        (proved,) = [line for line in lines if line.tone == "proved"]
        assert CONDITION[language] in proved.word.lower()
        assert CONDITION[language] in proved.sentence

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_proof_that_needs_the_published_total_says_so_everywhere(self, language: str) -> None:
        """In the tile, the badge, the sentence and the arithmetic: genuine copies are only half of its condition."""
        summary, claim = summary_view(edition(language)), claims_view(part(language))[0]
        tile = next(one for one in summary.tally if one.tone == "proved")
        line = next(one for group in summary.groups for one in group.lines if one.tone == "proved")
        texts = (tile.word, line.word, line.sentence, claim.word, claim.grounds[0].sentence)
        assert all(TOTAL[language] in one for one in (*texts, claim.grounds[0].tables[0].note))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_proof_without_the_published_total_does_not_name_it(self, language: str) -> None:
        """Where CAP decides the same, the headline needs genuine copies alone."""
        verdict = fixture.verdict()
        both = replace(verdict.statements[1], key="claim_proved_both")
        told = edition_of(replace(verdict, statements=(both,)), fixture.record(), language)
        (line,) = summary_view(told).groups[0].lines
        assert TOTAL[language] not in line.word
        assert TOTAL[language] not in summary_view(told).tally[0].word

    def test_an_unknown_tone_is_told_as_a_fact(self) -> None:
        """A newer verdict may know tones that this page does not; nothing is lost."""
        verdict = fixture.verdict()
        odd = replace(verdict.statements[0], tone="new")
        told = edition_of(replace(verdict, statements=(odd,)), fixture.record(), "en")
        assert [line.tone for line in summary_view(told).groups[0].lines] == ["fact"]


class TestClaims:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_was_typed_is_never_the_only_form(self, language: str) -> None:
        """Heading, chart and headline say the claim in words, with the short names of the page."""
        one = part(language)
        view = claims_view(one)[0]
        assert one.voice.short("osdp") in view.words
        assert view.chart
        assert view.words in view.chart.title
        lines = [line for group in summary_view(edition(language)).groups for line in group.lines]
        assert [view.words in line.sentence for line in lines if line.tone in ("proved", "open")] == [True, True]

    def test_a_set_of_one_result_is_no_range(self) -> None:
        """One number and not a range from it to itself."""
        one = part()
        last = one.found.claims[1]
        known = tuple(replace(a, lower=Fraction(1, 5), upper=Fraction(1, 5)) for a in last.assessments)
        view = claims_view(replace(one, found=replace(one.found, claims=(replace(last, assessments=known),))))[0]
        assert [plain(row[3]) for row in view.table.rows] == ["20.00 %"] * len(view.table.rows)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_conclusion_says_condition_n_of_n_and_k(self, language: str) -> None:
        """If genuine, from 120 of 412, k = 31: in one sentence with the conclusion."""
        sentence = plain(claims_view(part(language))[0].grounds[0].sentence)
        assert CONDITION[language] in sentence
        assert "120" in sentence
        assert "412" in sentence
        assert "k = 31" in sentence

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_open_claim_says_what_is_settled(self, language: str) -> None:
        """NOT DECIDED always comes with n of N and with the range that is settled."""
        sentence = plain(claims_view(part(language))[0].grounds[1].sentence).replace(",", ".")
        assert "120" in sentence
        assert "3.89 %" in sentence
        assert "92.87 %" in sentence

    def test_the_certificate_adds_up(self) -> None:
        """Each product is its factors multiplied, and the last line is their sum."""
        table = claims_view(part())[0].grounds[0].tables[0]
        for _, votes, times, product in table.rows:
            assert number(votes) * number(times) == number(product)
        assert sum(number(row[3]) for row in table.rows) == number(table.foot[3])

    def test_both_witnesses_contain_the_copies(self) -> None:
        """No category of a witness falls below what the copies show."""
        table = claims_view(part())[1].grounds[0].tables[0]
        for _, copies, holds, fails in table.rows:
            assert number(holds) >= number(copies)
            assert number(fails) >= number(copies)

    def test_witnesses_show_the_share_on_both_sides(self) -> None:
        """One witness lies above the claimed 7 %, the other below."""
        foot = claims_view(part())[1].grounds[0].tables[0].foot
        assert [plain(cell) for cell in foot[2:]] == ["99.42 %", "0.32 %"]

    def test_says_what_would_have_to_be_true(self) -> None:
        """Votes, share, votes per station, and what the published figures leave there."""
        lines = [plain(line) for line in claims_view(part())[1].needs]
        assert any("464,009" in line for line in lines)
        assert any("48.1 votes at each of 9,644" in line for line in lines)
        assert any("94,657" in line for line in lines)

    def test_says_how_many_further_protocols(self) -> None:
        """Four ways to decide, and where to go first."""
        lines = claims_view(part())[1].further
        assert [line.split(": ")[-1] for line in lines] == [
            "650.",
            "2,900.",
            "8,700.",
            "8,850.",
            "Astana, Akmola region.",
        ]

    def test_a_decided_claim_needs_nothing(self) -> None:
        """What is proved is not told what it would need."""
        assert claims_view(part())[0].needs == ()

    def test_a_claim_that_holds_on_the_copies_needs_no_votes(self) -> None:
        """Zero votes needed is said in words, not as "at least 0 of 6,879,278"."""
        one = part()
        last = one.found.claims[1]
        needs = last.assessments[0].needs
        assert needs
        ahead = replace(last.assessments[0], needs=replace(needs, votes=0))
        claims = (replace(last, assessments=(ahead, last.assessments[1])),)
        lines = claims_view(replace(one, found=replace(one.found, claims=claims)))[0].needs
        assert "needs no vote" in lines[0]

    def test_a_column_that_says_nothing_is_left_out(self) -> None:
        """A claim about seats has no set on a line, and nothing decided has no k."""
        one = part()
        last = one.found.claims[1]
        bare = tuple(replace(a, lower=None, upper=None) for a in last.assessments)
        claims = (replace(last, assessments=bare),)
        table = claims_view(replace(one, found=replace(one.found, claims=claims)))[0].table
        assert [column.title for column in table.columns] == [
            "Copies of",
            "Assumption",
            "Polling stations",
            "Standing",
        ]

    def test_an_inexact_k_is_at_least_so_many(self) -> None:
        """A bound is not printed as the number itself."""
        one = part()
        first = one.found.claims[0]
        bounded = replace(first.assessments[0], false_sheets=FalseSheets(k=12, exact=False))
        claims = (replace(first, assessments=(bounded, *first.assessments[1:])),)
        view = claims_view(replace(one, found=replace(one.found, claims=claims)))[0]
        assert view.table.rows[0][-1] == "at least 12"

    @pytest.mark.parametrize(
        ("turnout", "cap"), [("not_decided", "proved"), ("proved", "not_decided"), ("", "proved")]
    )
    def test_what_decides_heads_the_claim(self, turnout: str, cap: str) -> None:
        """Proved under either feasible set is proved; the grounds say under which."""
        one = part()
        claims = (replace(one.found.claims[0], decided_by_turnout=turnout, decided_by_cap=cap),)
        assert claims_view(replace(one, found=replace(one.found, claims=claims)))[0].tone == "proved"

    def test_a_feasible_set_that_cannot_be_used_gives_no_ground(self) -> None:
        """The country's CAP is unknown: nothing is concluded from it."""
        assert len(claims_view(part())[1].grounds) == 1

    def test_full_coverage_assumes_nothing(self) -> None:
        """Every station seen: one ground, named as such, instead of the same one twice."""
        one = part()
        first = one.found.claims[0]
        seen = tuple(replace(a, unseen=0, standing=first.assessments[0].standing) for a in first.assessments)
        claims = (replace(first, assessments=seen, decided_by_cap="proved"),)
        grounds = claims_view(replace(one, found=replace(one.found, claims=claims)))[0].grounds
        assert [ground.assumption for ground in grounds] == ["Every polling station has a copy, so nothing is assumed"]

    def test_without_copies_nothing_is_settled(self) -> None:
        """No copy: no chart of sets, no table of witnesses, one plain sentence."""
        one = part()
        last = one.found.claims[1]
        none = tuple(replace(a, sheets=0) for a in last.assessments)
        claims = (replace(last, assessments=none),)
        view = claims_view(replace(one, found=replace(one.found, claims=claims)))[0]
        assert "no copy of any protocol" in view.grounds[0].sentence
        assert (view.chart, view.grounds[0].tables, view.table.rows) == (None, (), ())

    def test_refusals_are_told_once(self) -> None:
        """The same refusal under both feasible sets is one line."""
        one = part()
        last = one.found.claims[1]
        refusal = Refusal(code="C101", values=(("text", "who did it"),))
        twice = tuple(replace(a, refusals=(refusal,)) for a in last.assessments)
        claims = (replace(last, assessments=twice),)
        assert len(claims_view(replace(one, found=replace(one.found, claims=claims)))[0].refusals) == 1


class TestSeats:
    def test_the_table_can_be_checked_by_hand(self) -> None:
        """Whole quotas and remainders add up to the seats, and these to the house."""
        table = seats_view(part()).table
        assert table
        for row in table.rows[:3]:
            assert number(row[3]) + number(row[4]) == number(row[5])
        assert table.foot[3:6] == ("96", "2", "98")

    def test_the_quota_is_written_out(self) -> None:
        """6,638,629 / 98 = 67,741.1122."""
        assert "6,638,629" in seats_view(part()).working[0]
        assert "67,741.1122" in seats_view(part()).working[0]

    def test_says_what_a_missed_threshold_would_have_changed(self) -> None:
        """Without the third list 90 and 8."""
        assert "Nur Otan 90, Ak Zhol 8" in seats_view(part()).what_if[0]

    def test_says_where_rule_and_announcement_differ(self) -> None:
        """Disagreement is said in words, agreement too."""
        one = part()
        differs = replace(one, found=replace(one.found, seats=replace(one.found.seats, agrees=False)))
        assert "does not give" in seats_view(differs).verdict
        assert "exactly the announced" in seats_view(one).verdict

    @pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.DECIDED])
    def test_says_what_the_rule_leaves_open(self, outcome: Outcome) -> None:
        """A lot, silence of the law, a second round and nobody are results with words of their own."""
        one = part()
        allocation = replace(fixture.allocation(), outcome=outcome, undistributed=2)
        seats = replace(one.found.seats, allocation=allocation)
        assert seats_view(replace(one, found=replace(one.found, seats=seats))).verdict

    def test_without_votes_shows_the_announced_seats(self) -> None:
        """Nothing computed, but what was announced is shown as announced."""
        one = part()
        seats = replace(one.found.seats, allocation=None, margins=(), agrees=None)
        view = seats_view(replace(one, found=replace(one.found, seats=seats)))
        assert "cannot be computed" in view.verdict
        assert view.table
        assert [row[1] for row in view.table.rows] == ["83", "8", "7"]


class TestThreshold:
    def test_names_the_closest_lists(self) -> None:
        """Last above and first below, with moved and added votes."""
        above, below = thresholds_view(part()).sentences
        assert "12,902.6" in above
        assert "12,903" in above
        assert "369,351.4" in below
        assert "369,352" in below
        assert "397,153" in below

    def test_keeps_the_bases_apart(self) -> None:
        """One table per base; distances in votes only where the total is published."""
        published, legal = thresholds_view(part()).tables
        assert len(published.columns) == 6
        assert len(legal.columns) == 3

    def test_is_left_out_where_the_law_has_none(self) -> None:
        """No threshold, no section."""
        one = part()
        rule = replace(one.contest.rule, threshold=None)
        bare = replace(one, contest=replace(one.contest, rule=rule), found=replace(one.found, thresholds=()))
        view = thresholds_view(bare)
        assert (view.tables, view.chart) == ((), None)


class TestShares:
    def test_every_base_says_its_total_and_use(self) -> None:
        """The published base exactly, the base of the law in its range."""
        published, legal = shares_view(part()).bases
        assert (published.total, legal.total) == ("6,941,220", "6,941,220 to 7,125,482")
        assert "published percentages" in published.used
        assert "threshold" in legal.used


class TestCopies:
    def test_tells_contradictions_with_their_arithmetic(self) -> None:
        """19,034 − 21,877 = −2,843, k = 9, if genuine."""
        (one,) = copies_view(part()).held
        assert one.tone == "contradiction"
        assert one.arithmetic == "19,034 − 21,877 = −2,843"
        assert "genuine" in one.sentence
        assert "9 copies" in one.sentence

    def test_lists_every_held_figure(self) -> None:
        """Remainders stand in the table though they are no headline."""
        table = copies_view(part()).table
        assert table
        assert len(table.rows) == len(fixture.held())

    @pytest.mark.parametrize("kind", list(HeldKind))
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_words_for_every_kind(self, kind: HeldKind, language: str) -> None:
        """Each way in which copies can stand to a sum can be told in each language."""
        one = part(language)
        held = (replace(fixture.held()[0], kind=kind),)
        view = copies_view(replace(one, found=replace(one.found, held=held)))
        assert len(view.held) == (kind is not HeldKind.REMAINDER)

    def test_says_that_there_are_none(self) -> None:
        """Without copies the section says so instead of vanishing."""
        assert "No copies" in copies_view(part(copies=False)).lead


class TestFindings:
    def test_tell_contradictions_first(self) -> None:
        """Then errors, unusual values, notes."""
        kinds = [group.severity for group in findings_view(edition())]
        assert kinds == ["contradiction", "error", "unusual", "note"]

    def test_show_place_and_advice(self) -> None:
        """File, line and column where they are known."""
        error = findings_view(edition())[1].codes[0]
        assert error.findings[0].place == "line 12 · column “osdp”"
        assert error.advice

    def test_write_out_so_many_of_a_code_and_count_the_rest(self) -> None:
        """Hundreds of one kind do not drown the page, and are not silently dropped."""
        issue = fixture.issues()[2]
        many = tuple(replace(issue, where=Where(file="copies.csv", line=line)) for line in range(1, 101))
        told = edition_of(replace(fixture.verdict(), issues=many), fixture.record(), "en")
        (code,) = findings_view(told)[0].codes
        assert len(code.findings) == 12
        assert "88 more" in code.more

    @pytest.mark.parametrize(("language", "figure"), [("en", "53.32"), ("ru", "53,32"), ("kk", "53,32")])
    def test_speak_with_short_names_and_the_decimal_sign_of_the_language(self, language: str, figure: str) -> None:
        """The same short names as the headlines, and figures as the language writes them."""
        where = Where(contest="list", area="kz", publication="final", cell="osdp")
        values = (("first", "53.32\u00a0%"), ("source_first", "a"), ("second", "53.23\u00a0%"), ("source_second", "b"))
        odd = Issue(code="R121", severity=Severity.CONTRADICTION, where=where, values=values)
        told = edition_of(replace(fixture.verdict(), issues=(odd,)), fixture.record(), language)
        (finding,) = findings_view(told)[0].codes[0].findings
        assert f" {told.voice.short('osdp')}: {figure}\u00a0%" in finding.reason

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("code", ["D308", "D309"])
    def test_a_key_stands_after_the_sentence(self, language: str, code: str) -> None:
        """Readers of a report do not write definitions: where the key is comes last."""
        odd = Issue(code=code, severity=Severity.NOTE, where=Where(file="a.toml", key="contests[0].rule.ties"))
        told = edition_of(replace(fixture.verdict(), issues=(odd,)), fixture.record(), language)
        (finding,) = findings_view(told)[0].codes[0].findings
        assert finding.reason.endswith("(contests[0].rule.ties).")

    def test_an_issue_without_words_is_told_by_its_code(self) -> None:
        """A code that no catalogue knows is shown, not hidden, and nothing crashes."""
        odd = Issue(code="Z999", severity=Severity.NOTE, where=Where(file="x.csv"))
        told = edition_of(replace(fixture.verdict(), issues=(odd,)), fixture.record(), "en")
        assert findings_view(told)[0].codes[0].title == "Z999"


class TestInputsAndPublications:
    def test_every_input_shows_its_digest(self) -> None:
        """Name, kind, rows, SHA-256; what is made up says so."""
        rows = inputs_table(edition()).rows
        assert [row[3] for row in rows] == ["a" * 64, "b" * 64]
        assert rows[1][0] == "copies.csv (SYNTHETIC)"

    @pytest.mark.parametrize(("label", "shown"), [("Sum", "Sum (SYNTHETIC)"), ("Sum (SYNTHETIC)", "Sum (SYNTHETIC)")])
    def test_a_made_up_publication_is_marked_once(self, label: str, shown: str) -> None:
        """Its name may say it already."""
        record = fixture.record()
        made_up = replace(record.publications[0], labels=Labels(en=label), synthetic=True)
        table = publications_view(edition_of(fixture.verdict(), replace(record, publications=(made_up,)), "en")).table
        assert table
        assert table.rows[0][0] == shown

    def test_every_publication_shows_when_and_from_whom(self) -> None:
        """A date that is not known is said to be unknown."""
        table = publications_view(edition()).table
        assert table
        assert [plain(row[2]) for row in table.rows] == [
            "date not known",
            "date not known",
            "16 January 2012, 06:38 (UTC)",
            "17 January 2012",
        ]


class TestPage:
    def test_leaves_out_sections_that_would_be_empty(self) -> None:
        """No claims, no findings: neither a heading nor an entry in the contents."""
        bare = replace(fixture.verdict(copies=False), issues=())
        sections = page_view(edition_of(bare, fixture.record(copies=False), "en")).sections
        assert sections == ("seats", "shares", "threshold", "copies", "publications", "inputs", "method")

    def test_follows_the_order_of_the_issue(self) -> None:
        """Seats, shares, threshold, copies, claims, publications, findings, inputs, method."""
        assert page_view(edition()).sections == (
            "seats",
            "shares",
            "threshold",
            "copies",
            "claims",
            "publications",
            "findings",
            "inputs",
            "method",
        )

    def test_a_contest_that_the_definition_does_not_know_is_left_out(self) -> None:
        """A verdict of another definition does not crash the page."""
        verdict = fixture.verdict()
        stranger = replace(verdict.contests[0], contest="another")
        told = edition_of(replace(verdict, contests=(stranger,)), fixture.record(), "en")
        assert told.parts == ()
        assert page_view(told).contests == ()


def test_shares_of_a_bounded_base_are_a_range() -> None:
    """Least and greatest share from the greatest and least total."""
    chart = shares_view(part()).chart
    assert chart
    shares = {row[0]: row[3] for row in chart.table.rows}
    low, high = Fraction(116_534, 7_125_482), Fraction(116_534, 6_941_220)
    assert plain(shares["OSDP"]) == f"{float(low):.2%} to {float(high):.2%}".replace("%", " %")
