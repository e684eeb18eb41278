"""Invitations: a link that makes one member, known to the desk by its digest only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from secondcount.errors import InputError
from secondcount.web.models import Invitation, Member, Role

__all__ = ["accept", "find", "first_or", "invite", "new_pseudonym"]

VALID_FOR = timedelta(days=3)


def invite(role: Role, now: datetime, *, team: str = "", by: Member | None = None) -> str:
    """Make an invitation and return its secret, which is nowhere kept."""
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        token_digest=_digest(token), role=role, team=team, invited_by=by, made=now, expires=now + VALID_FOR
    )
    return token


def first_or(role: str, now: datetime, team: str = "") -> str:
    """Invite somebody of a role; "" asks for the owner, and is answered by "" where the desk has one already."""
    if not role and Member.objects.filter(role=Role.OWNER).exists():
        return ""
    return invite(Role(role or Role.OWNER), now, team=team)


def find(token: str, now: datetime) -> Invitation:
    """Return an invitation that can still be used.

    Raises:
        InputError: K130, there is none, it was used, or its time is over.

    """
    found = Invitation.objects.filter(token_digest=_digest(token), used=None, expires__gt=now).first()
    if found is None:
        raise InputError("K130")
    return found


def accept(token: str, username: str, password: str, now: datetime) -> Member:
    """Make the member that an invitation is for; it can be used once.

    Raises:
        InputError: K130 as `find`.

    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=find(token, now).pk)
        if not Invitation.objects.filter(pk=invitation.pk, used=None).update(used=now):
            raise InputError("K130")
        return Member.objects.create_user(
            username=username,
            password=password,
            role=invitation.role,
            team=invitation.team,
            invited_by=invitation.invited_by,
            pseudonym=new_pseudonym(),
        )


def new_pseudonym() -> str:
    """Return a pseudonym that says nothing: "p-" and 20 random hexadecimal digits."""
    return f"p-{secrets.token_hex(10)}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
