"""Ids among the values of a sentence become labels by one rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from secondcount.wording import label_of, labelled, said_share

LABELS = {
    "contestant/osdp": "OSDP",
    "contestant/ak_zhol": "Ak Zhol",
    "area/": "Kazakhstan",
    "area/almaty": "Almaty",
    "base/valid": "valid ballots",
    "line/valid": "5. valid",
    "cell/valid": "5. valid",
    "cell/osdp": "OSDP",
    "publication/final": "final result",
    "contest/list": "party list",
}


def test_kinds_are_known_by_the_name_of_the_value() -> None:
    """contestant, contestant_other, area2, base, publication: the same id differs by kind."""
    values = {
        "contestant": "osdp",
        "contestant_other": "ak_zhol",
        "area2": "almaty",
        "base": "valid",
        "line": "valid",
        "publication": "final",
        "contest": "list",
    }
    assert list(labelled(values, LABELS).values()) == [
        "OSDP",
        "Ak Zhol",
        "Almaty",
        "valid ballots",
        "5. valid",
        "final result",
        "party list",
    ]


def test_numbers_and_other_values_stay() -> None:
    """`line` with a number is a line of a file; a value of another name is never an id."""
    values = {"line": 7, "file": "almaty", "baseline": "valid", "claim": "osdp"}
    assert labelled(values, LABELS) == values


def test_no_area_is_the_whole() -> None:
    """An empty area is the whole territory."""
    assert label_of(LABELS, "area", "") == "Kazakhstan"


def test_a_contestant_may_be_a_protocol_line() -> None:
    """Figures of lines are held against sums too; an unknown id stands as typed."""
    assert label_of(LABELS, "contestant", "valid") == "5. valid"
    assert label_of(LABELS, "contestant", "nobody") == "nobody"


def test_lists_of_ids() -> None:
    """Plural names hold several ids; seats hold pairs."""
    values = {"contestants": "osdp, ak_zhol", "seats": "osdp=8, ak_zhol=7"}
    assert labelled(values, LABELS) == {"contestants": "OSDP, Ak Zhol", "seats": "OSDP 8, Ak Zhol 7"}


def test_cells_with_their_numbers() -> None:
    """What copies show is told under the names of the cells; another text under that name stays as it is."""
    assert labelled({"shown": "osdp 291 | 331; valid 5 | –"}, LABELS) == {"shown": "OSDP: 291 | 331; 5. valid: 5 | –"}
    assert labelled({"shown": "Almaty; 20 of 31"}, LABELS) == {"shown": "Almaty; 20 of 31"}


@pytest.mark.parametrize(
    ("language", "percent", "count"),
    [("en", "53.20\u00a0%", "3,431,510"), ("ru", "53,20\u00a0%", "3\u00a0431\u00a0510")],
)
def test_a_printed_figure_takes_the_signs_of_the_language(language: str, percent: str, count: str) -> None:
    """Decimal sign and grouping follow the language; digits and zeros at the end stay as printed."""
    values = {"first": "53.20\u00a0%", "second": "3\u00a0431\u00a0510", "source_first": "a.b 1.5"}
    told = labelled(values, LABELS, language)
    assert told == {"first": percent, "second": count, "source_first": "a.b 1.5"}


def test_a_text_that_is_no_figure_stays() -> None:
    """A version or an address is not a number."""
    assert labelled({"first": "1.2.3", "share": Fraction(1, 2)}, LABELS, "ru") == {
        "first": "1.2.3",
        "share": Fraction(1, 2),
    }


@pytest.mark.parametrize(
    ("language", "said"), [("en", "6.6667\u00a0%"), ("ru", "6,6667\u00a0%"), ("kk", "6,6667\u00a0%")]
)
def test_a_claimed_share_is_said_as_it_was_claimed(language: str, said: str) -> None:
    """A share of 6.6667 % is not said as 6.67 %, which is another claim; what claims no share has none to say."""
    assert said_share({"share": Fraction(66667, 1_000_000)}, language) == {"said_share": said}
    assert said_share({"contestant": "a", "share": "1/2"}, language) == {}
