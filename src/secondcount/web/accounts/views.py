"""The first page, the way in, languages, and whether the desk is well."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondcount.errors import InputError
from secondcount.model.labels import LANGUAGES
from secondcount.web.access import open_to, open_to_anybody
from secondcount.web.accounts.forms import JoinForm, NewPasswordForm
from secondcount.web.accounts.invitations import accept, find, renew_password
from secondcount.web.desk import desk, now
from secondcount.web.health import look
from secondcount.web.models import Invitation, Member, Role

__all__ = ["choose_language", "health", "home", "join"]

_COOKIE = "django_language"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to(*Role)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what this member can do here."""
    return render(request, "desk/home.html")


@open_to_anybody
@require_POST
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a language, in a cookie and with the member."""
    if code not in LANGUAGES:
        raise InputError("K105")
    if isinstance(request.user, Member):
        Member.objects.filter(pk=request.user.pk).update(language=code)
    response = redirect(_back(request))
    response.set_cookie(
        _COOKIE, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response


def _back(request: HttpRequest) -> str:
    """Return the page of this desk that the request came from."""
    wanted = request.POST.get("next", "/")
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"


@open_to_anybody
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Make the account that an invitation is for, or choose the new password that a renewal is for."""
    invitation = find(token, now())
    form = _form(request, invitation)
    if request.method == "POST" and form.is_valid():
        login(request, _accepted(invitation, token, form), backend=_BACKEND)
        return redirect("home")
    role = f"desk.role.{invitation.role}"
    return render(request, "desk/join.html", {"form": form, "role": role, "renewed": invitation.member})


def _form(request: HttpRequest, invitation: Invitation) -> NewPasswordForm:
    data = request.POST if request.method == "POST" else None
    return NewPasswordForm(data, member=invitation.member) if invitation.member else JoinForm(data)


def _accepted(invitation: Invitation, token: str, form: NewPasswordForm) -> Member:
    password = form.cleaned_data["password1"]
    if invitation.member:
        return renew_password(token, password, now())
    member = accept(token, form.cleaned_data["username"], password, now())
    member.language = (translation.get_language() or "")[:2]
    member.save(update_fields=["language"])
    return member


@open_to_anybody
@require_GET
def health(_request: HttpRequest) -> JsonResponse:
    """Say whether the desk can do its work (200) or not (503); no figures of votes, no names."""
    found = look(desk(), now())
    return JsonResponse(found, status=503 if found["status"] == "failing" else 200)
