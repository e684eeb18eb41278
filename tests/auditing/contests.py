"""Small contests: who stands, by which rule, on which form."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from secondcount.model.election import Contest, Contestant, ContestantKind
from secondcount.model.form import Form, Line, Role
from secondcount.model.labels import Labels
from secondcount.model.rule import Base, Comparison, Leftover, Method, Rule, RunnerUp, Threshold, Ties

AGAINST = "against"
INVALID = "invalid"


def rule(
    method: Method = Method.HARE,
    seats: int = 5,
    *,
    share: Fraction | None = None,
    comparison: Comparison = Comparison.AT_LEAST,
    order: Iterable[str] = (),
    runner_up: RunnerUp | None = None,
    exempt: Iterable[str] = (),
) -> Rule:
    """Return a rule with a threshold of the base "votes" (if there is a share), ties by lot or by an order."""
    threshold = None
    if share is not None:
        threshold = Threshold(
            share=share, base="votes", comparison=comparison, runner_up=runner_up, exempt=tuple(exempt)
        )
    ties = Ties.ORDER if order else Ties.LOT
    return Rule(method=method, seats=seats, ties=ties, threshold=threshold, tie_order=tuple(order))


def second_list(leftover: Leftover = Leftover.FIRST_LIST, *, minimum: int = 2) -> RunnerUp:
    """Return Kazakhstan's rule of 2009 for the second list: correction 0.7, at least two seats."""
    return RunnerUp(correction=Fraction(7, 10), minimum_seats=minimum, leftover=leftover)


def contest(
    names: Iterable[str], by: Rule, *, against_all: bool = False, invalid: bool = False, base: Iterable[str] = ()
) -> Contest:
    """Return a contest of lists; its base "votes" is everybody on the ballot unless `base` says otherwise."""
    lists = tuple(Contestant(id=name, labels=Labels(en=name.upper()), kind=ContestantKind.LIST) for name in names)
    if against_all:
        lists += (Contestant(id=AGAINST, labels=Labels(en="Against all"), kind=ContestantKind.AGAINST_ALL),)
    lines = [Line(id="took_part", role=Role.TOOK_PART, labels=Labels(en="Took part"))]
    lines += [Line(id=INVALID, role=Role.INVALID, labels=Labels(en="Invalid"))] if invalid else []
    cells = tuple(base) or tuple(one.id for one in lists)
    return Contest(
        id="list",
        labels=Labels(en="Lists"),
        contestants=lists,
        rule=by,
        bases=(
            Base(id="votes", labels=Labels(en="Votes"), cells=cells),
            Base(id="took_part", labels=Labels(en="Took part"), cells=("took_part",)),
        ),
        share_base="votes",
        form=Form(lines=tuple(lines), identities=()),
    )
