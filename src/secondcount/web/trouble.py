"""Errors as answers: a page for people, JSON for programs, always with a code, a reason and what to do."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from secondcount.errors import SecondcountError
from secondcount.web.shell import phrases

__all__ = ["STATUS", "csrf_failed", "denied", "failed", "not_found", "render_trouble", "told", "unreadable"]

STATUS = {
    "K105": 404,
    "K110": 413,
    "K111": 415,
    "K113": 409,
    "K114": 409,
    "K115": 404,
    "K116": 409,
    "K117": 429,
    "K121": 413,
    "K125": 404,
    "K140": 409,  # the copy has been read twice without this reading
    "K141": 409,  # this person has read it already
    "K143": 404,
    "K155": 409,  # decided already
    "A201": 503,
    "A211": 503,
    "A504": 507,
    "A505": 503,
    "A511": 503,
    "A512": 503,  # the bucket does not answer now: a sender tries again, nothing is wrong with what it sends
}
"""HTTP status by code, where it is not 400."""

_LOG = logging.getLogger("secondcount.web")


def told(code: str, values: dict[str, object]) -> dict[str, str]:
    """Return code, title, reason and advice of an error in the language of the request."""
    book = phrases()
    return {part: book.say(f"issue.{code}.{part}", **values) for part in ("title", "reason", "advice")} | {
        "code": code
    }


def render_trouble(request: HttpRequest, error: SecondcountError, status: int = 0) -> HttpResponse:
    """Return the answer to a request that an error of this house has stopped."""
    _LOG.warning("%s %s: %s", request.method, request.resolver_match and request.resolver_match.view_name, error.code)
    answer = told(error.code, dict(error.values))
    status = status or STATUS.get(error.code, 400)
    if request.path.startswith("/api/"):
        return JsonResponse(answer, status=status)
    return render(request, "desk/trouble.html", {"trouble": answer}, status=status)


def _by_code(request: HttpRequest, code: str, status: int) -> HttpResponse:
    return render_trouble(request, SecondcountError(code), status)


def unreadable(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - named by Django
    status: int = 400,
) -> HttpResponse:
    """Answer a request that no page of this desk sends (K100): another host, too many fields, a NUL byte, a method."""
    return _by_code(request, "K100", status)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - named by Django
    """Answer a form that did not come from a page of this desk (K103)."""
    return _by_code(request, "K103", 403)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - named by Django
    """Answer whoever may not open a page (K104)."""
    return _by_code(request, "K104", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - named by Django
    """Answer a page that does not exist (K105)."""
    return _by_code(request, "K105", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer after a failure of our own (K106); the log on the machine knows more."""
    return _by_code(request, "K106", 500)
