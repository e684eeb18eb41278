"""Claims weighed: which areas, which provenance levels, which feasible sets, and what the headline rests on."""

from __future__ import annotations

from collections.abc import Sequence

from secondcount.audit import assess
from secondcount.audit.pile import Pile
from secondcount.audit.result import Assessment, Feasible, Standing
from secondcount.model.claim import Claim
from secondcount.verdict.piles import Scene, levels_of, pile_of
from secondcount.verdict.result import ClaimVerdict

__all__ = ["claim_verdicts"]


def claim_verdicts(scene: Scene, claims: Sequence[Claim]) -> tuple[ClaimVerdict, ...]:
    """Return every claim of the contest in every area that is told and has copies, the smallest first, the whole last.

    A claim that names an area is weighed there only; one that names none, in the areas near the root (`told`).
    """
    found = []
    for claim in claims:
        if claim.contest != scene.contest.id:
            continue
        for area in _areas(scene, claim):
            found.append(_weigh(scene, claim, area))
    return tuple(found)


def _areas(scene: Scene, claim: Claim) -> tuple[str, ...]:
    if claim.area:
        return (claim.area,)
    geography = scene.geography
    with_copies = {geography.root.id, *(area for area in scene.told if scene.usable.within(area).height)}
    inside = [one.id for one in geography.areas if one.id in with_copies]
    return tuple(sorted(inside, key=lambda one: -len(geography.lineage(one))))


def _weigh(scene: Scene, claim: Claim, area: str) -> ClaimVerdict:
    piles = [pile_of(scene, area, level) for level in levels_of(scene, area)]
    assessments = tuple(one for pile in piles for one in _both(scene, claim, pile))
    level = _headline_level(assessments)
    standing = {one.feasible: one.standing.value for one in assessments if one.level == level and _usable(one)}
    return ClaimVerdict(
        claim=claim,
        area=area,
        assessments=assessments,
        headline_level=level,
        decided_by_turnout=standing.get(Feasible.TURNOUT, ""),
        decided_by_cap=standing.get(Feasible.CAP, ""),
    )


def _both(scene: Scene, claim: Claim, pile: Pile) -> tuple[Assessment, Assessment]:
    """Assess under both feasible sets, always: a conclusion that needs the published total must be seen to."""
    return (
        assess(claim, scene.contest, pile, Feasible.TURNOUT),
        assess(claim, scene.contest, pile, Feasible.CAP),
    )


def _usable(assessment: Assessment) -> bool:
    """Tell a set that could not be formed (no figures, or contradicted by the copies) from one that left it open."""
    return assessment.standing is not Standing.NOT_DECIDED or assessment.unseen is not None


def _headline_level(assessments: Sequence[Assessment]) -> int:
    """Return the highest level that decides the claim, else the lowest level computed."""
    decided = [one.level for one in assessments if one.standing is not Standing.NOT_DECIDED]
    return max(decided) if decided else min(one.level for one in assessments)
