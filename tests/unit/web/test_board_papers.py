"""Papers: who holds one, how it goes from hand to hand, and that only its holder consents to be named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desking.copies import copy_to_read
from desking.place import DeskPlace, member, signed_in
from secondcount.custody.outbox import waiting
from secondcount.evidence.entries import Custody, parse_entry
from secondcount.web.models import Hold, Member, PaperCopy, Role, Station

NOW = datetime(2030, 5, 6, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day after voting day."""
    for module in ("stations", "observed", "looking_up"):
        monkeypatch.setattr(f"secondcount.web.board.{module}.now", lambda: NOW)


@pytest.fixture
def copy(place: DeskPlace) -> PaperCopy:
    """Return a copy whose photo the archive has, at a station that the desk knows."""
    Station.objects.get_or_create(name="1", defaults={"area": "north"})
    return copy_to_read(place, "1")


def events(place: DeskPlace) -> set[tuple[str, str]]:
    """Return event and actor of every act about a paper that waits for the log."""
    found = (parse_entry(place.archive.private.load(f"outbox/entry/{leaf}")) for leaf in waiting(place.archive))
    return {(one.event, one.actor) for one in found if isinstance(one, Custody) and one.of}


def give(copy: PaperCopy, taker: str, by: Member, time: str = "") -> int:
    """Record a hand-over, by the form; return the status of the answer."""
    return signed_in(by).post(f"/papers/{copy.pk}/", {"taker": taker, "time": time}).status_code


def test_a_paper_goes_from_hand_to_hand(place: DeskPlace, copy: PaperCopy) -> None:
    """The first is a hold, the next a hand-over; the same person again changes nothing."""
    chief, anna, bob = member(Role.COORDINATOR), member(Role.COLLECTOR, "anna"), member(Role.COLLECTOR, "bob")
    for taker in (anna, bob, bob):
        assert give(copy, taker.pseudonym, chief, "2030-05-06T10:00") == 302
    assert [one.holder for one in Hold.objects.order_by("pk")] == [anna.pseudonym, bob.pseudonym]
    said = {one for one in events(place) if one[0] in ("paper_held", "handed_over")}
    assert said == {
        ("paper_held", anna.pseudonym),
        ("handed_over", anna.pseudonym),
        ("paper_held", bob.pseudonym),
    }
    page = signed_in(chief).get(f"/stations/{Station.objects.get(name='1').pk}/").content.decode()
    assert "<strong>bob</strong>" in page


@pytest.mark.parametrize(("taker", "time"), [("", ""), ("Ivanova", ""), ("anna", "tomorrow")])
def test_a_hand_over_names_somebody_of_the_desk(place: DeskPlace, copy: PaperCopy, taker: str, time: str) -> None:
    """A name that is typed is no pseudonym of anybody: nothing is recorded."""
    anna = member(Role.COLLECTOR, "anna")
    before = events(place)
    assert give(copy, anna.pseudonym if time else taker, member(Role.COORDINATOR), time) == 400
    assert (Hold.objects.count(), events(place)) == (0, before)


def test_only_the_holder_consents(place: DeskPlace, copy: PaperCopy) -> None:
    """Neither a coordinator nor whoever held it before can say it for them."""
    chief, anna, bob = member(Role.COORDINATOR), member(Role.COLLECTOR, "anna"), member(Role.COLLECTOR, "bob")
    for taker in (anna, bob):
        give(copy, taker.pseudonym, chief)
    for person in (chief, anna):
        assert signed_in(person).post(f"/papers/{copy.pk}/consent/").status_code == 404
    assert not Hold.objects.filter(consent=True).exists()
    for _ in range(2):
        assert signed_in(bob).post(f"/papers/{copy.pk}/consent/").status_code == 302
    assert [one.holder for one in Hold.objects.filter(consent=True)] == [bob.pseudonym]
    assert ("consents_to_be_named", bob.pseudonym) in events(place)
    assert "may be named to a court" in signed_in(bob).get("/observed/").content.decode()


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.READER, Role.ADJUDICATOR, Role.VIEWER])
def test_hand_overs_are_for_who_coordinates(place: DeskPlace, copy: PaperCopy, role: Role) -> None:
    """Nobody else records where a paper went."""
    person = member(role)
    assert give(copy, person.pseudonym, person) == 403
