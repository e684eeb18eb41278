"""Law: a time limit is printed only on a day on which its text was in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from secondcount.jurisdictions import deadlines_on, load_shipped, shipped_names, shipped_parameters
from secondcount.model.issue import Severity
from secondcount.model.naming import issue_values
from secondcount.wording import phrasebook

ELECTION = load_shipped("kazakhstan.majilis.2012").election


def test_on_voting_day_all_of_2012_are_in_force() -> None:
    """Deadlines first, remedies after them, none refused."""
    valid, refused = deadlines_on(ELECTION, date(2012, 1, 15))
    assert valid == ELECTION.deadlines + ELECTION.remedies
    assert refused == ()


@pytest.mark.parametrize(("day", "in_force"), [(0, True), (-1, False)])
def test_the_first_day_counts(day: int, in_force: bool) -> None:
    """The text is in force from `valid_from` on, that day included, and not the day before."""
    deadline = ELECTION.remedies[0]
    valid, _ = deadlines_on(ELECTION, deadline.valid_from + timedelta(days=day))
    assert (deadline in valid) is in_force


@pytest.mark.parametrize(("day", "in_force"), [(0, True), (1, False)])
def test_the_last_day_counts(day: int, in_force: bool) -> None:
    """The text is in force until `valid_to`, that day included, and not the day after."""
    deadline = ELECTION.remedies[0]
    assert deadline.valid_to is not None
    valid, _ = deadlines_on(ELECTION, deadline.valid_to + timedelta(days=day))
    assert (deadline in valid) is in_force


def test_outside_its_dates_a_time_limit_is_refused() -> None:
    """On a later day each limit becomes one note that names its key, its dates and its source."""
    valid, refused = deadlines_on(ELECTION, date(2013, 1, 1))
    assert valid == ()
    assert [one.where.key for one in refused] == [
        *(f"deadlines[{index}]" for index in range(len(ELECTION.deadlines))),
        *(f"remedies[{index}]" for index in range(len(ELECTION.remedies))),
    ]
    assert {(one.code, one.severity) for one in refused} == {("D212", Severity.NOTE)}
    for language in ("en", "ru", "kk"):
        said = phrasebook(language).say("issue.D212.reason", **issue_values(refused[0]))
        assert all(part in said for part in ("2009-02-09", "2012-12-31", "2013-01-01"))


def test_the_complaint_of_2012_is_not_printed_for_2023() -> None:
    """The ten days of the text of 2009 are refused on the voting day of 2023: they may have changed since."""
    later = load_shipped("kazakhstan.majilis.2023").election
    valid, refused = deadlines_on(later, later.voting_day)
    assert "complaint" not in [one.id for one in valid]
    assert "complaint" in [one.id for one in later.remedies]
    assert len(valid) + len(refused) == len(later.deadlines) + len(later.remedies)


@pytest.mark.parametrize("name", [one for one in shipped_names() if not shipped_parameters(one)])
def test_every_time_limit_has_an_end_and_a_source(name: str) -> None:
    """No shipped text is claimed to be in force for ever, and each names where it was read."""
    election = load_shipped(name).election
    for one in (*election.deadlines, *election.remedies):
        assert one.valid_to is not None
        assert one.valid_to.year <= election.voting_day.year
        assert one.source
