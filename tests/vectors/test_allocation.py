"""Official results and worked examples of the statutes, recomputed: seats, outcome, and what stays open."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from secondcount.allocation import allocate
from secondcount.model.rule import Comparison, Leftover, Method, Rule, RunnerUp, Threshold, Ties

CASES = json.loads(Path(__file__).with_name("allocation.json").read_text(encoding="utf-8"))


def rule_of(written: dict[str, Any]) -> Rule:
    """Return the rule that a vector writes down."""
    threshold = written["threshold"]
    second = threshold.get("runner_up")
    return Rule(
        method=Method(written["method"]),
        seats=written["seats"],
        ties=Ties(written["ties"]),
        threshold=Threshold(
            share=Fraction(threshold["share"]),
            base="base",
            comparison=Comparison(threshold["comparison"]),
            runner_up=second
            and RunnerUp(
                correction=Fraction(second["correction"]),
                minimum_seats=second["minimum_seats"],
                leftover=Leftover(second["leftover"]),
            ),
        ),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_vector_is_reproduced(case: dict[str, Any]) -> None:
    """The rule gives exactly the seats of the official result, or of the example worked out by hand."""
    found = allocate(rule_of(case["rule"]), case["votes"], case["base_total"])
    assert {
        "outcome": found.outcome.value,
        "undistributed": found.undistributed,
        "seats": {one.contestant: one.seats for one in found.lists},
    } == case["expected"]


def test_against_all_is_part_of_the_base_of_2023() -> None:
    """6.80 % and 5.20 % of 2023 are shares with "against all" in the base; its 248,291 votes are no list's votes."""
    case = next(case for case in CASES if case["name"].endswith("2023"))
    assert case["base_total"] - sum(case["votes"].values()) == 248_291
