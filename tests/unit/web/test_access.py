"""Every page says who may open it; what does not say so is closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from desking.place import DeskPlace, member, signed_in
from secondcount.web.access import ANYBODY, access_of
from secondcount.web.models import Role

OPEN = {"language", "join", "health", "manifest", "receipt", "receipt_proof", "tls", "tls_certificate", "worker"}


def patterns(resolver: Any = None, outside: tuple[str, ...] = ("accounts/",)) -> Iterator[URLPattern]:
    """Yield the addresses of this house; those of allauth are closed by name."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            if str(one.pattern) not in outside:
                yield from patterns(one)
        else:
            yield one


def test_every_view_says_who_may_open_it(place: DeskPlace) -> None:
    """No address of the desk leads to a view without roles."""
    silent = [one.name for one in patterns() if access_of(one.callback) is None]
    assert silent == []


def test_only_few_views_need_no_account(place: DeskPlace) -> None:
    """Whoever opens a view to everybody has to say so here too."""
    assert {one.name for one in patterns() if access_of(one.callback) == ANYBODY} <= OPEN


@pytest.mark.parametrize("role", list(Role))
def test_everybody_finds_the_first_page(place: DeskPlace, role: Role) -> None:
    """Each role can sign in and is told what it can do."""
    answer = signed_in(member(role)).get("/")
    assert answer.status_code == 200
    assert "Exampleland" in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(place: DeskPlace) -> None:
    """Without an account there is nothing but the page to sign in."""
    answer = Client().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/")
