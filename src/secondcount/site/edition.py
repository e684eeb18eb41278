"""One language's view of a verdict: the voice that speaks, and the contest that is spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.model.election import Contest
from secondcount.model.publication import Publication
from secondcount.model.record import Record
from secondcount.site.side_by_side import SideBySide, stations_file
from secondcount.site.voice import Voice, voice_of
from secondcount.tabulation.result import Coverage
from secondcount.verdict.result import BaseTotal, ContestVerdict, Verdict

__all__ = ["Edition", "Part", "edition_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One contest of an edition: its definition and what was derived for it."""

    key: str  # prefix of element ids, unique in the page
    verdict: Verdict
    record: Record
    voice: Voice
    contest: Contest
    found: ContestVerdict
    sides: SideBySide | None = None  # copies beside published figures, where there are stations
    file: str = ""  # name of the table of all stations, beside the page

    @property
    def root(self) -> str:
        """Return the id of the area that contains all others."""
        return self.record.election.geography.root.id

    def publication(self, publication_id: str) -> Publication | None:
        """Return the publication with this id, or None."""
        return next((one for one in self.record.publications if one.id == publication_id), None)

    def dated(self, publication_id: str) -> str:
        """Return a publication's name, with its date and time where they are known."""
        name = self.voice.name("publication", publication_id)
        found = self.publication(publication_id)
        if found is None or found.published is None:
            return name
        return self.voice.say("frame.dated", publication=name, when=self.voice.book.time(found.published))

    def coverage(self, area: str) -> Coverage | None:
        """Return how much of an area the copies cover, None where there is no copy."""
        return next((one for one in self.found.coverage if one.area == area), None)

    def stations(self, area: str) -> tuple[int, int | None]:
        """Return n and N of an area: polling stations with a usable copy, and their official number."""
        found = self.coverage(area)
        if found is not None:
            return found.seen, found.expected
        known = self.record.election.geography.area(area)
        return 0, known.stations if known else None

    def base(self, base_id: str) -> BaseTotal | None:
        """Return the denominator with this id, or None."""
        return next((one for one in self.found.bases if one.base == base_id), None)

    @property
    def votes(self) -> int | None:
        """Return the official votes of all contestants together, None where any is missing."""
        counts = [one.votes for one in self.found.share_rows]
        known = [one for one in counts if one is not None]
        return sum(known) if known and len(known) == len(counts) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The verdict and its record, told in one language."""

    verdict: Verdict
    record: Record
    voice: Voice
    parts: tuple[Part, ...]  # the contests that were derived, in the order of the verdict

    @property
    def language(self) -> str:
        """Return the language that is spoken here."""
        return self.voice.language

    def voice_for(self, contest: str) -> Voice:
        """Return the voice that knows the names of one contest; the common one where that was not derived."""
        return next((one.voice for one in self.parts if one.contest.id == contest), self.voice)


def edition_of(
    verdict: Verdict, record: Record, language: str, sides: Mapping[str, SideBySide] | None = None
) -> Edition:
    """Return the edition of one language; `sides` by contest, where stations are to be told."""
    parts = (_part(verdict, record, language, place, sides or {}) for place in range(len(verdict.contests)))
    return Edition(
        verdict=verdict,
        record=record,
        voice=voice_of(record, language),
        parts=tuple(one for one in parts if one is not None),
    )


def _part(verdict: Verdict, record: Record, language: str, place: int, sides: Mapping[str, SideBySide]) -> Part | None:
    found = verdict.contests[place]
    contest = record.election.contest(found.contest)
    if contest is None:
        return None
    return Part(
        key=f"{language}-{place + 1}",
        verdict=verdict,
        record=record,
        voice=voice_of(record, language, contest.id),
        contest=contest,
        found=found,
        sides=sides.get(contest.id),
        file=stations_file(sides, contest.id),
    )
