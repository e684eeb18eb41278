"""Standings and identified sets of claims in words."""

from __future__ import annotations

from fractions import Fraction

from secondcount.audit.result import Assessment
from secondcount.model.claim import LeadClaim, ShareClaim
from secondcount.site.edition import Part
from secondcount.verdict.result import ClaimVerdict

__all__ = ["claim_area", "conditioned", "edge", "false_sheets", "headline", "set_of", "standing_word", "tone_of"]

_TONES = {"proved": "proved", "refuted": "refuted", "not_decided": "open", "": "refused"}


def claim_area(part: Part, area: str) -> str:
    """Return the area that a claim speaks of: its own, or the whole contest."""
    return area or part.root


def standing_word(part: Part, standing: str) -> str:
    """Return the verdict word of a standing ("" = could not be assessed)."""
    return part.voice.say(f"standing.{standing or 'none'}")


def tone_of(standing: str) -> str:
    """Return the tone (class of colour and sign) of a standing."""
    return _TONES.get(standing, "open")


def conditioned(tone: str, *, total: bool) -> str:
    """Return the key of a word for a conclusion: with its second condition where it rests on the published total."""
    return f"{tone}_total" if total and tone in {"proved", "refuted"} else tone


def headline(claim: ClaimVerdict) -> str:
    """Return the standing of the headline: one that decides, under TURNOUT first; else whichever can be used."""
    found = (claim.decided_by_turnout, claim.decided_by_cap)
    decided = next((one for one in found if one in {"proved", "refuted"}), "")
    return decided or claim.decided_by_turnout or claim.decided_by_cap


def edge(claim: ClaimVerdict) -> Fraction | None:
    """Return the value that separates a true claim from a false one, None where there is none on the line."""
    body = claim.claim.body
    if isinstance(body, ShareClaim):
        return body.share
    return Fraction(0) if isinstance(body, LeadClaim) else None


def set_of(part: Part, one: Assessment) -> str:
    """Return an identified set: "8.20 % to 45.10 %", or votes for a lead; a dash where there is none."""
    if one.lower is None or one.upper is None:
        return part.voice.say("none")
    share = isinstance(one.claim.body, ShareClaim)
    low, high = (part.voice.percent(end) if share else part.voice.decimal(end, 0) for end in (one.lower, one.upper))
    return low if one.lower == one.upper else part.voice.say("range", low=low, high=high)


def false_sheets(part: Part, one: Assessment) -> str:
    """Return k, the least number of copies that would have to be false: "at least k" where it is a bound."""
    if one.false_sheets is None:
        return part.voice.say("none")
    number = part.voice.count(one.false_sheets.k)
    return number if one.false_sheets.exact else part.voice.say("at_least", number=number)
