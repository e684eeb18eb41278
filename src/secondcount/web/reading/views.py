"""The pages of a reader: the next copy, the picture beside the form, the check, the thanks.

A reader sees the public picture of the copy, the form of the contest that they chose, and what they typed. No page of
this module knows a total, an official figure, what another reader typed, or what whoever brought the copy claims.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondcount.model.election import Contest
from secondcount.transcription.reading import CONTEST, PLACES, PartReading, Reading
from secondcount.web import work
from secondcount.web.access import member_of, open_to
from secondcount.web.desk import desk, now
from secondcount.web.models import ReadingRow, Role, Task, TaskKind
from secondcount.web.reading.arithmetic import work_out
from secondcount.web.reading.committing import asked_of, commit, grant, granted_task
from secondcount.web.reading.holding import give_next, keep, put_back, show_page
from secondcount.web.reading.paper import MARKS, PROBLEMS, lines_of, name_of, what_was_typed
from secondcount.web.reading.pictures import page_count
from secondcount.web.reading.queue import READING, held_task, renew, waiting
from secondcount.web.reading.receipts import committed_reading
from secondcount.web.reading.typed import TypedForm, typed_form
from secondcount.web.shell import language

__all__ = ["READERS", "cells", "done", "follow", "give_back", "landing", "picture", "prolong", "read"]

READERS = (Role.READER, Role.ADJUDICATOR, Role.COORDINATOR)
"""Roles that may read: in a small team everybody does. Nobody decides about a copy that they have read."""

PASSED = "passed_on"
DAY = timedelta(hours=24)


@open_to(*READERS)
@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """Show how many copies wait, and the button for the next one."""
    member = member_of(request)
    mine = ReadingRow.objects.filter(reader=member)
    return render(
        request,
        "desk/reading/landing.html",
        {
            "waiting": waiting(member, READING, now()),
            "held": Task.objects.filter(leased_by=member, state="open", kind__in=READING).exists(),
            "today": mine.filter(committed__gt=now() - DAY).count(),
            "nothing": request.GET.get("nothing") == "1",
        },
    )


@open_to(*READERS)
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Give the member the next task, or say that there is none."""
    task = give_next(request, READING, PASSED)
    return redirect("read_task", task=task.pk) if task else redirect(f"{reverse('read')}?nothing=1")


@open_to(*READERS)
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, task: int) -> HttpResponse:
    """Show the picture and the form; check what was typed; commit it. The form says which of these is meant."""
    member = member_of(request)
    if request.method == "GET":
        held = held_task(member, task, READING)
        renew(member, task, now())
        return _form(request, held, QueryDict())
    given = granted_task(member, task, request.POST.get("grant", ""))
    form = _typed(given, request.POST)
    step = request.POST.get("step", "")
    if step not in ("check", "commit"):
        return _form(request, given, request.POST)
    if not form.complete:
        return _form(request, given, request.POST, checked=True)
    return _check(request, given, form) if step == "check" else _commit(request, given, form)


def _typed(task: Task, post: QueryDict) -> TypedForm:
    asked = asked_of(task)
    said = {name: str(value) for name, value in post.items() if not (asked and name == "problem")}
    return typed_form(said, desk().election, contest=_settled_contest(task), asked=asked)


def _settled_contest(task: Task) -> str:
    """Return the contest that the first two readers agreed on, where a third one is asked for single cells."""
    if not asked_of(task):
        return ""
    first = ReadingRow.objects.filter(copy_id=task.copy_id, task__kind=TaskKind.READING).order_by("task__slot").first()
    return str(first.content["contest"]) if first else ""


def _frame(request: HttpRequest, task: Task, form: TypedForm, *, checked: bool) -> dict[str, object]:
    """Return what the form shows: of the copy nothing but how many pictures there are."""
    asked = asked_of(task)
    contest = form.contest
    return {
        "task": task.pk,
        "grant": grant(member_of(request), task),
        "pages": range(1, page_count(task) + 1),
        "form": form,
        "asked": [(cell, *name_of(cell, contest)) for cell in asked],
        "place": [cell.removeprefix("@") for cell in PLACES if not asked or cell in asked],
        "contests": [(one.id, one.labels.get(language())) for one in desk().election.contests],
        "contest_name": contest.labels.get(language()) if contest else "",
        "lines": lines_of(contest, form, asked=asked, checked=checked) if contest else [],
        "marks": MARKS,
        "problems": () if asked else PROBLEMS,
        "troubles": {cell.removeprefix("@"): why for cell, why in form.troubles.items()} if checked else {},
        "open": len(form.troubles) if checked else 0,
    }


def _form(request: HttpRequest, task: Task, post: QueryDict, *, checked: bool = False) -> HttpResponse:
    frame = _frame(request, task, _typed(task, post), checked=checked)
    status = 422 if checked else 200
    return render(request, "desk/reading/read.html", frame, status=status)


def _check(request: HttpRequest, task: Task, form: TypedForm) -> HttpResponse:
    """Show everything that was typed, once more, beside the picture."""
    hidden = [(name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "step")]
    frame = {
        "task": task.pk,
        "pages": range(1, page_count(task) + 1),
        "hidden": hidden,
        "said": what_was_typed(form, desk().election, asked_of(task)),
        "problem": f"reading.problem.{form.problem.value}" if form.problem else "",
    }
    return render(request, "desk/reading/check.html", frame)


def _commit(request: HttpRequest, task: Task, form: TypedForm) -> HttpResponse:
    member, asked = member_of(request), asked_of(task)
    reading: Reading | PartReading = form.part(member.pseudonym, asked) if asked else form.whole(member.pseudonym)
    row = commit(desk(), member, task, reading, form.contest or _claimed(task), when=now())
    work.wake()
    return redirect("read_done", task=row.task_id)


def _claimed(task: Task) -> Contest:
    """Return the contest under which a copy that cannot be read is kept."""
    return desk().contest(task.copy.contest) or desk().election.contests[0]


@open_to(*READERS)
@require_GET
def cells(request: HttpRequest, task: int) -> HttpResponse:
    """Return the cells of a contest's form, for a page that is open: the contest is chosen, not told."""
    held = held_task(member_of(request), task, READING)
    frame = _frame(request, held, _typed(held, request.GET), checked=False)
    return render(request, "desk/reading/cells.html", frame)


@open_to(*READERS)
@require_GET
def picture(request: HttpRequest, task: int, number: int) -> HttpResponse:
    """Return the public picture of one page to whoever holds the task."""
    return show_page(request, task, number, READING)


@open_to(*READERS)
@require_POST
def prolong(request: HttpRequest, task: int) -> HttpResponse:
    """Extend the lease; 409 where the task has gone to somebody else."""
    return keep(request, task)


@open_to(*READERS)
@require_POST
def give_back(request: HttpRequest, task: int) -> HttpResponse:
    """Put a task back into the queue, and do not offer it to this person again today."""
    put_back(request, task, PASSED)
    return redirect("read")


@open_to(*READERS)
@require_GET
def done(request: HttpRequest, task: int) -> HttpResponse:
    """Thank for a reading, and show which identities do not hold in what this person typed."""
    row, contest, typed = committed_reading(desk().election, member_of(request), task)
    worked = work_out(contest, typed, language()) if contest else ()
    frame = {
        "broken": [one for one in worked if not one.holds],
        "held": [one for one in worked if one.holds],
        "commitment": row.commitment,
        "unread": CONTEST if contest is None else "",
        "waiting": waiting(member_of(request), READING, now()),
    }
    return render(request, "desk/reading/done.html", frame)
