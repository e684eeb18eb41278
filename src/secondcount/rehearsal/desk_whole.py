"""A whole rehearsal at a real desk: archive, server, people, a night, and what the log holds in the end."""

from __future__ import annotations

from pathlib import Path

from secondcount.rehearsal.desk_night import Crowd, DeskScore, run_night, score_desk
from secondcount.rehearsal.desk_process import make_archive, serve_desk
from secondcount.rehearsal.members import Member, invite_members, join
from secondcount.rehearsal.night import Night

__all__ = ["ARCHIVE", "CROWD", "rehearse_at_desk"]

ARCHIVE = "archive"
"""Folder of the archive within that of the rehearsal."""

CROWD = {"collector": 3, "reader": 4, "adjudicator": 1}
"""People beside the owner: three readers could read a copy whose readings differ, four do not wait for each other."""


def rehearse_at_desk(
    folder: Path, night: Night, *, database: str = "", language: str = "en", words: tuple[str, ...] = ()
) -> DeskScore:
    """Hold a night at a desk in a folder, on SQLite or on a database, and return what came of it.

    Raises:
        InputError: A102 there is an archive already, K182 an answer that should not be, K183 no desk.
        OSError: the desk no longer answers.

    """
    archive = make_archive(folder / ARCHIVE, night.plan.stations)
    with serve_desk(folder / ARCHIVE, database=database, words=words) as desk:
        owner = join(desk.origin, desk.link, "owner")
        people = invite_members(owner, CROWD)
        crowd = Crowd(collectors=people["collector"], readers=people["reader"], adjudicators=people["adjudicator"])
        done, receipts = run_night(night, crowd, language=language)
    return score_desk(night, archive, done, receipts, _times(owner, people))


def _times(owner: Member, people: dict[str, list[Member]]) -> list[float]:
    everybody = [owner, *(one for those in people.values() for one in those)]
    return [seconds for one in everybody for seconds in one.browser.seconds]
