"""Laws that somebody with the source code has tried to break; each test is an attack that worked once."""

from __future__ import annotations

import hashlib
import json
import logging
from io import StringIO

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.urls import reverse

from desking.copies import CELLS, commit_by_hand, copy_to_read, fields, take_next
from desking.place import PASSWORD, DeskPlace, code_now, member, signed_in
from desking.sending import said, sent
from museum.small_photos import COLOUR, GREY
from secondcount.custody.layout import outbox_entry
from secondcount.custody.outbox import waiting
from secondcount.errors import InputError
from secondcount.evidence.entries import Sheet, parse_entry
from secondcount.web.accounts.invitations import invite
from secondcount.web.accounts.people import change_role, forget_person
from secondcount.web.desk import desk, now
from secondcount.web.models import Act, Arrival, PaperCopy, Posting, ReadingRow, Role, Station, Task
from secondcount.web.reading.agreeing import agree_copies
from secondcount.web.reading.committing import grant, granted_task
from secondcount.web.rebuild import rebuild
from secondcount.web.receiving.decoding import decode_arrivals


def sign_in(client: Client, name: str, password: str = PASSWORD) -> int:
    """Send name and password; return the status."""
    return client.post(reverse("account_login"), {"login": name, "password": password}).status_code


def read(*typed: dict[str, str]) -> None:
    """Let as many new people read what is there, and let the sweep look at it."""
    for one in typed:
        commit_by_hand(signed_in(member(Role.READER)), one)
    agree_copies(desk())


def sheets(place: DeskPlace) -> list[Sheet]:
    """Return the sheets that wait for the log."""
    found = (parse_entry(place.archive.private.load(outbox_entry(one))) for one in waiting(place.archive))
    return [one for one in found if isinstance(one, Sheet)]


def test_a_code_is_not_guessed_without_end(place: DeskPlace) -> None:
    """Whoever has a password tries ten codes; after that not even the right one is taken for ten minutes."""
    member(Role.OWNER, "olga")
    client = Client()
    assert sign_in(client, "olga") == 302
    for guess in range(10):
        assert client.post(reverse("mfa_authenticate"), {"code": f"{guess:06}"}).status_code == 200
    right = code_now()
    assert client.post(reverse("mfa_authenticate"), {"code": right}).status_code != 302


def test_capital_letters_give_no_further_guesses(place: DeskPlace) -> None:
    """A name in other letters is the same name: for the lockout, for the log of acts, and when it is forgotten."""
    person = member(Role.READER, "rita")
    client = Client()
    answers = [sign_in(client, name, "wrong") for name in ("rita", "Rita", "RITA", "rIta", "riTa", "ritA", "RiTa")]
    assert answers[-1] == 429
    assert set(Act.objects.filter(verb="sign_in_failed").values_list("item", flat=True)) == {person.pseudonym}


def test_no_spelling_of_a_name_is_left_of_somebody_who_was_forgotten(place: DeskPlace) -> None:
    """The table of attempts holds names as they were typed; all of them go."""
    owner, person = member(Role.OWNER, "olga"), member(Role.READER, "Rita")
    sign_in(Client(), "rita")
    sign_in(Client(), "RITA", "wrong")
    forget_person(owner, person, place.archive, now())
    left = [str(row) for table in (AccessAttempt, AccessLog) for row in table.objects.values_list()]
    assert not [row for row in left if "rita" in row.casefold()]


def test_a_role_that_comes_back_brings_no_session_back(place: DeskPlace) -> None:
    """A session ends with the role for good: a stolen cookie does not wake up when the role is given again."""
    owner, person = member(Role.OWNER), member(Role.READER, "rita")
    stolen = signed_in(person)
    change_role(owner, person, Role.VIEWER)
    change_role(owner, person, Role.READER)
    assert stolen.get("/read/").status_code == 302


def test_a_page_that_was_open_before_a_restore_is_of_no_other_copy(place: DeskPlace) -> None:
    """A database that is put back gives numbers of tasks again: the seal is of the copy, not of a number alone."""
    reader = member(Role.READER)
    first, second = copy_to_read(place, "1"), copy_to_read(place, "2")
    task = Task.objects.filter(copy=first).first()
    assert task is not None
    seal = grant(reader, task)
    assert granted_task(reader, task.pk, seal).copy == first
    Task.objects.filter(copy=second).delete()
    Task.objects.filter(pk=task.pk).update(copy=second)
    with pytest.raises(InputError, match="K105"):
        granted_task(reader, task.pk, seal)


def test_the_register_says_the_area_not_the_sender(place: DeskPlace) -> None:
    """Nobody reads an area from the paper: whoever brings a right copy cannot put it into another area's sum."""
    Station.objects.create(name="1", area="south", known=True)
    copy_to_read(place, "1")  # says "north"
    read(fields(), fields())
    assert [one.area for one in sheets(place)] == ["south"]


def test_no_sender_says_the_area_of_another_copy(place: DeskPlace) -> None:
    """A station that only somebody named has no area that holds for a copy that somebody else brought."""
    Station.objects.create(name="7", area="south")
    copy_to_read(place, "1")
    read(fields(station="7"), fields(station="7"))
    assert [one.area for one in sheets(place)] == ["exampleland"]


@pytest.mark.parametrize(("posted", "level"), [("1", 1), ("7", 2)])
def test_a_posting_at_one_station_gives_no_level_to_a_copy_of_another(
    place: DeskPlace, posted: str, level: int
) -> None:
    """Level 2 is of whoever was sent to the station that the paper names, not to the one that they claim."""
    collector = member(Role.COLLECTOR)
    Posting.objects.create(station=Station.objects.create(name=posted, known=True), observer=collector)
    copy_to_read(place, "1", collector=collector, level=2)
    read(fields(station="7"), fields(station="7"))
    assert [one.level for one in sheets(place)] == [level]


def test_a_page_that_comes_after_the_first_reading_keeps_nothing_from_agreement(
    place: DeskPlace, phone: Client
) -> None:
    """Readings of one copy are of the same pages: one more photo does not leave a copy undecided for ever."""
    sent(phone, COLOUR, page=1, pages=1)
    decode_arrivals(desk())
    read(fields(station="12"))
    sent(phone, GREY, page=2, pages=2)
    decode_arrivals(desk())
    read(fields(station="12"))
    assert PaperCopy.objects.order_by("pk")[0].state == "agreed"


def test_a_third_reader_answers_what_is_asked_and_nothing_else(place: DeskPlace) -> None:
    """A problem that no form of theirs offers is not taken for an answer, and is no failure of the desk."""
    copy = copy_to_read(place)
    read(fields(), fields({**CELLS, "red": "388"}))
    third = signed_in(member(Role.READER))
    address = take_next(third)
    task = Task.objects.get(copy=copy, kind="third")
    assert task.leased_by is not None
    seal = grant(task.leased_by, task)
    answer = third.post(address, {"grant": seal, "step": "commit", "problem": "unreadable"})
    assert answer.status_code == 422
    assert ReadingRow.objects.count() == 2


@pytest.mark.parametrize("red", [CELLS["red"], "388"])
def test_a_reading_too_many_in_the_archive_leaves_no_copy_undecided(place: DeskPlace, red: str) -> None:
    """Power failed before the tables knew of a reading; two others read; the database was lost: it goes on."""
    copy_to_read(place)
    commit_by_hand(signed_in(member(Role.READER)), fields({**CELLS, "red": red}))
    ReadingRow.objects.all().delete()
    Task.objects.update(state="open", done=None)
    for _ in range(2):
        commit_by_hand(signed_in(member(Role.READER)), fields())
    ReadingRow.objects.all().delete()
    Task.objects.update(state="open", done=None)
    rebuild(desk())
    agree_copies(desk())
    copy = PaperCopy.objects.get()
    assert (copy.state, copy.due) in {("agreed", False), ("differing", False)}
    assert copy.state == "agreed" or red == "388"  # which two are the first is chance: the times are of one second
    assert ReadingRow.objects.filter(task__kind="third").count() == 0


def test_a_receipt_is_of_what_the_archive_has_not_of_a_row(place: DeskPlace, phone: Client) -> None:
    """An archive that was put back to an older state does not have the file: the phone is not told to wipe it."""
    sent(phone, COLOUR)
    receipt = Arrival.objects.get().receipt
    place.archive.private.delete(f"arrival/record/{receipt}.json")
    asked = json.dumps({"claim": said(), "sha256": hashlib.sha256(COLOUR).hexdigest(), "size": len(COLOUR)})
    answer = phone.post(f"/api/uploads/{'cd' * 16}/finish", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (404, "K115")


def test_the_log_of_the_machine_holds_no_link_of_an_invitation(
    place: DeskPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that is refused is written down with its path; a link that can still be used is not."""
    written = StringIO()
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            monkeypatch.setattr(handler, "stream", written)
    token = invite(Role.OWNER, now())
    assert Client(enforce_csrf_checks=True).post(f"/join/{token}/", {}).status_code == 403
    client = Client()
    assert 429 in {client.post(f"/join/{token}/", {}).status_code for _ in range(62)}
    assert "/join/…" in written.getvalue()
    assert token not in written.getvalue()
