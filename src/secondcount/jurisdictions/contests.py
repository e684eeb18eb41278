"""Contests and contestants of a definition."""

from __future__ import annotations

from secondcount.jurisdictions.faults import printable
from secondcount.jurisdictions.forms import read_cell_id, read_identities, read_lines, read_masks
from secondcount.jurisdictions.rules import read_bases, read_rule, read_share_base
from secondcount.jurisdictions.sections import Section, Unique
from secondcount.model.election import Contest, Contestant, ContestantKind, Electorate, Status
from secondcount.model.form import Form
from secondcount.model.labels import LANGUAGES

__all__ = ["read_contests"]


_OF_TABLE = "table"


def read_contests(top: Section) -> tuple[Contest, ...]:
    """Return the contests of the election, each with its rule, form and contestants."""
    unique = Unique()
    found = []
    for section in top.parts("contests", "contest"):
        contest = _read_contest(section)
        if unique.admit(section, contest.id) or not contest.id:  # a bad id is reported; the rest is still read
            found.append(contest)
    return tuple(found)


def _read_contest(section: Section) -> Contest:
    name, labels = section.slug("id"), section.labels()
    columns = Unique()  # lines and contestants are columns of one table: their ids differ from each other
    lines = read_lines(section, columns)
    contestants = _read_contestants(section, columns)
    line_ids = tuple(line.id for line in lines)
    ids = tuple(one.id for one in contestants)
    takers = [one.id for one in contestants if _takes_seats(one)]
    if contestants and not takers:
        section.report("D301", "contestants")
    bases = read_bases(section, line_ids, ids)
    return Contest(
        id=name,
        labels=labels,
        contestants=contestants,
        rule=read_rule(section, bases, takers),
        bases=bases,
        share_base=read_share_base(section, bases),
        form=Form(lines=lines, identities=read_identities(section, line_ids, ids), masks=read_masks(section)),
        electorate=section.choice("electorate", Electorate, Electorate.APART),
        allocated_in=section.slug("allocated_in", required=False),
    )


def _takes_seats(one: Contestant) -> bool:
    return one.kind is not ContestantKind.AGAINST_ALL and one.status is Status.RUNNING


def _read_contestants(contest: Section, columns: Unique) -> tuple[Contestant, ...]:
    found = []
    names: dict[str, str] = {}
    if contest.table.get("contestants") == _OF_TABLE:  # they differ from district to district: the table names them
        return ()
    for section in contest.parts("contestants", "contestant"):
        contestant = Contestant(
            id=read_cell_id(section),
            labels=section.labels(),
            kind=section.choice("kind", ContestantKind),
            status=section.choice("status", Status, Status.RUNNING),
            short=section.labels("short") if section.has("short") else None,
            aliases=section.texts("aliases", required=False),
        )
        if columns.admit(section, contestant.id):
            found.append(contestant)
            _check_names(section, contestant, names)
    return tuple(found)


def _check_names(section: Section, one: Contestant, owners: dict[str, str]) -> None:
    """Report a name that already belongs to another contestant: tables and claims may use any of them."""
    labels = [one.labels, *([one.short] if one.short else [])]
    shown = [each.get(language) for each in labels for language in LANGUAGES]
    for name in (one.id, *shown, *one.aliases):
        owner = owners.setdefault(name.casefold(), one.id)
        if name and owner != one.id:
            section.report("D113", "labels" if name in shown else "aliases", name=printable(name), contestant=owner)
