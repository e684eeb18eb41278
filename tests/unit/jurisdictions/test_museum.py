"""Law: every way of breaking a definition gives its own code at its own key, in words of three languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from museum.build_definitions import EXHIBITS, build
from museum.shelves import MUSEUM
from secondcount.errors import InputError
from secondcount.jurisdictions import load_definition
from secondcount.model.codes import CODES
from secondcount.model.codes.definition import CODES as DEFINITION_CODES
from secondcount.model.issue import Issue, Severity
from secondcount.model.naming import issue_values
from secondcount.wording import phrasebook

LIST = tomllib.loads((MUSEUM / "definitions.toml").read_text(encoding="utf-8"))
WITHOUT_EXHIBIT = {
    "D001": "test_too_large_is_refused",
    "D005": "test_unknown_name_is_refused_with_the_nearest",
    "D007": "test_faults_beyond_the_limit_are_counted",
    "D111": "test_missing_languages_become_one_note_each",
    "D212": "test_outside_its_dates_a_time_limit_is_refused",
    "D308": "test_silence_of_the_law_is_a_note",
    "D309": "test_silence_of_the_law_is_a_note",
    "D701": "test_unknown_missing_and_invalid_parameters_are_refused_with_what_there_is",
    "D702": "test_unknown_missing_and_invalid_parameters_are_refused_with_what_there_is",
    "D703": "test_unknown_missing_and_invalid_parameters_are_refused_with_what_there_is",
    "D704": "test_unknown_missing_and_invalid_parameters_are_refused_with_what_there_is",
}


def load(name: str) -> tuple[tuple[Issue, ...], str]:
    """Return the errors of an exhibit, or the code with which it was refused."""
    data = (MUSEUM / "definitions" / f"{name}.toml").read_bytes()
    try:
        definition = load_definition(f"{name}.toml", data)
    except InputError as refusal:
        return (), refusal.code
    return tuple(one for one in definition.issues if one.severity is Severity.ERROR), ""


@pytest.mark.parametrize("name", sorted(LIST))
def test_each_exhibit_gives_exactly_its_faults(name: str) -> None:
    """The file gives the codes and keys of the list, all of them and no others."""
    errors, refusal = load(name)
    assert refusal == LIST[name]["refusal"]
    assert sorted(f"{one.code} {one.where.key}" for one in errors) == sorted(LIST[name]["faults"])
    assert all(one.where.file == f"{name}.toml" for one in errors)


def test_the_list_and_the_shelves_agree() -> None:
    """Every file is in the list and every entry has its file; there are at least 30."""
    files = {path.stem for path in (MUSEUM / "definitions").iterdir()}
    assert files == set(LIST)
    assert len(files) >= 30


def test_the_museum_is_what_its_script_builds(tmp_path: Path) -> None:
    """Building it again gives the same bytes: no exhibit was changed by hand."""
    build(tmp_path)
    for name in EXHIBITS:
        path = Path("definitions") / f"{name}.toml"
        assert (tmp_path / path).read_bytes() == (MUSEUM / path).read_bytes()
    assert (tmp_path / "definitions.toml").read_bytes() == (MUSEUM / "definitions.toml").read_bytes()


def test_every_code_is_shown_by_an_exhibit() -> None:
    """Each code of this topic has an exhibit or a test of its own."""
    shown = {fault.split()[0] for one in LIST.values() for fault in one["faults"]}
    refused = {one["refusal"] for one in LIST.values()} - {""}
    assert shown | refused | set(WITHOUT_EXHIBIT) == set(DEFINITION_CODES)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("name", sorted(LIST))
def test_each_fault_can_be_said(name: str, language: str) -> None:
    """Title, reason and advice of every fault come out with their values in, in every language."""
    book = phrasebook(language)
    for one in load(name)[0]:
        reason = book.say(f"issue.{one.code}.reason", **issue_values(one))
        assert one.where.key in reason
        assert book.say(f"issue.{one.code}.advice", **issue_values(one))
        assert book.say(f"issue.{one.code}.title")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("name", [name for name, one in sorted(LIST.items()) if one["refusal"]])
def test_each_refusal_can_be_said(name: str, language: str) -> None:
    """The sentence of every refusal names the file."""
    with pytest.raises(InputError) as caught:
        load_definition("museum.toml", (MUSEUM / "definitions" / f"{name}.toml").read_bytes())
    said = phrasebook(language).say(f"issue.{caught.value.code}.reason", **caught.value.values)
    assert "museum.toml" in said


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_code_has_its_sentences(language: str) -> None:
    """No code of this topic lacks a title, a reason or an advice."""
    book = phrasebook(language)
    parts = [f"issue.{code}.{part}" for code in DEFINITION_CODES for part in ("title", "reason", "advice")]
    assert [key for key in parts if not book.has(key)] == []
    assert set(DEFINITION_CODES) <= set(CODES)
