"""Publications that a definition ships: who released figures, when, at which stage, on whose word we have them."""

from __future__ import annotations

from datetime import datetime

from secondcount.jurisdictions.sections import Section, Unique
from secondcount.model.publication import Publication, Stage

__all__ = ["read_publications"]


def read_publications(top: Section) -> tuple[Publication, ...]:
    """Return the publications, oldest first as they must stand in the file."""
    unique = Unique()
    found: list[Publication] = []
    latest: Publication | None = None
    for section in top.parts("publications", "publication", required=False):
        publication = _read_publication(section)
        if latest is not None and _is_older(publication.published, latest.published):
            section.report("D512", "published", name=publication.id, first=latest.id)
        if publication.published is not None:
            latest = publication
        if unique.admit(section, publication.id):
            found.append(publication)
    return tuple(found)


def _read_publication(section: Section) -> Publication:
    issuer, one_side = section.text("issuer"), section.text("one_side", required=False)
    return Publication(
        id=section.slug("id"),
        issuer=issuer,
        stage=section.choice("stage", Stage),
        labels=section.labels(),
        published=section.day_or_moment("published"),
        sources=section.texts("sources"),
        one_side=one_side,
        synthetic=section.flag("synthetic", required=False),
        issuer_labels=section.in_languages("issuer", issuer),
        one_side_labels=section.in_languages("one_side", one_side),
    )


def _is_older(one: datetime | None, other: datetime | None) -> bool:
    """Return whether a moment certainly precedes another; a date without a time of day compares as a date."""
    if one is None or other is None:
        return False
    if one.tzinfo is None or other.tzinfo is None:
        return one.date() < other.date()
    return one < other
