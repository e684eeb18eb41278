"""Who may open what: every view says it, and a view that says nothing is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from secondcount.errors import InputError
from secondcount.web.models import Member, Role

__all__ = ["ANYBODY", "SECOND_FACTOR", "access_of", "found_or_refused", "member_of", "open_to", "open_to_anybody"]

SECOND_FACTOR = frozenset({Role.OWNER, Role.COORDINATOR, Role.ADJUDICATOR})
"""Roles that sign in with a second factor."""

ANYBODY = frozenset[Role]()
"""Access of a view that needs no account."""

_ATTRIBUTE = "desk_access"

View = TypeVar("View", bound=Callable[..., object])
Row = TypeVar("Row", bound=Model)


def open_to(*roles: Role) -> Callable[[View], View]:
    """Open a view to members with one of these roles, and to the owner."""
    access = frozenset({Role.OWNER, *roles})

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, access)
        return view

    return mark


def open_to_anybody(view: View) -> View:
    """Open a view to everybody, signed in or not."""
    setattr(view, _ATTRIBUTE, ANYBODY)
    return view


def access_of(view: Callable[..., object]) -> frozenset[Role] | None:
    """Return the roles that may open a view (`ANYBODY`: no account is needed), None where it does not say."""
    return getattr(view, _ATTRIBUTE, None)


def member_of(request: HttpRequest) -> Member:
    """Return who asks; the guard lets nobody else through to a page that is not open to everybody."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


def found_or_refused(rows: QuerySet[Row]) -> Row:
    """Return the row that is asked for, of those that whoever asks may see.

    Raises:
        InputError: K105, there is none among them: the answer is the same for what is not theirs and what is nowhere.

    """
    found = rows.first()
    if found is None:
        raise InputError("K105")
    return found
