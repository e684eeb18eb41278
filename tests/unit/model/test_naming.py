"""Everything in an election has its name in every language; an issue's sentence knows its place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from screens.specimen import CONTEST, ELECTION, FINAL, RECORD
from secondcount.cli.screen.voice import voice_of
from secondcount.model.claim import ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.codes import make_issue
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.issue import Where
from secondcount.model.labels import LANGUAGES, Labels
from secondcount.model.naming import area_labels, issue_values, label_map
from secondcount.model.rule import Comparison
from secondcount.wording import phrasebook


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_tables_of_one_label_are_told_apart(language: str) -> None:
    """Two snapshots read by one layout have one label: the file stands behind it, or the id without a source."""
    label = FINAL.labels.get(language)
    first, last = replace(FINAL, id="a", sources=("first.csv",)), replace(FINAL, id="b", sources=())
    names = label_map(ELECTION, [first, last], language)
    assert (names["publication/a"], names["publication/b"]) == (f"{label} (first.csv)", f"{label} (b)")
    assert label_map(ELECTION, [first], language)["publication/a"] == label


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


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            ShareClaim(contestant="osdp", comparison=Comparison.AT_LEAST, share=Fraction(7125, 100000)),
            ("OSDP has at least 7.125 % of votes for the lists", "ОСДП: не менее 7,125 %, база: голоса за списки"),
        ),
        (
            ShareClaim(contestant="osdp", comparison=Comparison.LESS_THAN, share=Fraction(7, 100), base="took_part"),
            (
                "OSDP has less than 7 % of voters who took part",
                "ОСДП: менее 7 %, база: избиратели, принявшие участие",
            ),
        ),
        (
            LeadClaim(contestant="osdp", over="nur"),
            ("OSDP has more votes than Nur Otan", "у участника ОСДП голосов больше, чем у участника Нур Отан"),
        ),
        (SeatsClaim(contestant="osdp", seats=2), ("OSDP gets 2 seats", "ОСДП получает 2 мандата")),
        (InClaim(contestant="osdp"), ("OSDP gets at least one seat", "ОСДП получает хотя бы один мандат")),
    ],
)
def test_every_claim_has_words(body: ClaimBody, words: tuple[str, str]) -> None:
    """What was typed may hold ids; what it means is told with the short names, and no digit of a share is lost."""
    for language, said in zip(("en", "ru"), words, strict=True):
        voice = voice_of(RECORD, phrasebook(language), "list")
        assert voice.claim(body, "valid").replace("\u00a0", " ") == said


def test_areas_of_one_name_are_told_apart() -> None:
    """El Alto the municipality and El Alto the locality; two localities of one name by what lies around them."""
    levels = tuple(Level(id=one, labels=Labels(en=one)) for one in ("country", "municipality", "locality"))

    def area(name: str, level: str, parent: str | None, label: str) -> Area:
        return Area(id=name, level=level, parent=parent, labels=Labels(en=label))

    geography = Geography(
        levels=levels,
        areas=(
            area("bo", "country", None, "Bolivia"),
            area("a", "municipality", "bo", "El Alto"),
            area("b", "municipality", "bo", "Cercado"),
            area("a/1", "locality", "a", "El Alto"),
            area("a/2", "locality", "a", "San José"),
            area("b/1", "locality", "b", "San José"),
        ),
    )
    assert area_labels(geography, "en") == {
        "bo": "Bolivia",
        "a": "El Alto (municipality)",
        "b": "Cercado",
        "a/1": "El Alto (locality)",
        "a/2": "San José (locality, El Alto)",
        "b/1": "San José (locality, Cercado)",
    }
    names = label_map(replace(ELECTION, geography=geography), [], "en")
    assert (names["area/"], names["area/a"]) == ("Bolivia", "El Alto (municipality)")
