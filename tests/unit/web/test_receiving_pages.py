"""Law: a receipt shows everybody that a file is safe and only its holder what it is; pages work without scripts."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from desking.place import DeskPlace, member, signed_in
from desking.sending import nothing_taken, said, sent
from museum.build_images import PLAIN_PNG
from museum.small_photos import COLOUR
from secondcount.custody.layout import original_path
from secondcount.web.desk import desk
from secondcount.web.models import Arrival, ArrivalState, PaperCopy, Role
from secondcount.web.work import run_once


def test_a_file_that_cannot_be_opened_is_kept_and_told(place: DeskPlace, phone: Client) -> None:
    """The receipt stays good, the original stays, and its sender is told why nobody can read it."""
    receipt = sent(phone, COLOUR[:-20]).json()["receipt"]
    run_once(desk())
    row = Arrival.objects.get(receipt=receipt)
    assert (row.state, row.code) == (ArrivalState.REFUSED, "N108")
    assert place.archive.private.size(original_path(row.file)) == len(COLOUR) - 20
    page = phone.get(f"/r/{receipt}/").content.decode()
    assert "N108" in page
    assert "N108" in phone.get("/sent/").content.decode()
    assert not PaperCopy.objects.exists()


def test_a_receipt_shows_strangers_its_state_only(place: DeskPlace, phone: Client) -> None:
    """With the link anybody sees "safe"; station, contest and sender are for its holder and for coordinators."""
    receipt = sent(phone, station="Secret station").json()["receipt"]
    other, coordinator = signed_in(member(Role.COLLECTOR)), signed_in(member(Role.COORDINATOR))
    seen = [one.get(f"/r/{receipt}/") for one in (Client(), other, phone, coordinator)]
    assert [one.status_code for one in seen] == [200] * 4
    assert ["Secret station" in one.content.decode() for one in seen] == [False, False, True, True]
    assert Client().get(f"/r/{'0' * 64}/").status_code == 404
    assert Client().get("/r/..%2fsecret/").status_code == 404


def test_times_are_those_that_the_page_says(place: DeskPlace, phone: Client) -> None:
    """Where a page says UTC, the time is in UTC, whatever the zone of the election."""
    receipt = sent(phone).json()["receipt"]
    wanted = Arrival.objects.get().received.strftime("%Y-%m-%d %H:%M")
    for page in (f"/r/{receipt}/", "/sent/"):
        with timezone.override("Asia/Almaty"):
            assert wanted in phone.get(page).content.decode()


def test_the_log_proves_a_receipt(place: DeskPlace, phone: Client) -> None:
    """Once the entry is in the log, anybody with the receipt can download the proof; before, there is none."""
    receipt = sent(phone).json()["receipt"]
    assert Client().get(f"/r/{receipt}/proof").status_code >= 400
    run_once(desk())
    page = Client().get(f"/r/{receipt}/").content.decode()
    assert f"/r/{receipt}/proof" in page
    answer = Client().get(f"/r/{receipt}/proof")
    assert answer.status_code == 200
    assert answer.content.startswith(b"c2sp.org/tlog-proof@v1")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_form_works_without_scripts(place: DeskPlace, phone: Client) -> None:
    """Several pages of one copy in an ordinary form: all are safe, and the list says so."""
    files = [SimpleUploadedFile("a.jpg", COLOUR), SimpleUploadedFile("b.png", PLAIN_PNG)]
    hashes = json.dumps({"1": hashlib.sha256(COLOUR).hexdigest(), "2": hashlib.sha256(PLAIN_PNG).hexdigest()})
    answer = phone.post("/send/", {**said(), "pages": files, "hashes": hashes}, follow=True)
    assert answer.status_code == 200
    assert [(one.page, one.pages) for one in Arrival.objects.order_by("page")] == [(1, 2), (2, 2)]
    assert all(one.receipt in answer.content.decode() for one in Arrival.objects.all())


def test_the_form_says_what_to_correct(place: DeskPlace, phone: Client) -> None:
    """A field that cannot be taken is named, what was chosen stays, and nothing was taken in."""
    answer = phone.post("/send/", {**said(source=""), "pages": [SimpleUploadedFile("a.jpg", COLOUR)]})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "K112" in page
    assert "What is on the photo" in page
    assert 'value="12"' in page
    assert nothing_taken(place)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("path", ["/send/", "/sent/", "/bulk/"])
def test_the_pages_speak_every_language(place: DeskPlace, language: str, path: str) -> None:
    """Each page of this subject is there in each language, without a sentence that is missing."""
    person = member(Role.COORDINATOR)
    person.language = language
    person.save()
    answer = signed_in(person).get(path)
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


def test_the_worker_and_the_manifest_need_no_account(place: DeskPlace) -> None:
    """The browser asks for them without cookies; they say nothing about anybody."""
    worker, manifest = Client().get("/sw.js"), Client().get("/manifest.webmanifest")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert json.loads(manifest.content)["start_url"] == "/send/"
