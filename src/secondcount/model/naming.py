"""What ids are called in a language, and the values of an issue's sentence: shared by all doors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from secondcount.model.claim import ClaimBody, InClaim, LeadClaim, ShareClaim
from secondcount.model.election import Contest, Contestant, Election
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Value
from secondcount.model.labels import Labels
from secondcount.model.publication import Publication
from secondcount.model.rule import Comparison

__all__ = ["area_labels", "claim_sentence", "issue_values", "label_map"]

_Named = tuple[str, Labels]
_COMPARED: Mapping[Comparison, str] = {
    Comparison.AT_LEAST: "at_least",
    Comparison.MORE_THAN: "more_than",
    Comparison.AT_MOST: "at_most",
    Comparison.LESS_THAN: "less_than",
}


def label_map(
    election: Election, publications: Iterable[Publication], language: str, *, contest: str = "", short: bool = False
) -> Mapping[str, str]:
    """Return "kind/id" -> label for everything in an election that has a name.

    Kinds are contestant, contest, condition (of the law, not computed), area, level, base, publication, line and cell
    (a line or a contestant).
    An id that two contests use has the label of `contest` where that is given, else of the first.
    "area/" (no area said) is the whole territory. `short` prefers the short names of contestants.
    A label that two areas bear has the level behind it: "El Alto (municipality)"; one that two publications bear, the
    source: "Tables of the count (first.csv)".
    """
    found = {f"area/{name}": label for name, label in area_labels(election.geography, language).items()}
    found |= _of_publications(tuple(publications), language)
    contests = sorted(election.contests, key=lambda one: one.id != contest)
    for key, labels in (
        *_of_election(election),
        *(pair for one in contests for pair in _of_contest(one, short=short)),
    ):
        found.setdefault(key, labels.get(language))
    return found


def area_labels(geography: Geography, language: str) -> Mapping[str, str]:
    """Return area id -> label, no two alike as far as levels and the areas around can tell them apart.

    A label that several areas bear is followed by the level; where that is not enough, by the level and the next
    area around; and then by all areas around below the whole.
    """
    plain = {one.id: one.labels.get(language) for one in reversed(geography.areas)}  # of two with one id the first
    told = dict(plain)
    for stretch in (slice(0), slice(1, 2), slice(1, -1)):  # of the areas from this one up to the whole
        shared = {label for label, count in Counter(told.values()).items() if count > 1}
        if not shared:
            break
        for name, label in told.items():
            if label in shared:
                around = (plain[one] for one in geography.lineage(name)[stretch])
                told[name] = f"{plain[name]} ({', '.join((_level(geography, name, language), *around))})"
    return told


def _level(geography: Geography, name: str, language: str) -> str:
    area = geography.area(name)
    level = area.level if area else ""
    return next((one.labels.get(language) for one in geography.levels if one.id == level), level)


def _of_election(election: Election) -> Iterator[_Named]:
    geography = election.geography
    yield "area/", geography.root.labels
    yield from ((f"level/{one.id}", one.labels) for one in geography.levels)


def _of_publications(publications: Sequence[Publication], language: str) -> dict[str, str]:
    """Return the labels of publications; two tables of one layout bear one label, so the source of each follows it."""
    bearers = Counter(one.labels.get(language) for one in publications)
    told = {}
    for one in reversed(publications):  # of two with one id the first
        label = one.labels.get(language)
        told[f"publication/{one.id}"] = (
            f"{label} ({'; '.join(one.sources) or one.id})" if bearers[label] > 1 else label
        )
    return told


def _of_contest(contest: Contest, *, short: bool) -> Iterator[_Named]:
    yield f"contest/{contest.id}", contest.labels
    rule = contest.rule
    yield f"condition/{contest.id}", rule.not_coded_labels or Labels(en=rule.not_coded)
    yield from ((f"base/{one.id}", one.labels) for one in contest.bases)
    for kind in ("line", "cell"):
        yield from ((f"{kind}/{one.id}", one.labels) for one in contest.form.lines)
    for kind in ("contestant", "cell"):
        yield from ((f"{kind}/{one.id}", _name(one, short=short)) for one in contest.contestants)


def _name(contestant: Contestant, *, short: bool) -> Labels:
    return contestant.short or contestant.labels if short else contestant.labels


def issue_values(issue: Issue) -> Mapping[str, Value]:
    """Return what the sentence of an issue may use: the parts of its place, then its own values, which win."""
    where = issue.where
    place: dict[str, Value] = {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "key": where.key,
        "contest": where.contest,
        "area": where.area,
        "station": where.station,
        "publication": where.publication,
        "cell": where.cell,
    }
    return {**place, **dict(issue.values)}


def claim_sentence(body: ClaimBody, share_base: str) -> tuple[str, Mapping[str, Value]]:
    """Return the phrase key of a claim in words and its values; a claim that names no base means `share_base`."""
    if isinstance(body, ShareClaim):
        values: Mapping[str, Value] = {
            "contestant": body.contestant,
            "share": body.share,
            "base": body.base or share_base,
        }
        return f"claim.share_{_COMPARED[body.comparison]}", values
    if isinstance(body, LeadClaim):
        return "claim.lead", {"contestant": body.contestant, "contestant_other": body.over}
    if isinstance(body, InClaim):
        return "claim.in", {"contestant": body.contestant}
    return "claim.seats", {"contestant": body.contestant, "seats": body.seats}
