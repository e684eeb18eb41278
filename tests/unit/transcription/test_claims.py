"""The paper says where a copy belongs; whoever brought it is told where he was mistaken."""

from __future__ import annotations

from secondcount.transcription import Place, check_place, confirm_place

CLAIM = Place(station="512", contest="list", page_count=2)


def test_a_claim_that_is_right_is_not_mentioned() -> None:
    """Nothing to report, and the place is the claimed one."""
    assert check_place(CLAIM, CLAIM) == ()
    assert confirm_place(CLAIM, CLAIM) == CLAIM


def test_the_paper_wins() -> None:
    """A photo of the other ballot's sheet: the place is what was read, and each error of the claim is reported."""
    read = Place(station="513", contest="single", page_count=1)
    assert confirm_place(CLAIM, read) == read
    found = check_place(CLAIM, read)
    assert [(one.code, one.where.cell, one.value("claimed"), one.value("read")) for one in found] == [
        ("K177", "@station", "512", "513"),
        ("K177", "@contest", "list", "single"),
    ]


def test_a_station_that_the_paper_does_not_show_is_the_claimed_one_and_said_so() -> None:
    """The head of the protocol is not in the picture: the station rests on a word alone."""
    read = Place(contest="list")
    assert confirm_place(CLAIM, read) == Place(station="512", contest="list")
    (found,) = check_place(CLAIM, read)
    assert (found.code, found.where.station) == ("K178", "512")
