"""Everything in an election has its name in every language; an issue's sentence knows its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screens.specimen import CONTEST, ELECTION, FINAL
from secondcount.model.codes import make_issue
from secondcount.model.issue import Where
from secondcount.model.labels import LANGUAGES, Labels
from secondcount.model.naming import issue_values, label_map


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_name(language: str) -> None:
    """Areas, levels, publications, contests, bases, lines, contestants; cells are lines or contestants."""
    names = label_map(ELECTION, [FINAL], language)
    assert names["area/almaty"] == ELECTION.geography.areas[1].labels.get(language)
    assert names["level/country"] == ELECTION.geography.levels[0].labels.get(language)
    assert names["publication/final"] == FINAL.labels.get(language)
    assert names["contest/list"] == CONTEST.labels.get(language)
    assert names["base/took_part"] == CONTEST.bases[1].labels.get(language)
    assert names["line/took_part"] == names["cell/took_part"] == CONTEST.form.lines[0].labels.get(language)
    assert names["contestant/osdp"] == names["cell/osdp"] == CONTEST.contestants[2].labels.get(language)


def test_a_base_and_a_line_of_one_id_keep_their_own_names() -> None:
    """The base "voters who took part" is not the line "Took part"."""
    names = label_map(ELECTION, [], "en")
    assert (names["base/took_part"], names["line/took_part"]) == ("voters who took part", "Took part")


def test_no_area_said_is_the_whole() -> None:
    """The empty area is the root."""
    assert label_map(ELECTION, [], "ru")["area/"] == "Казахстан"


def test_short_names_are_for_contestants() -> None:
    """The short name where there is one; areas keep theirs."""
    names = label_map(ELECTION, [], "en", short=True)
    assert (names["contestant/osdp"], names["area/almaty"]) == ("OSDP", "Almaty")
    unshortened = replace(CONTEST, contestants=(replace(CONTEST.contestants[0], short=None),))
    names = label_map(replace(ELECTION, contests=(unshortened,)), [], "en", short=True)
    assert names["contestant/nur"] == "Nur Otan Party"


def test_the_contest_in_question_names_its_own() -> None:
    """Two contests may use one id; the contest that is spoken of wins."""
    other = replace(
        CONTEST,
        id="district",
        contestants=(replace(CONTEST.contestants[0], labels=Labels(en="A. Nurova"), short=None),),
    )
    both = replace(ELECTION, contests=(CONTEST, other))
    assert label_map(both, [], "en")["contestant/nur"] == "Nur Otan Party"
    assert label_map(both, [], "en", contest="district")["contestant/nur"] == "A. Nurova"


def test_an_issue_knows_its_place_and_its_values_win() -> None:
    """Every part of the place is at hand, empty where unknown; a value of the same name replaces it."""
    issue = make_issue("X110", Where(file="a.csv", line=7), reason="gone", area="almaty")
    values = issue_values(issue)
    assert (values["file"], values["line"], values["reason"], values["area"]) == ("a.csv", 7, "gone", "almaty")
    assert values["station"] == ""
