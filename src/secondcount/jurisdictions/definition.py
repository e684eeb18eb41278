"""The loader: bytes of a TOML definition -> an election, its publications and figures, and everything wrong with them.

The law of an election is data. Nothing here knows a country: what a definition may say is in `keys`,
what it means is in `model`, and each part is read by the module of its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from types import MappingProxyType

from secondcount.errors import InputError
from secondcount.jurisdictions.areas import read_geography, read_timezone
from secondcount.jurisdictions.contests import read_contests
from secondcount.jurisdictions.deadlines import read_deadlines
from secondcount.jurisdictions.document import check_floats, parse_document
from secondcount.jurisdictions.faults import Desk
from secondcount.jurisdictions.figures import Known, read_figures
from secondcount.jurisdictions.keys import FORMATS
from secondcount.jurisdictions.layouts import read_layouts
from secondcount.jurisdictions.params import fill_params
from secondcount.jurisdictions.publications import read_publications
from secondcount.jurisdictions.sections import NOWHEN, Section, Unique
from secondcount.model.election import Contest, Election
from secondcount.model.geography import Geography
from secondcount.model.issue import Issue, Severity
from secondcount.model.record import Input, Source

__all__ = ["Definition", "build_definition", "load_definition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """An election as defined by one file, its shipped figures, and what was found on the way.

    With an ERROR among `issues` the other parts hold placeholders and must not be used for anything
    but showing the issues: ask `is_usable` first.
    """

    election: Election
    source: Source
    issues: tuple[Issue, ...]
    input: Input

    @property
    def is_usable(self) -> bool:
        """Return whether the definition is free of errors."""
        return all(one.severity is not Severity.ERROR for one in self.issues)


def load_definition(
    name_for_messages: str, data: bytes, params: Mapping[str, str] = MappingProxyType({})
) -> Definition:
    """Return the definition in `data` with all its faults as issues; the name stands in every message.

    `params` chooses among what the definition says in several ways (`jurisdictions.params`).

    Raises:
        InputError: nothing can be built. D001 (too large), D002 (not UTF-8), D003 (not TOML),
            D004 (no contest), D006 (a line that no definition has), D701 to D704 (parameters).

    """
    name = PurePosixPath(name_for_messages.replace("\\", "/")).name or name_for_messages
    document = fill_params(name, parse_document(name, data), params)
    return build_definition(name, document, hashlib.sha256(data).hexdigest())


def build_definition(file: str, document: Mapping[str, object], digest: str) -> Definition:
    """Return the definition in a parsed document; `digest` is the basis of its figures.

    Raises:
        InputError: D004, there is no contest.

    """
    desk = Desk(file)
    check_floats(document, desk)
    top = Section(table=document, kind="election", key="", desk=desk)
    top.check_keys()
    geography = read_geography(top)
    contests = read_contests(top)
    _check_districts(top, contests, geography)
    if not contests:
        raise InputError("D004", file=file, number=desk.count, issues=desk.issues())  # the door lists them
    election = _read_election(top, contests, geography)
    publications = read_publications(top)
    known = Known(
        contests=contests, areas=frozenset(one.id for one in geography.areas), publications=publications, digest=digest
    )
    figures = read_figures(top, known)
    made_up = election.synthetic or any(one.synthetic for one in publications)
    return Definition(
        election=election,
        source=Source(publications=publications, figures=figures),
        issues=desk.issues(),
        input=Input(name=file, digest=digest, rows=figures.height, kind="definition", synthetic=made_up),
    )


def _check_districts(top: Section, contests: tuple[Contest, ...], geography: Geography) -> None:
    """Report seats that are given by areas of a level which is not there."""
    levels = [one.id for one in geography.levels]
    for index, contest in enumerate(contests):
        if contest.allocated_in and contest.allocated_in not in levels:
            top.report_unknown("D203", f"contests[{index}].allocated_in", contest.allocated_in, levels)


def _read_election(top: Section, contests: tuple[Contest, ...], geography: Geography) -> Election:
    limits = Unique()
    moment, source = _read_moment(top, "publication_not_before")
    closing, closing_source = _read_moment(top, "polls_close")
    one_side = top.text("one_side", required=False)
    return Election(
        id=top.slug("id"),
        labels=top.labels(),
        country=top.slug("country"),
        voting_day=top.day("voting_day") or NOWHEN,
        timezone=read_timezone(top, required=True),
        contests=contests,
        geography=geography,
        deadlines=read_deadlines(top, "deadlines", limits),
        remedies=read_deadlines(top, "remedies", limits),
        publication_not_before=moment,
        publication_source=source,
        sources=top.texts("sources"),
        one_side=one_side,
        layouts=read_layouts(top, contests, geography),
        version=_read_format(top),
        one_side_labels=top.in_languages("one_side", one_side),
        synthetic=top.flag("synthetic", required=False),
        polls_close=closing,
        polls_close_source=closing_source,
    )


def _read_format(top: Section) -> int:
    """Return the format version; a file of a later release is refused rather than half understood."""
    version = top.integer("format", 1)
    if version is not None and version not in FORMATS:
        top.report("D112", "format", found=version, known=", ".join(str(one) for one in FORMATS))
    return version or FORMATS[-1]


def _read_moment(top: Section, name: str) -> tuple[datetime | None, str]:
    """Return a moment that the law sets, and its article; the table of both may be left out."""
    section = top.part(name, name, required=False)
    if section is None:
        return None, ""
    return section.moment("moment"), section.text("source")
