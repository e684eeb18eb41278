"""Ids among the values of a sentence become labels by one rule."""

from __future__ import annotations

from secondcount.wording import label_of, labelled

LABELS = {
    "contestant/osdp": "OSDP",
    "contestant/ak_zhol": "Ak Zhol",
    "area/": "Kazakhstan",
    "area/almaty": "Almaty",
    "base/valid": "valid ballots",
    "line/valid": "5. valid",
    "cell/valid": "5. valid",
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
