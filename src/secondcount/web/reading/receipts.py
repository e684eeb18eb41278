"""What a reader can see again of a reading that they have committed: their own, and no other."""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.model.election import Contest, Election
from secondcount.transcription.cells import CellRead
from secondcount.transcription.spelling import parse_cell
from secondcount.web.access import found_or_refused
from secondcount.web.models import Member, ReadingRow

__all__ = ["committed_reading"]


def committed_reading(
    election: Election, member: Member, task_id: int
) -> tuple[ReadingRow, Contest | None, Mapping[str, CellRead]]:
    """Return a member's own reading: row, contest and cells; of a problem or of single cells no contest.

    Raises:
        InputError: K105, there is none, or it is somebody else's: the answer is the same.

    """
    row = found_or_refused(ReadingRow.objects.filter(task_id=task_id, reader=member))
    cells = row.content.get("cells") or {}
    contest = election.contest(str(row.content.get("contest", "")))
    return row, contest if cells else None, {name: parse_cell(cell) for name, cell in cells.items()}
