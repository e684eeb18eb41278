"""What three people read differently is decided by a fourth, who sees no names and was none of them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from desking.copies import CELLS, commit_by_hand, copy_to_read, fields, take_next
from desking.place import DeskPlace, member, signed_in
from secondcount.web.desk import desk
from secondcount.web.models import Decision, Member, PaperCopy, ReadingRow, Role, Task, TaskState
from secondcount.web.reading.agreeing import agree_copies

NAMES = ("reader-one", "reader-two", "reader-three")


def disputed(place: DeskPlace, *readings: dict[str, str]) -> PaperCopy:
    """Let three people read a copy so that something is open."""
    copy = copy_to_read(place)
    for name, typed in zip(NAMES, readings, strict=True):
        commit_by_hand(signed_in(member(Role.READER, name)), typed)
        agree_copies(desk())
    copy.refresh_from_db()
    assert copy.state == "disputed"
    return copy


def three(**red: str) -> tuple[dict[str, str], ...]:
    """Return three readings that differ in one cell."""
    return fields({**CELLS, "red": "388"}), fields(), fields({"red": "308"})


@pytest.fixture
def judge(place: DeskPlace) -> Client:
    return signed_in(member(Role.ADJUDICATOR, "judge"))


def letter_of(page: str, text: str) -> str:
    """Return the letter of the reading that says something."""
    found = re.search(rf'<span class="letter">(\w)</span> <span class="what">{re.escape(text)}</span>', page)
    assert found, page
    return found[1]


def test_the_three_readings_stand_side_by_side_without_names(place: DeskPlace, judge: Client) -> None:
    """The page has the open cell with three readings, the hint, the other cells, and nobody's name or pseudonym."""
    disputed(place, *three())
    page = judge.get(take_next(judge, "decide")).content.decode()
    assert {letter_of(page, one) for one in ("388", "300", "308")} == {"A", "B", "C"}
    assert re.findall(r'<fieldset class="choices" data-row="([^"]+)"', page) == ["red"]
    assert "fits the relations" in page
    for person in Member.objects.filter(username__in=NAMES):
        assert person.username not in page
        assert person.pseudonym not in page


def test_letters_do_not_tell_who_was_first(place: DeskPlace, judge: Client) -> None:
    """Readings are in the order of their commitments, which is chance: here the first reader's comes last."""
    disputed(place, *three())
    for name, commitment in zip(NAMES, "cab", strict=True):
        pseudonym = Member.objects.get(username=name).pseudonym
        ReadingRow.objects.filter(pseudonym=pseudonym).update(commitment=commitment * 64)
    page = judge.get(take_next(judge, "decide")).content.decode()
    assert [letter_of(page, one) for one in ("388", "300", "308")] == ["C", "A", "B"]


@pytest.mark.parametrize("choice", ["reading", "own", "illegible"])
def test_a_decision_becomes_a_sheet(place: DeskPlace, judge: Client, choice: str) -> None:
    """A reading is taken, or something else is said; the sheet is in the archive, and the task is done."""
    copy = disputed(place, *three())
    address = take_next(judge, "decide")
    page = judge.get(address).content.decode()
    chosen = {
        "reading": {"c-red": letter_of(page, "300")},
        "own": {"c-red": "own", "v-red": "301"},
        "illegible": {"c-red": "own", "m-red": "i"},
    }[choice]
    answer = judge.post(address, {**chosen, "ground": "picture_seen", "step": "decide"})
    assert answer.headers["Location"] == "/decide/?decided=1"
    copy.refresh_from_db()
    assert copy.state == "adjudicated"
    assert len(copy.sheet) == 64
    assert Decision.objects.get(copy=copy).reason == "picture_seen"
    assert not Task.objects.filter(state=TaskState.OPEN).exists()
    assert all(ReadingRow.objects.values_list("revealed", flat=True))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ground": "arithmetic"}, "Choose one"),
        ({"c-red": "A"}, "on what ground"),
        ({"c-red": "D", "ground": "arithmetic"}, "Choose one"),
        ({"c-red": "own", "v-red": "-1", "ground": "arithmetic"}, "Digits only"),
        ({"c-red": "own", "ground": "arithmetic"}, "Type the number"),
        ({"c-red": "A", "ground": "because"}, "on what ground"),
    ],
)
def test_half_a_decision_is_none(place: DeskPlace, judge: Client, typed: dict[str, str], said: str) -> None:
    """Every open cell and the ground have to be said."""
    disputed(place, *three())
    answer = judge.post(take_next(judge, "decide"), {**typed, "step": "decide"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Decision.objects.exists()


def test_sums_can_be_worked_out_without_script(place: DeskPlace, judge: Client) -> None:
    """The button shows the relations with what is chosen; with script the same comes by itself."""
    disputed(place, *three())
    address = take_next(judge, "decide")
    for typed, said in (("300", "300 + 228 + 100 = 628"), ("301", "301 + 228 + 100 = 629")):
        chosen = {"c-red": "own", "v-red": typed, "step": "try"}
        assert said in judge.post(address, chosen).content.decode()
        assert said in judge.post(f"{address}sums/", chosen).content.decode()
    assert not Decision.objects.exists()


def test_whoever_read_it_never_decides_it(place: DeskPlace) -> None:
    """An adjudicator who read the copy is not given it; another one is."""
    reader = signed_in(member(Role.ADJUDICATOR, "both"))
    copy = copy_to_read(place)
    commit_by_hand(reader, three()[0])
    for typed in three()[1:]:
        commit_by_hand(signed_in(member(Role.READER)), typed)
        agree_copies(desk())
    copy.refresh_from_db()
    assert copy.state == "disputed"
    task = Task.objects.get(copy=copy, kind="adjudication")
    assert take_next(reader, "decide") == "/decide/?nothing=1"
    for address in (f"/decide/{task.pk}/", f"/decide/{task.pk}/page/1/"):
        assert reader.get(address).status_code == 404
    assert reader.post(f"/decide/{task.pk}/sums/").status_code == 404
    assert take_next(signed_in(member(Role.ADJUDICATOR)), "decide") == f"/decide/{task.pk}/"


def test_readers_decide_nothing(place: DeskPlace) -> None:
    """The pages of adjudicators are closed to readers, whatever number they guess."""
    copy = disputed(place, *three())
    task = Task.objects.get(copy=copy, kind="adjudication")
    reader = signed_in(member(Role.READER))
    for address in ("/decide/", f"/decide/{task.pk}/", "/decide/99999/", f"/decide/{task.pk}/page/1/"):
        assert reader.get(address).status_code == 403


def test_a_copy_is_decided_once(place: DeskPlace, judge: Client) -> None:
    """Whoever decides what is decided is told so, and the first decision stands."""
    copy = disputed(place, *three())
    address = take_next(judge, "decide")
    page = judge.get(address).content.decode()
    typed = {"c-red": letter_of(page, "300"), "ground": "picture_seen", "step": "decide"}
    assert judge.post(address, typed).status_code == 302
    sheet = PaperCopy.objects.get(pk=copy.pk).sheet
    assert judge.post(address, typed).status_code == 404
    Task.objects.filter(copy=copy, kind="adjudication").update(state=TaskState.OPEN)
    for other in (typed, {**typed, "c-red": letter_of(page, "388")}):
        assert judge.post(address, other).status_code == 409
    assert PaperCopy.objects.get(pk=copy.pk).sheet == sheet


def test_a_decision_that_the_database_lost_stands(place: DeskPlace, judge: Client) -> None:
    """Power failed between the archive and the row: deciding otherwise finds the first decision, and adopts it."""
    copy = disputed(place, *three())
    address = take_next(judge, "decide")
    typed = {"c-red": "own", "v-red": "300", "ground": "picture_seen", "step": "decide"}
    judge.post(address, typed)
    sheet = PaperCopy.objects.get(pk=copy.pk).sheet
    Decision.objects.all().delete()
    PaperCopy.objects.update(state="disputed", sheet="")
    Task.objects.filter(kind="adjudication").update(state=TaskState.OPEN)
    assert judge.post(address, {**typed, "v-red": "301"}).status_code == 409
    copy.refresh_from_db()
    assert (copy.state, copy.sheet) == ("adjudicated", sheet)
    assert Decision.objects.get().adjudicator == Member.objects.get(username="judge")


def test_a_dispute_about_the_form_is_decided_whole(place: DeskPlace, judge: Client) -> None:
    """Three forms or problems: the contest is chosen among those that somebody read, then every cell."""
    copy = disputed(
        place,
        {"problem": "unreadable"},
        fields(),
        fields({"registered": "1", "invalid": "1", "valid": "1", "ant": "1", "bee": "0"}, contest="mayor"),
    )
    address = take_next(judge, "decide")
    page = judge.get(address).content.decode()
    assert re.findall(r'name="as_contest" value="(\w+)"', page) == ["list", "mayor"]
    drawn = judge.post(address, {"as_contest": "list", "step": "try"}).content.decode()
    letter = letter_of(drawn, "300")
    picks = {f"c-{cell}": letter for cell in ("@station", "@page", *CELLS)}
    decided = {**picks, "as_contest": "list", "ground": "paper_seen", "step": "decide"}
    assert judge.post(address, decided).status_code == 302
    copy.refresh_from_db()
    assert (copy.state, copy.contest) == ("adjudicated", "list")


def test_three_problems_can_only_be_set_aside(place: DeskPlace, judge: Client) -> None:
    """Nobody read any cell: there is nothing to decide but which problem it is."""
    copy = disputed(place, *({"problem": one} for one in ("unreadable", "not_a_protocol", "page_missing")))
    address = take_next(judge, "decide")
    typed = {"ground": "picture_seen", "step": "decide"}
    assert judge.post(address, typed).status_code == 422
    assert judge.post(address, {**typed, "problem": "page_missing"}).status_code == 302
    copy.refresh_from_db()
    assert copy.state == "set_aside"
    assert Decision.objects.get().content["problem"] == "page_missing"


def test_a_dispute_can_be_set_aside(place: DeskPlace, judge: Client) -> None:
    """An adjudicator may say that the copy cannot be read."""
    copy = disputed(place, *three())
    typed = {"problem": "unreadable", "ground": "undecidable", "step": "decide"}
    assert judge.post(take_next(judge, "decide"), typed).status_code == 302
    copy.refresh_from_db()
    assert (copy.state, copy.sheet) == ("set_aside", "")
