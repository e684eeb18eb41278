"""Pages of people: each in three languages, with headers, without a third party; acts and what is kept of a person."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse

from desking.place import PASSWORD, DeskPlace, member, signed_in
from secondcount.custody.accounting import load_log_segment
from secondcount.web.accounts import certificate, sealing
from secondcount.web.accounts.acts import record_act
from secondcount.web.accounts.invitations import invite
from secondcount.web.accounts.limits import client_address
from secondcount.web.accounts.people import export_person, forget_person
from secondcount.web.accounts.sealing import clear_away, seal_acts
from secondcount.web.desk import desk, now
from secondcount.web.models import Act, Invitation, Member, Role
from secondcount.web.tls import ensure_certificate, fingerprint

LANGUAGES = ("en", "ru", "kk")
FORBIDDEN = re.compile(r"\son\w+=|<script(?![^>]*\ssrc=)|\sstyle=|javascript:|https?://(?!testserver|www\.w3\.org)")
LATIN = re.compile(r"\b(the|password|please|your|sign in|account|enter|code)\b", re.IGNORECASE)


def shown(page: str) -> str:
    """Return what a person reads of a page: the main part, without tags, secrets and links."""
    main = page.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<code.*?</code>", "", main, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", main)


def pages(owner: Client, somebody: Member) -> dict[str, str]:
    """Return the pages of people that a GET shows, by their address."""
    urls = [
        "/",
        "/people/",
        f"/people/{somebody.pseudonym}/",
        reverse("mfa_index"),
        reverse("account_change_password"),
        reverse("account_logout"),
        reverse("mfa_reauthenticate"),
        reverse("account_reauthenticate"),
    ]
    answers = {url: owner.get(url) for url in urls}
    assert {url: one.status_code for url, one in answers.items() if one.status_code != 200} == {}
    return {url: one.content.decode() for url, one in answers.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_every_language(place: DeskPlace, language: str) -> None:
    """Nothing English is left in a Russian or Kazakh page; nothing runs or comes from elsewhere."""
    owner, somebody = member(Role.OWNER), member(Role.READER)
    Member.objects.filter(pk=owner.pk).update(language=language)
    invite(Role.READER, now(), by=owner)
    client = signed_in(owner)
    found = pages(client, somebody)
    found["invite"] = client.post("/people/invite/", {"role": "reader", "team": "t"}).content.decode()
    stranger = Client(headers={"accept-language": language})
    found["login"] = stranger.get("/accounts/login/").content.decode()
    found["refused"] = stranger.post("/accounts/login/", {"login": "a", "password": "b"}).content.decode()
    found["join"] = stranger.get(f"/join/{invite(Role.READER, now())}/").content.decode()
    for url, page in found.items():
        assert f'<html lang="{language}">' in page, url
        assert FORBIDDEN.findall(page) == [], url
        assert language == "en" or LATIN.findall(shown(page)) == [], url


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_factor_is_set_up_in_every_language(place: DeskPlace, language: str) -> None:
    """QR code drawn here, secret as text, wrong code told in words."""
    person = member(Role.COORDINATOR)
    Authenticator.objects.filter(user=person).delete()
    Member.objects.filter(pk=person.pk).update(language=language)
    client = Client()
    client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert FORBIDDEN.findall(page.replace("otpauth://", "")) == []
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert 'class="errorlist"' in wrong
    assert language == "en" or LATIN.findall(shown(wrong)) == []


@pytest.mark.parametrize("url", ["/", "/accounts/login/", "/healthz", "/nowhere/", "/people/", "/join/none/"])
def test_every_answer_carries_its_headers(place: DeskPlace, url: str) -> None:
    """Policy without inline script or style, no frames, no sniffing, no referrer, nothing in a shared cache."""
    for client in (Client(), signed_in(member(Role.OWNER))):
        answer = client.get(url)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
        assert "camera=(self)" in answer.headers["Permissions-Policy"]


def test_every_post_needs_its_token(place: DeskPlace) -> None:
    """A form from elsewhere changes nothing: K103 at every address that takes a post."""
    owner, somebody = member(Role.OWNER), member(Role.READER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    base = f"/people/{somebody.pseudonym}/"
    posts = [f"{base}{act}/" for act in ("role", "close", "open", "renew", "forget", "end-sessions")]
    for url in (*posts, "/people/invite/", "/language/ru/", "/accounts/login/", reverse("account_change_password")):
        answer = client.post(url, {"role": "owner"})
        assert (answer.status_code, "K103" in answer.content.decode()) == (403, True), url
    somebody.refresh_from_db()
    assert (somebody.role, somebody.is_active, somebody.forgotten) == (Role.READER, True, None)


def test_cookies_are_for_this_desk_alone(place: DeskPlace) -> None:
    """No script reads the session; no other site sends it; each desk of a machine has its own name."""
    person, client = member(Role.READER), Client()
    client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    (session,) = [one for name, one in client.cookies.items() if name.startswith("desk_")]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")


def test_a_language_leads_back_to_this_desk_alone(place: DeskPlace) -> None:
    """The page to return to is a path of ours, never an address of somebody else."""
    for wanted in ("https://evil.test/", "//evil.test/", "/\\evil.test/", "javascript:alert(1)"):
        assert Client().post("/language/ru/", {"next": wanted}).headers["Location"] == "/"
    assert Client().post("/language/ru/", {"next": "/people/"}).headers["Location"] == "/people/"
    assert Client().post("/language/xx/").status_code == 404


def test_a_link_is_shown_once_and_can_be_withdrawn(place: DeskPlace) -> None:
    """The page of the link has QR and text; the list knows the role and the hour only."""
    client = signed_in(member(Role.COORDINATOR))
    page = client.post("/people/invite/", {"role": "reader", "team": "north"}).content.decode()
    (token,) = re.findall(r"/join/([\w-]+)/", page)
    assert 'src="data:image/svg+xml;base64,' in page
    assert token not in client.get("/people/").content.decode()
    invitation = Invitation.objects.get()
    assert client.post(f"/people/invitations/{invitation.pk}/withdraw/").status_code == 302
    assert Client().get(f"/join/{token}/").status_code == 400


def test_a_coordinator_does_not_see_invitations_of_owners(place: DeskPlace) -> None:
    """Nor can they withdraw one: it is not found."""
    invite(Role.OWNER, now(), by=member(Role.OWNER))
    client, invitation = signed_in(member(Role.COORDINATOR)), Invitation.objects.get()
    assert f"/people/invitations/{invitation.pk}/" not in client.get("/people/").content.decode()
    assert client.post(f"/people/invitations/{invitation.pk}/withdraw/").status_code == 404


def test_the_acts_of_a_member_are_written_down(place: DeskPlace) -> None:
    """Invited, role changed, sessions ended, closed, opened, renewed, exported, deleted: a line each, by pseudonym."""
    owner, somebody = member(Role.OWNER), member(Role.READER, "Rita Real-Name")
    client, base = signed_in(owner), f"/people/{somebody.pseudonym}/"
    client.post("/people/invite/", {"role": "viewer"})
    client.post(f"{base}role/", {"role": "adjudicator"})
    for act in ("end-sessions", "close", "open", "renew"):
        client.post(f"{base}{act}/")
    client.get(f"{base}data.json")
    client.post(f"{base}forget/")
    found = list(Act.objects.exclude(verb="signed_in").order_by("pk"))
    assert [one.verb for one in found] == [
        "invited",
        "role_changed",
        "sessions_ended",
        "deactivated",
        "reactivated",
        "renewal_made",
        "exported",
        "person_deleted",
    ]
    assert {one.pseudonym for one in found} == {owner.pseudonym}
    assert "Rita" not in json.dumps([one.item for one in found])


def test_what_is_kept_of_a_person_can_be_taken_along(place: DeskPlace) -> None:
    """Account, acts and receipts; no password, no secret of the second factor, nothing that was read."""
    owner, person = member(Role.OWNER), member(Role.ADJUDICATOR, "anna", team="north", by=member(Role.COORDINATOR))
    record_act("joined", person)
    answer = signed_in(owner).get(f"/people/{person.pseudonym}/data.json")
    found = json.loads(answer.content)
    assert found["account"]["name"] == "anna"
    assert found["account"]["team"] == "north"
    assert found["acts"][0]["verb"] == "joined"
    assert set(found) == {"account", "acts", "invited", "files_sent", "readings", "archive"}
    text = answer.content.decode()
    assert person.password not in text
    assert "JBSWY3DP" not in text
    assert "attachment" in answer.headers["Content-Disposition"]
    own = json.loads(signed_in(person).get("/account/data.json").content)
    assert own["account"] == json.loads(json.dumps(found["account"])) | {
        "last_sign_in": own["account"]["last_sign_in"]
    }


def test_a_forgotten_person_leaves_a_pseudonym_alone(place: DeskPlace) -> None:
    """Name, team, password, factor and attempts are gone; the row stays, so two readings go on being by two people."""
    owner, person = member(Role.OWNER), member(Role.COORDINATOR, "rita", team="north")
    Client().post("/accounts/login/", {"login": "rita", "password": "wrong"})
    client = signed_in(person)
    forget_person(owner, person, place.archive, now())
    found = Member.objects.get(pk=person.pk)
    assert (found.username, found.team, found.email, found.is_active) == (person.pseudonym, "", "", False)
    assert not found.has_usable_password()
    assert not Authenticator.objects.filter(user=found).exists()
    assert not AccessAttempt.objects.filter(username="rita").exists()
    assert client.get("/").status_code == 302
    assert "rita" not in json.dumps(export_person(found, place.archive), default=str)
    assert "rita" not in signed_in(owner).get("/people/").content.decode()


def test_the_audit_log_goes_into_the_archive(place: DeskPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment after 500 acts or a quarter of an hour; its digest is an entry, its lines stay private, once each."""
    person, start = member(Role.READER), now()
    for at in range(3):
        record_act("signed_in", person, str(at))
    assert not seal_acts(desk())
    monkeypatch.setattr(sealing, "now", lambda: start + timedelta(minutes=16))
    assert seal_acts(desk())
    assert not seal_acts(desk())
    (digest,) = set(Act.objects.values_list("sealed", flat=True))
    lines = [json.loads(one) for one in load_log_segment(place.archive, digest).splitlines()]
    assert [one["item"] for one in lines] == ["0", "1", "2"]
    assert {one["by"] for one in lines} == {person.pseudonym}
    assert set(lines[0]) == {"by", "item", "number", "time", "verb"}
    monkeypatch.setattr(sealing, "SEGMENT", 2)
    record_act("signed_in", person)
    record_act("signed_in", person)
    monkeypatch.setattr(sealing, "now", now)
    assert seal_acts(desk())
    assert place.archive.public.size(f"desk-log/{digest}") is None


def test_what_has_run_out_is_cleared_away(place: DeskPlace) -> None:
    """Sessions at once, invitations a month later; others stay."""
    signed_in(member(Role.READER))
    invite(Role.READER, now() - timedelta(days=40))
    invite(Role.READER, now())
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    clear_away(desk())
    assert (Session.objects.count(), Invitation.objects.count()) == (0, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_trust_the_desk_is_told_in_every_language(
    place: DeskPlace, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Five systems, the fingerprint, the certificate as a file; without --tls there is no such page."""
    stranger = Client(headers={"accept-language": language})
    assert stranger.get("/tls/").status_code == 404
    assert stranger.get("/tls/ca.crt").status_code == 404
    ensure_certificate(Path(place.config.folder), ("localhost",), now())
    trusted = replace(desk(), config=replace(place.config, own_authority=True))
    monkeypatch.setattr(certificate, "desk", lambda: trusted)
    page = stranger.get("/tls/").content.decode()
    file = stranger.get("/tls/ca.crt")
    assert file.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert fingerprint(file.content) in page
    assert page.count("<details>") == 5
    assert f'<html lang="{language}">' in page
    assert FORBIDDEN.findall(page.replace("http://testserver", "")) == []
    assert language == "en" or "Download" not in shown(page)


def test_times_are_those_of_the_election(place: DeskPlace) -> None:
    """Not of the server: a coordinator compares them with a clock on the wall."""
    invite(Role.READER, now())
    assert re.search(r"\(UTC\+[12]\)", signed_in(member(Role.OWNER)).get("/people/").content.decode())


def test_behind_a_proxy_the_last_hop_counts(place: DeskPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What our own proxy has seen, not what a stranger wrote before it."""
    monkeypatch.setattr(settings, "DESK", replace(place.config, proxied=True))
    asked = RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 10.1.2.3"})
    assert client_address(asked) == "10.1.2.3"
    assert client_address(RequestFactory().get("/")) == "127.0.0.1"
