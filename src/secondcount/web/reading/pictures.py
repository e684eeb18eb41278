"""The public pictures of a copy, for whoever holds a task on it and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from secondcount.custody.archive import Archive
from secondcount.errors import InputError
from secondcount.web.blobs import load_blob
from secondcount.web.models import Arrival, Task

__all__ = ["Picture", "page_count", "picture_of"]

_PNG = b"\x89PNG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The bytes of a public picture."""

    data: bytes
    type: str  # "image/jpeg" or "image/png", by its first bytes


def _pages(task: Task) -> list[Arrival]:
    return list(task.copy.pages.exclude(derivative="").order_by("page", "pk"))


def page_count(task: Task) -> int:
    """Return how many pictures there are of the copy of a task."""
    return len(_pages(task))


def picture_of(archive: Archive, task: Task, number: int) -> Picture:
    """Return the picture of one page, counted from 1.

    Raises:
        InputError: K105, there is no such page; K143, its picture was withdrawn.

    """
    pages = _pages(task)
    if not 1 <= number <= len(pages):
        raise InputError("K105")
    data = load_blob(archive, pages[number - 1].derivative)
    if data is None:
        raise InputError("K143")
    return Picture(data=data, type="image/png" if data.startswith(_PNG) else "image/jpeg")
