"""What every page needs: sentences in the reader's language, the election, the navigation of a role."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from secondcount.web.desk import desk
from secondcount.web.models import Member, Role
from secondcount.wording import Phrasebook, phrasebook

__all__ = ["address", "language", "phrases", "shell"]

_KNOWN = ("en", "ru", "kk")

NAVIGATION: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("send", "desk.nav.send", frozenset({Role.OWNER, Role.COORDINATOR, Role.COLLECTOR})),
    ("read", "desk.nav.read", frozenset({Role.OWNER, Role.COORDINATOR, Role.ADJUDICATOR, Role.READER})),
    ("decide", "desk.nav.decide", frozenset({Role.OWNER, Role.COORDINATOR, Role.ADJUDICATOR})),
    ("board", "desk.nav.board", frozenset({Role.OWNER, Role.COORDINATOR, Role.ADJUDICATOR, Role.VIEWER})),
    ("stations", "desk.nav.stations", frozenset({Role.OWNER, Role.COORDINATOR})),
    ("observed", "board.observed.title", frozenset({Role.COLLECTOR})),
    ("people", "desk.nav.people", frozenset({Role.OWNER, Role.COORDINATOR})),
)
"""Name of the page, key of its label, and the roles that see it."""


def language() -> str:
    """Return the language of the current request."""
    code = (get_language() or "en").split("-")[0]
    return code if code in _KNOWN else "en"


def phrases() -> Phrasebook:
    """Return the sentences in the language of the current request."""
    return phrasebook(language())


def address(request: HttpRequest, path: str) -> str:
    """Return the address of a page of this desk, as it is called from outside: for links that are passed on."""
    origin = desk().config.origin
    return f"{origin}{path}" if origin else request.build_absolute_uri(path)


def shell(request: HttpRequest) -> dict[str, object]:
    """Return what the frame of every page shows."""
    member = getattr(request, "user", None)
    role = Role(member.role) if isinstance(member, Member) else None
    return {
        "language": language(),
        "languages": _KNOWN,
        "election": desk().election.labels.get(language()),
        "synthetic": desk().synthetic,
        "navigation": [(name, key) for name, key, roles in NAVIGATION if role in roles],
    }
