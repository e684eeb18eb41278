"""The independent checker: sixty lines that accept what we publish and reject it when one number is changed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from auditing.contests import contest, rule
from auditing.piles import pile
from secondcount.audit import Feasible, assess, checker
from secondcount.model.claim import Claim, ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.rule import Comparison, Method
from secondcount.verdict.encode import plain

SOURCE = Path(checker.__file__)
HELD = contest("abc", rule(Method.HARE, 5, share=Fraction(1, 10)), against_all=True)
COPIES = pile(
    ("a", "b", "c", "against"),
    [{"a": 30, "b": 12, "c": 1, "against": 2}, {"a": 25, "b": 9, "c": 0, "against": 1}],
    caps=[60, 50],
    stations=3,
    unseen_cap=40,
    unseen_cast=20,
)
BODIES: dict[str, ClaimBody] = {
    "proved share": ShareClaim(contestant="a", comparison=Comparison.MORE_THAN, share=Fraction(1, 4)),
    "refuted share": ShareClaim(contestant="c", comparison=Comparison.AT_LEAST, share=Fraction(1, 2)),
    "proved limit": ShareClaim(contestant="c", comparison=Comparison.AT_MOST, share=Fraction(1, 2)),
    "open share": ShareClaim(contestant="b", comparison=Comparison.AT_LEAST, share=Fraction(1, 4)),
    "open limit": ShareClaim(contestant="b", comparison=Comparison.LESS_THAN, share=Fraction(1, 4)),
    "open lead": LeadClaim(contestant="b", over="c"),
    "refuted lead": LeadClaim(contestant="c", over="a"),
    "proved seat": InClaim(contestant="a"),
    "open seats": SeatsClaim(contestant="b", seats=1),
}


def published(name: str, feasible: Feasible) -> dict[str, Any]:
    """Return one assessment as it stands in verdict.json."""
    claim = Claim(text=name, contest="list", body=BODIES[name])
    found: dict[str, Any] = json.loads(json.dumps(plain(assess(claim, HELD, COPIES, feasible))))
    return found


@pytest.mark.parametrize("feasible", Feasible)
@pytest.mark.parametrize("name", BODIES)
def test_what_is_published_is_accepted(name: str, feasible: Feasible) -> None:
    """Every certificate and every witness that we give is accepted."""
    assert checker.holds(published(name, feasible))


def changed(assessment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the assessment with one thing changed, for everything that bears on its standing."""
    for standing in ("proved", "refuted", "not_decided"):
        if standing != assessment["standing"]:
            yield f"standing {standing}", {**assessment, "standing": standing}
    yield "unseen", {**assessment, "unseen": 0 if assessment["witnesses"] else assessment["unseen"] + 1}
    yield "level", {**assessment, "level": 0}
    for place in range(len(assessment["copies"])):
        other = deepcopy(assessment)
        other["copies"][place][1] += 7
        yield f"copies {place}", other
    yield from changed_bounds(assessment)
    for number, witness in enumerate(assessment["witnesses"]):
        for place in range(len(witness["totals"])):
            other = deepcopy(assessment)
            other["witnesses"][number]["totals"][place][1] -= 1_000
            yield f"witness {number} total {place}", other
        other = deepcopy(assessment)
        other["witnesses"][number]["holds"] = not witness["holds"]
        yield f"witness {number} holds", other
    if assessment["witnesses"]:
        yield "one witness", {**assessment, "witnesses": assessment["witnesses"][:1]}


def changed_bounds(assessment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the same with one thing changed in its certificate."""
    bounds = assessment["certificate"]["bounds"] if assessment["certificate"] else []
    for number in range(len(bounds)):
        for key in ("on_copies", "worst_coefficient", "unseen", "least"):
            other = deepcopy(assessment)
            other["certificate"]["bounds"][number][key] += 1
            yield f"bound {number} {key}", other
        for place in range(len(bounds[number]["assertion"]["coefficients"])):
            other = deepcopy(assessment)
            other["certificate"]["bounds"][number]["assertion"]["coefficients"][place][1] -= 1
            yield f"bound {number} coefficient {place}", other
        other = deepcopy(assessment)
        milder = {"worst_coefficient": 0, "least": bounds[number]["on_copies"]}
        other["certificate"]["bounds"][number].update(milder)
        yield f"bound {number} with a worst case that adds up but is none", other
        other = deepcopy(assessment)
        other["certificate"]["bounds"][number]["assertion"]["constant"] += 5
        yield f"bound {number} constant", other


def is_harmless(name: str, change: str, assessment: dict[str, Any]) -> bool:
    """Return whether a change leaves something true: other lists' votes in a lead, level 0 of what is open anyway.

    The standing of seats cannot be checked without the electoral law, which the checker does not know.
    """
    open_one = assessment["standing"] == "not_decided"
    others = name == "refuted lead" and change in ("copies 1", "copies 3")
    return others or (change == "level" and open_one) or ("seat" in name and change.startswith("standing"))


@pytest.mark.parametrize("feasible", Feasible)
@pytest.mark.parametrize("name", BODIES)
def test_one_changed_number_is_rejected(name: str, feasible: Feasible) -> None:
    """Any other standing, total, bound, coefficient or witness is rejected."""
    assessment = published(name, feasible)
    accepted = [
        what for what, other in changed(assessment) if not is_harmless(name, what, assessment) and passes(other)
    ]
    assert accepted == []


def passes(assessment: dict[str, Any]) -> bool:
    """Return whether the checker accepts it; what it cannot even read is not accepted."""
    try:
        return checker.holds(assessment)
    except (KeyError, TypeError, ValueError):
        return False


def run(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the checker as an outsider does: alone, without our package on the path."""
    command = [sys.executable, "-I", "-S", str(SOURCE), str(path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_checker_runs_alone(tmp_path: Path) -> None:
    """`python checker.py verdict.json` ends 0 for a right verdict, and names the claim that does not hold."""
    right = [published(name, feasible) for name in BODIES for feasible in Feasible]
    file = tmp_path / "verdict.json"
    file.write_text(json.dumps({"contests": [{"claims": [{"assessments": right}]}]}), encoding="utf-8")
    assert run(file).returncode == 0
    wrong = {**right[0], "standing": "refuted"}
    file.write_text(json.dumps({"contests": [{"claims": [{"assessments": [*right, wrong]}]}]}), encoding="utf-8")
    answer = run(file)
    assert answer.returncode == 1
    assert answer.stderr.strip() == "proved share (whole) does not hold"


def test_the_checker_is_small_and_independent() -> None:
    """At most sixty lines, and nothing imported but the standard library."""
    text = SOURCE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
