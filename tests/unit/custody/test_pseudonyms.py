"""Nobody's name becomes public: collectors are codes, or pseudonyms that only the archive can resolve."""

from __future__ import annotations

import pytest

from secondcount.custody.pseudonyms import Pseudonyms, is_code
from secondcount.errors import InputError

MINE = Pseudonyms(secret=b"\x01" * 32)


@pytest.mark.parametrize("code", ["", "team-7", "A.1_b", "x" * 39 + "1", "obs-2031", "p-" + "7" * 20])
def test_a_code_stays(code: str) -> None:
    """What is no name is public as it stands."""
    assert is_code(code)
    assert MINE.label(code) == code


@pytest.mark.parametrize(
    "name",
    ["Ivan Petrov", "Әсел", "x" * 40 + "1", "a/b", "team 7", "Ivanova", "I.Petrov", "87011234567", "tel-87011234567"],
)
def test_a_name_is_replaced(name: str) -> None:
    """Anything else becomes a code that does not hold it."""
    label = MINE.label(name)
    assert label.startswith("p-")
    assert is_code(label)
    assert name.casefold() not in label


def test_one_person_has_one_pseudonym() -> None:
    """Case and blanks make no second person: two copies of one collector never corroborate each other."""
    assert MINE.label("Ivan  Petrov") == MINE.label(" IVAN petrov ")
    assert MINE.label("Ivan Petrov") != MINE.label("Ivan Petrova")


def test_a_secret_of_its_own() -> None:
    """Whoever guesses a name cannot try it out: another archive gives it another pseudonym."""
    assert MINE.label("Ivan Petrov") != Pseudonyms(secret=b"\x02" * 32).label("Ivan Petrov")


def test_the_list_comes_back_and_keeps_what_it_has() -> None:
    """Names stay as they were first written; the list survives its file."""
    once = MINE.with_names(["Ivan Petrov", "team-7", ""])
    again = once.with_names(["IVAN PETROV", "Anna B"])
    assert set(again.names.values()) == {"Ivan Petrov", "Anna B"}
    assert Pseudonyms.parse(again.encode()) == again


def test_the_secret_is_not_shown() -> None:
    """Neither secret nor names stand in a log or a traceback."""
    shown = repr(MINE.with_names(["Ivan Petrov"]))
    assert "Ivan" not in shown
    assert "\\x01" not in shown


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"format":"secondcount.pseudonyms/2","names":{},"secret":"' + b"01" * 32 + b'"}',
        b'{"format":"secondcount.pseudonyms/1","names":{},"secret":"01"}',
        b'{"format":"secondcount.pseudonyms/1","names":{},"secret":"zz"}',
    ],
)
def test_a_damaged_list_is_refused(data: bytes) -> None:
    """It is never taken for an empty one: the names in it are nowhere else."""
    with pytest.raises(InputError) as refusal:
        Pseudonyms.parse(data)
    assert refusal.value.code == "A453"
