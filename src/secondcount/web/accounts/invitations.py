"""Invitations: a link that makes one member or renews one's password, known to the desk by its digest only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from secondcount.errors import InputError
from secondcount.web.accounts.acts import record_act
from secondcount.web.accounts.people import may_give
from secondcount.web.models import Invitation, Member, Role

__all__ = ["accept", "find", "first_or", "invite", "new_pseudonym", "open_invitations", "renew", "renew_password"]

VALID_FOR = timedelta(days=3)


def invite(role: Role, now: datetime, *, team: str = "", by: Member | None = None) -> str:
    """Make an invitation and return its secret, which is nowhere kept."""
    token = _made(now, role=role, team=team, by=by)
    record_act("invited", by, f"{role} {_digest(token)[:16]}")
    return token


def renew(member: Member, now: datetime, *, by: Member) -> str:
    """Make a link by which a member chooses a new password; their second factor is then set up anew."""
    Invitation.objects.filter(member=member, used=None).delete()
    token = _made(now, role=Role(member.role), team=member.team, by=by, member=member)
    record_act("renewal_made", by, member.pseudonym)
    return token


def _made(now: datetime, *, role: Role, team: str, by: Member | None, member: Member | None = None) -> str:
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        token_digest=_digest(token),
        role=role,
        team=team,
        invited_by=by,
        member=member,
        made=now,
        expires=now + VALID_FOR,
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
    if found is None or not _stands(found):
        raise InputError("K130")
    return found


def _stands(invitation: Invitation) -> bool:
    """Return whether whoever invited may still do so, and whoever was to choose a new password still may sign in."""
    by, member = invitation.invited_by, invitation.member
    return (by is None or (by.is_active and may_give(by, Role(invitation.role)))) and (
        member is None or (member.is_active and member.role == invitation.role)
    )


def open_invitations(manager: Member, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations of new members that can be used, and that a member may withdraw."""
    found = Invitation.objects.filter(used=None, member=None, expires__gt=now).order_by("expires")
    return found if manager.role == Role.OWNER else found.exclude(role=Role.OWNER)


def accept(token: str, username: str, password: str, now: datetime) -> Member:
    """Make the member that an invitation is for; it can be used once.

    Raises:
        InputError: K130 as `find`, or the name was taken in this very moment.

    """
    try:
        with transaction.atomic():
            invitation = _used(token, now)
            member = Member.objects.create_user(
                username=username,
                password=password,
                role=invitation.role,
                team=invitation.team,
                invited_by=invitation.invited_by,
                pseudonym=new_pseudonym(),
            )
            record_act("joined", member, f"{invitation.role} {invitation.token_digest[:16]}")
            return member
    except IntegrityError as error:
        raise InputError("K130") from error


def renew_password(token: str, password: str, now: datetime) -> Member:
    """Give the member of a renewal a new password; their second factor goes, their sessions end.

    Raises:
        InputError: K130 as `find`.

    """
    with transaction.atomic():
        member = _used(token, now).member
        if member is None:
            raise InputError("K130")
        Authenticator.objects.filter(user=member).delete()
        member.set_password(password)
        member.save(update_fields=["password"])
        record_act("password_renewed", member)
        return member


def _used(token: str, now: datetime) -> Invitation:
    """Use up an invitation; of two who try at once one succeeds."""
    invitation = find(token, now)
    if not Invitation.objects.filter(pk=invitation.pk, used=None).update(used=now):
        raise InputError("K130")
    return invitation


def new_pseudonym() -> str:
    """Return a pseudonym that says nothing: "p-" and 20 random hexadecimal digits."""
    return f"p-{secrets.token_hex(10)}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
