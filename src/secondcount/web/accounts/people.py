"""What may be done with people, and by whom: roles, sessions, second factors, what is kept of a person.

A coordinator manages everybody but owners; only an owner makes or changes an owner; there is always one owner left.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction
from django.db.models import F, QuerySet

from secondcount.custody import accounting
from secondcount.custody.archive import Archive
from secondcount.errors import InputError
from secondcount.web.access import found_or_refused
from secondcount.web.accounts.acts import record_act
from secondcount.web.models import Act, Arrival, Invitation, Member, ReadingRow, Role

__all__ = [
    "change_role",
    "end_sessions",
    "export_person",
    "forget_person",
    "managed",
    "managed_by",
    "may_give",
    "set_active",
]


def may_give(giver: Member, role: Role) -> bool:
    """Return whether a member may make somebody one of this role."""
    return giver.role == Role.OWNER or (giver.role == Role.COORDINATOR and role != Role.OWNER)


def managed_by(manager: Member) -> QuerySet[Member]:
    """Return the people whom a member manages; those who were forgotten are nobody's any more."""
    people = Member.objects.filter(forgotten=None)
    if manager.role == Role.OWNER:
        return people
    return people.exclude(role=Role.OWNER) if manager.role == Role.COORDINATOR else people.none()


def managed(manager: Member, pseudonym: str) -> Member:
    """Return one of the people whom a member manages.

    Raises:
        InputError: K105, there is none such, or this member does not manage them.

    """
    return found_or_refused(managed_by(manager).filter(pseudonym=pseudonym))


def change_role(manager: Member, member: Member, role: Role) -> None:
    """Give a member another role; their sessions end.

    Raises:
        InputError: K131 they are the last owner, K105 the manager may not give this role.

    """
    if not may_give(manager, role):
        raise InputError("K105")
    with transaction.atomic():
        _keep_an_owner(member, stays=role == Role.OWNER)
        Member.objects.filter(pk=member.pk).update(role=role, sessions_ended=F("sessions_ended") + 1)
        record_act("role_changed", manager, f"{member.pseudonym} {member.role} {role}")
    member.role = role


def set_active(manager: Member, member: Member, *, active: bool) -> None:
    """Let a member sign in again, or no more; then their sessions end.

    Raises:
        InputError: K131, they are the last owner.

    """
    with transaction.atomic():
        _keep_an_owner(member, stays=active)
        Member.objects.filter(pk=member.pk).update(is_active=active, sessions_ended=F("sessions_ended") + 1)
        record_act("reactivated" if active else "deactivated", manager, member.pseudonym)


def end_sessions(manager: Member, member: Member) -> None:
    """End every session of a member: they sign in again, on every device."""
    Member.objects.filter(pk=member.pk).update(sessions_ended=F("sessions_ended") + 1)
    record_act("sessions_ended", manager, member.pseudonym)


def _keep_an_owner(member: Member, *, stays: bool) -> None:
    owners = Member.objects.select_for_update().filter(role=Role.OWNER, is_active=True, forgotten=None)
    if not stays and [one.pk for one in owners] == [member.pk]:
        raise InputError("K131")


def forget_person(manager: Member, member: Member, archive: Archive, now: datetime) -> None:
    """Delete what the desk knows of a person: name, team, password, second factor, attempts to sign in.

    The pseudonym stays, without anything that leads from it to the person: entries of the archive bear it, and two
    readings of a copy must go on being by two people. Names that the private part of the archive has go first, so that
    a deletion that was cut off can be asked for again.

    Raises:
        InputError: K131 they are the last owner; A362 or A363 the table of contacts cannot be opened.

    """
    with transaction.atomic():
        _keep_an_owner(member, stays=False)
        accounting.delete_person(archive, member.pseudonym)
        record_act("person_deleted", manager, member.pseudonym)
        for attempts in (AccessAttempt, AccessFailureLog, AccessLog):
            attempts.objects.filter(username__in={member.username, member.username.casefold()}).delete()
        Authenticator.objects.filter(user=member).delete()
        Invitation.objects.filter(member=member).delete()
        member.set_unusable_password()
        member.username, member.team, member.language = member.pseudonym, "", ""
        member.first_name = member.last_name = member.email = ""
        member.is_active, member.forgotten, member.last_login = False, now, None
        member.sessions_ended += 1
        member.save()


def export_person(member: Member, archive: Archive) -> dict[str, object]:
    """Return what desk and archive keep of a person: no secret, and of readings only that they were made.

    Raises:
        InputError: A362 or A363, the table of contacts cannot be opened.

    """
    acts = Act.objects.filter(pseudonym=member.pseudonym).order_by("pk")
    arrivals = Arrival.objects.filter(collector=member).order_by("pk")
    readings = ReadingRow.objects.filter(pseudonym=member.pseudonym).order_by("pk")
    return {
        "account": {
            "name": member.username,
            "pseudonym": member.pseudonym,
            "role": member.role,
            "team": member.team,
            "language": member.language,
            "active": member.is_active,
            "joined": member.date_joined,
            "last_sign_in": member.last_login,
            "invited_by": member.invited_by.pseudonym if member.invited_by else "",
            "second_factors": [str(one.type) for one in Authenticator.objects.filter(user=member)],
        },
        "invited": [one.pseudonym for one in member.invited.order_by("pk")],
        "acts": [{"time": one.time, "verb": one.verb, "item": one.item} for one in acts],
        "files_sent": [{"receipt": one.receipt, "file": one.file, "received": one.received} for one in arrivals],
        "readings": [{"commitment": one.commitment, "committed": one.committed} for one in readings],
        "archive": accounting.export_person(archive, member.pseudonym),
    }
