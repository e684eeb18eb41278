"""The audit log: who did what to what, and when. A line is a row at once; segments of it go into the archive.

A line holds pseudonyms and digests, never a name, a password, an address of a machine or what somebody has read.
"""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from secondcount.web.desk import now
from secondcount.web.models import Act, Member

__all__ = ["BEGAN", "record_act"]

BEGAN = "desk_began"
"""In a session: when its member has signed in, in seconds since 1970."""


def record_act(verb: str, by: Member | None, item: str = "") -> None:
    """Write one line: what was done (a verb in the past), by whom (None: nobody signed in), to what."""
    Act.objects.create(time=now(), pseudonym=by.pseudonym if by else "", verb=verb, item=item)


def _named(username: object) -> str:
    """Return the pseudonym of a name, "" where there is none: what was typed may be a password."""
    wanted = str(username or "").casefold()  # as it is compared when somebody signs in; SQLite folds ASCII alone
    known = Member.objects.values_list("username", "pseudonym").iterator()
    return next((pseudonym for name, pseudonym in known if name.casefold() == wanted), "")


@receiver(user_logged_in)
def _signed_in(sender: object, request: HttpRequest, user: Any, **_: object) -> None:  # noqa: ARG001 - Django's
    request.session[BEGAN] = now().timestamp()
    record_act("signed_in", user if isinstance(user, Member) else None)


@receiver(user_logged_out)
def _signed_out(sender: object, user: Any, **_: object) -> None:  # noqa: ARG001 - the signature is Django's
    if isinstance(user, Member):
        record_act("signed_out", user)


@receiver(user_login_failed)
def _failed(sender: object, credentials: dict[str, object], **_: object) -> None:  # noqa: ARG001 - Django's
    record_act("sign_in_failed", None, _named(credentials.get("username")))


@receiver(user_locked_out)
def _locked(sender: object, username: object = "", **_: object) -> None:  # noqa: ARG001 - the signature is Django's
    record_act("locked_out", None, _named(username))


@receiver(password_changed)
def _password_changed(sender: object, user: Any, **_: object) -> None:  # noqa: ARG001 - the signature is Django's
    record_act("password_changed", user)


@receiver(authenticator_added)
@receiver(authenticator_reset)
def _factor_added(sender: object, user: Any, authenticator: Authenticator, **_: object) -> None:  # noqa: ARG001 - Django's
    record_act("second_factor_added", user, str(authenticator.type))


@receiver(authenticator_removed)
def _factor_removed(sender: object, user: Any, authenticator: Authenticator, **_: object) -> None:  # noqa: ARG001 - Django's
    record_act("second_factor_removed", user, str(authenticator.type))
