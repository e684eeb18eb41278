"""All findings of the rules, grouped by kind of statement, each with its arithmetic, its place and advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from secondcount.model.issue import Issue, Severity
from secondcount.model.naming import issue_values
from secondcount.model.tally import Tally, tallies, tally_of
from secondcount.site.edition import Edition
from secondcount.wording import visible

__all__ = ["Finding", "FindingCode", "FindingGroup", "findings_view"]

MOST_OF_ONE_CODE = 12
"""So many findings of one code are written out; the rest is counted, and the sentence says where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One issue: what does not fit, and where."""

    reason: str
    place: str
    advice: str  # empty where all findings of the code share one


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCode:
    """All issues of one code."""

    code: str
    title: str
    advice: str  # the same for all of them, else empty
    findings: tuple[Finding, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """All issues of one severity."""

    severity: str
    title: str
    meaning: str
    codes: tuple[FindingCode, ...]


def findings_view(edition: Edition) -> tuple[FindingGroup, ...]:
    """Return all findings, contradictions first; a kind without findings is left out."""
    order = (Severity.CONTRADICTION, Severity.ERROR, Severity.UNUSUAL, Severity.NOTE)
    groups = ((kind, [one for one in edition.verdict.issues if one.severity is kind]) for kind in order)
    counted = tallies(edition.verdict.issues)
    return tuple(_group(edition, kind, issues, counted) for kind, issues in groups if issues)


def _group(edition: Edition, kind: Severity, issues: list[Issue], counted: Mapping[str, Tally]) -> FindingGroup:
    voice = edition.voice
    by_code = groupby(sorted(issues, key=lambda one: one.code), key=lambda one: one.code)
    return FindingGroup(
        severity=kind.value,
        title=voice.say(f"findings.{kind.value}.title", n=tally_of(edition.verdict.issues, kind).total),
        meaning=voice.say(f"findings.{kind.value}.meaning"),
        codes=tuple(_code(edition, code, list(members), counted[code]) for code, members in by_code),
    )


def _code(edition: Edition, code: str, members: list[Issue], tally: Tally) -> FindingCode:
    advice = _said(edition, members[0], "advice")
    shared = _is_fixed(edition, code, "advice") or all(_said(edition, one, "advice") == advice for one in members[1:])
    return FindingCode(
        code=code,
        title=_said(edition, members[0], "title"),
        advice=advice if shared else "",
        findings=tuple(_finding(edition, one, shared=shared) for one in members[:MOST_OF_ONE_CODE]),
        more=_more(edition, tally),
    )


def _more(edition: Edition, tally: Tally) -> str:
    """Return how many of a code are not written out, and where they are: in the table, or nowhere listed."""
    hidden, unlisted = tally.total - MOST_OF_ONE_CODE, tally.total - tally.in_table
    if hidden <= 0:
        return ""
    if not unlisted:
        return edition.voice.say("findings.more", n=hidden)
    return edition.voice.say("findings.more_counted", n=hidden, listed=tally.in_table, unlisted=unlisted)


def _finding(edition: Edition, issue: Issue, *, shared: bool) -> Finding:
    reason = _said(edition, issue, "reason")
    return Finding(
        reason=reason,
        place=_place(edition, issue, reason),
        advice="" if shared else _said(edition, issue, "advice"),
    )


def _said(edition: Edition, issue: Issue, what: str) -> str:
    key = f"issue.{issue.code}.{what}"
    voice = edition.voice_for(issue.where.contest)
    return voice.quote(key, issue_values(issue)) if voice.book.has(key) else issue.code


def _is_fixed(edition: Edition, code: str, what: str) -> bool:
    """Return whether a sentence of a code needs no value: then all its issues have the same."""
    key = f"issue.{code}.{what}"
    return not edition.voice.book.has(key) or not edition.voice.book.needs(key)


def _place(edition: Edition, issue: Issue, reason: str) -> str:
    """Return where an issue is, as far as its sentence has not said it: file, line, key; area, station, figure."""
    where, voice = issue.where, edition.voice_for(issue.where.contest)
    parts = [
        (where.file, "place.file", visible(where.file)),
        (where.line, "place.line", str(where.line)),
        (where.column, "place.column", visible(where.column)),
        (where.key, "place.key", visible(where.key)),
        (where.area, "place.area", voice.name("area", where.area)),
        (where.station, "place.station", visible(where.station)),
        (where.publication, "place.publication", voice.name("publication", where.publication)),
        (where.cell, "place.cell", voice.short(where.cell)),
    ]
    return " · ".join(voice.say(key, value=text) for known, key, text in parts if known and text not in reason)
