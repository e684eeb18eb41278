"""The catalogues of the three languages say the same things, completely, in the house's words and spelling."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from secondcount.model import codes
from secondcount.model.labels import LANGUAGES as LABEL_LANGUAGES
from secondcount.wording import LANGUAGES, Phrasebook, phrasebook
from secondcount.wording.catalogue import load_topic, topic_of, topics
from secondcount.wording.plurals import FALLBACKS, REQUIRED
from secondcount.wording.template import Plural, Template, compile_template, names_of

FOLDER = Path(str(files("secondcount.wording"))) / "catalogues"
CODES = sorted(codes.CODES)

NEVER = re.compile(
    r"\bfraud|\brigg(ed|ing)|\bstolen|\bsuspicious|\banomal|фальсифи|вброс|приписк|карусел|подтасов|бұрмала|жалған",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b(color|center|favor|labor|honor|neighbor|behavior|catalog|analyze|organize|recognize|summarize|apologize)"
    r"|\b(labeled|labeling|canceled|canceling|modeled|traveled|defense|artifact|fulfill|gray|judgment)\b"
    r"|\bpercent\b(?! sign)",
    re.IGNORECASE,
)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return every sentence of a language under its dotted key."""
    return {key: text for topic in topics(language) for key, text in load_topic(language, topic).items()}


def plurals(template: Template) -> Iterator[Plural]:
    for piece in template:
        if isinstance(piece, Plural):
            yield piece
            for branch in piece.branches.values():
                yield from plurals(branch)


def test_the_languages_are_those_of_the_labels() -> None:
    """Screens and labels exist in the same languages."""
    assert LANGUAGES == LABEL_LANGUAGES


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_all_languages_have_the_same_keys(language: str) -> None:
    """No sentence is missing in any language, and none is left over."""
    assert set(catalogue("en")) ^ set(catalogue(language)) == set()


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_all_languages_need_the_same_values(language: str) -> None:
    """A translation uses exactly the values of the English sentence."""
    ours, theirs = catalogue("en"), catalogue(language)
    different = {
        key: sorted(names_of(compile_template(ours[key])) ^ names_of(compile_template(theirs[key])))
        for key in ours.keys() & theirs.keys()
        if names_of(compile_template(ours[key])) != names_of(compile_template(theirs[key]))
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_its_forms(language: str) -> None:
    """A plural spells out the forms that the language has, and no others than the CLDR categories."""
    incomplete = [
        f"{key}: {sorted(plural.branches)}"
        for key, text in catalogue(language).items()
        for plural in plurals(compile_template(text))
        if not set(REQUIRED[language]) <= set(plural.branches) <= set(FALLBACKS)
    ]
    assert incomplete == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_sentences(language: str) -> None:
    """Every registered issue code has title, reason and advice."""
    wanted = {f"issue.{code}.{part}" for code in CODES for part in ("title", "reason", "advice")}
    assert sorted(wanted - set(catalogue(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_of_an_unregistered_code(language: str) -> None:
    """No sentence explains a code that does not exist."""
    explained = {key.split(".")[1] for key in catalogue(language) if key.startswith("issue.")}
    assert sorted(explained - set(CODES)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_need_no_values(language: str) -> None:
    """The title of a code is the same wherever it is met: lists of issues print it without any values."""
    titles = {key: text for key, text in catalogue(language).items() if re.fullmatch(r"issue\.\w+\.title", key)}
    assert [key for key, text in titles.items() if names_of(compile_template(text))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_accusation(language: str) -> None:
    """The words that are never our conclusion occur in no catalogue."""
    assert [key for key, text in catalogue(language).items() if NEVER.search(text)] == []


def test_english_is_british() -> None:
    """The English catalogue uses British spelling (a list of the usual slips)."""
    assert [key for key, text in catalogue("en").items() if AMERICAN.search(text.replace("no-color", ""))] == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_second_count_is_no_statutory_recount(language: str) -> None:
    """The word for the recount of the law is used of that recount only, never of the second count (words.md)."""
    statutory = re.compile(r"повторн\w+ подсч[её]т|қайта сана", re.IGNORECASE)
    of_the_law = {"issue.C141.advice"}  # "A recount of ballots is a matter of the law."
    assert {key for key, text in catalogue(language).items() if statutory.search(text)} <= of_the_law


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conclusion_says_its_condition_in_the_same_sentence(language: str) -> None:
    """Wherever a headline says PROVED or REFUTED, it says "if these copies are genuine" as well (words.md)."""
    condition = {"en": "if these copies are genuine", "ru": "если эти копии подлинные", "kk": "түпнұсқаға сай болса"}
    concluding = {key: text for key, text in catalogue(language).items() if key.startswith("statement.claim_")}
    words = [phrasebook(language).say(f"ui.standing.word_{one}") for one in ("proved", "refuted")]
    unconditional = [
        key
        for key, text in concluding.items()
        for sentence in text.split(". ")
        if any(word in sentence for word in words) and condition[language] not in sentence
    ]
    assert unconditional == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_holds_the_keys_that_its_name_promises(path: Path) -> None:
    """`issues_table.toml` holds `issue.*` only: else its sentences would not be found when they are needed."""
    tops = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {name.removesuffix("s") for name in tops} == {topic_of(path.name)}


class TestPhrasebook:
    """Topics are read when first needed."""

    def test_only_the_topic_in_question_is_read(self) -> None:
        """A screen without issues reads none of their sentences; no topic is read twice."""
        read: list[str] = []

        def load(topic: str) -> Mapping[str, str]:
            read.append(topic)
            return {f"{topic}.word": "x", f"{topic}.other": "y"}

        book = Phrasebook("en", load)
        assert [book.say("ui.word"), book.say("ui.other"), book.say("cli.word")] == ["x", "y", "x"]
        assert read == ["ui", "cli"]

    def test_there_is_one_phrasebook_per_language(self) -> None:
        """Asking again gives the same object: nothing is read twice in one run."""
        assert phrasebook("kk") is phrasebook("kk")

    def test_an_unknown_language_is_a_bug(self) -> None:
        """There is no German catalogue, and none is invented."""
        with pytest.raises(KeyError):
            phrasebook("de").say("ui.none")

    def test_a_key_can_be_asked_for(self) -> None:
        """`has` tells whether a sentence exists, `needs` which values it takes."""
        assert phrasebook("en").has("issue.X101.title")
        assert not phrasebook("en").has("issue.X999.title")
        assert phrasebook("en").needs("issue.X110.reason") == {"file", "reason"}


class TestBrokenCatalogue:
    """A broken catalogue is a bug that is heard at once."""

    @pytest.fixture(autouse=True)
    def catalogue_of_this_test(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Let the room read catalogues of a folder of this test."""
        (tmp_path / "catalogues" / "en").mkdir(parents=True)
        monkeypatch.setattr("secondcount.wording.catalogue.files", lambda _: tmp_path)
        return tmp_path / "catalogues" / "en"

    def test_a_key_in_two_files(self, catalogue_of_this_test: Path) -> None:
        """Two files of a topic may not hold the same key: one of them would be lost."""
        for name in ("issues_a.toml", "issues_b.toml"):
            (catalogue_of_this_test / name).write_text('[issue.T1]\ntitle = "x"\n', encoding="utf-8")
        with pytest.raises(ValueError, match=r"issue\.T1\.title is defined twice"):
            load_topic("en", "issue")

    def test_a_value_that_is_no_text(self, catalogue_of_this_test: Path) -> None:
        """A number in a catalogue is a slip."""
        (catalogue_of_this_test / "ui.toml").write_text("[ui]\ncount = 7\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"ui\.count is not text"):
            load_topic("en", "ui")

    def test_other_files_are_no_catalogues(self, catalogue_of_this_test: Path) -> None:
        """A note for translators beside the catalogues is left alone."""
        (catalogue_of_this_test / "README.md").write_text("Notes", encoding="utf-8")
        assert topics("en") == ()
