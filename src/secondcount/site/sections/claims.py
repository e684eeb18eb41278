"""Claims: what the copies decide about each, why, and what it would take to decide the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from secondcount.audit.result import Assessment, Feasible, Standing
from secondcount.model.claim import ShareClaim
from secondcount.model.issue import Value
from secondcount.site.certificate import bound_table, witness_table
from secondcount.site.charts import Chart, claim_chart
from secondcount.site.charts.claims import assessment_table
from secondcount.site.edition import Part
from secondcount.site.grid import Grid
from secondcount.site.standing import claim_area, conditioned, headline, set_of, standing_word, tone_of
from secondcount.site.voice import counted
from secondcount.verdict.result import ClaimVerdict
from secondcount.wording import visible

__all__ = ["ClaimView", "Ground", "claims_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one feasible set gives: the conclusion in a sentence, and the tables that show why."""

    tone: str
    word: str
    assumption: str
    sentence: str
    tables: tuple[Grid, ...]
    named: str  # stations of one smallest set of false copies


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim in one area."""

    key: str
    text: str  # as it was typed
    words: str  # what it means, with the names of the page
    area: str
    tone: str
    word: str
    chart: Chart | None
    table: Grid
    grounds: tuple[Ground, ...]
    needs: tuple[str, ...]
    further: tuple[str, ...]
    refusals: tuple[str, ...]


def claims_view(part: Part) -> tuple[ClaimView, ...]:
    """Return all claims of one contest, in the order of the verdict: small areas first, the whole last."""
    return tuple(_view(part, place) for place in range(len(part.found.claims)))


def _view(part: Part, place: int) -> ClaimView:
    claim = part.found.claims[place]
    shown = [one for one in claim.assessments if one.level == claim.headline_level]
    standing = headline(claim)
    best = next((one for one in shown if one.feasible is Feasible.TURNOUT and claim.decided_by_turnout), None)
    best = best or next((one for one in shown if one.feasible is Feasible.CAP), None)
    return ClaimView(
        key=f"{part.key}-claim-{place + 1}-text",
        text=part.voice.say("quoted", text=visible(claim.claim.text)),
        words=part.voice.claim(claim.claim.body, part.contest.share_base),
        area=part.voice.name("area", claim_area(part, claim.area)),
        tone=tone_of(standing),
        word=part.voice.say(f"tone.{conditioned(tone_of(standing), total=claim.headline_rests_on_total)}"),
        chart=claim_chart(part, place),
        table=assessment_table(part, claim),
        grounds=_grounds(part, claim, [one for one in shown if _usable(claim, one)]),
        needs=_needs(part, best),
        further=_further(part, best),
        refusals=_refusals(part, shown),
    )


def _grounds(part: Part, claim: ClaimVerdict, usable: list[Assessment]) -> tuple[Ground, ...]:
    """Return a ground per feasible set; only one where every station has a copy, or none has: nothing differs then."""
    if usable and not any(one.sheets for one in usable):
        return (replace(_ground(part, claim, usable[0]), assumption=part.voice.say("feasible.nothing"), tables=()),)
    if usable and all(one.unseen == 0 and one.standing is usable[0].standing for one in usable):
        return (replace(_ground(part, claim, usable[0]), assumption=part.voice.say("feasible.complete")),)
    return tuple(_ground(part, claim, one) for one in usable)


def _usable(claim: ClaimVerdict, one: Assessment) -> bool:
    """Return whether this feasible set could be used at all (its totals are known)."""
    return bool(claim.decided_by_turnout if one.feasible is Feasible.TURNOUT else claim.decided_by_cap)


def _ground(part: Part, claim: ClaimVerdict, one: Assessment) -> Ground:
    voice = part.voice
    bounds = one.certificate.bounds if one.certificate else ()
    witnesses = witness_table(part, one)
    stations = one.false_sheets.stations if one.false_sheets else ()
    return Ground(
        tone=tone_of(one.standing.value),
        word=standing_word(part, one.standing.value),
        assumption=voice.say(f"feasible.{one.feasible.value}.assumption"),
        sentence=_sentence(part, one, total=claim.rests_on_total(one)),
        tables=(*(bound_table(part, one, bound) for bound in bounds), *((witnesses,) if witnesses else ())),
        named=voice.say("proof.stations", stations=visible(", ".join(stations))) if stations else "",
    )


def _sentence(part: Part, one: Assessment, *, total: bool) -> str:
    """Return the conclusion with its condition, n of N and k, or with what is settled, in one sentence."""
    voice = part.voice
    values: dict[str, Value] = {
        "from": counted(voice, "from", one.sheets, one.stations),
        "area": voice.name("area", claim_area(part, one.area)),
        "level": one.level,
        "set": set_of(part, one),
        "k": voice.count(one.false_sheets.k if one.false_sheets else None),
    }
    if not one.sheets:
        return voice.say("claim.open_no_copies")
    if one.standing is not Standing.NOT_DECIDED:
        return voice.say(f"claim.{conditioned(one.standing.value, total=total)}", **values)
    settled = one.lower is not None and one.upper is not None
    kind = ("share" if isinstance(one.claim.body, ShareClaim) else "lead") if settled else "nothing"
    return voice.say(f"claim.open_{kind}", **values)


def _needs(part: Part, one: Assessment | None) -> tuple[str, ...]:
    """Return what would have to be true at the stations without a copy, compared with what is known."""
    if one is None or one.needs is None or one.standing is not Standing.NOT_DECIDED:
        return ()
    needs, voice = one.needs, part.voice
    if needs.votes is None:
        return (voice.say("needs.impossible", total=needs.unseen_total),)
    if not needs.votes and not needs.at_most:
        return (voice.say("needs.already"), *_compared(part, one))
    who = part.voice.short(getattr(one.claim.body, "contestant", ""))
    lines = [
        voice.say(
            "needs.at_most" if needs.at_most else "needs.votes",
            contestant=who,
            votes=needs.votes,
            total=needs.unseen_total,
            share=needs.share or 0,
        )
    ]
    if needs.stations:
        average = Fraction(needs.votes, needs.stations)
        lines.append(voice.say("needs.per_station", votes=average, stations=needs.stations))
    if needs.official_votes is not None:
        lines.append(voice.say("needs.official", votes=needs.official_votes, share=needs.official_share or 0))
    lines += _compared(part, one)
    return tuple(lines)


def _compared(part: Part, one: Assessment) -> list[str]:
    needs, voice = one.needs, part.voice
    if needs is None:
        return []
    lines = []
    if needs.seen_share is not None:
        lines.append(voice.say("needs.seen", share=needs.seen_share))
    if needs.official_elsewhere is not None:
        lines.append(voice.say("needs.elsewhere", share=needs.official_elsewhere))
    if needs.gain_ratio is not None and needs.hidden_gain is not None:
        lines.append(voice.say("needs.gain", votes=needs.hidden_gain, ratio=needs.gain_ratio))
    return lines


def _further(part: Part, one: Assessment | None) -> tuple[str, ...]:
    """Return how many further protocols would decide the claim, and which to get first."""
    if one is None or one.further is None:
        return ()
    further, voice = one.further, part.voice
    counts = (
        ("prove_best", further.prove_best),
        ("prove_like_seen", further.prove_like_seen),
        ("refute_best", further.refute_best),
        ("refute_like_official", further.refute_like_official),
    )
    lines = [voice.say(f"further.{key}", n=number) for key, number in counts if number is not None]
    if further.first:
        names = ", ".join(voice.name("area", place) for place in further.first)
        lines.append(voice.say("further.first", places=names))
    return tuple(lines)


def _refusals(part: Part, shown: list[Assessment]) -> tuple[str, ...]:
    """Return the statements that are not made, each reason once."""
    found = dict.fromkeys(refusal for one in shown for refusal in one.refusals)
    return tuple(part.voice.quote(f"issue.{one.code}.reason", dict(one.values)) for one in found)
