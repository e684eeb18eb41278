"""Why a claim is decided or open, written out so that a reader can check it with pencil and paper.

A certificate is one table per bound: votes on the copies times their coefficient, plus the worst that the
stations without a copy can add (audit-methods.md 4.2). Witnesses are two tables of totals, one in which the
claim holds and one in which it fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from secondcount.audit.result import Assertion, Assessment, Bound, Completion, Feasible
from secondcount.model.claim import ShareClaim
from secondcount.site.edition import Part
from secondcount.site.grid import Column, Grid
from secondcount.site.margins import wanted

__all__ = ["bound_table", "witness_table"]

_Group = tuple[int, tuple[str, ...], int]  # coefficient, categories, votes on the copies


def bound_table(part: Part, one: Assessment, bound: Bound) -> Grid:
    """Return the arithmetic of one bound: products that add up, and the sign that they must have."""
    voice = part.voice
    return Grid(
        caption=voice.say("proof.bound", what=wanted(part, bound.assertion)),
        columns=(
            Column(title=voice.say("proof.what"), figures=False),
            Column(title=voice.say("proof.votes")),
            Column(title=voice.say("proof.times")),
            Column(title=voice.say("proof.product")),
        ),
        rows=(
            *(_product(part, group) for group in _groups(bound.assertion, one.copies)),
            *_constant(part, bound.assertion),
            (
                voice.say(f"proof.unseen_{one.feasible.value}"),
                voice.count(bound.unseen),
                voice.count(bound.worst_coefficient),
                voice.count(bound.worst_coefficient * bound.unseen),
            ),
        ),
        foot=(voice.say("proof.least"), "", "", voice.count(bound.least)),
        note=_reading(part, one, bound),
        aligned=True,
    )


def _reading(part: Part, one: Assessment, bound: Bound) -> str:
    """Return what the sign of the sum says; under TURNOUT the votes not seen come from the published total."""
    sign = "strict" if bound.assertion.strict else "not_strict"
    total = one.feasible is Feasible.TURNOUT and bool(bound.unseen)
    return part.voice.say(f"proof.{sign}_total" if total else f"proof.{sign}", least=bound.least)


def _groups(assertion: Assertion, copies: Sequence[tuple[str, int]]) -> tuple[_Group, ...]:
    """Return categories with the same coefficient together, their votes on the copies added up; zeros left out."""
    votes = dict(copies)
    found: dict[int, list[str]] = {}
    for category, coefficient in assertion.coefficients:
        if coefficient:
            found.setdefault(coefficient, []).append(category)
    return tuple(
        (coefficient, tuple(categories), sum(votes.get(one, 0) for one in categories))
        for coefficient, categories in found.items()
    )


def _product(part: Part, group: _Group) -> tuple[str, ...]:
    coefficient, categories, votes = group
    names = ", ".join(part.voice.short(one) for one in categories)
    return (names, part.voice.count(votes), part.voice.count(coefficient), part.voice.count(coefficient * votes))


def _constant(part: Part, assertion: Assertion) -> tuple[tuple[str, ...], ...]:
    if not assertion.constant:
        return ()
    return ((part.voice.say("proof.constant"), "", "", part.voice.count(assertion.constant)),)


def witness_table(part: Part, one: Assessment) -> Grid | None:
    """Return two possible completions side by side, or None where there are none."""
    if not one.witnesses:
        return None
    voice = part.voice
    categories = list(dict.fromkeys(category for witness in one.witnesses for category, _ in witness.totals))
    copies = dict(one.copies)
    return Grid(
        caption=voice.say("proof.witnesses"),
        columns=(
            Column(title=voice.say("proof.category"), figures=False),
            Column(title=voice.say("proof.on_copies")),
            *(Column(title=voice.say("proof.holds" if w.holds else "proof.fails")) for w in one.witnesses),
        ),
        rows=tuple(
            (
                voice.short(category),
                voice.count(copies.get(category, 0)),
                *(voice.count(dict(w.totals).get(category, 0)) for w in one.witnesses),
            )
            for category in categories
        ),
        foot=_shares(part, one),
        note=voice.say("proof.witness_note"),
        aligned=True,
    )


def _shares(part: Part, one: Assessment) -> tuple[str, ...]:
    """Return the claimed contestant's share in the copies and in every witness; empty for other claims."""
    body = one.claim.body
    if not isinstance(body, ShareClaim) or not one.base:
        return ()
    on_copies = Completion(totals=one.copies, holds=False)
    shares = (_share(body.contestant, one.base, witness) for witness in (on_copies, *one.witnesses))
    return (
        part.voice.say("proof.share", contestant=part.voice.short(body.contestant)),
        *(part.voice.percent(share) for share in shares),
    )


def _share(contestant: str, base: Sequence[str], witness: Completion) -> Fraction | None:
    totals = dict(witness.totals)
    whole = sum(totals.get(category, 0) for category in base)
    return Fraction(totals.get(contestant, 0), whole) if whole else None
