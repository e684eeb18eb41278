"""Forms of people."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.forms import BaseUserCreationForm

from secondcount.web.models import Member

__all__ = ["JoinForm"]


class JoinForm(BaseUserCreationForm[Member]):
    """A name to sign in with, and a password."""

    class Meta:
        """Nothing else can be set: role and team come from the invitation."""

        model = Member
        fields = ("username",)
        field_classes: ClassVar[dict[str, type]] = {}
