"""Who gets which copy to read: never one's own, never twice, never two people the same task, the urgent first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desking import started  # noqa: F401 - sets Django up

# isort: split
from secondcount.errors import InputError
from secondcount.web.accounts.invitations import new_pseudonym
from secondcount.web.models import Member, PaperCopy, ReadingRow, Role, Station, Task, TaskKind, TaskState
from secondcount.web.reading.queue import (
    DECIDING,
    LEASE,
    OVERDUE,
    READING,
    WINDOW,
    apply_priorities,
    held_task,
    open_readings,
    open_task,
    pass_on,
    renew,
    take_task,
    waiting,
)

NOON = datetime(2030, 5, 5, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def member(role: Role, *, team: str = "", by: Member | None = None) -> Member:
    """Make a person who cannot sign in: no password has to be worked out."""
    pseudonym = new_pseudonym()
    return Member.objects.create(username=pseudonym, role=role, team=team, invited_by=by, pseudonym=pseudonym)


def a_copy(station: str = "1", *, contest: str = "list", area: str = "north", by: Member | None = None) -> PaperCopy:
    """Make a copy that waits for two readings."""
    copy = PaperCopy.objects.create(station=station, contest=contest, area=area, collector=by, made=NOON)
    open_readings(copy, NOON)
    return copy


def has_read(person: Member, copy: PaperCopy, slot: int = 1) -> None:
    """Let a person have read a copy."""
    task = Task.objects.get(copy=copy, kind=TaskKind.READING, slot=slot)
    Task.objects.filter(pk=task.pk).update(state=TaskState.DONE)
    ReadingRow.objects.create(
        task=task,
        copy=copy,
        reader=person,
        pseudonym=person.pseudonym,
        commitment=f"{task.pk:064}",
        content={},
        committed=NOON,
    )


def given(person: Member, when: datetime = NOON, avoid: tuple[int, ...] = ()) -> PaperCopy | None:
    """Return the copy that a person is given next."""
    task = take_task(person, when, avoid=avoid)
    return task.copy if task else None


@pytest.fixture(autouse=True)
def tables() -> None:
    """Empty the tables: the queue needs no archive."""
    for one in (PaperCopy, Station, Member):
        one.objects.all().delete()


@pytest.fixture
def reader() -> Member:
    return member(Role.READER)


@pytest.fixture
def other() -> Member:
    return member(Role.READER)


class TestLeases:
    """A task is one person's for ten minutes, and stays so until somebody else takes it."""

    def test_two_people_get_the_two_tasks_of_a_copy(self, reader: Member, other: Member) -> None:
        copy = a_copy()
        tasks = [take_task(one, NOON) for one in (reader, other)]
        assert [one.copy if one else None for one in tasks] == [copy, copy]
        assert len({one.pk for one in tasks if one}) == 2
        assert given(member(Role.READER)) is None

    def test_asking_again_gives_the_same_task(self, reader: Member) -> None:
        a_copy("1")
        a_copy("2")
        first = take_task(reader, NOON)
        assert take_task(reader, NOON + MINUTE) == first
        assert Task.objects.exclude(leased_by=None).count() == 1

    def test_a_lease_that_has_run_out_is_somebody_elses(self, reader: Member, other: Member) -> None:
        copy = a_copy()
        has_read(member(Role.READER), copy)
        task = take_task(reader, NOON)
        assert given(other, NOON + LEASE - MINUTE) is None
        assert given(other, NOON + LEASE) == copy
        assert task
        assert not renew(reader, task.pk, NOON + LEASE)
        with pytest.raises(InputError, match="K105"):
            held_task(reader, task.pk, READING)

    def test_a_renewed_lease_holds(self, reader: Member, other: Member) -> None:
        copy = a_copy()
        has_read(member(Role.READER), copy)
        task = take_task(reader, NOON)
        assert task
        assert renew(reader, task.pk, NOON + 9 * MINUTE)
        assert given(other, NOON + 12 * MINUTE) is None
        assert held_task(reader, task.pk, READING) == task

    def test_a_lease_that_ran_out_is_kept_as_long_as_nobody_wants_it(self, reader: Member) -> None:
        task = take_task(reader, NOON) if a_copy() else None
        assert task
        assert held_task(reader, task.pk, READING) == task
        assert renew(reader, task.pk, NOON + 3 * LEASE)

    def test_what_is_passed_on_goes_to_the_next(self, reader: Member, other: Member) -> None:
        copy = a_copy()
        has_read(member(Role.READER), copy)
        task = take_task(reader, NOON)
        assert task
        assert not pass_on(other, task.pk)
        assert pass_on(reader, task.pk)
        assert given(reader, NOON, avoid=(task.pk,)) is None
        assert given(other) == copy

    @pytest.mark.parametrize("kinds", [READING, DECIDING])
    def test_nobody_holds_the_task_of_somebody_else(
        self, reader: Member, other: Member, kinds: tuple[TaskKind, ...]
    ) -> None:
        task = take_task(other, NOON) if a_copy() else None
        assert task
        for wrong in (task.pk, task.pk + 1000, 0):
            with pytest.raises(InputError, match="K105"):
                held_task(reader, wrong, kinds)
        assert not renew(reader, task.pk, NOON)


class TestNever:
    """Some copies are never given to a person, however long they wait."""

    def test_the_same_person_twice(self, reader: Member) -> None:
        has_read(reader, a_copy())
        assert given(reader) is None
        assert given(reader, NOON + 99 * LEASE) is None

    def test_to_whoever_brought_it(self, reader: Member) -> None:
        a_copy(by=reader)
        assert given(reader) is None

    def test_to_a_reader_to_decide_about(self, reader: Member, other: Member) -> None:
        copy = a_copy()
        has_read(reader, copy, 1)
        open_task(copy, TaskKind.ADJUDICATION, NOON, cells=["valid"])
        assert take_task(reader, NOON, DECIDING) is None
        assert take_task(other, NOON, DECIDING)

    def test_a_decision_to_whoever_asks_for_a_reading(self, reader: Member) -> None:
        open_task(PaperCopy.objects.create(station="1", contest="list", made=NOON), TaskKind.ADJUDICATION, NOON)
        assert given(reader) is None

    def test_what_is_done_or_void(self, reader: Member) -> None:
        copy = a_copy()
        Task.objects.filter(copy=copy, slot=1).update(state=TaskState.DONE)
        Task.objects.filter(copy=copy, slot=2).update(state=TaskState.VOID)
        assert given(reader) is None

    def test_after_a_name_was_deleted(self, reader: Member) -> None:
        copy = a_copy()
        has_read(reader, copy)
        ReadingRow.objects.update(reader=None)
        assert given(reader) is None


class TestOrder:
    """Of what may be given, the best comes first."""

    def test_priority_comes_first(self, reader: Member) -> None:
        Station.objects.create(name="9", priority=7)
        a_copy("1")
        urgent = a_copy("9")
        assert given(reader) == urgent

    def test_priorities_can_change(self, reader: Member) -> None:
        a_copy("1")
        late = a_copy("2")
        Station.objects.create(name="2", priority=3)
        assert apply_priorities() == 4
        assert given(reader) == late
        Station.objects.all().delete()
        apply_priorities()
        assert not Task.objects.exclude(priority=0).exists()

    def test_a_third_reading_comes_before_others(self, reader: Member) -> None:
        a_copy("1")
        disputed = PaperCopy.objects.create(station="2", contest="list", made=NOON)
        open_task(disputed, TaskKind.THIRD, NOON, cells=["valid"])
        assert given(reader) == disputed

    def test_people_of_another_team_come_first(self) -> None:
        near = member(Role.READER, team="red")
        of_team = a_copy("1", by=member(Role.COLLECTOR, team="red"))
        has_read(member(Role.READER, team="red"), same := a_copy("2"))
        far = a_copy("3")
        assert given(near) == far
        has_read(near, far)
        Task.objects.update(leased_by=None, leased_until=None)
        assert given(near) in (of_team, same)

    def test_who_was_invited_by_the_first_reader_comes_last(self, reader: Member) -> None:
        has_read(reader, a_copy("1"))
        far = a_copy("2")
        assert given(member(Role.READER, by=reader)) == far

    def test_a_reader_stays_with_the_form_that_he_knows(self, reader: Member) -> None:
        has_read(reader, a_copy("1", contest="mayor", area="south"))
        a_copy("2", contest="list", area="north")
        alike = a_copy("3", contest="mayor", area="south")
        assert given(reader) == alike

    def test_but_nothing_waits_for_ever(self, reader: Member) -> None:
        has_read(reader, a_copy("1", contest="mayor", area="south"))
        old = a_copy("2", contest="list", area="north")
        a_copy("3", contest="mayor", area="south")
        Task.objects.exclude(copy=old).update(made=NOON + OVERDUE)
        assert given(reader, NOON + OVERDUE + MINUTE) == old

    def test_what_is_behind_what_others_hold_is_reached(self, reader: Member, other: Member) -> None:
        for number in range(WINDOW):
            a_copy(str(number))
        Task.objects.update(leased_by=other, leased_until=NOON + LEASE)
        free = a_copy("free")
        assert given(reader) == free
        assert waiting(reader, READING, NOON) == 1


def test_asking_twice_for_readings_changes_nothing() -> None:
    """A copy has two tasks, however often its arrival is processed."""
    copy = a_copy()
    open_readings(copy, NOON + MINUTE)
    assert Task.objects.filter(copy=copy).count() == 2
    assert set(Task.objects.values_list("made", flat=True)) == {NOON}
