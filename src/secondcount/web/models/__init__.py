"""The tables of the desk: work in progress only; whatever is evidence is in the archive before it is here."""

from secondcount.web.models.arriving import Arrival, ArrivalState, PaperCopy
from secondcount.web.models.people import Act, Invitation, Member, Role
from secondcount.web.models.reading import Decision, ReadingRow, Task, TaskKind, TaskState
from secondcount.web.models.stationing import Hold, ObserverList, Posting, Station

__all__ = [
    "Act",
    "Arrival",
    "ArrivalState",
    "Decision",
    "Hold",
    "Invitation",
    "Member",
    "ObserverList",
    "PaperCopy",
    "Posting",
    "ReadingRow",
    "Role",
    "Station",
    "Task",
    "TaskKind",
    "TaskState",
]
