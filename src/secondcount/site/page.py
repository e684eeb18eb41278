"""The page of one language as a value: sections in order, each finished text, ready to be set."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.site.edition import Edition, Part
from secondcount.site.grid import Grid
from secondcount.site.sections import (
    ClaimView,
    CopiesView,
    FindingGroup,
    Masthead,
    PublicationsView,
    SeatsView,
    SharesView,
    StationsView,
    SummaryView,
    ThresholdsView,
    claims_view,
    copies_view,
    findings_view,
    inputs_table,
    masthead,
    publications_view,
    seats_view,
    shares_view,
    stations_view,
    summary_view,
    thresholds_view,
)
from secondcount.site.voice import Voice

__all__ = ["ContestView", "PageView", "page_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestView:
    """Everything that is told of one contest."""

    name: str
    seats: SeatsView
    shares: SharesView
    thresholds: ThresholdsView
    copies: CopiesView
    stations: StationsView | None
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The whole report in one language."""

    language: str
    voice: Voice
    masthead: Masthead
    summary: SummaryView
    sections: tuple[str, ...]  # keys of the sections that have something to say, in order
    contests: tuple[ContestView, ...]
    publications: PublicationsView
    findings: tuple[FindingGroup, ...]
    inputs: Grid
    derivation: str


def page_view(edition: Edition) -> PageView:
    """Return the report of one edition."""
    contests = tuple(_contest(part) for part in edition.parts)
    findings = findings_view(edition)
    return PageView(
        language=edition.language,
        voice=edition.voice,
        masthead=masthead(edition),
        summary=summary_view(edition),
        sections=_sections(contests, findings),
        contests=contests,
        publications=publications_view(edition),
        findings=findings,
        inputs=inputs_table(edition),
        derivation=edition.verdict.derivation,
    )


def _contest(part: Part) -> ContestView:
    return ContestView(
        name=part.voice.name("contest", part.contest.id),
        seats=seats_view(part),
        shares=shares_view(part),
        thresholds=thresholds_view(part),
        copies=copies_view(part),
        stations=stations_view(part),
        claims=claims_view(part),
    )


def _sections(contests: tuple[ContestView, ...], findings: tuple[FindingGroup, ...]) -> tuple[str, ...]:
    """Return the sections in the order of the page; one that would be empty is left out."""
    there = {
        "seats": True,
        "shares": any(one.shares.chart for one in contests),
        "threshold": any(one.thresholds.tables for one in contests),
        "copies": True,
        "stations": any(one.stations for one in contests),
        "claims": any(one.claims for one in contests),
        "publications": True,
        "findings": bool(findings),
        "inputs": True,
        "method": True,
    }
    return tuple(key for key, known in there.items() if known)
