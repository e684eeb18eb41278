"""Law: an upload in parts is its sender's alone, goes on where it broke off, and is taken in as a whole or not."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.test import Client

from desking.place import DeskPlace, member, signed_in
from desking.sending import nothing_taken, said, sent
from museum.small_scans import HEIC
from secondcount.errors import InputError
from secondcount.web.desk import desk, now
from secondcount.web.models import Arrival, Role
from secondcount.web.receiving import parts


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


def test_a_file_of_another_station_is_not_given_the_old_receipt_in_silence(place: DeskPlace, phone: Client) -> None:
    """Whoever says another station of the same file is no lost answer: they send it again, and are told (K123)."""
    first, path = sent(phone, HEIC).json(), f"/api/uploads/{'7' * 32}"
    asked = {"claim": said(station="13"), "sha256": hashlib.sha256(HEIC).hexdigest(), "size": len(HEIC)}
    unsent = phone.post(f"{path}/finish", asked, content_type="application/json")
    assert (unsent.status_code, unsent.json()["code"]) == (404, "K115")
    phone.put(path, HEIC, headers={"Upload-Offset": "0"}, content_type="application/octet-stream")
    again = phone.post(f"{path}/finish", asked, content_type="application/json")
    assert (again.status_code, again.json()["receipt"]) == (201, first["receipt"])
    assert [one["code"] for one in again.json()["told"]] == ["K123"]
    assert Arrival.objects.get().station == "12"


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
    with pytest.raises(InputError):
        parts.add_part(desk(), member(Role.COLLECTOR), "3" * 32, 0, HEIC + bytes(parts.PART))
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
