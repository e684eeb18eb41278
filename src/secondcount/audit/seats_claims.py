"""Claims about seats: "X is in" and "X gets k seats", by the contest's rule, from copies of some stations.

PROVED and REFUTED rest on a ground whose assertions are all true in every completion; they are sound, not complete.
Where no ground is found, two completions show that the claim is open; where those are not found either, it is
said that the method did not settle it (C131).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from secondcount.audit.assertions import Frame
from secondcount.audit.case import Case, Ground
from secondcount.audit.denominator import denominator, rule_base
from secondcount.audit.feasible import Scene, bound_of, completion
from secondcount.audit.finding import Finding
from secondcount.audit.k import false_sheets_of_all
from secondcount.audit.outcomes import Truth, allocation_on, truth_of
from secondcount.audit.result import AssertionKind, Certificate, FalseSheets, Refusal, Standing
from secondcount.audit.seat_counts import grounds_against, grounds_for
from secondcount.audit.witnesses import find_witnesses
from secondcount.model.claim import InClaim, SeatsClaim
from secondcount.model.election import Contest
from secondcount.model.rule import Method

__all__ = ["weigh_seats"]

Body = SeatsClaim | InClaim


def weigh_seats(contest: Contest, body: Body, scene: Scene) -> Finding:
    """Return the standing of a claim about seats, with what it rests on."""
    categories = scene.pile.categories
    base = denominator(contest, rule_base(contest), categories)
    refusal = _unfit(contest, body, categories, base.cells)
    if refusal is not None:
        return Finding(refusals=(refusal,))
    frame = Frame(contest=contest, categories=categories, base=base)
    case = Case(frame=frame, scene=scene, contestant=body.contestant)
    finding = _by_search(case, body) if scene.unseen else _by_counting(case, body)
    if base.as_asked or not _takes_a_share(contest):
        return finding
    other = Refusal(code="C129", values=(("base", base.asked), ("base_used", base.base)))
    if not _holds_on_a_larger_base(contest, body, finding):
        finding = Finding(refusals=finding.refusals)
    return replace(finding, refusals=(other, *finding.refusals))


def _holds_on_a_larger_base(contest: Contest, body: Body, finding: Finding) -> bool:
    """Return whether a standing reached on too small a base is one on the base that the law names as well.

    Too small a base flatters every list. So only this stays: a list that fails even on it gets no seat, unless the
    law admits a list below the threshold, which fewer passing lists could bring about.
    """
    threshold = contest.rule.threshold
    if threshold is None or threshold.runner_up is not None or finding.certificate is None:
        return False
    fails = any(
        one.assertion.kind is AssertionKind.FAILS and one.assertion.winner == body.contestant
        for one in finding.certificate.bounds
    )
    no_seat = Standing.PROVED if isinstance(body, SeatsClaim) and body.seats == 0 else Standing.REFUTED
    return fails and finding.standing is no_seat


def _takes_a_share(contest: Contest) -> bool:
    """Return whether the rule holds votes against a base at all."""
    return contest.rule.threshold is not None or contest.rule.method is Method.MAJORITY


def _unfit(contest: Contest, body: Body, categories: Iterable[str], base: Iterable[str]) -> Refusal | None:
    """Return why the rule cannot be applied to this pile: no seat for X, or votes that the pile does not carry."""
    takers = set(contest.seat_takers)
    if body.contestant not in takers:
        return Refusal(code="C133", values=(("contestant", body.contestant),))
    if contest.rule.not_coded:  # what is computed does not say who is elected
        return Refusal(code="C147", values=(("condition", contest.id),))
    missing = sorted(takers - set(categories)) or (sorted(takers - set(base)) if _takes_a_share(contest) else [])
    return Refusal(code="C130", values=(("contestant", missing[0]),)) if missing else None


def _by_grounds(case: Case, body: Body, standing: Standing) -> Finding | None:
    """Return this standing on the ground that takes most false copies to undo, None where there is none."""
    grounds = grounds_for(case, body) if standing is Standing.PROVED else grounds_against(case, body)
    sure = [one for one in grounds if case.is_sure(one.assertions)]
    return _decided(case, standing, sure) if sure else None


def _decided(case: Case, standing: Standing, sure: list[Ground]) -> Finding:
    """Return the decision on the firmest ground: exact before others, then the largest k."""
    exact = [one for one in sure if one.exact] or sure
    weighed = [(_false_sheets(case, one), one) for one in exact]
    false, ground = max(weighed, key=lambda one: -1 if one[0] is None else one[0].k)
    endless = next((one for one in weighed if one[0] is None), None)
    if endless is not None:
        false, ground = endless
    bounds = tuple(bound_of(one, case.scene) for one in ground.assertions)
    return Finding(standing=standing, certificate=Certificate(bounds=bounds), false_sheets=false)


def _false_sheets(case: Case, ground: Ground) -> FalseSheets | None:
    bounds = [bound_of(one, case.scene) for one in ground.assertions]
    return false_sheets_of_all(bounds, case.scene, exact=ground.exact)


def _by_counting(case: Case, body: Body) -> Finding:
    """Return what the rule says where nothing is unseen: there is one completion, the copies themselves."""
    truth = truth_of(body, allocation_on(case.frame, case.scene.copies), case.method)
    if truth is Truth.OPEN:
        only = completion(case.scene.copies, holds=False)
        return Finding(witnesses=(only,), refusals=(Refusal(code="C132"),))
    standing = Standing.PROVED if truth is Truth.TRUE else Standing.REFUTED
    return _by_grounds(case, body, standing) or Finding(
        standing=standing,
        certificate=Certificate(bounds=()),  # no bound is needed: the totals are known, and the rule is applied
        false_sheets=FalseSheets(k=1, exact=False) if case.scene.pile.seen else None,
    )


def _by_search(case: Case, body: Body) -> Finding:
    """Return a standing on its grounds, or two completions that show that the claim is open, or that nothing did."""
    for standing in (Standing.PROVED, Standing.REFUTED):
        decided = _by_grounds(case, body, standing)
        if decided is not None:
            return decided
    found = find_witnesses(case, body)
    witnesses = tuple(
        completion(found[truth], holds=truth is Truth.TRUE)
        for truth in (Truth.TRUE, Truth.FALSE, Truth.OPEN)
        if truth in found
    )
    refusals = []
    if Truth.OPEN in found and not {Truth.TRUE, Truth.FALSE} <= found.keys():
        refusals.append(Refusal(code="C132"))
    if len(found) == 1 and Truth.OPEN not in found:
        refusals.append(Refusal(code="C131"))
    return Finding(witnesses=witnesses[:2], refusals=tuple(refusals))
