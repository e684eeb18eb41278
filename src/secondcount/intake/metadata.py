"""What a file says about itself in its `# key: value` lines: who issued it, when, and whether it is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from secondcount.errors import InputError
from secondcount.intake.remarks import shown
from secondcount.intake.table import Table
from secondcount.model.election import Contest, Election
from secondcount.model.issue import Issue
from secondcount.model.labels import Labels
from secondcount.model.layout import Layout
from secondcount.model.publication import Publication, Stage

__all__ = ["KEYS", "check_metadata", "contest_of", "file_stem", "parse_publication", "synthetic_label"]

KEYS = (
    "issuer",
    "issuer_ru",
    "issuer_kk",
    "stage",
    "published",
    "label",
    "label_ru",
    "label_kk",
    "one_side",
    "one_side_ru",
    "one_side_kk",
    "source",
    "synthetic",
    "complete",
    "contest",
)
"""Metadata that a file may carry."""

_YES = ("yes", "true", "да", "иә")
_EXPECTED = ("issuer", "published", "label")
_DATE_ONLY = re.compile(r"\d{4}-\d\d-\d\d")


def check_metadata(table: Table) -> tuple[Issue, ...]:
    """Return notes on keys that nobody knows, and on the label that the file gives itself as made up."""
    return (*_unknown_keys(table), *_synthetic_note(table))


def contest_of(table: Table, election: Election, usual: Contest) -> Contest:
    """Return the contest that a table says it belongs to (`# contest: id`), or the usual one where it says none.

    Raises:
        InputError: X112 the election has no such contest: its figures must not be taken as another's.

    """
    entry = table.entry("contest")
    if entry is None or not entry.value:
        return usual
    found = election.contest(entry.value)
    if found is None:
        known = ", ".join(one.id for one in election.contests)
        raise InputError("X112", file=table.name, contest=shown(entry.value), known=known)
    return found


def _unknown_keys(table: Table) -> Iterator[Issue]:
    for one in table.entries:
        if one.key not in KEYS:
            yield table.place.issue("T115", line=one.line, name=shown(one.key), known=", ".join(KEYS))


def _synthetic_note(table: Table) -> Iterator[Issue]:
    label = synthetic_label(table)
    if label:
        entry = table.entry("synthetic")
        yield table.place.issue("T119", line=entry.line if entry else 1, value=shown(label))


def synthetic_label(table: Table) -> str:
    """Return what a file says of its making: any text after `# synthetic:`, or "" for a file that says nothing.

    A column of that name counts too: a label must not be lost because somebody moved it.
    """
    entry = table.entry("synthetic")
    if entry is not None:
        return entry.value or "synthetic"
    named = any(header.casefold() == "synthetic" for header in table.headers)
    return "synthetic" if named else ""


def parse_publication(
    table: Table, election: Election, order: int, layout: Layout | None = None
) -> tuple[Publication, tuple[Issue, ...]]:
    """Return the publication that a table of published figures is; what it does not say is noted, not invented.

    What the file itself says counts before what its layout says.
    """
    stem = file_stem(table.name)
    issues = [*_missing(table, layout)]
    stage, stage_issue = _stage(table, layout)
    published, date_issue = _published(table, election)
    issues += [one for one in (stage_issue, date_issue) if one is not None]
    text = {one.key: one.value for one in table.entries}
    publication = Publication(
        id=f"{_slug(stem)}-{order}",
        issuer=text.get("issuer", "") or (layout.issuer if layout else ""),
        stage=stage,
        labels=_labels(text, layout, stem),
        published=published,
        sources=(text.get("source") or table.name,),
        one_side=text.get("one_side", ""),
        synthetic=bool(synthetic_label(table)),
        complete=text.get("complete", "").strip().casefold() in _YES,
        issuer_labels=_in_languages(text, "issuer"),
        one_side_labels=_in_languages(text, "one_side"),
    )
    return publication, tuple(issues)


def _in_languages(text: Mapping[str, str], key: str) -> Labels | None:
    """Return the value of a key with its Russian and Kazakh forms, None where it has neither."""
    ru, kk = text.get(f"{key}_ru", ""), text.get(f"{key}_kk", "")
    return Labels(en=text[key], ru=ru, kk=kk) if text.get(key) and (ru or kk) else None


def _labels(text: Mapping[str, str], layout: Layout | None, stem: str) -> Labels:
    if "label" not in text and layout and layout.labels:
        return layout.labels
    return Labels(en=text.get("label") or stem, ru=text.get("label_ru", ""), kk=text.get("label_kk", ""))


def _missing(table: Table, layout: Layout | None) -> Iterator[Issue]:
    given = {"issuer": layout.issuer, "label": layout.labels} if layout else {}
    missing = [key for key in _EXPECTED if table.entry(key) is None and not given.get(key)]
    if missing:
        yield table.place.issue("T170", keys=", ".join(missing))


def _stage(table: Table, layout: Layout | None) -> tuple[Stage, Issue | None]:
    """Return the stage of the count; where none is given the figures are taken as final, and that is said."""
    entry = table.entry("stage")
    if entry is None and layout and layout.stage:
        return Stage(layout.stage), None
    if entry is None:
        return Stage.FINAL, table.place.issue("T171")
    try:
        return Stage(entry.value.casefold()), None
    except ValueError:
        known = ", ".join(Stage)
        return Stage.FINAL, table.place.issue(
            "T116", line=entry.line, name="stage", value=shown(entry.value), known=known
        )


def _published(table: Table, election: Election) -> tuple[datetime | None, Issue | None]:
    """Return the time of publication: with the election's time zone where only a time of day is given."""
    entry = table.entry("published")
    if entry is None:
        return None, None
    try:
        if _DATE_ONLY.fullmatch(entry.value):
            day = date.fromisoformat(entry.value)
            return datetime(day.year, day.month, day.day), None
        moment = datetime.fromisoformat(entry.value)
    except ValueError:
        known = "2012-01-17, 2012-01-16T12:38, 2012-01-16T12:38+06:00"
        return None, table.place.issue(
            "T116", line=entry.line, name="published", value=shown(entry.value), known=known
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(election.timezone)), None


def file_stem(name: str) -> str:
    """Return the name of a file without its endings, as messages and `<stem>.map.toml` use it."""
    bare = re.sub(r"\.(?:gz|zip)$", "", name, flags=re.IGNORECASE)
    return re.sub(r"(?<=.)\.\w{1,5}$", "", bare)


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "reported"
