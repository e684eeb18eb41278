"""What the verdict counts and does not list is in every number of the report, and nobody is sent where it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondcount.model.codes import make_issue
from secondcount.model.issue import Where
from secondcount.site.edition import edition_of
from secondcount.site.sections import findings_view, seats_view, summary_view
from unit.site.test_sections import edition, plain


class TestCounts:
    """What is counted and not listed is in every number that the report tells."""

    @pytest.mark.parametrize(
        ("language", "more"),
        [
            ("en", "5 more of this kind are in issues.csv."),
            ("ru", "Ещё 5 таких замечаний — в файле issues.csv."),
            ("kk", "Осындай тағы 5 ескертпе issues.csv файлында."),
        ],
    )
    def test_the_rest_is_in_the_number_and_in_the_table(self, language: str, more: str) -> None:
        """Twelve differences listed and five counted by R403: 17 contradictions, and the table has the rest."""
        values = {"copy": 1, "published": 2, "difference": -1}
        listed = [make_issue("R401", Where(station=str(place), cell="osdp"), **values) for place in range(12)]
        note = make_issue("R403", Where(publication="final"), count=5)
        issues = (*listed, replace(note, further=lambda: iter(listed[:5])))
        one = edition(language)
        told = replace(one, verdict=replace(one.verdict, issues=issues))
        group = findings_view(told)[0]
        assert "17" in group.title
        assert plain(group.codes[0].more) == more
        assert next(line for line in summary_view(told).tally if line.tone == "contradiction").sentence == "17"

    def test_what_no_table_lists_is_said_to_be_counted_only(self) -> None:
        """Of 30 findings 13 are listed: the report does not send the reader to a table for the others."""
        listed = [
            make_issue("S204", Where(station=str(place)), stations="1, 2", count=2, number=2, votes="1", shown="1, 2")
            for place in range(13)
        ]
        issues = (*listed, make_issue("S900", issue_code="S204", total=30, shown=13))
        one = edition()
        code = findings_view(replace(one, verdict=replace(one.verdict, issues=issues)))[0].codes[0]
        assert code.more == (
            "There are 18 more of this kind: issues.csv lists 13 in all; the other 17 are counted, not listed."
        )


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_condition_that_is_not_computed_stands_where_the_seats_are(language: str) -> None:
    """The section on seats does not call its table the rule of the law, and names what is missing."""
    part = edition(language).parts[0]
    rule = replace(part.contest.rule, not_coded="a fifth in half of the provinces")
    election = part.record.election
    contest = replace(part.contest, rule=rule)
    record = replace(part.record, election=replace(election, contests=(contest,)))
    told = edition_of(part.verdict, record, language).parts[0]
    assert "a fifth in half of the provinces" in seats_view(told).verdict
    assert seats_view(told).verdict != seats_view(part).verdict
