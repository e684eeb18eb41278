"""People of a rehearsal at a real desk: an owner who invites, collectors, readers and adjudicators who join."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from secondcount.errors import InputError
from secondcount.rehearsal.browser import Browser, Page, one_time_code

__all__ = ["Member", "expect", "invite_members", "join"]

Clock = Callable[[], float]

_AGAIN = "/accounts/reauthenticate/"
_FACTOR = "/accounts/2fa/totp/activate/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who is signed in, and what signs them in again."""

    name: str
    password: str
    browser: Browser
    secret: str = ""  # of the second factor; "" = none


def expect(page: Page, step: str, *wanted: int) -> Page:
    """Return a page whose status was expected.

    Raises:
        InputError: K182, the desk answered something else.

    """
    if page.status not in (wanted or (200,)):
        raise InputError("K182", step=step, status=page.status, path=page.path)
    return page


def join(origin: str, link: str, name: str, clock: Clock = time.time) -> Member:
    """Make an account by an invitation, with a second factor where the desk asks for one.

    Raises:
        InputError: K182, the desk refuses.
        OSError: it does not answer.

    """
    browser, password = Browser(origin), token_urlsafe(16)
    expect(browser.get(link), "join")
    fields = {"username": name, "password1": password, "password2": password}
    page = expect(browser.post(link, fields), "join")
    if page.path.startswith(_AGAIN):  # whoever sets a second factor up says the password once more
        page = expect(browser.post(_AGAIN, {"password": password, "next": _FACTOR}), "password")
    secret = ""
    if page.path.startswith(_FACTOR):
        secret = page.secrets[0]
        expect(browser.post(_FACTOR, {"code": one_time_code(secret, clock())}), "second factor")
    return Member(name=name, password=password, browser=browser, secret=secret)


def invite_members(owner: Member, roles: Mapping[str, int], clock: Clock = time.time) -> dict[str, list[Member]]:
    """Let the owner invite so many people of each role, and let each join.

    Raises:
        InputError: K182, the desk refuses.

    """
    found: dict[str, list[Member]] = {}
    for role, number in roles.items():
        found[role] = []
        for at in range(1, number + 1):
            page = expect(owner.browser.post("/people/invite/", {"role": role, "team": ""}), "invite", 200, 201)
            link = next((one for one in page.secrets if "/join/" in one), "")
            if not link:
                raise InputError("K182", step="invite", status=page.status, path=page.path)
            found[role].append(join(owner.browser.origin, link, f"{role}-{at}", clock))
    return found
