"""What a person does with a task that they hold, of whatever kind: see its pictures, keep it, give it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.http import HttpRequest, HttpResponse

from secondcount.web.access import member_of
from secondcount.web.desk import desk, now
from secondcount.web.models import Task, TaskKind
from secondcount.web.reading.pictures import picture_of
from secondcount.web.reading.queue import held_task, pass_on, renew, take_task

__all__ = ["give_next", "keep", "put_back", "show_page"]

MOST_PASSED = 50  # tasks that a person has passed on in this session


def give_next(request: HttpRequest, kinds: Iterable[TaskKind], passed: str) -> Task | None:
    """Give the member the next task, or None; what they have passed on stands in their session under `passed`."""
    return take_task(member_of(request), now(), kinds, avoid=request.session.get(passed, []))


def show_page(request: HttpRequest, task: int, number: int, kinds: Collection[TaskKind]) -> HttpResponse:
    """Return the public picture of one page to whoever holds the task.

    Raises:
        InputError: K105, it is not theirs or has no such page; K143, the picture was withdrawn.

    """
    found = picture_of(desk().archive, held_task(member_of(request), task, kinds), number)
    return HttpResponse(found.data, content_type=found.type)


def keep(request: HttpRequest, task: int) -> HttpResponse:
    """Extend the lease; 409 where the task has gone to somebody else."""
    return HttpResponse(status=204 if renew(member_of(request), task, now()) else 409)


def put_back(request: HttpRequest, task: int, passed: str) -> None:
    """Put a task back into the queue, and do not offer it to this person again in this session."""
    if pass_on(member_of(request), task):
        request.session[passed] = [*request.session.get(passed, []), task][-MOST_PASSED:]
