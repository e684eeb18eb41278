"""Law: an identity means what it says, and a faulty one is refused at the character at which it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondcount.errors import InputError
from secondcount.jurisdictions.expressions import (
    expand,
    is_trivial,
    parse_difference,
    parse_identity,
)
from secondcount.model.form import Linear, Relation

CONTESTANTS = ("red", "green")


def sides(text: str) -> tuple[Linear, Relation, Linear]:
    """Return the two sides with contestants written out."""
    read = parse_identity(text)
    left = expand(read.left, read.left_constant, CONTESTANTS)
    return left, read.relation, expand(read.right, read.right_constant, CONTESTANTS)


def linear(constant: int = 0, **terms: int) -> Linear:
    """Return a linear expression from coefficients by cell."""
    return Linear(terms=tuple((number, cell) for cell, number in terms.items()), constant=constant)


@pytest.mark.parametrize(
    ("text", "left", "relation", "right"),
    [
        ("received == issued + cancelled", linear(received=1), Relation.EQUAL, linear(issued=1, cancelled=1)),
        ("valid == sum(contestants)", linear(valid=1), Relation.EQUAL, linear(red=1, green=1)),
        ("2*x<=y", linear(x=2), Relation.AT_MOST, linear(y=1)),
        ("-x - 3*y >= -7", linear(x=-1, y=-3), Relation.AT_LEAST, linear(-7)),
        ("x - 3 + 10 >= 4*sum(contestants) - red", linear(7, x=1), Relation.AT_LEAST, linear(red=3, green=4)),
        ("x + x - y >= 0", linear(x=2, y=-1), Relation.AT_LEAST, linear()),
        ("x - x + y >= 0*z", linear(y=1), Relation.AT_LEAST, linear()),
        (
            "a.b-c_d - e >= 1x",
            Linear(terms=((1, "a.b-c_d"), (-1, "e"))),
            Relation.AT_LEAST,
            Linear(terms=((1, "1x"),)),
        ),
    ],
)
def test_an_identity_is_two_sums(text: str, left: Linear, relation: Relation, right: Linear) -> None:
    """Signs, coefficients, constants, like terms and `sum(contestants)` are read as written."""
    assert sides(text) == (left, relation, right)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "D402", 1),
        ("received = issued", "D401", 10),
        ("received == issued / 2", "D401", 20),
        ("Received == issued", "D401", 1),
        ("x == y ; z", "D401", 8),
        ("x == ", "D402", 6),
        ("x == y z", "D402", 8),
        ("x y == z", "D402", 3),
        ("x == 2 * 3", "D402", 10),
        ("x == 2 3", "D402", 8),
        ("x == (y)", "D402", 6),
        ("x == sum(y)", "D402", 10),
        ("x == sum contestants", "D402", 10),
        ("x == contestants", "D402", 6),
        ("x + y", "D404", 6),
        ("x == y == z", "D404", 8),
        ("x == 1000000001", "D405", 6),
        ("x == " + "9" * 400 + "*y", "D405", 6),
        ("x - - y == 0", "D402", 5),
    ],
)
def test_a_fault_has_its_position(text: str, code: str, position: int) -> None:
    """The refusal names the code and the 1-based position of the character where reading stopped."""
    with pytest.raises(InputError) as caught:
        parse_identity(text)
    assert (caught.value.code, caught.value.values["position"]) == (code, position)


def test_a_long_expression_is_refused_unread() -> None:
    """More than 2,000 characters are refused before anything is done with them."""
    with pytest.raises(InputError) as caught:
        parse_identity("x" * 2001)
    assert caught.value.code == "D407"


def test_an_identity_that_tests_nothing_is_seen() -> None:
    """Equal terms on both sides decide everything before any figure is known, whatever the constants."""
    same, other = sides("x + y <= y + x + 1"), sides("x <= y")
    assert is_trivial(same[0], same[2])
    assert not is_trivial(other[0], other[2])


def test_a_lead_is_one_name_minus_another() -> None:
    """The first name leads, the second is subtracted; anything else is refused."""
    assert [name.id for name in parse_difference("green - red")] == ["green", "red"]
    for text in ("green", "green + red", "green - red - blue", "2*green - red", "green-red", "- red", ""):
        with pytest.raises(InputError):
            parse_difference(text)


def written(terms: Mapping[str, int], constant: int) -> str:
    """Return a sum as one would write it."""
    parts = [f"{'-' if number < 0 else '+'} {abs(number)}*{cell}" for cell, number in terms.items()]
    return " ".join([*parts, f"{'-' if constant < 0 else '+'} {abs(constant)}"])


SUMS = st.dictionaries(st.sampled_from("abcdef"), st.integers(-9999, 9999).filter(bool), max_size=6)


@given(SUMS, st.integers(-9999, 9999), SUMS, st.integers(-9999, 9999), st.sampled_from(Relation))
def test_reading_is_the_inverse_of_writing(
    left: dict[str, int], left_constant: int, right: dict[str, int], right_constant: int, relation: Relation
) -> None:
    """What is written as a sum of terms is read back as the same sum of terms."""
    text = f"{written(left, left_constant)} {relation} {written(right, right_constant)}"
    assert sides(text) == (linear(left_constant, **left), relation, linear(right_constant, **right))


@given(st.text(alphabet="ab1 +-*=<>()sumcontestants", max_size=40) | st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader fail in any other way than by refusing it."""
    assert outcome(text) in {"read", "D401", "D402", "D404", "D405", "D407"}


def outcome(text: str) -> str:
    """Return "read", or the code of the refusal."""
    try:
        parse_identity(text)
    except InputError as refusal:
        return refusal.code
    return "read"
