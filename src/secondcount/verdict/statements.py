"""The headlines: what the copies prove, contradict and leave open, first locally, then for the whole contest.

Only phrase keys and values are chosen here; the sentences are in `wording/catalogues/*/statement.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from secondcount.allocation.result import Allocation
from secondcount.audit.result import AssertionKind, Assessment, Feasible, Margin, Standing
from secondcount.model.claim import ShareClaim
from secondcount.model.codes import CODES
from secondcount.model.election import Contest
from secondcount.model.issue import Issue, Severity
from secondcount.model.rule import Method
from secondcount.model.tally import tallies
from secondcount.tabulation.result import Held, HeldKind
from secondcount.verdict.result import ClaimVerdict, ContestVerdict, SeatsVerdict, Statement

__all__ = ["seats_statements", "statements_of"]

NAMED_PER_AREA = 2  # contradictions of one area that get a headline each; the rest are counted


def statements_of(
    contests: Sequence[tuple[Contest, ContestVerdict]], issues: Sequence[Issue], root: str
) -> tuple[Statement, ...]:
    """Return all headlines: local conclusions, then the whole contest, then what the publications contradict."""
    local: list[Statement] = []
    whole: list[Statement] = []
    for contest, verdict in contests:
        for one in (*_held(verdict), *_leads(issues, contest), *_claims(contest, verdict)):
            (whole if one.area == root else local).append(one)
        whole.extend(seats_statements(contest, verdict.seats, root))
        whole.extend(_coverage(verdict, root))
    whole.extend(_publications(issues, root))
    return (*local, *whole)


def _held(verdict: ContestVerdict) -> Iterable[Statement]:
    """Tell the certain contradictions of copies with an area's published sum, the largest excess first."""
    areas: dict[str, list[Held]] = {}
    for one in verdict.held:
        areas.setdefault(one.area, []).append(one)
    for area, here in areas.items():
        bad = sorted(
            (one for one in here if one.kind in (HeldKind.EXCEEDS, HeldKind.FULL_DIFFERS)),
            key=lambda one: -abs(one.remainder),
        )
        yield from (_contradiction(one) for one in bad[:NAMED_PER_AREA])
        if len(bad) > NAMED_PER_AREA:
            yield Statement(
                key="held_more", tone="contradiction", area=area, values=(("count", len(bad) - NAMED_PER_AREA),)
            )
        if not bad and here and all(one.kind is HeldKind.FULL_EQUAL for one in here):
            values = (("area", area), ("seen", here[0].seen), ("publication", here[0].publication))
            yield Statement(key="full_equal", tone="consistent", area=area, values=values, conditional=True)


def _contradiction(held: Held) -> Statement:
    known = held.expected is not None
    key = "exceeds" if held.kind is HeldKind.EXCEEDS else "full_differs"
    return Statement(
        key=key if known else f"{key}_of_unknown",
        tone="contradiction",
        area=held.area,
        conditional=True,
        values=(
            ("area", held.area),
            ("contestant", held.cell),
            ("copies_sum", held.copies_sum),
            ("official", held.official),
            ("excess", held.copies_sum - held.official),
            ("seen", held.seen),
            ("expected", held.expected or 0),
            ("publication", held.publication),
            ("k", held.k or 0),
        ),
    )


def _leads(issues: Sequence[Issue], contest: Contest) -> Iterable[Statement]:
    """Tell each published lead that the copies of all stations contradict (R303)."""
    for issue in issues:
        if issue.code == "R303" and issue.where.contest in ("", contest.id):
            yield Statement(
                key="lead_differs",
                tone="contradiction",
                area=issue.where.area,
                values=(*issue.values, ("area", issue.where.area), ("publication", issue.where.publication)),
                conditional=True,
            )


def _claims(contest: Contest, verdict: ContestVerdict) -> Iterable[Statement]:
    for claim in verdict.claims:
        yield _claim(contest, claim)


def _claim(contest: Contest, claim: ClaimVerdict) -> Statement:
    level = [one for one in claim.assessments if one.level == claim.headline_level]
    turnout, cap = level[0], level[1]
    word, chosen = _word(claim, turnout, cap)
    tone = {"proved": "proved", "refuted": "refuted"}.get(word.split("_")[0], "open")
    return Statement(
        key=f"claim_{word}",
        tone=tone,
        area=claim.area,
        values=(*_claim_values(claim, chosen), *_base(contest, claim, chosen)),
        conditional=bool(chosen.sheets),
    )


def _word(claim: ClaimVerdict, turnout: Assessment, cap: Assessment) -> tuple[str, Assessment]:
    """Return which sentence tells the standing under both feasible sets, and the assessment it quotes."""
    by_turnout, by_cap = claim.decided_by_turnout, claim.decided_by_cap
    open_word = Standing.NOT_DECIDED.value
    if by_turnout in (open_word, "") and by_cap in (open_word, ""):
        return _open_word(claim, turnout, cap)
    if turnout.stations is not None and turnout.sheets >= turnout.stations:
        return f"{by_turnout or by_cap}_full", turnout
    if by_turnout == by_cap:
        return f"{by_turnout}_both", turnout
    if by_turnout in (open_word, ""):
        return f"{by_cap}_cap", cap
    return f"{by_turnout}_turnout" if by_cap == open_word else f"{by_turnout}_turnout_only", turnout


def _open_word(claim: ClaimVerdict, turnout: Assessment, cap: Assessment) -> tuple[str, Assessment]:
    chosen = turnout if claim.decided_by_turnout else cap
    if claim.headline_level == 0:
        return "open_unattributed", chosen
    if chosen.sheets == 0:
        return ("open_no_copies_needs" if _has_needs(chosen) else "open_no_copies"), chosen
    return ("open_needs" if _has_needs(chosen) else "open"), chosen


def _least_k(claim: ClaimVerdict, chosen: Assessment) -> int:
    """Return the least k over the sets whose standing the headline tells; one copy at least, where k is not known.

    A headline that does not rest on the published total must not borrow the k that does.
    """
    told = [
        one
        for one in claim.assessments
        if one.level == chosen.level and one.standing is chosen.standing is not Standing.NOT_DECIDED
    ]
    return min((one.false_sheets.k if one.false_sheets else 1 for one in told), default=0)


def _from(chosen: Assessment) -> str:
    """Return the phrase "from n of N polling stations", or the one that says that N is not published."""
    return "statement.from_unknown" if chosen.stations is None else "statement.from_known"


def _base(contest: Contest, claim: ClaimVerdict, chosen: Assessment) -> tuple[tuple[str, str], ...]:
    """Return the denominator of the claim and the phrase that names it: every percentage names its base."""
    body = claim.claim.body
    if isinstance(body, ShareClaim):
        return ("base", body.base or contest.share_base), ("phrase_base", "statement.of_base")
    if any(one.code == "C129" for one in chosen.refusals):  # the law's own base is not on the copies
        return ("base", contest.share_base), ("phrase_base", "statement.threshold_of_base")
    return ("base", ""), ("phrase_base", "statement.no_base")


def _has_needs(assessment: Assessment) -> bool:
    """Return whether there is a least number of votes to name, of the votes that the published total leaves.

    An upper limit, and what would be needed of all ballots that registers allow, are told in the section on claims.
    """
    needs = assessment.needs
    by_total = assessment.feasible is Feasible.TURNOUT
    return by_total and needs is not None and bool(needs.votes) and not needs.at_most


def _claim_values(claim: ClaimVerdict, chosen: Assessment) -> tuple[tuple[str, int | str | Fraction], ...]:
    needs = chosen.needs
    body = claim.claim.body
    values: list[tuple[str, int | str | Fraction]] = [
        ("claim", claim.claim.text),
        ("area", claim.area),
        ("sheets", chosen.sheets),
        ("stations", chosen.stations or 0),
        ("phrase_from", _from(chosen)),
        ("level", chosen.level),
        ("k", _least_k(claim, chosen)),
        ("contestant", body.contestant),
    ]
    if isinstance(body, ShareClaim):
        values.append(("share", body.share))
    if needs is not None and needs.votes is not None:
        values += [("votes", needs.votes), ("unseen_total", needs.unseen_total)]
        values += [("need_share", needs.share or Fraction(0)), ("unseen_stations", needs.stations or 0)]
        if needs.stations:
            values.append(("per_station", Fraction(needs.votes, needs.stations)))
        values.append(("official_votes", needs.official_votes or 0))
        if needs.stations and needs.official_votes is not None:
            values.append(("official_per_station", Fraction(needs.official_votes, needs.stations)))
    return tuple(values)


def seats_statements(contest: Contest, seats: SeatsVerdict, root: str) -> Iterable[Statement]:
    """Tell the seats or the elected one, held against what was announced, and the closest changes."""
    allocation = seats.allocation
    if allocation is None:
        yield Statement(key="seats_not_computable", tone="refused", area=root)
        return
    if contest.rule.not_coded:
        yield _in_part(contest, allocation, root)
    elif contest.rule.method is Method.MAJORITY and seats.agrees is None:
        yield from _first_round(contest, seats, allocation, root)
    elif seats.agrees is not None:
        key, tone = ("seats_agree", "consistent") if seats.agrees else ("seats_differ", "contradiction")
        yield Statement(
            key=key, tone=tone, area=root, values=(("house", allocation.house), ("seats", _list(allocation)))
        )
    else:
        yield Statement(
            key="seats_computed",
            tone="fact",
            area=root,
            values=(("house", allocation.house), ("seats", _list(allocation))),
        )
    if contest.rule.method in (Method.PLURALITY, Method.MAJORITY):
        return
    closest = _closest(seats.margins, AssertionKind.REMAINDER, AssertionKind.AVERAGE)
    if closest is not None and not contest.rule.not_coded:  # a part of the law says whose no seat is
        yield _closest_statement("closest_seat", closest, root)
    for kind, key in ((AssertionKind.REACHES, "closest_passing"), (AssertionKind.FAILS, "closest_failing")):
        near = _closest(seats.margins, kind)
        if near is not None:
            yield _closest_statement(key, near, root)


def _in_part(contest: Contest, allocation: Allocation, root: str) -> Statement:
    """Return what follows from the part of the law that is computed: it is not called the rule of the law."""
    values: tuple[tuple[str, int | str], ...] = (("condition", contest.id), ("house", allocation.house))
    if allocation.second_round and not allocation.lots:
        names = ", ".join(allocation.second_round)
        return Statement(key="run_off_in_part", tone="fact", area=root, values=(*values, ("contestants", names)))
    return Statement(key="seats_in_part", tone="fact", area=root, values=(*values, ("seats", _list(allocation))))


def _first_round(contest: Contest, seats: SeatsVerdict, allocation: Allocation, root: str) -> Iterable[Statement]:
    """Tell who is elected in the first round, or who runs in the second, and how many votes would change that."""
    elected = next((one.contestant for one in allocation.lists if one.seats), "")
    run_off = allocation.second_round and not allocation.lots
    if elected:
        yield Statement(key="elected_first", tone="fact", area=root, values=(("contestant", elected),))
    elif run_off:
        names = ", ".join(allocation.second_round)
        yield Statement(key="run_off", tone="fact", area=root, values=(("contestants", names),))
    else:
        values = (("house", allocation.house), ("seats", _list(allocation)))
        yield Statement(key="seats_computed", tone="fact", area=root, values=values)
    closest = next((one for one in seats.margins if one.moved and one.moved_from and one.moved_to), None)
    if contest.rule.alternatives and closest is not None and (elected or run_off):
        key = "closest_run_off" if elected else _closest_first(closest)
        values_of = (("contestant", closest.moved_to), ("contestant_from", closest.moved_from))
        yield Statement(key=key, tone="fact", area=root, values=(*values_of, ("moved", closest.moved or 0)))


def _closest_first(closest: Margin) -> str:
    """Return which change of a second round is the closest: somebody is elected at once, or another comes in."""
    return "closest_place" if closest.assertion.kind is AssertionKind.LEAD else "closest_elected"


def _list(allocation: Allocation) -> str:
    """Return "id=seats" pairs of everyone with a seat, most first; the door turns ids into labels."""
    ordered = sorted((one for one in allocation.lists if one.seats), key=lambda one: (-one.seats, -one.votes))
    return ", ".join(f"{one.contestant}={one.seats}" for one in ordered)


def _closest(margins: Sequence[Margin], *kinds: AssertionKind) -> Margin | None:
    return next((one for one in margins if one.assertion.kind in kinds and one.moved is not None), None)


def _closest_statement(key: str, margin: Margin, root: str) -> Statement:
    assertion = margin.assertion
    values: list[tuple[str, int | str | Fraction]] = [("contestant", assertion.winner), ("moved", margin.moved or 0)]
    if assertion.loser:
        values.append(("contestant_other", assertion.loser))
    if assertion.share is not None:
        values += [("share", assertion.share), ("base", assertion.base)]
    return Statement(key=key, tone="fact", area=root, values=tuple(values))


def _coverage(verdict: ContestVerdict, root: str) -> Iterable[Statement]:
    whole = next((one for one in verdict.coverage if one.area == root), None)
    if whole is None or whole.seen == 0:
        yield Statement(key="coverage_none", tone="fact", area=root)
    elif whole.expected is None:
        yield Statement(key="coverage_of_unknown", tone="fact", area=root, values=(("seen", whole.seen),))
    else:
        values = (("seen", whole.seen), ("expected", whole.expected))
        yield Statement(key="coverage", tone="fact", area=root, values=values)


def _publications(issues: Sequence[Issue], root: str) -> Iterable[Statement]:
    """Tell how many contradictions the publications contain among themselves (R1xx, R2xx)."""
    count = sum(
        one.total
        for code, one in tallies(issues).items()
        if CODES[code] is Severity.CONTRADICTION and code.startswith(("R1", "R2", "L"))
    )
    if count:
        yield Statement(key="publications_contradict", tone="contradiction", area=root, values=(("count", count),))
