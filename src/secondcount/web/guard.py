"""What every request passes: headers on the way out, access on the way in, trouble told in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone, translation

from secondcount.errors import SecondcountError
from secondcount.web.access import ANYBODY, SECOND_FACTOR, access_of
from secondcount.web.accounts.limits import too_many
from secondcount.web.desk import desk
from secondcount.web.models import Member, Role
from secondcount.web.trouble import render_trouble, unreadable

__all__ = ["AccessMiddleware", "HeadersMiddleware", "TroubleMiddleware", "has_second_factor"]

Answer = Callable[[HttpRequest], HttpResponseBase]

_SIGNING_IN = frozenset({"account_login", "account_logout", "mfa_authenticate"})
_SETTING_UP = frozenset(
    {
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)
_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class HeadersMiddleware:
    """Headers that Django does not set: no powers that are not used, nothing private in a shared cache."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers."""
        response = self._answer(request)
        response.setdefault("Permissions-Policy", _POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response


class AccessMiddleware:
    """Closes every view that does not say who may open it, and every other one to whom it is not open."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language that the member has chosen, in the time of the election."""
        timezone.activate(ZoneInfo(desk().election.timezone))
        member = request.user
        if isinstance(member, Member) and member.language:
            translation.activate(member.language)
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse or redirect before the view runs; None lets it run.

        Raises:
            PermissionDenied: the member's role is not one of the view's.

        """
        match = request.resolver_match
        name = match.view_name if match else ""
        member = request.user
        if not isinstance(member, Member) and request.method == "POST" and too_many(request):
            return render_trouble(request, SecondcountError("K132"), 429)
        if name in _SIGNING_IN or access_of(view) == ANYBODY:
            return None
        if not isinstance(member, Member):
            return _to_the_door(request)
        if name in _SETTING_UP:
            return None
        if Role(member.role) in SECOND_FACTOR and not has_second_factor(member):
            return redirect("mfa_activate_totp")
        allowed = access_of(view)
        if allowed is None or Role(member.role) not in allowed:
            raise PermissionDenied
        return None


def _has_nul(request: HttpRequest) -> bool:
    """Return whether there is a NUL byte in the address or a field: PostgreSQL fails at one."""
    fields = (one for query in (request.GET, request.POST) for _, values in query.lists() for one in values)
    return "\0" in request.path or any("\0" in str(one) for one in fields)


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    """Answer whoever is not signed in: a program by a code (K133), a person by the page to sign in."""
    if request.path.startswith("/api/"):
        return render_trouble(request, SecondcountError("K133"), 401)
    return redirect(f"/accounts/login/?next={quote(request.path)}" if request.method == "GET" else "/accounts/login/")


def has_second_factor(member: Member) -> bool:
    """Return whether a member has set up an application that gives codes."""
    return bool(is_mfa_enabled(member, [Authenticator.Type.TOTP]))


class TroubleMiddleware:
    """Tells what went wrong by its code, in the reader's language; no traceback reaches anybody."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a method that a page does not take gets a page too."""
        response = self._answer(request)
        bare = isinstance(response, HttpResponseNotAllowed) and not response.content
        if not bare:
            return response
        told = unreadable(request, status=response.status_code)
        told["Allow"] = response.headers.get("Allow", "")
        return told

    def process_view(
        self, request: HttpRequest, _view: Callable[..., object], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Refuse a request that no view could do anything with; None lets it through."""
        return unreadable(request) if _has_nul(request) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page or the JSON of an error of this house; None leaves all others to Django."""
        return render_trouble(request, error) if isinstance(error, SecondcountError) else None
