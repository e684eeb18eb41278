"""Law: a definition of several elections is filled in by the value that the user names, and never by a guess."""

from __future__ import annotations

from datetime import date

import pytest

from secondcount.errors import InputError
from secondcount.jurisdictions import load_definition, load_shipped, shipped_names, shipped_parameters
from secondcount.jurisdictions.params import fill_params
from secondcount.model.issue import Severity

SPAIN = "spain.congress"
DAYS = tuple(shipped_parameters(SPAIN)[0].values)
DOCUMENT = {
    "id": "x.{day}",
    "on": "{day.date}",
    "text": ["of {day.word}, {other} {}"],
    "params": [{"id": "day", "values": {"a": {"date": date(2020, 1, 2), "word": "two"}, "b": {}}}],
}


def refusal(params: dict[str, str], document: dict[str, object] = DOCUMENT) -> tuple[str, str]:
    """Return the code of the refusal, and the values that it lists."""
    with pytest.raises(InputError) as caught:
        fill_params("x.toml", document, params)
    return caught.value.code, str(caught.value.values.get("known", ""))


def test_places_are_filled_and_types_kept() -> None:
    """A text that is one place takes the type of its word; other braces stay as they are."""
    filled = fill_params("x.toml", DOCUMENT, {"day": "a"})
    assert filled["id"] == "x.a"
    assert filled["on"] == date(2020, 1, 2)
    assert filled["text"] == ["of two, {other} {}"]


def test_unknown_missing_and_invalid_parameters_are_refused_with_what_there_is() -> None:
    """No parameter is ignored and none is guessed: every refusal lists the allowed names or values."""
    assert refusal({"day": "a", "month": "1"}) == ("D701", "day")
    assert refusal({}) == ("D702", "a, b")
    assert refusal({"day": "c"}) == ("D703", "a, b")
    assert refusal({"day": "a"}, {"params": "day"})[0] == "D704"
    assert refusal({"day": "a"}, {"params": [{"id": "day", "values": {"a": 1}}]})[0] == "D704"


def test_definitions_without_parameters_take_none() -> None:
    """A parameter given to a definition that has none is refused, not ignored."""
    for name in shipped_names():
        if not shipped_parameters(name):
            with pytest.raises(InputError) as caught:
                load_shipped(name, {"date": DAYS[0]})
            assert caught.value.code == "D701"


def test_own_definitions_have_parameters_too() -> None:
    """A file of the user takes parameters as a shipped one does."""
    with pytest.raises(InputError) as caught:
        load_definition("own.toml", b'[[params]]\nid = "date"\nvalues = { a = {} }\n')
    assert caught.value.code == "D702"


@pytest.mark.parametrize("day", DAYS)
def test_each_spanish_election_loads_and_says_which_it_is(day: str) -> None:
    """Id, voting day, labels and layout are those of the day; there is no error."""
    definition = load_shipped(SPAIN, {"date": day})
    election = definition.election
    assert [one for one in definition.issues if one.severity is Severity.ERROR] == []
    assert (election.id, election.voting_day) == (f"{SPAIN}.{day}", date.fromisoformat(day))
    assert election.layouts[0].where == (("election", day.replace("-", "")[:6]),)
    assert day[:4] in election.labels.en
    assert all((election.labels.ru, election.labels.kk))
    assert "{" not in repr(election.labels)
