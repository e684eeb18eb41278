"""What allauth asks the desk: no open sign-up, its errors and messages in the words of the catalogues."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django_stubs_ext import StrPromise

from secondcount.web.accounts.acts import BEGAN
from secondcount.web.accounts.limits import client_address
from secondcount.web.accounts.words import phrase

__all__ = ["DeskAdapter", "DeskFactorAdapter"]

JUST = 300  # seconds after signing in during which the password is not asked for again

_SAID = {
    "account/messages/password_changed.txt": "accounts.message.password_changed",
    "mfa/messages/totp_activated.txt": "accounts.message.factor_added",
    "mfa/messages/totp_deactivated.txt": "accounts.message.factor_removed",
    "mfa/messages/recovery_codes_generated.txt": "accounts.message.codes_made",
}
"""Messages of allauth that are told, and how; all others go without saying."""


class DeskAdapter(DefaultAccountAdapter):
    """Accounts are made by `accounts.invitations` alone."""

    error_messages: ClassVar[dict[str, StrPromise]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": phrase("accounts.error.mismatch"),
        "enter_current_password": phrase("accounts.error.current_password"),
        "incorrect_password": phrase("accounts.error.current_password"),
        "incorrect_code": phrase("accounts.error.code"),
        "username_password_mismatch": phrase("accounts.error.mismatch"),
        "too_many_login_attempts": phrase("accounts.error.patience"),
        "rate_limited": phrase("accounts.error.patience"),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return False: the page of allauth for new accounts stays closed."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Return whether the password is asked for again: not in a session that has just begun with it."""
        began = self.request.session.get(BEGAN, 0)
        return bool(super().is_reauthentication_required(app=app)) and time.time() - began > JUST

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing: passwords are counted by axes, by name and address; what is counted here is codes."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that a request comes from."""
        return client_address(request)

    def add_message(self, request: HttpRequest, level: int, *message: Any, **named: Any) -> None:
        """Tell what is worth telling, in the words of the catalogues; allauth names a template of its own."""
        template = message[0] if message else named.get("message_template")
        if key := _SAID.get(str(template)):
            messages.add_message(request, level, str(phrase(key)))


class DeskFactorAdapter(DefaultMFAAdapter):
    """The second factor, with errors in the words of the catalogues."""

    error_messages: ClassVar[dict[str, StrPromise]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": phrase("accounts.error.code"),
        "cannot_generate_recovery_codes": phrase("accounts.error.code"),
    }
