"""The pages of whoever decides: readings side by side without names, hints, sums, the picture, one decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondcount.transcription.reading import CONTEST, PAGE, PLACES, STATION
from secondcount.transcription.states import Ground
from secondcount.web import work
from secondcount.web.access import member_of, open_to
from secondcount.web.deciding.case import OWN, Case, Chosen, case_of, chosen_of
from secondcount.web.deciding.decide import decide as decide_copy
from secondcount.web.desk import desk, now
from secondcount.web.models import Role, Task
from secondcount.web.reading.arithmetic import Worked, work_out
from secondcount.web.reading.holding import give_next, keep, put_back, show_page
from secondcount.web.reading.paper import MARKS, PROBLEMS, name_of, said
from secondcount.web.reading.pictures import page_count
from secondcount.web.reading.queue import DECIDING, held_task, renew, waiting
from secondcount.web.reading.typed import FIELDS, TypedCell
from secondcount.web.shell import language

__all__ = ["ADJUDICATORS", "decide", "follow", "give_back", "landing", "picture", "prolong", "sums"]

ADJUDICATORS = (Role.ADJUDICATOR, Role.COORDINATOR)
"""Roles that may decide; whoever has read a copy is never given it."""

GROUNDS = tuple((one.value, f"deciding.ground.{one.value}") for one in Ground)
PASSED = "decisions_passed_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One reading of one cell."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One cell that is open."""

    cell: str
    number: str
    label: str
    options: tuple[Option, ...]
    own: bool  # something else was chosen
    typed: TypedCell
    field: str  # of a pseudo-cell: the name of its field
    said: str  # of a pseudo-cell: what was typed there
    trouble: str


@open_to(*ADJUDICATORS)
@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """Show how many copies are open, and the button for the next one."""
    frame = {
        "waiting": waiting(member_of(request), DECIDING, now()),
        "nothing": request.GET.get("nothing") == "1",
        "decided": request.GET.get("decided") == "1",
    }
    return render(request, "desk/deciding/landing.html", frame)


@open_to(*ADJUDICATORS)
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Give the member the next open copy, or say that there is none."""
    task = give_next(request, DECIDING, PASSED)
    return redirect("decide_task", task=task.pk) if task else redirect(f"{reverse('decide')}?nothing=1")


@open_to(*ADJUDICATORS)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, task: int) -> HttpResponse:
    """Show the case; work out the sums of what is chosen; decide. The form says which of these is meant."""
    member = member_of(request)
    held = held_task(member, task, DECIDING)
    renew(member, task, now())
    case, chosen = _chosen(request, held)
    if request.POST.get("step") != "decide":
        return _page(request, held, case, chosen, checked=False)
    if not chosen.complete:
        return _page(request, held, case, chosen, checked=True)
    decide_copy(desk(), member, held, chosen.decision(member.pseudonym, case), when=now())
    work.wake()
    return redirect(f"{reverse('decide')}?decided=1")


def _chosen(request: HttpRequest, held: Task) -> tuple[Case, Chosen]:
    post = request.POST.dict()
    case = case_of(desk(), held.copy, post.get("as_contest", ""))
    return case, chosen_of(case, post, desk().election)


def _page(request: HttpRequest, held: Task, case: Case, chosen: Chosen, *, checked: bool) -> HttpResponse:
    contest = case.contest
    frame = {
        "task": held.pk,
        "pages": range(1, page_count(held) + 1),
        "contest": contest.labels.get(language()) if contest else "",
        "contests": [(one, said(one, CONTEST, desk().election)) for one in case.contests],
        "chosen_contest": contest.id if contest else "",
        "rows": [_row(cell, case, chosen, checked=checked) for cell in case.asked],
        "rest": [_rest(cell, case) for cell in case.state.open.settled],
        "hints": [(one, [name_of(cell, contest) for cell in one.hint.cells]) for one in case.favoured()],
        "grounds": GROUNDS,
        "ground": chosen.ground,
        "no_ground": checked and chosen.ground is None,
        "problems": PROBLEMS,
        "problem": chosen.problem,
        "marks": MARKS,
        "open": len(chosen.troubles) if checked and not chosen.problem else 0,
        "worked": _worked(case, chosen),
        "by_letter": [(letter, _sums(case, letter)) for letter in case.lettered] if contest else [],
    }
    return render(request, "desk/deciding/decide.html", frame, status=422 if checked else 200)


def _row(cell: str, case: Case, chosen: Chosen, *, checked: bool) -> Row:
    number, label = name_of(cell, case.contest)
    election, pick = desk().election, chosen.picks.get(cell, "")
    return Row(
        cell=cell,
        number=number,
        label=label,
        options=tuple(
            Option(value=letter, text=said(answer, cell, election), chosen=pick == letter)
            for letter, answer in case.read_of(cell).items()
        ),
        own=pick == OWN,
        typed=chosen.form.cells.get(cell, TypedCell()),
        field=FIELDS.get(cell, ""),
        said={STATION: chosen.form.station, PAGE: chosen.form.pages}.get(cell, ""),
        trouble=chosen.troubles.get(cell, "") if checked and not chosen.problem else "",
    )


def _rest(cell: str, case: Case) -> tuple[str, str, str]:
    number, label = name_of(cell, case.contest)
    return number, label, said(case.state.open.settled[cell], cell, desk().election)


def _sums(case: Case, letter: str) -> tuple[Worked, ...]:
    return work_out(case.contest, case.by_letter(letter), language()) if case.contest else ()


def _worked(case: Case, chosen: Chosen) -> tuple[Worked, ...]:
    """Return the sums of what is chosen so far; nothing before anything is chosen."""
    if case.contest is None or not set(case.asked) - set(PLACES) <= chosen.answers.keys():
        return ()
    return work_out(case.contest, chosen.cells(case), language())


@open_to(*ADJUDICATORS)
@require_POST
def sums(request: HttpRequest, task: int) -> HttpResponse:
    """Return the sums of what is chosen, for a page that is open."""
    case, chosen = _chosen(request, held_task(member_of(request), task, DECIDING))
    return render(request, "desk/deciding/sums.html", {"worked": _worked(case, chosen)})


@open_to(*ADJUDICATORS)
@require_GET
def picture(request: HttpRequest, task: int, number: int) -> HttpResponse:
    """Return the public picture of one page to whoever holds the task."""
    return show_page(request, task, number, DECIDING)


@open_to(*ADJUDICATORS)
@require_POST
def prolong(request: HttpRequest, task: int) -> HttpResponse:
    """Extend the lease; 409 where the task has gone to somebody else."""
    return keep(request, task)


@open_to(*ADJUDICATORS)
@require_POST
def give_back(request: HttpRequest, task: int) -> HttpResponse:
    """Put a case back into the queue, and do not offer it to this person again in this session."""
    put_back(request, task, PASSED)
    return redirect("decide")
