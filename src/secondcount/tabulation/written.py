"""Arithmetic written out in digits and signs, the same in every language of the screens."""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.model.form import Identity, Linear, Relation

__all__ = ["broken_text", "side_text"]

_BROKEN: Mapping[Relation, str] = {Relation.EQUAL: "≠", Relation.AT_MOST: ">", Relation.AT_LEAST: "<"}
"""The sign that stands between the two sides of an identity that does not hold."""


def broken_text(identity: Identity, values: Mapping[str, int]) -> str:
    """Return a broken identity with its numbers: "1500 ≠ 1200 + 250 (= 1450)"."""
    sides = (side_text(side, values) for side in (identity.left, identity.right))
    return f" {_BROKEN[identity.relation]} ".join(sides)


def side_text(side: Linear, values: Mapping[str, int]) -> str:
    """Return one side of an identity with its numbers, and its total where it has several: "1200 + 250 (= 1450)"."""
    parts = [(coefficient, _product(abs(coefficient), values[cell])) for coefficient, cell in side.terms]
    if side.constant or not parts:
        parts.append((side.constant, str(abs(side.constant))))
    (first_sign, first), *others = parts
    text = ("−" if first_sign < 0 else "") + first + "".join(_signed(sign, part) for sign, part in others)
    return text if len(parts) == 1 and first_sign in (1, side.constant) else f"{text} (= {side.value(values)})"


def _product(coefficient: int, value: int) -> str:
    return str(value) if coefficient == 1 else f"{coefficient} × {value}"


def _signed(sign: int, part: str) -> str:
    return f" − {part}" if sign < 0 else f" + {part}"
