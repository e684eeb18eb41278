"""Law: what has a receipt is safe, and nothing else has one; what is said of a photo is held to a list."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desking.place import DeskPlace, member, signed_in
from museum.build_images import PLAIN_PNG
from museum.small_photos import COLOUR, GREY
from museum.small_scans import HEIC
from secondcount.custody.arrivals import load_arrival, waiting_arrivals
from secondcount.custody.layout import original_path, outbox_entry
from secondcount.web.desk import desk, now
from secondcount.web.models import Arrival, ArrivalState, Hold, Member, PaperCopy, Posting, Role, Station, Task
from secondcount.web.receiving import decoding, parts
from secondcount.web.work import run_once

SHEET = "ab" * 16


def said(**more: object) -> dict[str, object]:
    """Return what a sender says at least."""
    return {"station": "12", "contest": "list", "source": "certified_copy", "sheet": SHEET, **more}


def sent(client: Client, data: bytes = COLOUR, name: str = "photo.jpg", sha256: str = "", **more: object) -> Any:
    """Send one photo through the door for programs."""
    form = {"claim": json.dumps(said(**more)), "file": SimpleUploadedFile(name, data), "sha256": sha256}
    return client.post("/api/arrivals", form)


def nothing_taken(place: DeskPlace) -> bool:
    """Return whether no row, no entry and no original came of a request."""
    private = place.archive.private
    return not (Arrival.objects.exists() or [*private.names("original/")] or [*private.names("arrival/record/")])


@pytest.fixture
def collector(place: DeskPlace) -> Member:
    """Return somebody who brings copies."""
    return member(Role.COLLECTOR, "carol")


@pytest.fixture
def phone(collector: Member) -> Client:
    """Return the phone of the collector."""
    return signed_in(collector)


def test_a_receipt_means_that_file_claim_and_entry_are_on_the_disk(place: DeskPlace, phone: Client) -> None:
    """When the answer comes, the original is sealed, the entry waits for the log, and the claim is with it."""
    answer = sent(phone, sha256=hashlib.sha256(COLOUR).hexdigest())
    told = answer.json()
    assert answer.status_code == 201
    assert told["state"] == "safe"
    assert told["text"].startswith(f"secondcount:receipt:1:{told['receipt']}:")
    assert told["link"].endswith(f"/r/{told['receipt']}/")
    assert told["qr"].startswith("data:image/svg+xml")
    assert place.archive.private.load(original_path(hashlib.sha256(COLOUR).hexdigest())) == COLOUR
    assert place.archive.private.size(outbox_entry(told["receipt"])) is not None
    assert load_arrival(place.archive, told["receipt"]).claim.station == "12"
    assert Arrival.objects.get().state == ArrivalState.SAFE


def test_the_same_file_again_has_the_same_receipt(place: DeskPlace, phone: Client) -> None:
    """Whoever sends a photo twice gets one receipt, and there is one arrival."""
    first, second = sent(phone).json(), sent(phone).json()
    assert first["receipt"] == second["receipt"]
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert Arrival.objects.count() == 1


def test_what_is_not_what_was_sent_is_refused(place: DeskPlace, phone: Client) -> None:
    """A file whose digest is not the one computed on the phone is not taken in."""
    answer = sent(phone, sha256="0" * 64)
    assert (answer.status_code, answer.json()["code"]) == (409, "K113")
    assert nothing_taken(place)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "N100"),
        (b"GIF89a" + bytes(20), "N102"),
        (b"<svg xmlns='x'><script/></svg>", "N104"),
        (b"<!doctype html><html>", "N104"),
        (b"PK\3\4" + bytes(40), "N105"),
        (b"MZ" + bytes(62), "N105"),
        (b"just text", "N106"),
    ],
)
def test_magic_bytes_are_asked_before_the_acknowledgement(
    place: DeskPlace, phone: Client, data: bytes, code: str
) -> None:
    """Whatever its name says, a file that is no picture gets no receipt."""
    answer = sent(phone, data, "photo.jpg")
    assert answer.json()["code"] == code
    assert answer.status_code in (400, 415)
    assert nothing_taken(place)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("station", ""),
        ("station", "a" * 201),
        ("station", "12\u202e34"),
        ("station", "12\x00"),
        ("contest", "president"),
        ("contest", ""),
        ("area", "atlantis"),
        ("source", "hearsay"),
        ("source", ""),
        ("from_whom", "Ivan Ivanov"),
        ("capacity", "<script>"),
        ("sheet", "../../etc"),
        ("sheet", "AB" * 16),
        ("page", "0x1"),
        ("page", "-1"),
        ("pages", "21"),
        ("signatures", "1e3"),
        ("signatures", "٣٣٣٣"),
        ("copy_number", "number 8 of Ivanov"),
        ("dated", "5 May"),
        ("count_ended", "yesterday"),
        ("captured", "9999-12-31T23:59:59-23:00"),
        ("holder", "p-0123"),
        ("certified", "maybe"),
        ("level", "4"),
        ("collector", "p-0123"),
        ("synthetic", "no"),
        ("station", {"a": 1}),
        ("page", [1]),
    ],
)
def test_only_what_is_on_the_list_can_be_said(place: DeskPlace, phone: Client, field: str, value: object) -> None:
    """A field that is unknown, free text where codes belong, or a value out of its range is refused by name."""
    answer = sent(phone, **{field: value})
    assert (answer.status_code, answer.json()["code"]) in [(400, "K112"), (400, "K122")]
    assert nothing_taken(place)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a":1,"a":2}', "[" * 100_000, "null", "NaN"])
def test_json_that_is_none(place: DeskPlace, phone: Client, text: str) -> None:
    """What is not one JSON object, with each name once, is refused."""
    answer = phone.post("/api/arrivals", {"claim": text, "file": SimpleUploadedFile("a.jpg", COLOUR)})
    assert answer.json()["code"] == "K119"
    assert nothing_taken(place)


def test_a_request_without_a_file(place: DeskPlace, phone: Client) -> None:
    """No file, no receipt."""
    answer = phone.post("/api/arrivals", {"claim": json.dumps(said())})
    assert (answer.status_code, answer.json()["code"]) == (415, "K111")


@pytest.mark.parametrize("role", [Role.READER, Role.ADJUDICATOR, Role.VIEWER])
def test_only_collectors_and_coordinators_send(place: DeskPlace, role: Role) -> None:
    """A reader, adjudicator or viewer cannot send."""
    assert sent(signed_in(member(role))).status_code in (302, 403)
    assert nothing_taken(place)


def test_strangers_store_nothing(place: DeskPlace) -> None:
    """A file of somebody who is not signed in is not even stored while the form is read."""
    answer = sent(Client())
    assert answer.status_code in (302, 401, 403)
    assert nothing_taken(place)


def test_a_level_is_given_and_not_claimed(place: DeskPlace, collector: Member, phone: Client) -> None:
    """A known sender has level 1, an observer who was sent there 2, with all requisites of a certified copy 3."""
    all_of_them = {"certified": "yes", "sealed": "yes", "signatures": "5", "members": "7", "dated": "2030-05-05"}
    levels = [load_arrival(place.archive, sent(phone, COLOUR, **all_of_them).json()["receipt"]).claim.level]
    Posting.objects.create(station=Station.objects.create(name="12"), observer=collector)
    levels.append(load_arrival(place.archive, sent(phone, GREY).json()["receipt"]).claim.level)
    levels.append(load_arrival(place.archive, sent(phone, PLAIN_PNG, **all_of_them).json()["receipt"]).claim.level)
    assert levels == [1, 2, 3]


def test_an_upload_in_parts_goes_on_where_it_broke_off(place: DeskPlace, phone: Client) -> None:
    """Parts are appended at their offset; the whole is checked by digest; a lost answer is given again."""
    path, half = f"/api/uploads/{'0' * 32}", len(HEIC) // 2
    put = {"content_type": "application/octet-stream"}
    assert phone.put(path, HEIC[:half], headers={"Upload-Offset": "0"}, **put).json() == {"offset": half}
    wrong = phone.put(path, HEIC[:half], headers={"Upload-Offset": "0"}, **put)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "K114")
    assert phone.get(path).json() == {"offset": half}
    asked = {"claim": said(), "sha256": hashlib.sha256(HEIC).hexdigest(), "size": len(HEIC)}
    early = phone.post(f"{path}/finish", asked, content_type="application/json")
    assert (early.status_code, early.json()["code"]) == (409, "K116")
    phone.put(path, HEIC[half:], headers={"Upload-Offset": str(half)}, **put)
    first = phone.post(f"{path}/finish", asked, content_type="application/json")
    again = phone.post(f"{path}/finish", asked, content_type="application/json")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["receipt"] == again.json()["receipt"]
    assert Arrival.objects.get().kind == "image/heic"
    assert phone.get(path).json() == {"offset": 0}


def test_an_upload_that_was_changed_on_the_way_is_begun_again(place: DeskPlace, phone: Client) -> None:
    """Where the digest does not fit, what was gathered is thrown away and nothing is acknowledged."""
    path = f"/api/uploads/{'1' * 32}"
    phone.put(path, HEIC, headers={"Upload-Offset": "0"}, content_type="application/octet-stream")
    asked = {"claim": said(), "sha256": "0" * 64, "size": len(HEIC)}
    assert phone.post(f"{path}/finish", asked, content_type="application/json").json()["code"] == "K113"
    assert phone.get(path).json() == {"offset": 0}
    assert nothing_taken(place)


def test_an_upload_belongs_to_who_began_it(place: DeskPlace, phone: Client) -> None:
    """Another member neither sees nor continues an upload, whatever its name."""
    path = f"/api/uploads/{'2' * 32}"
    phone.put(path, HEIC, headers={"Upload-Offset": "0"}, content_type="application/octet-stream")
    other = signed_in(member(Role.COLLECTOR))
    assert other.get(path).json() == {"offset": 0}
    asked = {"claim": said(), "sha256": hashlib.sha256(HEIC).hexdigest(), "size": len(HEIC)}
    answer = other.post(f"{path}/finish", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (404, "K115")


@pytest.mark.parametrize("name", ["..%2f..%2fsecret", "A" * 32, "0" * 31, "0" * 33, "%00" * 32])
def test_the_name_of_an_upload_is_never_a_path(place: DeskPlace, phone: Client, name: str) -> None:
    """Anything but 32 hexadecimal digits is no upload."""
    answer = phone.put(f"/api/uploads/{name}", HEIC, headers={"Upload-Offset": "0"}, content_type="image/heic")
    assert answer.status_code in (400, 404)
    assert nothing_taken(place)


def test_parts_are_limited(place: DeskPlace, phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part, a whole, and the number of uploads that were begun have limits; the first part must be a picture."""
    put = {"content_type": "application/octet-stream"}
    large = phone.put(f"/api/uploads/{'3' * 32}", bytes(2**20 + 1), headers={"Upload-Offset": "0"}, **put)
    assert (large.status_code, large.json()["code"]) == (413, "K110")
    text = phone.put(f"/api/uploads/{'3' * 32}", b"text", headers={"Upload-Offset": "0"}, **put)
    assert text.json()["code"] == "N106"
    beyond = phone.put(f"/api/uploads/{'3' * 32}", HEIC, headers={"Upload-Offset": str(2**25)}, **put)
    assert beyond.json()["code"] == "K110"
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 1)
    assert phone.put(f"/api/uploads/{'4' * 32}", HEIC, headers={"Upload-Offset": "0"}, **put).status_code == 200
    answer = phone.put(f"/api/uploads/{'5' * 32}", HEIC, headers={"Upload-Offset": "0"}, **put)
    assert (answer.status_code, answer.json()["code"]) == (429, "K117")


def test_uploads_that_nobody_goes_on_with_are_removed(place: DeskPlace, phone: Client) -> None:
    """After three days what was begun is gone."""
    phone.put(f"/api/uploads/{'6' * 32}", HEIC, headers={"Upload-Offset": "0"}, content_type="image/heic")
    assert not parts.forget_old(desk(), now())
    assert parts.forget_old(desk(), now() + timedelta(days=4))


def test_a_request_that_is_too_large_stores_nothing(
    place: DeskPlace, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The length is asked before the first file is stored."""
    monkeypatch.setattr("secondcount.web.receiving.quota.LARGEST", 100)
    answer = sent(phone)
    assert (answer.status_code, answer.json()["code"]) == (413, "K110")
    assert nothing_taken(place)


def test_a_photo_becomes_a_copy_with_two_readings_to_do(place: DeskPlace, collector: Member, phone: Client) -> None:
    """The sweep decodes what is safe; the copy has the claim's place, and two tasks."""
    receipt = sent(phone, station=" 12  b ", area="north", holder="me", consent="yes").json()["receipt"]
    run_once(desk())
    row = Arrival.objects.get(receipt=receipt)
    assert (row.state, row.width, row.height) == (ArrivalState.READY, 48, 32)
    copy = PaperCopy.objects.get()
    assert row.copy == copy
    assert (copy.station, copy.contest, copy.area, copy.copy, copy.version) == ("12 b", "list", "north", 1, 1)
    assert (copy.collector, copy.source, copy.level, copy.state) == (collector, "certified_copy", 1, "awaiting")
    assert Task.objects.filter(copy=copy).count() == 2
    hold = Hold.objects.get()
    assert (hold.holder, hold.consent) == (collector.pseudonym, True)
    assert place.archive.private.size(outbox_entry(hold.entry)) is None  # it is in the log
    assert Station.objects.get().name == "12 b"
    run_once(desk())
    assert (PaperCopy.objects.count(), Task.objects.count()) == (1, 2)


def test_a_copy_waits_for_all_of_its_pages(place: DeskPlace, phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page 2 is looked at after page 1; nobody reads a copy of which a page is still announced, for half an hour."""
    sent(phone, GREY, page=2, pages=3)
    run_once(desk())
    assert Arrival.objects.get().state == ArrivalState.SAFE
    sent(phone, COLOUR, page=1, pages=3)
    run_once(desk())
    run_once(desk())
    assert {one.state for one in Arrival.objects.all()} == {ArrivalState.READY}
    assert not PaperCopy.objects.exists()
    later = now() + decoding.LATE + timedelta(seconds=1)
    monkeypatch.setattr(decoding, "now", lambda: later)
    run_once(desk())
    assert PaperCopy.objects.get().pages.count() == 2
    sent(phone, PLAIN_PNG, page=3, pages=3)
    run_once(desk())
    assert PaperCopy.objects.get().pages.count() == 3


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


def test_a_file_with_which_something_is_wrong_holds_up_no_other(
    place: DeskPlace, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an original is gone, the others are looked at all the same, and the sweep does not run hot."""
    gone, other = sent(phone).json(), sent(phone, GREY, sheet="cd" * 16).json()
    place.archive.private.delete(original_path(gone["file"]))
    monkeypatch.setattr(decoding, "BATCH", 1)
    for _ in range(3):
        decoding.decode_arrivals(desk())
    assert Arrival.objects.get(receipt=gone["receipt"]).state == ArrivalState.SAFE
    assert Arrival.objects.get(receipt=other["receipt"]).state == ArrivalState.READY
    assert not decoding.decode_arrivals(desk())


def test_copies_of_several_people_are_several_witnesses(place: DeskPlace, phone: Client) -> None:
    """Each collector's copy has an ordinal of its own; a second one of the same is a later version of it."""
    sent(phone, COLOUR)
    run_once(desk())
    sent(signed_in(member(Role.COLLECTOR)), GREY)
    run_once(desk())
    sent(phone, PLAIN_PNG, sheet="cd" * 16)
    run_once(desk())
    assert list(PaperCopy.objects.order_by("pk").values_list("copy", "version")) == [(1, 1), (2, 1), (1, 2)]


def test_a_photo_that_was_forwarded_is_one_witness(place: DeskPlace, phone: Client) -> None:
    """The same file from somebody else has a receipt of its own and makes no second copy."""
    first = sent(phone).json()
    second = sent(signed_in(member(Role.COLLECTOR))).json()
    assert first["receipt"] != second["receipt"]
    assert second["told"]
    for _ in range(3):
        run_once(desk())
    assert PaperCopy.objects.count() == 1
    assert {one.state for one in Arrival.objects.all()} == {ArrivalState.READY, ArrivalState.SAME}


def test_rows_that_were_lost_are_made_again(place: DeskPlace, collector: Member, phone: Client) -> None:
    """What is safe but has no row, because the database lost it, is found on the disk by the next sweep."""
    receipt = sent(phone).json()["receipt"]
    Arrival.objects.all().delete()
    assert [one.receipt for one in waiting_arrivals(place.archive)] == [receipt]
    run_once(desk())
    row = Arrival.objects.get(receipt=receipt)
    assert (row.collector, row.station, row.state) == (collector, "12", ArrivalState.READY)


def test_a_receipt_shows_strangers_its_state_only(place: DeskPlace, phone: Client) -> None:
    """With the link anybody sees "safe"; station, contest and sender are for its holder and for coordinators."""
    receipt = sent(phone, station="Secret station").json()["receipt"]
    other, coordinator = signed_in(member(Role.COLLECTOR)), signed_in(member(Role.COORDINATOR))
    seen = [one.get(f"/r/{receipt}/") for one in (Client(), other, phone, coordinator)]
    assert [one.status_code for one in seen] == [200] * 4
    assert ["Secret station" in one.content.decode() for one in seen] == [False, False, True, True]
    assert Client().get(f"/r/{'0' * 64}/").status_code == 404
    assert Client().get("/r/..%2fsecret/").status_code == 404


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
