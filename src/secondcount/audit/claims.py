"""Claims held against copies: the identified set, the standing with its grounds, and what would decide a claim.

Everything is exact and holds only if the copies are genuine. For a share or a lead, one assertion is the claim:
PROVED if it is true in every completion, REFUTED if its negation is, and otherwise two completions show that it is
open; so the standing is sound and complete. Claims about seats are in `seats_claims`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from secondcount.audit import catalogue
from secondcount.audit.denominator import Denominator, denominator
from secondcount.audit.feasible import Scene, bound_of, completion, is_met, scene_of, with_all_in
from secondcount.audit.finding import Finding
from secondcount.audit.further import further
from secondcount.audit.k import false_sheets_of_all
from secondcount.audit.linear import negate, value_on
from secondcount.audit.needs import lead_needs, share_needs
from secondcount.audit.pile import Pile
from secondcount.audit.result import Assertion, Assessment, Certificate, Feasible, Refusal, Standing
from secondcount.audit.seats_claims import weigh_seats
from secondcount.model.claim import Claim, LeadClaim, ShareClaim
from secondcount.model.election import Contest

__all__ = ["NEVER_SAID", "assess"]

NEVER_SAID = tuple(Refusal(code=code) for code in ("C140", "C141", "C142", "C143"))
"""Statements that are not made about any claim, whatever the copies show (audit-methods 4.5)."""


def assess(claim: Claim, contest: Contest, pile: Pile, feasible: Feasible) -> Assessment:
    """Return the standing of one claim on one pile under one feasible set, with everything that it rests on.

    A feasible set that cannot be formed, a base that these categories cannot form, and level 0 leave the claim
    NOT_DECIDED with the reason in `refusals`; `unseen` is None only where the feasible set cannot be formed.
    """
    scene = scene_of(pile, feasible)
    if isinstance(scene, Refusal):
        return _assessment(claim, pile, feasible, Finding(refusals=(scene,)))
    body = claim.body
    if isinstance(body, ShareClaim):
        finding = _weigh_share(contest, body, scene)
    elif isinstance(body, LeadClaim):
        finding = _weigh_lead(body, scene)
    else:
        finding = weigh_seats(contest, body, scene)
    finding = _with_level(_with_known_caps(finding, scene), pile)
    return replace(
        _assessment(claim, pile, feasible, finding),
        copies=tuple(scene.copies.items()),
        unseen=scene.unseen,
    )


def _assessment(claim: Claim, pile: Pile, feasible: Feasible, finding: Finding) -> Assessment:
    return Assessment(
        claim=claim,
        area=pile.area,
        level=pile.level,
        sheets=pile.seen,
        stations=pile.stations,
        feasible=feasible,
        standing=finding.standing,
        lower=finding.lower,
        upper=finding.upper,
        certificate=finding.certificate,
        witnesses=finding.witnesses,
        false_sheets=finding.false_sheets,
        needs=finding.needs,
        further=finding.further,
        refusals=finding.refusals,
        base=finding.base,
    )


def _with_level(finding: Finding, pile: Pile) -> Finding:
    """Take back what unattributed copies (level 0) would decide: they support no conclusion."""
    if pile.level > 0:
        return finding
    refusal = Refusal(code="C120", values=(("sheets", pile.seen),))
    return replace(
        finding,
        standing=Standing.NOT_DECIDED,
        certificate=None,
        false_sheets=None,
        refusals=(refusal, *finding.refusals),
    )


def _with_known_caps(finding: Finding, scene: Scene) -> Finding:
    """Take back k under CAP where the register is not known: a false copy could hide any number of ballots."""
    if finding.false_sheets is None or scene.feasible is not Feasible.CAP or scene.pile.unseen_cap is not None:
        return finding
    return replace(finding, false_sheets=None, refusals=(*finding.refusals, Refusal(code="C138")))


def _weigh_share(contest: Contest, body: ShareClaim, scene: Scene) -> Finding:
    """Weigh a share claim: bounds of the share, its standing, and no estimate for what was not seen."""
    base = denominator(contest, body.base or contest.share_base, scene.pile.categories)
    if not base.as_asked:
        return Finding(refusals=(Refusal(code="C128", values=(("base", base.asked),)),))
    if body.contestant not in base.cells:
        return Finding(refusals=(Refusal(code="C130", values=(("contestant", body.contestant),)),))
    if not sum(scene.copies[cell] for cell in base.cells) + scene.unseen:
        return Finding(refusals=(Refusal(code="C145"),))  # a share of no votes is no number
    assertion = catalogue.compares(scene.pile.categories, body.contestant, body.comparison, body.share, base)
    finding = _weigh(assertion, scene)
    if finding.standing is Standing.NOT_DECIDED:
        finding = replace(finding, needs=share_needs(body, base, scene))
    lower, upper = _share_bounds(body.contestant, base, scene)
    return replace(finding, lower=lower, upper=upper, base=base.cells, refusals=_no_estimate(scene.pile))


def _share_bounds(contestant: str, base: Denominator, scene: Scene) -> tuple[Fraction | None, Fraction | None]:
    """Return the identified set of the share: [A_b / (A_D + U), (A_b + U) / (A_D + U)], U the unseen mass."""
    votes, whole = scene.copies[contestant], sum(scene.copies[cell] for cell in base.cells) + scene.unseen
    if whole == 0:
        return None, None
    if base.cells == (contestant,):
        return Fraction(1), Fraction(1)
    return Fraction(votes, whole), Fraction(votes + scene.unseen, whole)


def _no_estimate(pile: Pile) -> tuple[Refusal, ...]:
    """Refuse a share of the whole estimated from a part that nobody drew at random (audit-methods 4.5)."""
    if pile.seen == 0:
        return ()  # from nothing nobody would estimate
    if pile.stations is None:
        return (Refusal(code="C127", values=(("sheets", pile.seen),)),)
    if pile.seen < pile.stations:
        return (Refusal(code="C126", values=(("sheets", pile.seen), ("stations", pile.stations))),)
    return ()


def _weigh_lead(body: LeadClaim, scene: Scene) -> Finding:
    """Weigh a lead claim, T_x - T_y > 0; its identified set is the lead in votes."""
    missing = [name for name in (body.contestant, body.over) if name not in scene.copies]
    if missing:
        return Finding(refusals=(Refusal(code="C130", values=(("contestant", missing[0]),)),))
    assertion = catalogue.lead(scene.pile.categories, body.contestant, body.over)
    finding = _weigh(assertion, scene)
    if finding.standing is Standing.NOT_DECIDED:
        finding = replace(finding, needs=lead_needs(body, scene))
    on_copies = value_on(assertion, scene.copies)
    return replace(
        finding,
        lower=Fraction(on_copies + scene.worst(assertion) * scene.unseen),
        upper=Fraction(on_copies + scene.best(assertion) * scene.unseen),
    )


def _weigh(assertion: Assertion, scene: Scene) -> Finding:
    """Return the standing of a claim that is one assertion (audit-methods 4.2): sound and complete."""
    for standing, one in ((Standing.PROVED, assertion), (Standing.REFUTED, negate(assertion))):
        bound = bound_of(one, scene)
        if is_met(bound):
            return Finding(
                standing=standing,
                certificate=Certificate(bounds=(bound,)),
                false_sheets=false_sheets_of_all((bound,), scene, exact=True),
            )
    witnesses = (
        completion(with_all_in(scene, assertion, highest=True), holds=True),
        completion(with_all_in(scene, assertion, highest=False), holds=False),
    )
    return Finding(witnesses=witnesses, further=further(assertion, scene))
