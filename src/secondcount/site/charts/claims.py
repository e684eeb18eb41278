"""Identified sets of a claim: what the copies leave possible, per level and assumption, and the claimed value."""

from __future__ import annotations

from fractions import Fraction

from secondcount.audit.result import Assessment, Standing
from secondcount.model.claim import LeadClaim, ShareClaim
from secondcount.site.charts.coverage import n_of_n
from secondcount.site.charts.frame import LEFT, RIGHT, TEXT, Chart, Frame, copies_frame, picture
from secondcount.site.charts.ink import Block, Scale, label, line, rect, stack
from secondcount.site.charts.rows import axis, legend, row, top_of
from secondcount.site.edition import Part
from secondcount.site.fitting import fit
from secondcount.site.grid import Column, Grid, without_empty
from secondcount.site.standing import claim_area, conditioned, edge, false_sheets, set_of, standing_word
from secondcount.verdict.result import ClaimVerdict

__all__ = ["assessment_table", "claim_chart"]

_STYLES = {Standing.PROVED: "set-proved", Standing.REFUTED: "set-refuted", Standing.NOT_DECIDED: "set-open"}


def claim_chart(part: Part, place: int) -> Chart | None:
    """Return the chart of one claim's identified sets, or None where the claim has no set on a line."""
    claim = part.found.claims[place]
    drawn = tuple(one for one in claim.assessments if one.sheets and one.lower is not None and one.upper is not None)
    if not drawn or not isinstance(claim.claim.body, ShareClaim | LeadClaim):
        return None
    voice, key = part.voice, f"{part.key}-claim-{place + 1}"
    title = voice.say("chart.claim.title", claim=voice.claim(claim.claim.body, part.contest.share_base))
    scale = _scale(drawn, claim)
    frame = _frame_of(part, claim, max(one.sheets for one in drawn))
    body = stack(
        (*(_row(part, one, scale, claim) for one in drawn), _axis(part, scale, claim), _legend(part, claim, drawn))
    )
    return Chart(
        key=key,
        title=title,
        takeaway=voice.say("chart.claim.takeaway"),
        svg=picture(key, title, _description(part, drawn), body, frame),
        table=assessment_table(part, claim),
    )


def _frame_of(part: Part, claim: ClaimVerdict, seen: int) -> Frame:
    body = claim.claim.body
    base = (body.base or part.contest.share_base) if isinstance(body, ShareClaim) else ""
    return copies_frame(part, claim_area(part, claim.area), base, seen)


def _scale(drawn: tuple[Assessment, ...], claim: ClaimVerdict) -> Scale:
    """Return the axis: shares from 0 to a round share above all sets; leads as far to both sides of 0."""
    ends = [abs(end) for one in drawn for end in (one.lower, one.upper) if end is not None]
    top = top_of(max(*ends, abs(edge(claim) or Fraction(0)), Fraction(1, 1000)))
    if isinstance(claim.claim.body, LeadClaim):
        return Scale(low=-top, high=top, left=LEFT, right=RIGHT)
    return Scale(low=Fraction(0), high=min(top, Fraction(1)), left=LEFT, right=RIGHT)


def _row(part: Part, one: Assessment, scale: Scale, claim: ClaimVerdict) -> Block:
    if one.lower is None or one.upper is None:
        return Block(height=0, marks=())
    start, end = scale.at(one.lower), scale.at(one.upper)
    cut = scale.at(edge(claim) or Fraction(0))
    marks = (
        line((LEFT, 47), (RIGHT, 47), "track"),
        rect(start, 41, max(end - start, Fraction(3)), 12, _STYLES[one.standing]),
        line((cut, 36), (cut, 58), "cut"),
        label(LEFT, 32, fit(set_of(part, one), RIGHT - LEFT, TEXT), "t soft"),
    )
    name = part.voice.say(f"feasible.{one.feasible.value}.row", level=one.level, n=one.sheets)
    return row(name, standing_word(part, one.standing.value), marks, height=66)


def _axis(part: Part, scale: Scale, claim: ClaimVerdict) -> Block:
    voice, cut = part.voice, edge(claim)
    share = isinstance(claim.claim.body, ShareClaim)
    values = [one for one in (cut, Fraction(scale.low), Fraction(scale.high)) if one is not None]
    texts = [voice.percent(one, 1) if share else voice.decimal(one, 0) for one in values]
    return axis(scale, list(zip(values, texts, strict=True)))


def _legend(part: Part, claim: ClaimVerdict, drawn: tuple[Assessment, ...]) -> Block:
    voice = part.voice
    kinds = dict.fromkeys(one.standing for one in drawn)
    on_total = {one.standing for one in drawn if claim.rests_on_total(one)}
    words = {one: conditioned(one.value, total=one in on_total) for one in kinds}
    entries = [(f"box {_STYLES[one]}", voice.say(f"chart.claim.{word}")) for one, word in words.items()]
    return legend([*entries, ("line cut", voice.say("chart.claim.cut"))])


def _description(part: Part, drawn: tuple[Assessment, ...]) -> str:
    listed = "; ".join(
        f"{part.voice.say(f'feasible.{one.feasible.value}.row', level=one.level, n=one.sheets)}: {set_of(part, one)}, "
        f"{standing_word(part, one.standing.value)}"
        for one in drawn
    )
    return part.voice.say("chart.claim.desc", listed=listed)


def assessment_table(part: Part, claim: ClaimVerdict) -> Grid:
    """Return all assessments of a claim: one row per level and feasible set; columns that say nothing are left out."""
    voice = part.voice
    columns = ("level", "feasible", "sheets", "set", "standing", "k")
    table = Grid(
        caption=voice.say("claim.table.caption", claim=voice.claim(claim.claim.body, part.contest.share_base)),
        columns=tuple(
            Column(title=voice.say(f"claim.table.{one}"), figures=one in {"sheets", "k"}) for one in columns
        ),
        rows=tuple(_line(part, one) for one in claim.assessments if one.sheets),
        note=voice.say("claim.table.note"),
    )
    return without_empty(table, voice.say("none"))


def _line(part: Part, one: Assessment) -> tuple[str, ...]:
    voice = part.voice
    return (
        voice.say("claim.table.from_level", level=one.level),
        voice.say(f"feasible.{one.feasible.value}.name"),
        n_of_n(part, one.sheets, one.stations),
        set_of(part, one),
        standing_word(part, one.standing.value),
        false_sheets(part, one),
    )
