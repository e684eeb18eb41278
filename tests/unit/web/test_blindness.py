"""Readers are blind: no address of the desk, by any method, gives them another reading, a claim or a total.

A reader has read a copy whose numbers, station and claimed station occur nowhere else. Then somebody else asks every
address that the resolver knows, with the ids of everything there is; pages, JSON and headers are searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from desking.copies import CELLS, commit_by_hand, copy_to_read, fields, take_next
from desking.place import DeskPlace, member, signed_in
from secondcount.web.desk import desk
from secondcount.web.models import PaperCopy, ReadingRow, Role, Task
from secondcount.web.reading.agreeing import agree_copies

TYPED = "7373731"
READ = "READ-77"
CLAIMED = "CLAIMED-88"
SECRET = re.compile(rf"{TYPED}|7\D{{0,8}}373\D{{0,8}}731|{READ}|{CLAIMED}")
NUMBER = re.compile(rf"{TYPED}|7\D{{0,8}}373\D{{0,8}}731")
METHODS = ("get", "post", "head", "put", "patch", "delete", "options")
ENDS_THE_SESSION = ("logout", "password", "mfa/", "sign-out", "leave", "sessions")


@pytest.fixture
def planted(place: DeskPlace) -> PaperCopy:
    """Return a copy that one person has read, with numbers that nobody else may see."""
    copy = copy_to_read(place, CLAIMED, collector=member(Role.COLLECTOR))
    commit_by_hand(signed_in(member(Role.READER)), fields({**CELLS, "red": TYPED}, station=READ))
    return copy


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the desk with the part before it; those that end the session are left alone."""
    for one in (resolver or get_resolver()).url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        elif not any(word in path for word in ENDS_THE_SESSION):
            yield path, one


def ids() -> tuple[list[str], list[str]]:
    """Return numbers and words that lead to something: the ids of tasks, copies, readings, arrivals and people."""
    row = ReadingRow.objects.get()
    numbers = {row.task_id, row.pk, row.copy_id, *Task.objects.values_list("pk", flat=True)}
    pages = row.copy.pages.all()
    words = [row.commitment, row.pseudonym, *(one.receipt for one in pages), *(one.derivative for one in pages), "en"]
    return [str(one) for one in sorted(numbers)], words


def addresses(numbers: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    """Yield every address with every id in every place."""
    for path, _ in patterns():
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<str:\1>", path).replace("^", "").replace("\\Z", "").replace("$", "")
        parts = re.split(r"<(?:(\w+):)?\w+>", plain)
        literal, kinds = parts[0::2], parts[1::2]
        choices = [numbers if kind == "int" else words for kind in kinds]
        for chosen in product(*choices):
            yield "/" + literal[0] + "".join(one + rest for one, rest in zip(chosen, literal[1:], strict=True))


def everything_of(answer: HttpResponseBase) -> str:
    """Return status, headers and body as text."""
    content = answer.getvalue() if isinstance(answer, HttpResponse | StreamingHttpResponse) else b""
    return f"{answer.status_code} {dict(answer.headers)} {content.decode(errors='replace')}"


def leaks(client: Client, secret: re.Pattern[str], methods: Sequence[str]) -> list[str]:
    """Ask everything, and return where the secret was."""
    found = []
    for address in addresses(*ids()):
        for method in methods:
            answer = getattr(client, method)(address, headers={"accept": "application/json, text/html"})
            assert answer.status_code != 500, (method, address)
            if hit := secret.search(everything_of(answer)):
                found.append(f"{method} {address}: {hit[0]}")
    return found


def test_the_secret_would_be_found(place: DeskPlace, planted: PaperCopy) -> None:
    """The reader's own thanks show the number, so the search would see it, grouped or not."""
    row = ReadingRow.objects.get()
    own = signed_in(row.reader).get(f"/read/{row.task_id}/done/") if row.reader else None
    assert own
    assert NUMBER.search(everything_of(own))
    assert any(f"/read/{row.task_id}/done/" == one for one in addresses(*ids()))


def test_a_reader_sees_nothing_by_any_address_and_method(place: DeskPlace, planted: PaperCopy) -> None:
    """Neither what somebody else typed, nor the station that they read, nor the one that was claimed."""
    assert leaks(signed_in(member(Role.READER)), SECRET, METHODS) == []


def test_nobody_sees_a_number_before_it_has_to_be_decided(place: DeskPlace, planted: PaperCopy) -> None:
    """Also those who run the desk see no reading of a copy that is still to be read."""
    for role in set(Role) - {Role.READER}:
        assert leaks(signed_in(member(role)), NUMBER, ("get",)) == [], role


def test_a_third_reader_sees_neither_of_the_two(place: DeskPlace, planted: PaperCopy) -> None:
    """While the differing cells are read once more, nothing of the first two is shown, by no address."""
    commit_by_hand(signed_in(member(Role.READER)), fields({**CELLS, "red": TYPED[:-1]}, station=READ))
    agree_copies(desk())
    planted.refresh_from_db()
    assert planted.state == "differing"
    third = signed_in(member(Role.READER))
    address = take_next(third)
    secret = re.compile(rf"{SECRET.pattern}|{TYPED[:-1]}|737\D{{0,8}}373")
    for wanted in (address, f"{address}cells/", "/read/", "/"):
        assert not secret.search(everything_of(third.get(wanted))), wanted
    shown = third.post(address, {"grant": "", "step": "check"})
    assert not secret.search(everything_of(shown))


def test_what_is_not_theirs_looks_like_what_does_not_exist(place: DeskPlace, planted: PaperCopy) -> None:
    """Same status, same headers, same page, same number of queries: whether a task exists cannot be asked."""
    reader = signed_in(member(Role.READER))
    there, nowhere = ReadingRow.objects.get().task_id, 9
    for tail in ("", "cells/", "page/1/", "done/"):
        seen = []
        for task in (there, nowhere):
            with CaptureQueriesContext(connection) as queries:
                answer = reader.get(f"/read/{task}/{tail}")
            text = everything_of(answer).replace(f"/read/{task}/", "#")
            seen.append((len(queries), re.sub(r'name="csrfmiddlewaretoken" value="\w+"|\'Set-Cookie\'.*?;', "", text)))
        assert seen[0] == seen[1], tail


def test_nothing_can_be_cached_or_compared(place: DeskPlace, planted: PaperCopy) -> None:
    """No page and no picture has a tag or a date by which two answers could be told apart without reading them."""
    reader = signed_in(member(Role.READER))
    address = take_next(reader)
    for wanted in (address, f"{address}page/1/", "/read/"):
        headers = reader.get(wanted).headers
        assert headers["Cache-Control"] == "no-store"
        assert not {"ETag", "Last-Modified", "Content-Location"} & set(headers)
