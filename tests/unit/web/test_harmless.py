"""Law: what hostile people can do within the rules does no harm: files that pass the door, names, repetitions."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from desking.copies import CELLS, commit_by_hand, copy_to_read, fields, take_next
from desking.hostile import SCRIPT, body
from desking.place import PASSWORD, DeskPlace, code_now, member, signed_in

# isort: split
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from secondcount.custody.layout import blob_path, outbox_blob
from secondcount.evidence.store import Missing
from secondcount.intake.images import check_stripped
from secondcount.web.accounts.invitations import invite
from secondcount.web.desk import desk, now
from secondcount.web.models import Arrival, ArrivalState, Member, PaperCopy, ReadingRow, Role, Station, Task
from secondcount.web.reading import queue
from secondcount.web.reading.agreeing import agree_copies
from secondcount.web.reading.committing import grant
from secondcount.web.receiving.decoding import decode_arrivals

CLAIM = {"station": "1", "contest": "list", "sheet": "cd" * 16, "source": "posted_sheet"}

PASS_THE_DOOR = {
    "picture bomb": "N1",
    "photo cut short": "N1",
    "only a head": "N1",
    "pretends to be png": "N1",
    "scripted document": "N1",
    "external document": "N1",
    "tiff loop": "N1",
    "tiff bomb": "N1",
    "heic without a picture": "N1",
    "webp without a picture": "N1",
}
"""Files that begin as pictures do: acknowledged as "safe, not yet read", then refused by the child that decodes."""

CARRY = ("photo and page", "photo and zip", "photo that speaks", "photo", "texts")
"""Pictures with something beside the picture."""


def sent(client: Client, name: str, **said: object) -> HttpResponse:
    """Send a body as a photo."""
    file = SimpleUploadedFile("1.jpg", body(name), "image/jpeg")
    return client.post("/api/arrivals", {"claim": json.dumps({**CLAIM, **said}), "file": file})


def looked_at(receipt: str) -> Arrival:
    """Let the sweep look until nothing waits, and return the row of an arrival."""
    while Arrival.objects.filter(state=ArrivalState.SAFE).exists():
        assert decode_arrivals(desk())
    return Arrival.objects.get(receipt=receipt)


def picture_of(arrival: Arrival) -> bytes:
    """Return the public picture of an arrival."""
    archive = desk().archive
    try:
        return archive.public.load(blob_path(arrival.derivative))
    except Missing:
        return archive.private.load(outbox_blob(arrival.derivative))


def public_files(place: DeskPlace) -> bytes:
    """Return everything that is public or is about to be."""
    folders = (place.folder / "public", place.folder / "private" / "outbox")
    return b"".join(one.read_bytes() for folder in folders for one in folder.rglob("*") if one.is_file())


NAMES = ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "{{ 7*7 }}{% x %}", "'; DROP TABLE desk_member; --")


class TestFiles:
    """Files that begin as pictures do."""

    @pytest.mark.parametrize("name", PASS_THE_DOOR)
    def test_that_are_no_pictures_are_refused_behind_the_door(self, place: DeskPlace, name: str) -> None:
        """The receipt stands, the file is kept, the refusal has a code, nobody is asked to read it."""
        collector = signed_in(member(Role.COLLECTOR))
        answer = sent(collector, name)
        assert answer.status_code == 201, answer.content
        found = looked_at(answer.json()["receipt"])
        assert (found.state, found.code[: len(PASS_THE_DOOR[name])]) == (ArrivalState.REFUSED, PASS_THE_DOOR[name])
        assert (found.derivative, PaperCopy.objects.count(), Task.objects.count()) == ("", 0, 0)
        assert found.code in collector.get("/sent/").content.decode()

    @pytest.mark.parametrize("name", CARRY)
    def test_that_carry_something_are_published_without_it(self, place: DeskPlace, name: str) -> None:
        """What stands beside the pixels is in the sealed original and nowhere else."""
        answer = sent(signed_in(member(Role.COLLECTOR)), name)
        assert answer.status_code == 201, answer.content
        found = looked_at(answer.json()["receipt"])
        if found.state == ArrivalState.READY:
            check_stripped(picture_of(found))
        else:
            assert found.code.startswith("N1")
        everything = public_files(place)
        assert [one for one in (SCRIPT, b"DROP TABLE", b"<?php", b"AAAAAAAA") if one in everything] == []

    def test_are_not_named_by_their_sender(self, place: DeskPlace) -> None:
        """A name with folders and a script becomes no path."""
        collector = signed_in(member(Role.COLLECTOR))
        file = SimpleUploadedFile("x", body("photo"))
        file._name = "../../..\\<script>Cookie.jpg"
        answer = collector.post("/api/arrivals", {"claim": json.dumps(CLAIM), "file": file})
        assert answer.status_code == 201
        names = [str(one) for one in Path(place.folder).parent.rglob("*")]
        assert [one for one in names if "script" in one or "Cookie" in one] == []


class TestReceipts:
    """A receipt is for one sender and one file, however often it is asked for."""

    def test_are_the_same_for_the_same_file(self, place: DeskPlace) -> None:
        """Sent again, a file gets the receipt that it has, and there is no second entry."""
        collector = signed_in(member(Role.COLLECTOR))
        first, again = (sent(collector, "photo").json() for _ in range(2))
        assert (first["receipt"], again["repeated"]) == (again["receipt"], True)
        assert Arrival.objects.count() == 1

    def test_of_one_sender_say_nothing_to_another(self, place: DeskPlace) -> None:
        """Whoever sends somebody else's photo gets a receipt of their own, and is not told whose the other is."""
        sender = member(Role.COLLECTOR)
        first = sent(signed_in(sender), "photo", station="secret-77").json()
        other = sent(signed_in(member(Role.COLLECTOR)), "photo", station="2")
        assert other.json()["receipt"] != first["receipt"]
        told = other.content.decode()
        assert [one for one in (first["receipt"], sender.pseudonym, sender.username) if one in told] == []
        assert "secret-77" not in told
        assert "secret-77" not in Client().get(f"/r/{first['receipt']}/").content.decode()

    def test_are_no_way_into_an_upload_of_somebody_else(self, place: DeskPlace) -> None:
        """The same id of an upload names a file of each member's own."""
        one, other = (signed_in(member(Role.COLLECTOR)) for _ in range(2))
        address, data = f"/api/uploads/{'ab' * 16}", body("photo")
        for client in (one, other):
            answer = client.put(address, data, "application/octet-stream", headers={"Upload-Offset": "0"})
            assert answer.json() == {"offset": len(data)}
        other.delete(address)
        assert one.get(address).json() == {"offset": len(data)}


class TestNames:
    """A name is text, whatever it looks like."""

    @pytest.mark.parametrize("name", NAMES)
    def test_of_stations_are_shown_as_text(self, place: DeskPlace, name: str) -> None:
        """On every page that shows a station, for every role that sees it."""
        collector, coordinator = signed_in(member(Role.COLLECTOR)), signed_in(member(Role.COORDINATOR))
        answer = sent(collector, "photo", station=name)
        assert answer.status_code == 201, answer.content
        looked_at(answer.json()["receipt"])
        found = Station.objects.get(name=name)
        pages = [collector.get("/sent/"), collector.get(f"/r/{answer.json()['receipt']}/"), collector.get("/send/")]
        pages += [coordinator.get(one) for one in ("/stations/", f"/stations/{found.pk}/", "/board/", "/bulk/")]
        for page in pages:
            text = page.content.decode()
            assert page.status_code == 200
            assert "<script>alert" not in text
            assert ">49" not in text

    def test_of_people_cannot_hold_markup(self, place: DeskPlace) -> None:
        """A team may hold anything that can be seen; it is escaped on the page of people."""
        member(Role.READER, "reader", team="<script>alert(1)</script>")
        assert "<script>alert" not in signed_in(member(Role.OWNER)).get("/people/").content.decode()


class TestReadings:
    """Blindness and two people hold whatever is sent, and however often."""

    def test_sent_twice_count_once(self, place: DeskPlace) -> None:
        """The second click gets the same thanks; the archive has one commitment."""
        copy_to_read(place)
        reader = member(Role.READER)
        client = signed_in(reader)
        address = take_next(client)
        first = commit_by_hand(client, fields(), address)
        page = {**fields(), "step": "commit", "grant": grant(reader, Task.objects.get(reading__isnull=False))}
        assert client.post(address, page).headers["Location"] == first
        assert ReadingRow.objects.count() == 1

    def test_by_one_person_never_make_two(self, place: DeskPlace) -> None:
        """Whoever has read a copy is not given it again, by any role that they get later."""
        copy = copy_to_read(place)
        person = member(Role.READER)
        commit_by_hand(signed_in(person), fields())
        for role in (Role.READER, Role.COORDINATOR):
            Member.objects.filter(pk=person.pk).update(role=role)
            person.refresh_from_db()
            assert queue.take_task(person, now() + timedelta(days=1)) is None
        assert copy.readings.count() == 1

    def test_of_a_lease_that_somebody_took_over_do_no_harm(self, place: DeskPlace) -> None:
        """Two people on one copy after a lease ran out: both readings count, each by its own person."""
        copy = copy_to_read(place)
        first = member(Role.READER)
        slow, quick = signed_in(first), signed_in(member(Role.READER))
        address = take_next(slow)
        late = {**fields(), "step": "commit", "grant": grant(first, Task.objects.get(leased_by__isnull=False))}
        Task.objects.update(leased_until=now() - timedelta(seconds=1))
        commit_by_hand(quick, fields())
        assert slow.post(address, late).status_code == 302
        assert len({one.pseudonym for one in copy.readings.all()}) == 2

    def test_are_never_decided_by_who_made_them(self, place: DeskPlace) -> None:
        """A coordinator who has read a copy is not given its dispute."""
        copy_to_read(place)
        coordinator = member(Role.COORDINATOR)
        readers = [signed_in(coordinator), *(signed_in(member(Role.READER)) for _ in range(2))]
        for number, client in enumerate(readers):
            commit_by_hand(client, fields({**CELLS, "red": str(300 + number)}))
            agree_copies(desk())
        assert signed_in(coordinator).post("/decide/next/").headers["Location"] == "/decide/?nothing=1"
        assert take_next(signed_in(member(Role.ADJUDICATOR)), "decide").startswith("/decide/")

    def test_are_not_asked_of_who_brought_the_copy(self, place: DeskPlace) -> None:
        """A coordinator who sent a photo does not read it."""
        coordinator = member(Role.COORDINATOR)
        copy_to_read(place, collector=coordinator)
        assert signed_in(coordinator).post("/read/next/").headers["Location"] == "/read/?nothing=1"


class TestSessions:
    """A session is one person's, and ends when it should."""

    def test_are_new_after_signing_in(self, place: DeskPlace) -> None:
        """Whoever has put a session under somebody has not got theirs (session fixation)."""
        member(Role.VIEWER, "viewer")
        client = Client()
        client.get("/accounts/login/")
        client.cookies[client.session.model.__name__] = "x"
        client.session["mark"] = "attacker"
        before = client.session.session_key
        client.post("/accounts/login/", {"login": "viewer", "password": PASSWORD})
        assert client.get("/").status_code == 200
        assert client.session.session_key != before

    def test_need_the_second_factor(self, place: DeskPlace) -> None:
        """A coordinator with the password alone is nobody yet."""
        member(Role.COORDINATOR, "chief")
        client = Client()
        answer = client.post("/accounts/login/", {"login": "chief", "password": PASSWORD})
        assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
        assert client.get("/people/").status_code == 302

    def test_cannot_use_a_code_twice(self, place: DeskPlace) -> None:
        """A code that somebody has looked at over a shoulder is worth nothing."""
        member(Role.COORDINATOR, "chief")
        code = code_now()
        answers = []
        for _ in range(2):
            client = Client()
            client.post("/accounts/login/", {"login": "chief", "password": PASSWORD})
            client.post("/accounts/2fa/authenticate/", {"code": code})
            answers.append(client.get("/people/").status_code)
        assert answers == [200, 302]


class TestLinks:
    """An invitation makes one person, of the role that it says."""

    def test_make_one_person(self, place: DeskPlace) -> None:
        """Of two who open it, the first has it; role and team come from the invitation, whatever is sent along."""
        token = invite(Role.READER, now(), by=member(Role.OWNER), team="blue")
        form = {"password1": f"new {PASSWORD}", "password2": f"new {PASSWORD}"}
        more = {"role": "owner", "team": "red", "is_superuser": "1", "is_staff": "1", "pseudonym": "p-x"}
        first = Client().post(f"/join/{token}/", {**form, **more, "username": "one"})
        second = Client().post(f"/join/{token}/", {**form, "username": "two"})
        assert (first.status_code, second.status_code) == (302, 400)
        made = Member.objects.get(username="one")
        assert (made.role, made.team, made.is_superuser, made.is_staff) == (Role.READER, "blue", False, False)
        assert not Member.objects.filter(username="two").exists()

    def test_lose_their_power_with_who_made_them(self, place: DeskPlace) -> None:
        """A coordinator who was shut out leaves no back door."""
        coordinator = member(Role.COORDINATOR)
        token = invite(Role.COORDINATOR, now(), by=coordinator)
        signed_in(member(Role.OWNER)).post(f"/people/{coordinator.pseudonym}/close/")
        assert Client().get(f"/join/{token}/").status_code == 400
