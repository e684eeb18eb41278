"""How much is taken from one address of people who are not signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from secondcount.web.desk import now

__all__ = ["POSTS_A_MINUTE", "client_address", "name_typed", "too_many"]

POSTS_A_MINUTE = 60  # from one address: an office behind one router is many people


def client_address(request: HttpRequest) -> str:
    """Return the address that a request comes from: the last that our own proxy has seen, if there is a proxy."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.DESK.proxied else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def name_typed(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """Return the name that somebody signs in with, as attempts are counted: capital letters are no difference."""
    typed = (credentials or {}).get("username") or request.POST.get("login")
    return str(typed).casefold() if typed else None


def too_many(request: HttpRequest) -> bool:
    """Count one post from an address and return whether it is more than is taken in this minute."""
    key = f"posts:{client_address(request)}:{now():%H%M}"
    if cache.add(key, 1, timeout=120):
        return False
    try:
        return cache.incr(key) > POSTS_A_MINUTE
    except ValueError:  # it ran out between the two
        return False
