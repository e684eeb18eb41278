"""Claims: their standing under both feasible sets, k, and what would have to be true or known to decide them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rich.text import Text

from secondcount.audit.result import Assessment, Feasible, Further, Needs, Standing
from secondcount.cli.screen.blocks import Column, folded, heading, indented, marked, table
from secondcount.cli.screen.signs import standing_styles
from secondcount.cli.screen.voice import Voice
from secondcount.model.claim import LeadClaim, ShareClaim
from secondcount.verdict.result import ClaimVerdict

__all__ = ["claims"]

TABLE_FROM = 100  # columns; narrower screens get one block per claim
NAMED = 5  # stations or areas to get copies from first
FINEST = 6  # decimals at most


def claims(found: Sequence[ClaimVerdict], share_base: str, voice: Voice, width: int) -> Iterator[Text]:
    """Yield every claim in every area with the words that explain the two sets and k."""
    if not found:
        return
    yield from heading(voice.say("heading.claims"), width)
    wide = width >= TABLE_FROM
    words = [voice.claim(one.claim.body, share_base) for one in found]
    if wide:
        yield from _as_table(found, voice, width)
    for at, claim in enumerate(found):
        if at or wide:
            yield Text("")
        if not wide:
            yield from _as_block(claim, words[at], voice, width)
        yield from _decision(claim, words[at] if wide else "", voice, width)
    yield Text("")
    yield from indented((voice.say(f"claim.{one}_means") for one in ("turnout", "cap", "k")), width)


def _pair(claim: ClaimVerdict, level: int) -> tuple[Assessment | None, Assessment | None]:
    """Return the assessments of one level under TURNOUT and under CAP."""
    here = {one.feasible: one for one in claim.assessments if one.level == level}
    return here.get(Feasible.TURNOUT), here.get(Feasible.CAP)


def _levels(claim: ClaimVerdict) -> list[int]:
    """Return the levels, the one that the headline rests on first."""
    levels = dict.fromkeys(one.level for one in claim.assessments)
    return sorted(levels, key=lambda level: (level != claim.headline_level, level))


def _as_table(found: Sequence[ClaimVerdict], voice: Voice, width: int) -> Iterator[Text]:
    names = ("claim", "copies", "level", "turnout", "cap", "k")
    columns = [Column(title=voice.say(f"column.{name}"), number=name == "k") for name in names]
    rows = [_row(claim, level, voice, first=not at) for claim in found for at, level in enumerate(_levels(claim))]
    return table(columns, rows, width)


def _row(claim: ClaimVerdict, level: int, voice: Voice, *, first: bool) -> list[str]:
    turnout, cap = _pair(claim, level)
    either = turnout or cap
    copies = voice.of(either.sheets, either.stations) if either else voice.say("none")
    said = f"{voice.say('quoted', text=claim.claim.text)}\n{voice.name('area', claim.area)}"
    sets = ("\n".join(_standing_and_set(claim, one, voice)) for one in (turnout, cap))
    return [said if first else "", copies, f"{level}+", *sets, _k_number(turnout, cap, voice)]


def _claim(claim: ClaimVerdict, words: str, voice: Voice, width: int) -> Iterator[Text]:
    named = f"{voice.say('quoted', text=claim.claim.text)} · {words} · {voice.name('area', claim.area)}"
    return (Text(line, style="bold") for line in folded(named, width))


def _as_block(claim: ClaimVerdict, words: str, voice: Voice, width: int) -> Iterator[Text]:
    yield from _claim(claim, words, voice, width)
    strong = standing_styles(voice)
    first, *others = _levels(claim)
    yield from indented([_copies(claim, first, voice)], width)
    for name, one in zip(("turnout", "cap"), _pair(claim, first), strict=True):
        words = f"{voice.say(f'column.{name}')}: {'; '.join(_standing_and_set(claim, one, voice))}"
        yield from marked(" ", "", words, width, strong)
    for level in others:
        yield from marked(" ", "", _other_level(claim, level, voice), width, strong)


def _other_level(claim: ClaimVerdict, level: int, voice: Voice) -> str:
    """Return what copies of another level give, in one line."""
    turnout, cap = (_standing_and_set(claim, one, voice)[0] for one in _pair(claim, level))
    return voice.say("claim.other_level", level=level, turnout=turnout, cap=cap)


def _copies(claim: ClaimVerdict, level: int, voice: Voice) -> str:
    one = next((one for one in _pair(claim, level) if one is not None), None)
    if one is None or not one.sheets:
        return voice.say("claim.copies_none")
    if one.stations is None:
        return voice.say("claim.copies_unknown", seen=one.sheets, level=one.level)
    return voice.say("claim.copies", seen=one.sheets, expected=one.stations, level=one.level)


def _standing_and_set(claim: ClaimVerdict, one: Assessment | None, voice: Voice) -> tuple[str, ...]:
    if one is None or (one.standing is Standing.NOT_DECIDED and one.unseen is None):
        return (voice.say("standing.none"),)
    if one.standing is not Standing.NOT_DECIDED:
        word = voice.say(f"standing.{one.standing.value}{'_total' if claim.rests_on_total(one) else ''}")
    elif one.sheets:
        word = voice.say("standing.not_decided", phrase_from=_n_of_key(one), seen=one.sheets, expected=one.stations)
    else:
        word = voice.say("standing.not_decided_none")
    return word, _set(one, voice)


def _n_of_key(one: Assessment) -> str:
    return "ui.n_of_unknown" if one.stations is None else "ui.n_of"


def _set(one: Assessment, voice: Voice) -> str:
    body = one.claim.body
    if one.lower is None or one.upper is None or not isinstance(body, ShareClaim | LeadClaim):
        return voice.say("claim.set_none")
    if isinstance(body, LeadClaim):
        low, high = (voice.book.number(end) for end in (one.lower, one.upper))
        return voice.say("claim.set_votes", set=_range(low, high, voice))
    low, high = (_share(end, body.share, voice) for end in (one.lower, one.upper))
    return voice.say("claim.set", set=_range(low, high, voice))


def _range(low: str, high: str, voice: Voice) -> str:
    return low if low == high else voice.say("range", low=low, high=high)


def _share(end: Fraction, edge: Fraction, voice: Voice) -> str:
    """Return a bound with so many decimals that it does not look like the claimed share when it is not."""
    for decimals in range(2, FINEST + 1):
        text = voice.percent(end, decimals)
        if end == edge or text != voice.percent(edge, decimals):
            return text
    return voice.percent(end, FINEST)


def _k_number(turnout: Assessment | None, cap: Assessment | None, voice: Voice) -> str:
    found = next((one.false_sheets for one in (turnout, cap) if one and one.false_sheets), None)
    if found is None:
        return voice.say("none")
    return voice.count(found.k) if found.exact else f"≥ {voice.count(found.k)}"


def _decision(claim: ClaimVerdict, words: str, voice: Voice, width: int) -> Iterator[Text]:
    """Yield what undoes a conclusion, or what would decide an open claim, at the level of the headline.

    `words` names the claim, "" where it stands above already.
    """
    chosen = _chosen(claim)
    lines = [*_undoing(chosen, voice), *_open(chosen, voice)] if chosen else []
    lines += [voice.quote(f"issue.{one.code}.reason", dict(one.values)) for one in (chosen.refusals if chosen else ())]
    if words:
        yield from _claim(claim, words, voice, width)
    yield from indented(lines, width)


def _chosen(claim: ClaimVerdict) -> Assessment | None:
    """Return the assessment whose details are told: a decided one, else TURNOUT, else CAP."""
    pair = [one for one in _pair(claim, claim.headline_level) if one is not None]
    decided = [one for one in pair if one.standing is not Standing.NOT_DECIDED]
    usable = [one for one in pair if one.unseen is not None]
    return next(iter((*decided, *usable, *pair)), None)


def _undoing(one: Assessment, voice: Voice) -> Iterator[str]:
    if one.false_sheets is not None:
        yield voice.say("claim.k" if one.false_sheets.exact else "claim.k_least", k=one.false_sheets.k)


def _open(one: Assessment, voice: Voice) -> Iterator[str]:
    if one.standing is not Standing.NOT_DECIDED:
        return
    if one.needs is not None:
        yield from _needs(one.needs, voice.short(one.claim.body.contestant), one.feasible, voice)
    if one.further is not None:
        yield from _further(one.further, voice)


_BASES: Mapping[Feasible, str] = {Feasible.TURNOUT: "_total", Feasible.CAP: ""}
"""Of what the needed votes are a part: of what the published total leaves, or of all that may be there."""


def _needs(needs: Needs, contestant: str, feasible: Feasible, voice: Voice) -> Iterator[str]:
    if needs.votes is None:
        yield voice.say("claim.needs_impossible")
        return
    yield voice.say(
        f"claim.{'needs_at_most' if needs.at_most else 'needs'}{_BASES[feasible]}",
        votes=needs.votes,
        unseen_total=needs.unseen_total,
        contestant=contestant,
        share=needs.share or Fraction(0),
    )
    if needs.official_votes is not None and needs.official_share is not None:
        yield voice.say("claim.needs_official", votes=needs.official_votes, share=needs.official_share)
    if needs.seen_share is not None:
        yield voice.say("claim.needs_seen", share=needs.seen_share)


def _further(further: Further, voice: Voice) -> Iterator[str]:
    for key, best, like in (
        ("prove", further.prove_best, further.prove_like_seen),
        ("refute", further.refute_best, further.refute_like_official),
    ):
        if best is not None:
            phrase = "ui.claim.like_none" if like is None else f"ui.claim.{key}_like"
            yield voice.say(f"claim.{key}", best=best, like=like, phrase_like=phrase)
    if further.first:
        names = ", ".join(voice.name("area", one) for one in further.first[:NAMED])
        yield voice.say("claim.first", names=names)
