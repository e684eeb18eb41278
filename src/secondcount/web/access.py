"""Who may open what: every view says it, and a view that says nothing is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from secondcount.web.models import Role

__all__ = ["ANYBODY", "SECOND_FACTOR", "access_of", "open_to", "open_to_anybody"]

SECOND_FACTOR = frozenset({Role.OWNER, Role.COORDINATOR, Role.ADJUDICATOR})
"""Roles that sign in with a second factor."""

ANYBODY = frozenset[Role]()
"""Access of a view that needs no account."""

_ATTRIBUTE = "desk_access"

View = TypeVar("View", bound=Callable[..., object])


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
