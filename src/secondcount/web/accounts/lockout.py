"""The answer to whoever has tried too many passwords."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from secondcount.errors import SecondcountError
from secondcount.web.trouble import render_trouble

__all__ = ["locked_out"]


def locked_out(request: HttpRequest, _credentials: dict[str, object]) -> HttpResponse:
    """Say that signing in is closed for a while, and for how long (K107)."""
    return render_trouble(request, SecondcountError("K107"), 429)
