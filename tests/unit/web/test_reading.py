"""From two blind readings to a sheet: what readers see and type, and what becomes of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from desking.copies import CELLS, commit_by_hand, copy_to_read, fields, take_next
from desking.place import DeskPlace, member, signed_in
from secondcount.web.desk import desk
from secondcount.web.models import Decision, PaperCopy, ReadingRow, Role, Station, Task, TaskKind, TaskState
from secondcount.web.reading.agreeing import agree_copies


@pytest.fixture
def first(place: DeskPlace) -> Client:
    return signed_in(member(Role.READER))


@pytest.fixture
def second(place: DeskPlace) -> Client:
    return signed_in(member(Role.READER))


def state_of(copy: PaperCopy) -> str:
    """Let the sweep look, and return the state of a copy."""
    agree_copies(desk())
    copy.refresh_from_db()
    return copy.state


def grant_of(client: Client, address: str) -> str:
    """Return the seal in the form of a task."""
    found = re.search(r'name="grant" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def test_two_equal_readings_become_a_sheet(place: DeskPlace, first: Client, second: Client) -> None:
    """Two people read the same: readings are revealed, the sheet is in the archive, the station is as they read it."""
    copy = copy_to_read(place)
    commit_by_hand(first, fields())
    assert state_of(copy) == "once_read"
    assert not any(ReadingRow.objects.values_list("revealed", flat=True))
    commit_by_hand(second, fields())
    assert state_of(copy) == "agreed"
    assert len(copy.sheet) == 64
    assert all(ReadingRow.objects.values_list("revealed", flat=True))
    assert Decision.objects.get(copy=copy).reason == "agreed"


def test_the_sweep_can_be_repeated(place: DeskPlace, first: Client, second: Client) -> None:
    """A copy that is looked at again after it was decided stays as it is, and gets no second decision."""
    copy = copy_to_read(place)
    commit_by_hand(first, fields())
    commit_by_hand(second, fields())
    state_of(copy)
    sheet = copy.sheet
    PaperCopy.objects.update(due=True)
    assert state_of(copy) == "agreed"
    assert copy.sheet == sheet
    Decision.objects.all().delete()
    PaperCopy.objects.update(due=True, state="once_read", sheet="")
    assert state_of(copy) == "agreed"
    assert copy.sheet == sheet


def test_a_cell_that_differs_is_read_by_a_third_person_blind(place: DeskPlace, first: Client, second: Client) -> None:
    """Only the differing cell is asked, nothing of what was read is shown, and two of three agree."""
    copy = copy_to_read(place)
    commit_by_hand(first, fields())
    commit_by_hand(second, fields({**CELLS, "red": "388"}))
    assert state_of(copy) == "differing"
    assert not any(ReadingRow.objects.values_list("revealed", flat=True))
    third = signed_in(member(Role.READER))
    address = take_next(third)
    page = third.get(address).content.decode()
    assert re.findall(r'name="v-(\w+)"', page) == ["red"]
    assert "388" not in page
    assert "300" not in page
    assert 'name="station"' not in page
    commit_by_hand(third, fields({"red": "300"}), address)
    assert state_of(copy) == "agreed"
    assert Decision.objects.get(copy=copy).reason == "third_reading"


def test_the_first_two_are_not_asked_a_third_time(place: DeskPlace, first: Client, second: Client) -> None:
    """Whoever has read a copy is not given its differing cells."""
    copy = copy_to_read(place)
    commit_by_hand(first, fields())
    commit_by_hand(second, fields({**CELLS, "red": "388"}))
    assert state_of(copy) == "differing"
    for client in (first, second):
        assert take_next(client) == "/read/?nothing=1"


def test_the_paper_moves_a_copy(place: DeskPlace, first: Client, second: Client) -> None:
    """Station and contest are those that two people read, not those that were claimed; the error is noted."""
    copy = copy_to_read(place, "7", contest="mayor")
    for client in (first, second):
        commit_by_hand(client, fields(station="12"))
    assert state_of(copy) == "agreed"
    assert (copy.station, copy.contest) == ("12", "list")
    noted = Decision.objects.get(copy=copy).content["claim"]
    assert [one["code"] for one in noted] == ["K177", "K177"]


def test_two_copies_of_one_station_are_two_copies(place: DeskPlace, first: Client, second: Client) -> None:
    """A copy that is moved to a station that has one gets the next number."""
    copy_to_read(place, "12")
    for client in (first, second):
        commit_by_hand(client, fields(station="12"))
    agree_copies(desk())
    moved = copy_to_read(place, "7")
    for client in (first, second):
        commit_by_hand(client, fields(station="12"))
    assert state_of(moved) == "agreed"
    assert (moved.station, moved.copy) == ("12", 2)


def test_two_equal_problems_set_a_copy_aside(place: DeskPlace, first: Client, second: Client) -> None:
    """What two people cannot read gives no figures, and is kept with the reason."""
    copy = copy_to_read(place)
    for client in (first, second):
        commit_by_hand(client, {"problem": "unreadable", "station": "", "pages": ""})
    assert state_of(copy) == "set_aside"
    assert Decision.objects.get(copy=copy).content["problem"] == "unreadable"


def test_a_problem_against_a_reading_is_read_whole_by_a_third(place: DeskPlace, first: Client, second: Client) -> None:
    """Where the two cannot be compared, the third reads everything."""
    copy = copy_to_read(place)
    commit_by_hand(first, {"problem": "not_a_protocol"})
    commit_by_hand(second, fields())
    assert state_of(copy) == "differing"
    third = signed_in(member(Role.READER))
    commit_by_hand(third, fields())
    assert state_of(copy) == "agreed"


class TestTheForm:
    """Everything has to be said, nothing is said for the reader."""

    def test_nothing_is_filled_in(self, place: DeskPlace, first: Client) -> None:
        """No contest is chosen, no station is there, no cell is zero; the claim is not on the page."""
        copy_to_read(place, "4711")
        page = first.get(take_next(first)).content.decode()
        assert "4711" not in page
        assert 'name="v-' not in page
        assert re.findall(r'<option value="(\w+)" selected', page) == []

    def test_the_contest_draws_its_form(self, place: DeskPlace, first: Client) -> None:
        """Cells stand in the order of the form, with the numbers that are printed."""
        copy_to_read(place)
        page = first.get(f"{take_next(first)}cells/", {"contest": "mayor"}).content.decode()
        assert re.findall(r'name="v-(\w+)"', page) == ["registered", "invalid", "valid", "ant", "bee"]
        assert re.findall(r'class="no">(\d)<', page) == ["1", "2", "3"]

    @pytest.mark.parametrize(
        ("cell", "said"),
        [
            ("", "Type the number"),
            ("-1", "Digits only"),
            ("1e3", "Digits only"),
            ("1.5", "Digits only"),
            ("٣", "Digits only"),
            ("9223372036854775808", "More than nine digits"),
            ("=1+1", "Digits only"),
            ("<script>", "Digits only"),
        ],
    )
    def test_what_is_no_number_is_not_taken(self, place: DeskPlace, first: Client, cell: str, said: str) -> None:
        """The form comes back with what was typed and what is wrong; nothing is committed."""
        copy_to_read(place)
        address = take_next(first)
        typed = fields({**CELLS, "red": cell}) | {"grant": grant_of(first, address)}
        for step in ("check", "commit"):
            answer = first.post(address, {**typed, "step": step})
            assert answer.status_code == 422
            assert said in answer.content.decode()
            assert "<script>" not in answer.content.decode().split("<main")[1]
        assert not ReadingRow.objects.exists()

    @pytest.mark.parametrize("missing", ["station", "contest", "pages", "v-valid"])
    def test_nothing_may_be_left_out(self, place: DeskPlace, first: Client, missing: str) -> None:
        """Each field of the place and each cell has to be said."""
        copy_to_read(place)
        address = take_next(first)
        typed = fields() | {"grant": grant_of(first, address), "step": "commit", missing: ""}
        assert first.post(address, typed).status_code == 422
        assert not ReadingRow.objects.exists()

    def test_a_number_and_a_mark_is_one_too_many(self, place: DeskPlace, first: Client) -> None:
        """Whoever says both is asked which."""
        copy_to_read(place)
        address = take_next(first)
        typed = fields() | {"m-red": "i", "grant": grant_of(first, address), "step": "check"}
        assert "which of the two" in first.post(address, typed).content.decode()

    def test_marks_and_overwritten_numbers_are_kept(self, place: DeskPlace, first: Client) -> None:
        """A mark is a mark and no zero; a correction keeps both numbers, or says that the old one is illegible."""
        copy_to_read(place)
        over = {"w-blue": "1", "o-blue": "1 10", "w-green": "1", "o-green": ""}
        commit_by_hand(first, fields({**CELLS, "red": "s", "cancelled": "b"}, **over))
        cells = ReadingRow.objects.get().content["cells"]
        assert cells["red"] == {"mark": "s"}
        assert cells["cancelled"] == {"mark": "b"}
        assert cells["blue"] == {"mark": "=", "value": 100, "overwritten": True, "old": 110}
        assert cells["green"] == {"mark": "=", "value": 228, "overwritten": True}

    def test_the_check_shows_what_was_typed_and_no_sum(self, place: DeskPlace, first: Client) -> None:
        """Before it is sent the reader sees every line again, and no arithmetic: a sheet may break its own sums."""
        copy_to_read(place)
        address = take_next(first)
        typed = fields({**CELLS, "valid": "629"}) | {"grant": grant_of(first, address), "step": "check"}
        page = first.post(address, typed).content.decode()
        assert "629" in page
        assert "628" not in page
        back = first.post(address, {**typed, "step": "correct"}).content.decode()
        assert 'value="629"' in back

    def test_the_sums_are_shown_when_it_is_sent(self, place: DeskPlace, first: Client) -> None:
        """The thanks name the relation that does not hold, worked out, with its difference."""
        copy_to_read(place)
        page = first.get(commit_by_hand(first, fields({**CELLS, "valid": "629"}))).content.decode()
        assert "300 + 228 + 100 = 628" in page
        assert "Difference: 1" in page


class TestLate:
    """A lost lease, a second click, a race: nothing that is wanted is lost, nothing counts twice."""

    def given_to_both(self, first: Client, second: Client) -> tuple[str, str, str]:
        """Let a task of the only copy be lost by one person and taken by another."""
        address = take_next(first)
        seal = grant_of(first, address)
        Task.objects.exclude(leased_by=None).update(leased_until="2000-01-01T00:00:00Z")
        Task.objects.filter(slot=2).update(state=TaskState.VOID)
        assert take_next(second) == address
        return address, seal, grant_of(second, address)

    def test_a_late_reading_counts_if_nobody_was_faster(self, place: DeskPlace, first: Client, second: Client) -> None:
        """The lease went to somebody else, who has not sent anything: the reading is taken."""
        copy_to_read(place)
        address, seal, other = self.given_to_both(first, second)
        assert first.post(address, {**fields(), "grant": seal, "step": "commit"}).status_code == 302
        late = second.post(address, {**fields(), "grant": other, "step": "commit"})
        assert late.status_code == 409
        assert "K140" in late.content.decode()

    def test_of_two_on_one_task_the_second_fills_the_other_place(
        self, place: DeskPlace, first: Client, second: Client
    ) -> None:
        """As long as the copy lacks a reading, both count."""
        copy = copy_to_read(place)
        address, seal, other = self.given_to_both(first, second)
        Task.objects.filter(slot=2).update(state=TaskState.OPEN)
        for client, own in ((first, seal), (second, other)):
            assert client.post(address, {**fields(), "grant": own, "step": "commit"}).status_code == 302
        assert state_of(copy) == "agreed"

    def test_a_second_click_changes_nothing(self, place: DeskPlace, first: Client) -> None:
        """The same reading again leads to the same thanks; another one is refused, and the first one stays."""
        copy_to_read(place)
        address = take_next(first)
        typed = fields() | {"grant": grant_of(first, address), "step": "commit"}
        answers = [first.post(address, typed) for _ in range(2)]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert ReadingRow.objects.count() == 1
        other = first.post(address, {**typed, "v-red": "1"})
        assert other.status_code == 409
        assert "K141" in other.content.decode()
        assert ReadingRow.objects.get().content["cells"]["red"]["value"] == 300

    def test_a_reading_that_the_database_lost_is_found_again(self, place: DeskPlace, first: Client) -> None:
        """Power failed between the archive and the row: sending again makes the row of what was committed."""
        copy_to_read(place)
        address = take_next(first)
        typed = fields() | {"grant": grant_of(first, address), "step": "commit"}
        first.post(address, typed)
        commitment = ReadingRow.objects.get().commitment
        ReadingRow.objects.all().delete()
        Task.objects.update(state=TaskState.OPEN)
        assert first.post(address, {**typed, "v-red": "1"}).status_code == 409
        row = ReadingRow.objects.get()
        assert (row.commitment, row.content["cells"]["red"]["value"]) == (commitment, 300)
        assert first.post(address, typed).status_code == 302

    def test_nobody_whose_whole_reading_is_in_the_archive_alone_is_a_third_reader(
        self, place: DeskPlace, first: Client
    ) -> None:
        """Power failed before the tables knew that they have read the copy: theirs is no third opinion (K141)."""
        copy = copy_to_read(place)
        commit_by_hand(first, fields())
        ReadingRow.objects.all().delete()
        Task.objects.update(state=TaskState.OPEN, done=None, leased_by=None, leased_until=None)
        for red in ("300", "388"):
            commit_by_hand(signed_in(member(Role.READER)), fields({**CELLS, "red": red}))
        assert state_of(copy) == "differing"
        address = take_next(first)
        refused = first.post(address, {"grant": grant_of(first, address), "step": "commit", "v-red": "300"})
        assert (refused.status_code, "K141" in refused.content.decode()) == (409, True)
        assert ReadingRow.objects.count() == 2
        first.post(f"{address}pass/")
        commit_by_hand(signed_in(member(Role.READER)), {"v-red": "300"})
        assert state_of(copy) == "agreed"

    @pytest.mark.parametrize("seal", ["", "guessed", "own"])
    def test_a_task_that_was_never_given_is_worth_nothing(
        self, place: DeskPlace, first: Client, second: Client, seal: str
    ) -> None:
        """A guessed number, and the seal of another task, lead to "not found"."""
        copy_to_read(place, "1")
        copy_to_read(place, "2")
        address = take_next(first)
        mine = take_next(second)
        other = next(f"/read/{one.pk}/" for one in Task.objects.all() if f"/read/{one.pk}/" not in (address, mine))
        own = grant_of(second, mine) if seal == "own" else seal
        for wrong in (address, other, "/read/999999/", "/read/99999999999999999999999/"):
            answer = second.post(wrong, {**fields(), "grant": own, "step": "commit"})
            assert answer.status_code == 404
        assert not ReadingRow.objects.exists()


def test_pictures_are_for_whoever_holds_the_task(place: DeskPlace, first: Client, second: Client) -> None:
    """The picture is shown to the holder, page by page, and to nobody else; not after the reading is sent."""
    copy_to_read(place)
    address = take_next(first)
    answer = first.get(f"{address}page/1/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "no-store"
    assert first.get(f"{address}page/2/").status_code == 404
    assert second.get(f"{address}page/1/").status_code == 404
    assert Client().get(f"{address}page/1/").status_code == 302
    commit_by_hand(first, fields(), address)
    assert first.get(f"{address}page/1/").status_code == 404


def test_a_lease_is_renewed_by_the_page(place: DeskPlace, first: Client, second: Client) -> None:
    """The heartbeat says whether the task is still this reader's."""
    copy_to_read(place)
    address = take_next(first)
    assert first.post(f"{address}renew/").status_code == 204
    assert second.post(f"{address}renew/").status_code == 409
    first.post(f"{address}pass/")
    assert first.post(f"{address}renew/").status_code == 409
    assert take_next(first) != address


def test_a_station_is_spelt_as_the_register_spells_it(place: DeskPlace, first: Client, second: Client) -> None:
    """Case and a number sign are no difference between two readers."""
    Station.objects.create(name="12-A", known=True)
    copy = copy_to_read(place, "12-A")
    commit_by_hand(first, fields(station="№ 12-a"))
    commit_by_hand(second, fields(station=" 12-A "))
    assert state_of(copy) == "agreed"


def test_a_task_has_a_kind_and_a_place(place: DeskPlace) -> None:
    """A copy has two tasks of reading, whoever asks how often."""
    copy = copy_to_read(place)
    assert list(Task.objects.filter(copy=copy).values_list("kind", "slot")) == [
        (TaskKind.READING, 1),
        (TaskKind.READING, 2),
    ]
