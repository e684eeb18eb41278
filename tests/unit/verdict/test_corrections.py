"""Corrections: what is corrected no longer counts, what is in doubt is not used, nothing is dropped in silence."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from archiving.archives import Held, hold, sheet_table
from secondcount.evidence.corrections import Piece, judge_corrections
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import Correction, Entry, Outcome, Publication, Sheet, encode_entry, parse_entry
from secondcount.model.issue import Issue, Severity
from secondcount.model.record import Record
from secondcount.tabulation import Tabulation, tabulate
from secondcount.verdict import derive, encode

TABLE = (
    "a.csv",
    sheet_table(("1", "north", 2, 1, 1, "c1", 90, 1, 20, 30, 4), ("2", "south", 3, 1, 1, "c2", 80, 0, 9, 8, 7)),
)
FINAL = ("final.csv", b"# stage: final\n# label: Final\narea,registered,nur,ak_zhol,union\nland,500,60,70,30\n")
RIGHT = ("right.csv", b"# stage: final\n# label: Right\narea,registered,nur,ak_zhol,union\nland,500,61,70,30\n")


def leaf(entry: Entry) -> str:
    """Return the digest of an entry."""
    return leaf_hash(encode_entry(entry)).hex()


def of_kind(held: Held, kind: type[Any]) -> list[Any]:
    """Return the entries of a kind."""
    return [one for one in map(parse_entry, held.entries) if isinstance(one, kind)]


def better(sheet: Sheet, /, nur: int = 25, **changes: object) -> Sheet:
    """Return a sheet with another number of votes, entered by hand."""
    basis = msgspec.structs.replace(sheet.basis, row=sheet.basis.row + 100 + nur)
    return msgspec.structs.replace(sheet, basis=basis, cells={**sheet.cells, "nur": nur}, **changes)


def correcting(old: Entry, new: Entry, reason: str = "misread") -> Correction:
    """Return the entry by which one entry holds instead of another."""
    return Correction(of=leaf(old), by=leaf(new), reason=reason)


def added(record: Record) -> Tabulation:
    """Return the copies of a record, added up."""
    (contest,) = record.election.contests
    return tabulate(record.sheets["list"], contest, record.election.geography, doubts=record.doubts)


def told(record: Record) -> list[Issue]:
    """Return what is said of corrections."""
    return [one for one in record.issues if one.code.startswith("A47")]


def used(record: Record) -> dict[str, int]:
    """Return what counts for `nur` at each station."""
    return dict(added(record).usable.select("station", "nur").iter_rows())


@pytest.fixture
def held() -> Held:
    """Return an archive with a copy of each of two stations."""
    return hold([FINAL], [TABLE])


@pytest.fixture
def first(held: Held) -> Sheet:
    """Return the copy of the first station."""
    return of_kind(held, Sheet)[0]


class TestApplied:
    """A correction against which nothing speaks."""

    def test_the_new_figures_count_and_the_old_ones_do_not(self, held: Held, first: Sheet) -> None:
        """One row stands for the station, and a note has both figures, the reason and all three entries."""
        new = better(first)
        record = held.adding(new, correcting(first, new)).record()
        assert used(record) == {"1": 25, "2": 9}
        (note,) = told(record)
        assert (note.code, note.severity, note.where.station) == ("A470", Severity.NOTE, "1")
        assert [note.value(one) for one in ("old", "new", "reason")] == ["nur 20", "nur 25", "misread"]
        assert note.basis == (leaf(first), leaf(new))
        assert "A456" not in [one.code for one in record.issues]
        assert "A470" in [one.code for one in derive(record).issues]

    def test_a_chain_ends_in_its_last(self, held: Held, first: Sheet) -> None:
        """A corrected by B, B corrected by C: C counts, and both steps are told."""
        second, third = better(first), better(first, 26)
        record = held.adding(second, third, correcting(first, second), correcting(second, third)).record()
        assert used(record) == {"1": 26, "2": 9}
        assert [one.code for one in told(record)] == ["A470", "A470"]

    def test_two_that_are_corrected_by_one(self, held: Held, first: Sheet) -> None:
        """Two wrong readings of one paper have one right one."""
        second, third = better(first), better(first, 26)
        record = held.adding(second, third, correcting(first, third), correcting(second, third)).record()
        assert used(record) == {"1": 26, "2": 9}

    def test_the_same_correction_twice_is_one(self, held: Held, first: Sheet) -> None:
        """Two people who say the same do not contradict each other."""
        new = better(first)
        record = held.adding(new, correcting(first, new), correcting(first, new, "typed_wrong")).record()
        assert [(one.code, one.value("reason")) for one in told(record)] == [("A470", "misread")]

    def test_a_publication(self, held: Held) -> None:
        """The corrected table no longer counts, the later one does, and its id is that of its place."""
        longer = hold([FINAL, RIGHT], [TABLE])
        old, new = of_kind(longer, Publication)
        record = longer.adding(correcting(old, new, "authority_corrected")).record()
        assert [one.labels.en for one in record.publications] == ["Right"]
        assert record.publications == longer.record().publications[1:]
        assert [(one.code, one.where.file, one.value("new")) for one in told(record)] == [
            ("A470", "final.csv", "right.csv")
        ]
        assert held.record().publications[0].labels.en == "Final"

    def test_nothing_of_it_changes_a_figure(self, held: Held) -> None:
        """What became of a copy may be corrected too: it is counted, and no figure changes."""
        lost, found = (Outcome(outcome=one, station="1") for one in ("lost", "received"))
        record = held.adding(lost, found, correcting(lost, found)).record()
        assert [(one.code, one.value("count")) for one in told(record)] == [("A477", 1)]
        assert used(record) == used(held.record())


class TestLevels:
    """No correction raises a level."""

    def test_the_least_level_of_a_chain(self, held: Held, first: Sheet) -> None:
        """What is corrected with a better sender keeps the level of the worst of them; the reverse too."""
        high = better(first, level=4)
        up = held.adding(high, correcting(first, high)).record()
        low = better(first, 26, level=1)
        down = held.adding(high, low, correcting(first, high), correcting(high, low)).record()
        assert [added(one).usable["level"][0] for one in (up, down)] == [2, 1]

    def test_what_was_corrected_corroborates_nothing(self, held: Held, first: Sheet) -> None:
        """A second copy that contradicted it, and after the correction agrees with it, makes no level 4."""
        other = better(first, 25, copy=2, collector="c9")
        new = better(first, 25, version=1)
        new = msgspec.structs.replace(new, basis=msgspec.structs.replace(new.basis, row=999))
        record = held.adding(other, new, correcting(first, new)).record()
        assert used(record) == {"1": 25, "2": 9}
        assert added(record).usable["level"].to_list() == [2, 3]

    @pytest.mark.parametrize("change", [{"copy": 2}, {"collector": "c8"}])
    def test_another_copy_number_or_collector_corroborates_nothing(
        self, held: Held, first: Sheet, change: dict[str, Any]
    ) -> None:
        """A copy does not become an independent one by being corrected."""
        beside = better(first, 20, **({"collector": "c8"} if "copy" in change else {"copy": 2}))
        new = msgspec.structs.replace(better(first, 20, **change), area="land")
        record = held.adding(beside, new, correcting(first, new)).record()
        assert added(record).usable["level"].to_list()[0] == 2

    def test_a_corrected_area_still_corroborates(self, held: Held, first: Sheet) -> None:
        """Where neither votes nor sender change, the two copies stay as independent as they were."""
        other = better(first, 20, copy=2, collector="c9")
        new = msgspec.structs.replace(better(first, 20), area="land")
        new = msgspec.structs.replace(new, basis=msgspec.structs.replace(new.basis, row=999))
        assert added(held.adding(other, new, correcting(first, new)).record()).usable["level"].to_list()[0] == 4


class TestInDoubt:
    """Both are shown as conflicting, neither is used."""

    def doubt(self, record: Record, code: str, stations: set[str]) -> None:
        """Assert that one doubt is told and that the stations are in conflict, in no sum."""
        assert [one.code for one in told(record)] == [code]
        assert told(record)[0].severity is Severity.ERROR
        found = added(record)
        assert set(found.conflicting["station"]) == stations
        assert not set(found.usable["station"]) & stations
        assert code in [one.code for one in derive(record).issues]

    def test_a_correction_that_names_nothing(self, held: Held, first: Sheet) -> None:
        """Neither what is corrected by an entry that is not there, nor what corrects one, is used."""
        new = better(first)
        self.doubt(held.adding(correcting(first, new)).record(), "A471", {"1"})
        self.doubt(held.adding(new, correcting(better(first, 77), new)).record(), "A471", {"1"})

    def test_a_sheet_that_does_not_fit_holds_instead_of_none(self, held: Held, first: Sheet) -> None:
        """An entry that is in no sum does not take another out of it, unseen."""
        new = msgspec.structs.replace(
            better(first), states="====", cells={"registered": 1, "invalid": 2, "nur": 3, "union": 4}
        )
        record = held.adding(new, correcting(first, new)).record()
        self.doubt(record, "A471", {"1"})
        assert "A451" in [one.code for one in record.issues]

    def test_another_kind(self, held: Held, first: Sheet) -> None:
        """A copy is not corrected by a publication; neither counts."""
        (publication,) = of_kind(held, Publication)
        record = held.adding(correcting(first, publication)).record()
        self.doubt(record, "A472", {"1"})
        assert record.publications == ()

    def test_another_station_or_contest(self, held: Held, first: Sheet) -> None:
        """Figures of one station are not put in the place of another's."""
        second = of_kind(held, Sheet)[1]
        self.doubt(held.adding(correcting(first, second)).record(), "A473", {"1", "2"})
        away = better(first, contest="mayor")
        assert "A471" in [one.code for one in told(held.adding(away, correcting(first, away)).record())]

    def test_a_circle(self, held: Held, first: Sheet) -> None:
        """Corrections that come to no end leave nothing that holds."""
        new = better(first)
        self.doubt(held.adding(new, correcting(first, new), correcting(new, first)).record(), "A474", {"1"})

    def test_two_corrections_of_one(self, held: Held, first: Sheet) -> None:
        """Nobody chooses between two corrections, though one figure agrees with the old one."""
        one, other = better(first), better(first, 20)
        self.doubt(held.adding(one, other, correcting(first, one), correcting(first, other)).record(), "A475", {"1"})

    def test_by_something_earlier(self, held: Held, first: Sheet) -> None:
        """A later protocol of a commission is not corrected by its earlier one, nor a publication."""
        later = better(first, version=2)
        self.doubt(held.adding(later, correcting(later, first)).record(), "A476", {"1"})
        longer = hold([FINAL, RIGHT], [TABLE])
        old, new = of_kind(longer, Publication)
        record = longer.adding(correcting(new, old)).record()
        assert (record.publications, [one.code for one in told(record)]) == ((), ["A476"])

    def test_one_link_in_doubt_and_the_whole_chain_is(self, held: Held, first: Sheet) -> None:
        """A by B, B by nothing: B does not hold, and A has been taken back."""
        new = better(first)
        record = held.adding(new, correcting(first, new), correcting(new, better(first, 77))).record()
        self.doubt(record, "A471", {"1"})
        assert record.sheets["list"].filter(station="1").height == 2

    def test_other_copies_of_the_station_do_not_step_in(self, held: Held, first: Sheet) -> None:
        """A copy that nobody doubts is not used alone where others are in doubt."""
        third = better(first, 30, copy=2, collector="c9")
        self.doubt(held.adding(third, correcting(first, better(first, 77))).record(), "A471", {"1"})


def test_many_corrections_take_no_more_than_their_number() -> None:
    """A chain of 50,000 corrections and a circle as long are judged at once: time does not grow with their square."""
    many = 50_000
    pieces = {str(one): Piece(kind="sheet") for one in range(2 * many)}
    chain = [(str(one), str(one + 1)) for one in range(many - 1)]
    circle = [(str(many + one), str(many + (one + 1) % many)) for one in range(many)]
    judged = judge_corrections([*chain, *circle], pieces)
    assert len(judged.applied) == many - 1
    assert [(one.code, len(one.leaves)) for one in judged.doubts] == [("A474", many)]


def test_the_order_of_arrival_does_not_matter(held: Held, first: Sheet) -> None:
    """A correction may come before what it names; the verdict's bytes are the same."""
    second = of_kind(held, Sheet)[1]
    one, other, third = better(first), better(first, 26), better(second, 3)
    whole = held.adding(one, other, third, correcting(first, one), correcting(first, other), correcting(second, third))
    before = encode(derive(whole.record()))
    for seed in range(5):
        order = list(range(len(whole.entries)))
        random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
        assert encode(derive(whole.shuffled(order).record())) == before


def test_one_row_under_two_pseudonyms_is_corrected_once() -> None:
    """Of two entries that are one row, whichever is named: neither counts any more."""
    table = ("x.csv", sheet_table(("1", "north", 2, 1, 1, "Ivan Petrov", 90, 1, 20, 30, 4)))
    mine, theirs = (hold(sheets=[table], secret=secret * 32) for secret in (b"\x07", b"\x08"))
    merged = mine.adding(*(one for one in theirs.entries if one not in mine.entries))
    both = of_kind(merged, Sheet)
    assert len(both) == 2
    for old in both:
        new = better(old)
        assert used(merged.adding(new, correcting(old, new)).record()) == {"1": 25}


def test_a_table_captured_twice_is_corrected_once() -> None:
    """A correction may name either entry of a table that was captured again."""
    held = hold([FINAL, RIGHT], [TABLE])
    old, new = of_kind(held, Publication)
    again = msgspec.structs.replace(old, order=new.order)
    for named in (old, again):
        record = held.adding(again, correcting(named, new)).record()
        assert [one.labels.en for one in record.publications] == ["Right"]
    assert [one.code for one in told(held.adding(again, correcting(old, again)).record())] == ["A477"]
