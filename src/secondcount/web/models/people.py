"""People of the desk: members with one role each, invitations, and what was done by whom."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

__all__ = ["Act", "Invitation", "Member", "Role"]


class Role(models.TextChoices):
    """What a member may do; the first three need a second factor."""

    OWNER = "owner"
    COORDINATOR = "coordinator"
    ADJUDICATOR = "adjudicator"
    READER = "reader"
    COLLECTOR = "collector"
    VIEWER = "viewer"


class Member(AbstractUser):
    """A person. Entries of the archive know the pseudonym alone; the name stays here and can be deleted."""

    role = models.CharField(max_length=16, choices=Role.choices, default=Role.VIEWER)
    pseudonym = models.CharField(max_length=64, unique=True)  # "p-" and 20 hexadecimal digits, drawn at random
    team = models.CharField(max_length=64, blank=True, default="")
    invited_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="invited")
    language = models.CharField(max_length=8, blank=True, default="")
    sessions_ended = models.PositiveIntegerField(default=0)  # how often all sessions of this member were ended
    forgotten = models.DateTimeField(null=True, blank=True)  # when name, team and password were deleted

    def get_session_auth_hash(self) -> str:
        """Return what a session must know to go on: it ends with the password, with the role, and when it is told."""
        known = f"{self.password}|{self.role}|{self.sessions_ended}"
        return salted_hmac("secondcount.web.member", known, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A link that makes one member, or lets one choose a new password; its secret is known by its SHA-256 only."""

    token_digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16, choices=Role.choices)
    team = models.CharField(max_length=64, blank=True, default="")
    invited_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    member = models.ForeignKey(  # whose password is chosen anew; None = a new member
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="renewals"
    )


class Act(models.Model):
    """One line of the audit log: who did what to what, and when; segments of it go into the archive by digest."""

    time = models.DateTimeField(db_index=True)
    pseudonym = models.CharField(max_length=64, blank=True, default="")  # not the member: that row can be deleted
    verb = models.CharField(max_length=40)  # "signed_in", "invited", "role_changed", "person_deleted", ...
    item = models.CharField(max_length=120, blank=True, default="")  # id or digest of what it was done to
    sealed = models.CharField(max_length=64, blank=True, default="")  # SHA-256 of the segment in the archive
