"""Law: what is safe becomes copies to read, each page once, each person's copy one witness, whatever is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from desking.place import DeskPlace, member, signed_in
from desking.sending import sent
from intaking.photos import encoded, patterned
from museum.build_images import PLAIN_PNG
from museum.small_photos import COLOUR, GREY
from secondcount.custody.archive import Archive
from secondcount.custody.arrivals import Waiting, waiting_arrivals
from secondcount.custody.layout import original_path, outbox_entry
from secondcount.web.desk import desk, now
from secondcount.web.models import Arrival, ArrivalState, Hold, Member, PaperCopy, Role, Station, Task
from secondcount.web.receiving import api, decoding
from secondcount.web.work import run_once


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
    sent(signed_in(member(Role.COLLECTOR)), encoded(patterned().transpose(Image.Transpose.ROTATE_180)))
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


@pytest.mark.parametrize("backwards", [False, True])
def test_of_one_picture_that_was_sent_twice_the_first_sender_stays_the_first(
    place: DeskPlace, collector: Member, phone: Client, monkeypatch: pytest.MonkeyPatch, backwards: bool
) -> None:
    """Where a messenger encoded a picture anew, its collector is who sent it first, in whatever order files lie."""

    def lying(archive: Archive) -> Iterator[Waiting]:
        yield from sorted(waiting_arrivals(archive), key=lambda one: one.received, reverse=backwards)

    early = now() - timedelta(minutes=5)
    with monkeypatch.context() as before:
        before.setattr(api, "now", lambda: early)
        sent(phone, encoded(patterned()))
    sent(signed_in(member(Role.COLLECTOR)), encoded(patterned(), quality=50))
    monkeypatch.setattr(decoding, "waiting_arrivals", lying)
    run_once(desk())
    states = Arrival.objects.order_by("received").values_list("collector", "state")
    assert [state for _, state in states] == [ArrivalState.READY, ArrivalState.SAME]
    assert states[0][0] == collector.pk
    assert PaperCopy.objects.get().collector == collector


def test_rows_that_were_lost_are_made_again(place: DeskPlace, collector: Member, phone: Client) -> None:
    """What is safe but has no row, because the database lost it, is found on the disk by the next sweep."""
    receipt = sent(phone).json()["receipt"]
    Arrival.objects.all().delete()
    assert [one.receipt for one in waiting_arrivals(place.archive)] == [receipt]
    run_once(desk())
    row = Arrival.objects.get(receipt=receipt)
    assert (row.collector, row.station, row.state) == (collector, "12", ArrivalState.READY)
