"""Stations, lists of observers, outcomes, papers and acts: what is fixed, who may say what, what is never kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desking.place import DeskPlace, member, signed_in
from secondcount.custody.outbox import waiting
from secondcount.custody.sequencer import append_batch
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Commitment, Deployment, File, Outcome, Stations, encode_entry, parse_entry
from secondcount.web.board import bringing, observed, outcomes, stations
from secondcount.web.board.outcomes import follow_copies
from secondcount.web.board.priorities import take_priorities
from secondcount.web.desk import desk
from secondcount.web.models import (
    Member,
    ObserverList,
    PaperCopy,
    Posting,
    Role,
    Station,
    Task,
    TaskKind,
)

BEFORE = datetime(2030, 5, 4, 12, 0, tzinfo=UTC)
AFTER = datetime(2030, 5, 7, 12, 0, tzinfo=UTC)
REGISTER = "station,area,registered\n0101,north,400\n0102,Юг,1 200\n"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day before voting day."""
    at(BEFORE, monkeypatch)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (bringing, observed, outcomes, stations):
        monkeypatch.setattr(module, "now", lambda: moment)
    monkeypatch.setattr("secondcount.web.board.looking_up.now", lambda: moment)


def table(text: str, name: str = "t.csv") -> dict[str, object]:
    """Return the fields of a form with a table."""
    return {"table": SimpleUploadedFile(name, text.encode())}


def send(person: Member, path: str, fields: dict[str, object]) -> Any:
    return signed_in(person).post(path, fields)


def text_of(answer: Any) -> str:
    return answer.content.decode()


def entries(place: DeskPlace) -> Iterator[object]:
    """Yield what was acknowledged and waits for the log."""
    for leaf in waiting(place.archive):
        yield parse_entry(place.archive.private.load(f"outbox/entry/{leaf}"))


def observer_at(station: str = "0101", name: str = "anna") -> tuple[Member, Posting]:
    person = member(Role.COLLECTOR, name)
    found, _ = Station.objects.get_or_create(name=station, defaults={"area": "north", "known": True})
    return person, Posting.objects.create(station=found, observer=person)


class TestRegister:
    """The register of stations."""

    def test_it_comes_from_a_table(self, place: DeskPlace) -> None:
        """Stations with area and voters are known from then on; the same table again changes nothing."""
        chief = member(Role.COORDINATOR)
        for said in ("2 stations are new", "0 stations are new, 2 were known"):
            assert said in text_of(send(chief, "/stations/register/", table(REGISTER)))
        rows = Station.objects.order_by("name").values_list("name", "area", "registered", "known")
        assert list(rows) == [("0101", "north", 400, True), ("0102", "south", 1200, True)]

    def test_it_comes_from_the_archive(self, place: DeskPlace) -> None:
        """The newest register in the log is taken; without one that is said."""
        chief = member(Role.COORDINATOR)
        refused = send(chief, "/stations/register/", {"source": "archive"})
        assert (refused.status_code, "K169" in text_of(refused)) == (400, True)
        data = REGISTER.encode()
        entry = Stations(blob=File(digest=sha256_hex(data), name="r.csv", size=len(data)), rows=2)
        append_batch(place.archive, [encode_entry(entry)], blobs=[data], now=BEFORE)
        assert "2 stations are new" in text_of(send(chief, "/stations/register/", {"source": "archive"}))

    def test_what_an_observer_named_becomes_known(self, place: DeskPlace) -> None:
        """A station that somebody named before the register came keeps its row."""
        Station.objects.create(name="0101", priority=7)
        send(member(Role.COORDINATOR), "/stations/register/", table(REGISTER))
        assert Station.objects.get(name="0101").known
        assert Station.objects.get(name="0101").priority == 7

    @pytest.mark.parametrize("path", ["/stations/register/", "/stations/tables/", "/stations/priorities/"])
    @pytest.mark.parametrize("fields", [{}, {"table": ""}])
    def test_no_file_is_refused(self, place: DeskPlace, path: str, fields: dict[str, object]) -> None:
        """A form without a file has a code and changes nothing."""
        answer = send(member(Role.COORDINATOR), path, fields)
        assert (answer.status_code, "K169" in text_of(answer)) == (400, True)

    def test_script_in_names_stays_text(self, place: DeskPlace) -> None:
        """A name from a table is shown, never run."""
        chief = member(Role.COORDINATOR)
        send(chief, "/stations/register/", table("station\n<script>alert(1)</script>\n"))
        page = text_of(signed_in(chief).get("/stations/"))
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


class TestObservers:
    """Lists of observers."""

    LIST = "station,observer\n0101,anna\n0102,\n"

    def test_a_hidden_list_is_a_commitment_until_it_is_shown(self, place: DeskPlace) -> None:
        """First the digest alone, then the list with its salt; station and pseudonym stand in it, no name."""
        chief, anna = member(Role.COORDINATOR), member(Role.COLLECTOR, "anna")
        assert "The digest of the list of 2 postings" in text_of(send(chief, "/stations/tables/", table(self.LIST)))
        assert [type(one) for one in entries(place)] == [Commitment]
        found = ObserverList.objects.get()
        send(chief, f"/stations/lists/{found.pk}/show/", {})
        (shown,) = [one for one in entries(place) if isinstance(one, Deployment)]
        assert (shown.announced, bool(shown.salt)) == ("2030-05-04T12:00:00Z", True)
        data = place.archive.private.load(f"outbox/blob/{shown.stations.digest}").decode()
        assert data == f"station,observer\n0101,{anna.pseudonym}\n0102,\n"
        assert {one.deployment for one in Posting.objects.all()} == {ObserverList.objects.get().entry}

    def test_an_open_list_is_there_at_once(self, place: DeskPlace) -> None:
        """Whoever wants it shown has one entry, and each row is a posting; sent again it is the same."""
        chief, anna = member(Role.COORDINATOR), member(Role.COLLECTOR, "anna")
        for _ in range(2):
            send(chief, "/stations/tables/", {**table(self.LIST), "shown": "yes"})
        assert [type(one) for one in entries(place)] == [Deployment]
        assert list(Posting.objects.values_list("station__name", "observer")) == [("0101", anna.pk), ("0102", None)]

    def test_one_bad_row_keeps_all_of_it_out(self, place: DeskPlace) -> None:
        """Unknown stations, unknown people, formulas and double rows are named by line; nothing is committed."""
        chief = member(Role.COORDINATOR)
        member(Role.COLLECTOR, "anna")
        send(chief, "/stations/register/", table(REGISTER))
        bad = self.LIST + "9999,anna\n0101,nobody\n0101,=cmd()\n0101,anna\n"
        answer = send(chief, "/stations/tables/", table(bad))
        assert answer.status_code == 400
        assert all(code in text_of(answer) for code in ("K166", "K164", "K165", "K161", "K162"))
        assert "Line 4:" in text_of(answer)
        assert list(entries(place)) == []
        assert (Posting.objects.count(), ObserverList.objects.count()) == (0, 0)

    def test_a_name_that_two_people_share_is_nobodys(self, place: DeskPlace) -> None:
        """Anna and anna differ for the database and not for a table: the list has to say the pseudonym."""
        chief = member(Role.COORDINATOR)
        first, _ = member(Role.COLLECTOR, "Anna"), member(Role.COLLECTOR, "anna")
        assert "K165" in text_of(send(chief, "/stations/tables/", table(self.LIST)))
        said = self.LIST.replace("anna", first.pseudonym)
        assert send(chief, "/stations/tables/", table(said)).status_code == 200

    @pytest.mark.parametrize(("moment", "said"), [(BEFORE, "is in time"), (AFTER, "too late")])
    def test_the_page_says_whether_a_list_is_in_time(
        self, place: DeskPlace, monkeypatch: pytest.MonkeyPatch, moment: datetime, said: str
    ) -> None:
        """Before the close it is, afterwards it is not."""
        at(moment, monkeypatch)
        assert said in text_of(signed_in(member(Role.COORDINATOR)).get("/stations/tables/"))

    def test_it_is_not_said_where_nobody_knows(self, place: DeskPlace, monkeypatch: pytest.MonkeyPatch) -> None:
        """On voting day, without an hour in the definition, the page says that it cannot be said."""
        at(datetime(2030, 5, 5, 12, 0, tzinfo=UTC), monkeypatch)
        assert "cannot be said" in text_of(signed_in(member(Role.COORDINATOR)).get("/stations/tables/"))


class TestOutcomes:
    """What became of the copy."""

    def test_an_observer_says_it_of_their_own_station(self, place: DeskPlace) -> None:
        """An entry with reason and time, then the row."""
        anna, posting = observer_at()
        fields = {"outcome": "refused", "reason": "no_copier", "time": "2030-05-04T13:30"}
        assert send(anna, f"/observed/{posting.pk}/outcome/", fields).status_code == 302
        (entry,) = entries(place)
        assert isinstance(entry, Outcome)
        assert (entry.station, entry.outcome, entry.reason, entry.time) == (
            "0101",
            "refused",
            "no_copier",
            "2030-05-04T11:30:00Z",
        )
        posting.refresh_from_db()
        assert (posting.outcome, posting.reason, bool(posting.entry)) == ("refused", "no_copier", True)

    def test_nobody_says_it_of_another_ones(self, place: DeskPlace) -> None:
        """Another observer's posting is not found; a coordinator may say it of all."""
        _, posting = observer_at()
        other, _ = observer_at("0102", "bob")
        path = f"/observed/{posting.pk}/outcome/"
        for person in (other, member(Role.READER), member(Role.VIEWER)):
            answer = send(person, path, {"outcome": "lost"})
            assert (answer.status_code, "K105" in text_of(answer)) == (404, True)
        assert Posting.objects.get(pk=posting.pk).outcome == "unknown"
        assert send(member(Role.COORDINATOR), path, {"outcome": "lost"}).status_code == 302
        assert Posting.objects.get(pk=posting.pk).outcome == "lost"

    def test_their_page_shows_their_stations_alone(self, place: DeskPlace) -> None:
        """No other station, no other person."""
        anna, _ = observer_at()
        observer_at("0102", "bob")
        page = text_of(signed_in(anna).get("/observed/"))
        assert ("0101" in page, "0102" in page, "bob" in page) == (True, False, False)

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"outcome": "won"},
            {"outcome": "refused"},
            {"outcome": "refused", "reason": "because"},
            {"outcome": "expelled"},
            {"outcome": "expelled", "time": "yesterday"},
            {"outcome": "lost", "time": "2031-01-01T00:00"},
            {"outcome": "lost", "time": "0001-01-01T00:00"},
            {"outcome": "lost", "time": "9999-12-31T23:59"},
        ],
    )
    def test_what_is_not_said_is_not_recorded(self, place: DeskPlace, fields: dict[str, object]) -> None:
        """A refusal needs a reason, an expulsion its time, and no time lies ahead."""
        anna, posting = observer_at()
        answer = send(anna, f"/observed/{posting.pk}/outcome/", fields)
        assert (answer.status_code, "K168" in text_of(answer)) == (400, True)
        assert list(entries(place)) == []

    def test_a_copy_says_received_by_itself(self, place: DeskPlace) -> None:
        """Where nobody knew, or a copy was promised; a refusal that somebody reported stays; set aside is no copy."""
        made = BEFORE - timedelta(hours=1)
        for number, outcome in enumerate(("unknown", "promised", "refused", "unknown")):
            _, posting = observer_at(f"020{number}", f"p{number}")
            Posting.objects.filter(pk=posting.pk).update(outcome=outcome, time=made)
            state = "set_aside" if number == 3 else "awaiting"
            PaperCopy.objects.create(station=f"020{number}", contest="list", made=made, state=state)
        assert follow_copies(desk())
        found = list(Posting.objects.order_by("station__name").values_list("outcome", flat=True))
        assert found == ["received", "received", "refused", "unknown"]
        assert not follow_copies(desk())
        assert len(list(entries(place))) == 2

    def test_a_copy_of_ones_own_says_more_than_what_was_said_before(self, place: DeskPlace) -> None:
        """Who was refused and sends a copy later has received one; what is said after the copy stands."""
        anna, posting = observer_at()
        Posting.objects.filter(pk=posting.pk).update(outcome="refused", time=BEFORE)
        PaperCopy.objects.create(station="0101", contest="list", made=BEFORE + timedelta(hours=1), collector=anna)
        follow_copies(desk())
        assert Posting.objects.get(pk=posting.pk).outcome == "received"
        Posting.objects.filter(pk=posting.pk).update(outcome="lost", time=BEFORE + timedelta(hours=2))
        assert not follow_copies(desk())


class TestPriorities:
    """The file that orders the queue."""

    def test_stations_and_open_tasks_take_them(self, place: DeskPlace) -> None:
        """A later file replaces an earlier one; stations that it does not name get 0; unknown ones are named."""
        for name in ("1", "2"):
            Station.objects.create(name=name, priority=5)
        copy = PaperCopy.objects.create(station="1", contest="list", made=BEFORE)
        task = Task.objects.create(copy=copy, kind=TaskKind.READING, made=BEFORE)
        count, issues = take_priorities("p.csv", b"station,priority\n1,900\n3,1\n1,2\nx,1e3\n")
        assert count == 1
        assert sorted((one.code, one.where.line) for one in issues) == [("K162", 4), ("K164", 3), ("K167", 5)]
        assert list(Station.objects.order_by("name").values_list("priority", flat=True)) == [900, 0]
        task.refresh_from_db()
        assert task.priority == 900

    def test_a_coordinator_sends_it(self, place: DeskPlace) -> None:
        """By the page, with the answer in words."""
        Station.objects.create(name="1")
        answer = send(member(Role.COORDINATOR), "/stations/priorities/", table("station,priority\n1,3\n"))
        assert "1 polling station has a priority now" in text_of(answer)


class TestActs:
    """Acts for two witnesses."""

    @pytest.mark.parametrize("kind", ["refusal", "hand-over", "consent"])
    @pytest.mark.parametrize(("language", "witness"), [("en", "Witness 2"), ("ru", "Свидетель 2"), ("kk", "2-куә")])
    def test_each_act_has_lines_for_two_witnesses(
        self, place: DeskPlace, kind: str, language: str, witness: str
    ) -> None:
        """In every language, with what the desk knows filled in, and no field that would take anything in."""
        Station.objects.create(name="0101", area="north")
        page = text_of(signed_in(member(Role.COLLECTOR)).get(f"/acts/{kind}/?lang={language}&station=0101"))
        assert witness in page
        assert "0101" in page
        assert not any(word in page for word in ("<input", "<textarea", "<form", "<script"))

    def test_a_station_that_is_not_known_stays_a_line(self, place: DeskPlace) -> None:
        """What an address says is not printed: an act shows what the register knows, or nothing."""
        page = text_of(signed_in(member(Role.COLLECTOR)).get("/acts/refusal/?station=<b>Ivanova</b>"))
        assert "Ivanova" not in page

    @pytest.mark.parametrize("path", ["/acts/other/", "/acts/refusal/?lang=xx"])
    def test_other_acts_are_not_found(self, place: DeskPlace, path: str) -> None:
        """There are three acts in three languages."""
        assert signed_in(member(Role.COLLECTOR)).get(path).status_code == 404

    @pytest.mark.parametrize("kind", ["refusal", "hand-over", "consent"])
    def test_an_act_takes_nothing_in(self, place: DeskPlace, kind: str) -> None:
        """Names are written by hand: there is no method that could keep one."""
        assert signed_in(member(Role.COORDINATOR)).post(f"/acts/{kind}/", {"name": "x"}).status_code == 405


CLOSED = ("/stations/", "/stations/1/", "/stations/tables/")


@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.READER, Role.COLLECTOR, Role.VIEWER])
@pytest.mark.parametrize("path", CLOSED)
def test_who_observes_where_is_for_who_coordinates(place: DeskPlace, role: Role, path: str) -> None:
    """A list of observers is a target: nobody else sees it."""
    assert signed_in(member(role)).get(path).status_code == 403


def test_a_stranger_sees_nothing(place: DeskPlace) -> None:
    """Without an account every page of this subject asks to sign in."""
    for path in (*CLOSED, "/observed/", "/board/", "/acts/", "/acts/refusal/"):
        assert Client().get(path).status_code == 302
