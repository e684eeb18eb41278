"""What allauth asks the desk: nobody signs up without an invitation."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

__all__ = ["DeskAdapter"]


class DeskAdapter(DefaultAccountAdapter):
    """Accounts are made by `accounts.invitations` alone."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return False: the page of allauth for new accounts stays closed."""
        return False
