"""Roles, invitations, second factor, sessions: who can become what, and what ends when."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from desking.place import PASSWORD, DeskPlace, code_now, member, signed_in
from secondcount.errors import InputError
from secondcount.web.access import ANYBODY, SECOND_FACTOR, access_of
from secondcount.web.accounts import limits
from secondcount.web.accounts.invitations import accept, find, invite, renew
from secondcount.web.accounts.people import change_role, end_sessions, forget_person, may_give, set_active
from secondcount.web.desk import now
from secondcount.web.models import Act, Invitation, Member, Role

LOGIN = "/accounts/login/"
NEW = "four words nobody expects"


def sign_in(client: Client, name: str, password: str = PASSWORD) -> str:
    """Type name and password; return where that leads ("" where it is refused)."""
    answer = client.post(LOGIN, {"login": name, "password": password})
    return answer.headers.get("Location", "")


def verbs() -> list[str]:
    """Return the audit log's verbs, oldest first."""
    return list(Act.objects.order_by("pk").values_list("verb", flat=True))


def names(resolver: URLResolver | None = None, space: str = "") -> list[str]:
    """Return the names of all addresses, those of allauth included."""
    found: list[str] = []
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            found += names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            found.append(space + one.name)
    return found


ARGUMENTS: dict[str, list[object]] = {
    "language": ["en"],
    "join": ["no-such-token"],
    "withdraw": [1],
    "person": ["p-0"],
    "person_role": ["p-0"],
    "person_data": ["p-0"],
    "person_act": ["p-0", "close"],
}


def addresses() -> dict[str, str]:
    """Return every address by name; numbers and texts stand for whatever would be there."""
    found = {}
    for name in names():
        for arguments in (ARGUMENTS.get(name, []), [1], ["a"], ["0" * 64], ["a", "a"], [1, 1], ["a", 1], [1, "a"]):
            try:
                found[name] = reverse(name, args=arguments)
                break
            except Exception:  # noqa: BLE001, S112 - other arguments are tried
                continue
    return found


def open_to_anybody() -> set[str]:
    """Return the names of the addresses that say so themselves (`test_access` lists them)."""
    return {name for name, url in addresses().items() if access_of(resolve(url).func) == ANYBODY}


SIGNING_IN = {"account_login", "account_logout", "mfa_authenticate"}
BEFORE_FACTOR = {"account_reauthenticate", "account_change_password", "mfa_reauthenticate"} | {
    f"mfa_{name}"
    for name in (
        "index",
        "activate_totp",
        "deactivate_totp",
        "view_recovery_codes",
        "download_recovery_codes",
        "generate_recovery_codes",
    )
}
"""Pages of whoever still has to set up the second factor."""


def test_a_stranger_reaches_nothing_by_any_address(place: DeskPlace) -> None:
    """Every address but the few that say so leads to the page to sign in, or answers a program by K133."""
    reached = {}
    for name, url in addresses().items():
        answer = Client().get(url)
        sent_away = answer.status_code == 302 and answer.headers["Location"].startswith(LOGIN)
        if not sent_away and answer.status_code not in (401, 405):
            reached[name] = answer.status_code
    assert set(reached) <= SIGNING_IN | open_to_anybody()
    assert len(addresses()) > 30


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR))
def test_without_the_second_factor_no_address_opens(place: DeskPlace, role: Role) -> None:
    """Owner, coordinator and adjudicator are led to the page that sets it up, from every address."""
    person = member(role)
    Authenticator.objects.filter(user=person).delete()
    client, opened = signed_in(person), {}
    for name, url in addresses().items():
        answer = client.get(url)
        led = answer.status_code == 302 and answer.headers["Location"] == reverse("mfa_activate_totp")
        if not led:
            opened[name] = answer.status_code
    assert set(opened) <= SIGNING_IN | BEFORE_FACTOR | open_to_anybody()


def test_recovery_codes_alone_are_no_second_factor(place: DeskPlace) -> None:
    """Whoever removed the application has codes left that open nothing."""
    person = member(Role.OWNER)
    Authenticator.objects.filter(user=person).update(type=Authenticator.Type.RECOVERY_CODES)
    assert signed_in(person).get("/people/").headers["Location"] == reverse("mfa_activate_totp")


def test_a_password_alone_does_not_sign_an_owner_in(place: DeskPlace) -> None:
    """The code of the telephone is asked for before there is a session; it works once."""
    member(Role.OWNER, "olga")
    client = Client()
    assert sign_in(client, "olga") == reverse("mfa_authenticate")
    assert client.get("/people/").headers["Location"].startswith(LOGIN)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    used = code_now()
    assert client.post(reverse("mfa_authenticate"), {"code": used}).headers["Location"] == "/"
    assert client.get("/people/").status_code == 200
    other = Client()
    sign_in(other, "olga")
    assert other.post(reverse("mfa_authenticate"), {"code": used}).status_code == 200


def test_a_coordinator_cannot_make_owners(place: DeskPlace) -> None:
    """Neither by the form, nor by a field that the form does not show, nor by the function below."""
    coordinator, reader = member(Role.COORDINATOR), member(Role.READER)
    client = signed_in(coordinator)
    assert client.post("/people/invite/", {"role": "owner"}).status_code == 400
    assert client.post(f"/people/{reader.pseudonym}/role/", {"role": "owner"}).status_code == 400
    assert not Invitation.objects.exists()
    assert not may_give(coordinator, Role.OWNER)
    with pytest.raises(InputError, match="K105"):
        change_role(coordinator, reader, Role.OWNER)


@pytest.mark.parametrize("act", ["role/", "close/", "renew/", "end-sessions/", "forget/", "data.json", ""])
def test_a_coordinator_cannot_touch_owners(place: DeskPlace, act: str) -> None:
    """An owner is not found by whoever does not manage them: 404, on every address."""
    owner, client = member(Role.OWNER), signed_in(member(Role.COORDINATOR))
    url = f"/people/{owner.pseudonym}/{act}"
    answer = client.get(url) if act in ("", "data.json") else client.post(url, {"role": "reader"})
    assert answer.status_code == 404
    owner.refresh_from_db()
    assert (owner.role, owner.is_active, owner.forgotten) == (Role.OWNER, True, None)


@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.READER, Role.COLLECTOR, Role.VIEWER])
def test_others_do_not_see_people(place: DeskPlace, role: Role) -> None:
    """The list, a member, and every act are closed to all but those who coordinate."""
    client, somebody = signed_in(member(role)), member(Role.READER)
    assert client.get("/people/").status_code == 403
    assert client.get(f"/people/{somebody.pseudonym}/").status_code == 403
    assert client.post(f"/people/{somebody.pseudonym}/close/").status_code == 403


def test_joining_sets_nothing_but_name_and_password(place: DeskPlace) -> None:
    """Role, team and powers come from the invitation, whatever else is sent along."""
    token = invite(Role.READER, now(), team="north")
    sent = {"username": "rita", "password1": NEW, "password2": NEW, "role": "owner", "team": "south"}
    more = {"is_superuser": "on", "is_staff": "on", "pseudonym": "p-1", "invited_by": "1", "forgotten": ""}
    assert Client().post(f"/join/{token}/", sent | more).status_code == 302
    found = Member.objects.get(username="rita")
    assert (found.role, found.team, found.is_superuser, found.is_staff) == ("reader", "north", False, False)
    assert found.pseudonym.startswith("p-")
    assert len(found.pseudonym) == 22


def test_an_invitation_works_once_and_for_three_days(place: DeskPlace) -> None:
    """Used, expired, unknown, or made by somebody who may invite no more: K130 each time."""
    used, late = invite(Role.READER, now()), invite(Role.READER, now() - timedelta(days=3, seconds=1))
    accept(used, "one", NEW, now())
    by = member(Role.COORDINATOR)
    orphaned = invite(Role.READER, now(), by=by)
    Member.objects.filter(pk=by.pk).update(is_active=False)
    for token in (used, late, orphaned, "unknown"):
        with pytest.raises(InputError, match="K130"):
            find(token, now())
        assert Client().get(f"/join/{token}/").status_code == 400


def test_an_invitation_is_kept_by_its_digest_only(place: DeskPlace) -> None:
    """Whoever reads the database cannot join by it."""
    token = invite(Role.OWNER, now())
    assert token not in str(Invitation.objects.values_list())


@pytest.mark.parametrize(
    ("username", "password", "again"),
    [
        ("rita", "short", "short"),
        ("rita", "password1234", "password1234"),
        ("rita", NEW, "another"),
        ("rita", "", ""),
        ("", NEW, NEW),
        ("<script>", NEW, NEW),
        ("a" * 61, NEW, NEW),
        ("Taken", NEW, NEW),
        ("margarita.k", "margarita.k1", "margarita.k1"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_what_is_wrong_with_a_new_account_is_told(
    place: DeskPlace, username: str, password: str, again: str, language: str
) -> None:
    """In the words of the catalogues: no English in a Kazakh page, no account made."""
    Member.objects.create_user("taken", password=None, pseudonym="p-taken")
    token = invite(Role.READER, now())
    sent = {"username": username, "password1": password, "password2": again}
    answer = Client(headers={"accept-language": language}).post(f"/join/{token}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="errorlist"' in page
    told = page.split('class="errorlist"')[1].split("</ul>")[0]
    assert language == "en" or not re.search("[a-z]{4}", re.sub("<[^>]*>|id_[a-z0-9_]+", "", told)), told
    assert Member.objects.count() == 1


def test_sessions_end_with_the_password(place: DeskPlace) -> None:
    """Every other session; the one that changed it goes on."""
    person = member(Role.READER)
    one, other = signed_in(person), Client()
    sign_in(other, person.username)
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert other.post(reverse("account_change_password"), sent).status_code == 302
    assert one.get("/").headers["Location"].startswith(LOGIN)
    assert other.get("/").status_code == 200
    assert "password_changed" in verbs()


def test_sessions_end_with_the_role(place: DeskPlace) -> None:
    """And what the old role opened is closed at once."""
    owner, person = member(Role.OWNER), member(Role.COORDINATOR)
    client = signed_in(person)
    assert client.get("/people/").status_code == 200
    change_role(owner, person, Role.READER)
    assert client.get("/people/").headers["Location"].startswith(LOGIN)


def test_sessions_end_when_told_and_when_an_account_closes(place: DeskPlace) -> None:
    """Every one of them; a closed account does not sign in."""
    owner, person = member(Role.OWNER), member(Role.READER)
    client = signed_in(person)
    end_sessions(owner, person)
    assert client.get("/").headers["Location"].startswith(LOGIN)
    client = signed_in(Member.objects.get(pk=person.pk))
    set_active(owner, person, active=False)
    assert client.get("/").headers["Location"].startswith(LOGIN)
    assert sign_in(Client(), person.username) in ("", reverse("account_inactive"))
    set_active(owner, person, active=True)
    assert sign_in(Client(), person.username) == "/"


def test_there_is_always_an_owner(place: DeskPlace) -> None:
    """The last one can be neither demoted nor closed nor deleted (K131)."""
    owner = member(Role.OWNER)
    for act in (
        lambda: change_role(owner, owner, Role.READER),
        lambda: set_active(owner, owner, active=False),
        lambda: forget_person(owner, owner, place.archive, now()),
    ):
        with pytest.raises(InputError, match="K131"):
            act()
    second = member(Role.OWNER)
    change_role(second, owner, Role.READER)
    assert Member.objects.get(pk=owner.pk).role == Role.READER


def test_a_renewal_gives_a_new_password_and_takes_the_old_factor(place: DeskPlace) -> None:
    """For whoever has lost the telephone: same person, same pseudonym, no second account."""
    person, owner = member(Role.ADJUDICATOR, "anna"), member(Role.OWNER)
    before, token = signed_in(person), renew(person, now(), by=owner)
    answer = Client().post(f"/join/{token}/", {"password1": NEW, "password2": NEW, "username": "other"})
    assert answer.status_code == 302
    found = Member.objects.get(pk=person.pk)
    assert (found.username, found.pseudonym) == ("anna", person.pseudonym)
    assert found.check_password(NEW)
    assert not Authenticator.objects.filter(user=found).exists()
    assert before.get("/").headers["Location"].startswith(LOGIN)
    assert Client().get(f"/join/{token}/").status_code == 400


def test_six_wrong_passwords_close_the_door(place: DeskPlace) -> None:
    """K107 by name and address, in the language of the reader; the log holds no name that was typed."""
    person = member(Role.READER, "rita")
    client = Client(headers={"accept-language": "kk"})
    answers = [client.post(LOGIN, {"login": "rita", "password": "wrong"}) for _ in range(7)]
    assert answers[0].status_code == 200
    assert (answers[-1].status_code, "K107" in answers[-1].content.decode()) == (429, True)
    assert client.post(LOGIN, {"login": "rita", "password": PASSWORD}).status_code == 429
    assert "locked_out" in verbs()
    Client().post(LOGIN, {"login": "my secret typed into the wrong field", "password": "x"})
    items = set(Act.objects.values_list("item", flat=True))
    assert items <= {"", person.pseudonym}


def test_strangers_post_a_number_of_times_a_minute(place: DeskPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """K132 beyond; whoever is signed in is not counted."""
    monkeypatch.setattr(limits, "POSTS_A_MINUTE", 3)
    client, reader = Client(), signed_in(member(Role.READER))
    codes = [client.post("/language/ru/").status_code for _ in range(5)]
    assert codes == [302, 302, 302, 429, 429]
    assert [reader.post("/language/ru/").status_code for _ in range(5)] == [302] * 5


def test_an_address_that_a_stranger_claims_is_not_believed(place: DeskPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a proxy of ours, X-Forwarded-For moves nobody to another count."""
    monkeypatch.setattr(limits, "POSTS_A_MINUTE", 2)
    codes = [Client(headers={"x-forwarded-for": f"10.0.0.{at}"}).post("/language/ru/").status_code for at in range(4)]
    assert codes == [302, 302, 429, 429]


def test_what_a_page_of_allauth_is_not_used_for_stays_closed(place: DeskPlace) -> None:
    """No open sign-up, no password by e-mail, no page of addresses: neither to strangers nor to members."""
    client = signed_in(member(Role.READER))
    for name in ("account_signup", "account_email", "account_reset_password", "account_set_password"):
        assert Client().get(reverse(name)).status_code == 302
        assert client.get(reverse(name)).status_code == 403
        assert client.post(reverse(name), {"email": "a@b.test"}).status_code == 403
