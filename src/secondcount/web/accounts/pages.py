"""Pages about people: who is here, invitations, one member, and what the desk keeps of oneself."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from secondcount.errors import InputError
from secondcount.web.access import SECOND_FACTOR, found_or_refused, member_of, open_to
from secondcount.web.accounts.acts import record_act
from secondcount.web.accounts.forms import InviteForm, RoleForm
from secondcount.web.accounts.invitations import invite, open_invitations, renew
from secondcount.web.accounts.people import (
    change_role,
    end_sessions,
    export_person,
    forget_person,
    managed,
    managed_by,
    set_active,
)
from secondcount.web.accounts.words import phrase
from secondcount.web.desk import desk, now
from secondcount.web.models import Member, Role
from secondcount.web.qr import qr_picture
from secondcount.web.shell import address

__all__ = [
    "do_to_person",
    "export_one",
    "export_self",
    "invite_person",
    "people",
    "person",
    "person_role",
    "withdraw_invitation",
]


@open_to(Role.COORDINATOR)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the members and the open invitations."""
    return _listed(request, InviteForm(giver=member_of(request)))


def _listed(request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    me = member_of(request)
    shown = Member.objects.filter(forgotten=None).order_by("-is_active", "role", "username")
    context: dict[str, Any] = {
        "form": form,
        "people": shown,
        "managed": set(managed_by(me).values_list("pk", flat=True)),
        "with_factor": set(Authenticator.objects.values_list("user_id", flat=True)),
        "need_factor": SECOND_FACTOR,
        "invitations": open_invitations(me, now()),
    }
    return render(request, "desk/people.html", context, status=status)


@open_to(Role.COORDINATOR)
@require_POST
def invite_person(request: HttpRequest) -> HttpResponse:
    """Make an invitation and show its link, this once."""
    me = member_of(request)
    form = InviteForm(request.POST, giver=me)
    if not form.is_valid():
        return _listed(request, form, 400)
    role, team = Role(form.cleaned_data["role"]), form.cleaned_data["team"]
    return _link(request, invite(role, now(), team=team, by=me), {"role": f"desk.role.{role}", "team": team})


def _link(request: HttpRequest, token: str, context: dict[str, Any]) -> HttpResponse:
    url = address(request, reverse("join", args=[token]))
    return render(request, "desk/people_link.html", {"url": url, "picture": qr_picture(url), **context})


@open_to(Role.COORDINATOR)
@require_POST
def withdraw_invitation(request: HttpRequest, invitation: int) -> HttpResponse:
    """Take an invitation back that nobody has used."""
    me = member_of(request)
    found = found_or_refused(open_invitations(me, now()).filter(pk=invitation))
    record_act("invitation_withdrawn", me, found.token_digest[:16])
    found.delete()
    return _done(request, "invitation_withdrawn", "people")


@open_to(Role.COORDINATOR)
@require_GET
def person(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """Show one member, and what can be done."""
    me = member_of(request)
    return _person(request, managed(me, pseudonym), RoleForm(giver=me))


def _person(request: HttpRequest, member: Member, form: RoleForm, status: int = 200) -> HttpResponse:
    form.initial["role"] = member.role
    factor = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).exists()
    return render(request, "desk/people_one.html", {"member": member, "form": form, "factor": factor}, status=status)


@open_to(Role.COORDINATOR)
@require_POST
def person_role(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """Give a member another role."""
    me = member_of(request)
    member = managed(me, pseudonym)
    form = RoleForm(request.POST, giver=me)
    if not form.is_valid():
        return _person(request, member, form, 400)
    change_role(me, member, Role(form.cleaned_data["role"]))
    return _done(request, "role_changed", "person", pseudonym)


@open_to(Role.COORDINATOR)
@require_POST
def do_to_person(request: HttpRequest, pseudonym: str, act: str) -> HttpResponse:
    """Do one of the acts that a member's page offers."""
    me = member_of(request)
    member = managed(me, pseudonym)
    if act == "renew":
        return _link(request, renew(member, now(), by=me), {"renewed": member})
    if act == "forget":
        forget_person(me, member, desk().archive, now())
        return _done(request, "person_deleted", "people")
    if act == "end-sessions":
        end_sessions(me, member)
    elif act in ("close", "open"):
        set_active(me, member, active=act == "open")
    else:
        raise InputError("K105")
    return _done(request, act.replace("-", "_"), "person", pseudonym)


def _done(request: HttpRequest, what: str, page: str, *args: str) -> HttpResponse:
    messages.success(request, str(phrase(f"accounts.message.{what}")))
    return redirect(page, *args)


@open_to(Role.COORDINATOR)
@require_GET
def export_one(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """Give what the desk keeps of a member, for that person."""
    return _exported(member_of(request), managed(member_of(request), pseudonym))


@open_to(*Role)
@require_GET
def export_self(request: HttpRequest) -> HttpResponse:
    """Give whoever asks what the desk keeps of them."""
    return _exported(member_of(request), member_of(request))


def _exported(by: Member, member: Member) -> HttpResponse:
    record_act("exported", by, member.pseudonym)
    answer = JsonResponse(
        export_person(member, desk().archive), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = f'attachment; filename="{member.pseudonym}.json"'
    return answer
