"""Re-derive the standing of every claim: `python checker.py verdict.json`; exit code 0 = everything holds.

Shares and leads are checked in full, claims about seats in their arithmetic and witnesses, not in the electoral law.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any


def claimed(a: Any) -> tuple[dict[str, int], bool]:
    """Return the form L that a share or lead claim says is > 0 (True) or >= 0 (False); no form for seats."""
    body, cells = a["claim"]["body"], dict(a["copies"])
    if "over" in body:
        return {c: (c == body["contestant"]) - (c == body["over"]) for c in cells}, True
    if "share" not in body:
        return {}, True
    t, sign = Fraction(body["share"]), -1 if body["comparison"][0] == "<" else 1
    form = {c: sign * (t.denominator * (c == body["contestant"]) - t.numerator * (c in a["base"])) for c in cells}
    return form, "=" not in body["comparison"]


def bound_holds(a: Any, b: Any) -> bool:
    """Check one bound: L on the copies, plus the worst that every unseen vote can do, is enough."""
    form, copies = dict(b["assertion"]["coefficients"]), dict(a["copies"])
    worst = min([*form.values(), 0] if a["feasible"] == "cap" else form.values())
    here = sum(form.get(c, 0) * n for c, n in copies.items()) + b["assertion"]["constant"]
    right = (here, worst, a["unseen"]) == (b["on_copies"], b["worst_coefficient"], b["unseen"])
    enough = b["least"] == here + worst * a["unseen"] >= (1 if b["assertion"]["strict"] else 0)
    return form.keys() == copies.keys() and right and enough


def witness_fits(a: Any, w: Any) -> bool:
    """Check a completion: it adds to the copies what the unseen can hold, and shows what it is said to show."""
    (form, strict), totals = claimed(a), dict(w["totals"])
    more = [totals.get(c, -1) - n for c, n in a["copies"]]
    value = sum(x * totals.get(c, 0) for c, x in form.items()) + (0 if strict else 1)
    fits = sum(more) == a["unseen"] or (sum(more) < a["unseen"] and a["feasible"] == "cap")
    return fits and min(more) >= 0 and (not form or w["holds"] == (value > 0))


def holds(a: Any) -> bool:
    """Check one assessment: its certificate decides the claim, or its two witnesses show that it is open."""
    (form, strict), codes = claimed(a), {one["code"] for one in a["refusals"]}
    if a["standing"] == "not_decided":
        two = [w["holds"] for w in a["witnesses"]] == [True, False] or (not form and codes & {"C131", "C132"})
        unweighed = codes & {"C120", "C121", "C122", "C123", "C124", "C125", "C128", "C130", "C133", "C144", "C145"}
        return bool(unweighed) or (bool(two) and all(witness_fits(a, w) for w in a["witnesses"]))
    sign, bounds = 1 if a["standing"] == "proved" else -1, a["certificate"]["bounds"]
    given = [({c: sign * x for c, x in b["assertion"]["coefficients"]}, b["assertion"]["strict"]) for b in bounds]
    decides = not form or (given == [(form, strict == (sign == 1))] and bounds[0]["assertion"]["constant"] == 0)
    return a["level"] > 0 and decides and all(bound_holds(a, b) for b in bounds)


if __name__ == "__main__":
    contests = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["contests"]
    every = [a for contest in contests for claim in contest["claims"] for a in claim["assessments"]]
    sys.exit("\n".join(f"{a['claim']['text']} ({a['area']}) does not hold" for a in every if not holds(a)) or 0)
