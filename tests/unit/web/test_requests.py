"""Law: no request of the museum gets more than a refusal: its status and code, and nothing is written.

`tests/museum/requests/*.toml` has a row for each request, named for what is wrong with it. A row says who sends it,
what, and what the answer must be; what stands in braces is a fact of `desking.world`. `test_harmless.py` has what is
taken in and must then do no harm, and attacks of several steps.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desking.hostile import body
from desking.world import World, make_world, written

# isort: split
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test.client import MULTIPART_CONTENT
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

ROOM = Path(__file__).parents[2] / "museum" / "requests"
ROWS: list[dict[str, Any]] = [
    {"subject": file.stem, **row}
    for file in sorted(ROOM.glob("*.toml"))
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["request"]
]
NAMES = [f"{row['subject']}: {row['wrong']}" for row in ROWS]
NEVER = ("Traceback", "Exception Value", "secondcount.web.", "site-packages", "<script>alert")
"""What no answer shows: how the desk is made, and no script that somebody has sent."""

METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
OF_ALLAUTH = {"account_login", "account_logout", "account_reauthenticate", "account_change_password"}
OF_ALLAUTH |= {"mfa_authenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"}
OF_ALLAUTH |= {"mfa_reauthenticate"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return one desk for all requests: none of them changes it."""
    return make_world(tmp_path_factory.mktemp("museum") / "archive")


def filled(value: Any, facts: Mapping[str, str]) -> Any:
    """Return a value with the facts in place of their names in braces."""
    if isinstance(value, str):
        for name, fact in facts.items():
            value = value.replace(f"{{{name}}}", fact)
        return value
    if isinstance(value, dict):
        return {filled(name, facts): filled(one, facts) for name, one in value.items()}
    return [filled(one, facts) for one in value] if isinstance(value, list) else value


def form_of(row: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Return the fields of a request: those of a form that would be right, changed as the row says; "-" leaves out."""
    base = dict(world.forms[row["base"]]) if "base" in row else {}
    fields = {name: one for name, one in {**base, **row.get("form", {})}.items() if one != "-"}
    if "claim" in row:
        said = {name: one for name, one in {**world.forms["claim"], **row["claim"]}.items() if one != "-"}
        fields["claim"] = json.dumps(said)
    return fields


def send(world: World, row: Mapping[str, Any]) -> HttpResponse:
    """Send the request of a row."""
    row = filled({**row, "form": form_of(row, world)}, world.facts)
    data: Any = dict(row["form"])
    for one in row.get("files", ()):
        file = SimpleUploadedFile("x", body(one["is"]), one.get("type", "image/jpeg"))
        file._name = one.get("name", "1.jpg")  # as it is sent; Django's own class would take the folders off
        data.setdefault(one.get("field", "file"), []).append(file)
    kind = MULTIPART_CONTENT
    if "body" in row:
        data, kind = body(row["body"]), row.get("type", "application/json")
    elif "json" in row:
        data, kind = json.dumps(row["json"]), "application/json"
    client = world.client(row["by"], guarded=row.get("guarded", False))
    if row.get("bearer_of"):
        client.cookies.load(row["bearer_of"])
    method = row.get("method", "POST")
    asked = {"path": row["path"], "headers": row.get("headers", {}), "secure": row.get("secure", False)}
    if method in ("GET", "HEAD"):
        return client.generic(method, **asked)
    if method == "POST":
        return client.post(data=data, content_type=kind, **asked)
    return client.generic(method, data=data if isinstance(data, bytes | str) else "", content_type=kind, **asked)


def code_of(answer: HttpResponse) -> str:
    """Return the code of an answer, "" where it has none."""
    text = answer.content.decode(errors="replace") if not answer.streaming else ""
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        found = json.loads(text)
        return str(found.get("code", "")) if isinstance(found, dict) else ""
    _, _, after = text.partition('class="code">')
    return after.partition("<")[0].strip()


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_is_refused(world: World, row: Mapping[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    """Status and code are those of the row; no table and no file has changed; no traceback, no script comes back."""
    before = written(world)
    answer = send(world, row)
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    assert (answer.status_code, code_of(answer)) == (row["status"], row.get("code", "")), text[-700:]
    assert answer.headers.get("Location", "") == row.get("location", ""), answer.headers
    assert [one for one in (*NEVER, *row.get("absent", ())) if one in text] == []
    assert [one for one in row.get("holds", ()) if one not in text] == []
    assert written(world) == before
    assert [one for one in caplog.records if "Internal Server Error" in one.getMessage()] == []


def test_requests_are_named_once_and_are_many() -> None:
    """At least eighty, each by its own name."""
    assert len(set(NAMES)) == len(NAMES) >= 80


def patterns(resolver: Any, prefix: str = "") -> Iterator[URLPattern]:
    """Yield the addresses of this house."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if str(one.pattern) != "accounts/":
                yield from patterns(one)
        else:
            yield one


def methods_of(view: Any) -> set[str] | None:
    """Return the methods that a view takes (`require_http_methods`), None where it does not say."""
    while view is not None:
        cells = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True))
        if "request_method_list" in cells:
            return set(cells["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_view_that_changes_something_is_attacked() -> None:
    """Each address that takes anything but GET stands in the museum, with its own method."""
    attacked = set()
    for row in ROWS:
        try:
            attacked.add(resolve(re.sub(r"{\w+}", "1", row["path"]).partition("?")[0]).view_name)
        except Resolver404:
            attacked.add("")
    changing = {one.name for one in patterns(get_resolver()) if (methods_of(one.callback) or {"POST"}) - METHODS}
    assert changing | OF_ALLAUTH <= attacked, (changing | OF_ALLAUTH) - attacked


def test_every_view_says_its_methods() -> None:
    """A view that takes any method would take one that nobody has thought of."""
    assert [one.name for one in patterns(get_resolver()) if methods_of(one.callback) is None] == []
