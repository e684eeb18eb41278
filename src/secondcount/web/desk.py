"""The archive behind this process, opened once: its election, its contests, and the clock."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from secondcount.custody.archive import Archive, load_head, open_archive
from secondcount.custody.election import load_election
from secondcount.evidence.log import Log
from secondcount.model.election import Contest, Election
from secondcount.web.config import DeskConfig

__all__ = ["Desk", "desk", "now"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What does not change while a desk runs."""

    config: DeskConfig
    archive: Archive
    election: Election
    synthetic: bool  # a rehearsal: every page says so

    def contest(self, contest_id: str) -> Contest | None:
        """Return a contest of the election, or None."""
        return self.election.contest(contest_id)


@cache
def desk() -> Desk:
    """Return the desk of this process.

    Raises:
        InputError: K101 the process was not started by the command; A1xx the archive cannot be opened.

    """
    config = DeskConfig.from_environment(os.environ)
    archive = open_archive(config.archive, os.environ)
    log = Log(archive.public, load_head(archive).checkpoint.size)
    election = load_election(archive.public, log, archive.location)
    return Desk(config=config, archive=archive, election=election, synthetic=config.synthetic or election.synthetic)


def now() -> datetime:
    """Return the time, in UTC and to the second, as entries have it."""
    return datetime.now(UTC).replace(microsecond=0)
