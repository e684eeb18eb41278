"""Assertions of the rule said as what would change, were they broken."""

from __future__ import annotations

from secondcount.audit.result import Assertion, AssertionKind, Margin
from secondcount.site.edition import Part

__all__ = ["broken", "closest", "move", "wanted"]


def closest(margins: tuple[Margin, ...], most: int) -> tuple[Margin, ...]:
    """Return the margins that moved votes can break, closest to breaking first."""
    known = sorted(
        (one for one in margins if one.moved is not None),
        key=lambda one: (one.moved, one.assertion.kind, one.assertion.winner, one.assertion.loser),
    )
    return tuple(known[:most])


def broken(part: Part, margin: Margin) -> str:
    """Return what would be so if the assertion did not hold: "Ak Zhol's last seat goes to the Communists"."""
    kind = margin.assertion.kind
    key = AssertionKind.REMAINDER if kind is AssertionKind.AVERAGE else kind
    return part.voice.say(
        f"broken.{key.value}",
        winner=part.voice.short(margin.assertion.winner),
        loser=part.voice.short(margin.assertion.loser),
    )


def move(part: Part, margin: Margin) -> str:
    """Return the cheapest way to break the assertion by moving votes, a dash where none is known."""
    if not (margin.moved_from and margin.moved_to):
        return part.voice.say("none")
    return part.voice.say(
        "flips.from_to", source=part.voice.short(margin.moved_from), target=part.voice.short(margin.moved_to)
    )


def wanted(part: Part, assertion: Assertion) -> str:
    """Return what an assertion says: "OSDP reaches 7 %", "Ak Zhol has more votes than the Communists"."""
    return part.voice.say(
        f"asserts.{assertion.kind.value}",
        winner=part.voice.short(assertion.winner),
        loser=part.voice.short(assertion.loser),
        share=assertion.share if assertion.share is not None else 0,
    )
