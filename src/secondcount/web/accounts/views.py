"""Pages of people, and the first page."""

from __future__ import annotations

from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondcount.errors import InputError
from secondcount.model.labels import LANGUAGES
from secondcount.web.access import open_to, open_to_anybody
from secondcount.web.accounts.forms import JoinForm
from secondcount.web.accounts.invitations import accept, find
from secondcount.web.desk import now
from secondcount.web.models import Member, Role

__all__ = ["choose_language", "health", "home", "join"]

_COOKIE = "django_language"


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
    response.set_cookie(_COOKIE, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return response


def _back(request: HttpRequest) -> str:
    """Return the page of this desk that the request came from."""
    wanted = request.POST.get("next", "/")
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"


@open_to_anybody
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Make the account that an invitation is for."""
    invitation = find(token, now())
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = accept(token, form.cleaned_data["username"], form.cleaned_data["password1"], now())
        member.language = translation.get_language() or ""
        member.save(update_fields=["language"])
        login(request, member, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("home")
    return render(request, "desk/join.html", {"form": form, "role": f"desk.role.{invitation.role}"})


@open_to_anybody
@require_GET
def health(_request: HttpRequest) -> JsonResponse:
    """Say whether this process can do its work; no figures, no names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
