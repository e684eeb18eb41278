"""Law: what has a receipt is safe, and nothing else has one; what is said of a photo is held to a list."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desking.place import DeskPlace, member, signed_in
from desking.sending import nothing_taken, said, sent
from museum.build_images import PLAIN_PNG
from museum.small_photos import COLOUR, GREY
from secondcount.custody.arrivals import load_arrival
from secondcount.custody.layout import original_path, outbox_entry
from secondcount.web.models import Arrival, ArrivalState, Member, Posting, Role, Station


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
    assert (answer.status_code, answer.json()["code"]) == (400, "K112")
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
