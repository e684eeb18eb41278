"""Tables become entries: the same bytes anywhere, nothing overwritten, no name, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from archiving.archives import CELLS, DEFINITION, NAME, SECRET, sheet_table
from secondcount.custody.importing import ArrivingTable, Imported, import_tables
from secondcount.custody.pseudonyms import Pseudonyms
from secondcount.errors import InputError
from secondcount.evidence.arrival import LONGEST, WITHHELD, parse_arrival, withhold
from secondcount.evidence.entries import Publication, Sheet, parse_entry, verify_sheet
from secondcount.jurisdictions import load_definition
from secondcount.model.codes import make_issue

ELECTION = load_definition(NAME, DEFINITION).election
FINAL = ArrivingTable(name="final.csv", data=b"# stage: final\narea,nur,ak_zhol,union\nland,1,2,3\n")
LATER = ArrivingTable(name="later.csv", data=b"# stage: final\narea,nur,ak_zhol,union\nland,1,2,4\n")


def imported(
    sheets: Sequence[ArrivingTable] = (),
    reported: Sequence[ArrivingTable] = (),
    earlier: Sequence[Publication] = (),
    secret: bytes = SECRET,
) -> Imported:
    """Return what tables become."""
    return import_tables(ELECTION, Pseudonyms(secret=secret), reported=reported, sheets=sheets, earlier=earlier)


def table(*rows: Sequence[object], name: str = "a.csv", head: str = "") -> ArrivingTable:
    """Return a table of copies."""
    return ArrivingTable(name=name, data=sheet_table(*rows, head=head))


ROW = ("1", "north", 2, 1, 1, "c1", 90, 1, 20, 30, 4)


def sheets_of(found: Imported) -> list[Sheet]:
    """Return the sheets among the entries."""
    parsed = [parse_entry(one) for one in found.entries()]
    return [one for one in parsed if isinstance(one, Sheet)]


def test_the_same_tables_make_the_same_bytes() -> None:
    """Neither clock nor machine nor a second run changes an entry; with codes for collectors, nor does the secret."""
    first, second = imported([table(ROW)], [FINAL]), imported([table(ROW)], [FINAL], secret=b"\x08" * 32)
    assert list(first.entries()) == list(first.entries()) == list(second.entries())
    assert first.count == len(list(first.entries())) == 3
    assert first.public == second.public


def test_states_and_figures_of_a_row() -> None:
    """Read cells have their number, others their state and no number; the row names its table and line."""
    (sheet,) = sheets_of(imported([table(("7", "south", 1, 2, 3, "", 90, "?", 20, "", 0))]))
    verify_sheet(sheet, CELLS)
    assert sheet.states == "=i=u="
    assert sheet.cells == {"registered": 90, "nur": 20, "union": 0}
    assert (sheet.station, sheet.area, sheet.level, sheet.copy, sheet.version) == ("7", "south", 1, 2, 3)
    assert sheet.basis.row == 2


def test_a_table_of_copies_stays_private() -> None:
    """Names stand in such tables: their bytes are no public blob, and the entries name their digest."""
    given = table(("1", "north", 2, 1, 1, "Ivan Petrov", 90, 1, 20, 30, 4))
    found = imported([given])
    assert found.private == (given.data,)
    public = b"".join((*found.public, *found.entries()))
    assert b"Ivan" not in public
    assert b"Petrov" not in public
    assert sheets_of(found)[0].basis.file == hashlib.sha256(given.data).hexdigest()
    assert list(found.pseudonyms.names.values()) == ["Ivan Petrov"]
    assert list(found.pseudonyms.names) == [sheets_of(found)[0].collector]


def test_a_table_of_the_authority_is_public_as_captured() -> None:
    """Its bytes are a blob, and its mapping too."""
    mapping = b'serves = "reported"\narea = "area"\n[cells]\nnur = "nur"\nak_zhol = "ak_zhol"\nunion = "union"\n'
    found = imported(reported=[FINAL])
    assert found.public == (FINAL.data,)
    mapped = imported(reported=[ArrivingTable(name=FINAL.name, data=FINAL.data, mapping=mapping)])
    assert set(mapped.public) == {FINAL.data, mapping}
    assert mapped.publications[0].layout == hashlib.sha256(mapping).hexdigest()


def test_two_tables_that_call_a_paper_copy_1_give_two_entries() -> None:
    """First copy and later copy stay side by side: nothing is overwritten or renumbered across tables."""
    other = ("1", "north", 2, 1, 1, "c1", 90, 1, 20, 31, 4)
    found = sheets_of(imported([table(ROW), table(other, name="b.csv")]))
    assert [(one.copy, one.cells["ak_zhol"]) for one in found] == [(1, 30), (1, 31)]


class TestPlaces:
    """The order of publications."""

    def test_a_new_one_comes_behind_all_others(self) -> None:
        """Each publication keeps its place, whenever the next one arrives."""
        first = imported(reported=[FINAL]).publications
        assert [one.order for one in imported(reported=[LATER], earlier=first).publications] == [1]

    def test_one_that_is_there_keeps_its_place(self) -> None:
        """The same table again is the same entry, so the log has it once."""
        first = imported(reported=[FINAL, LATER])
        again = imported(reported=[LATER, FINAL], earlier=first.publications)
        assert set(again.entries()) == set(first.entries())

    def test_the_same_table_twice_in_one_import(self) -> None:
        """It has one place."""
        assert [one.order for one in imported(reported=[FINAL, FINAL, LATER]).publications] == [0, 0, 1]


class TestRefused:
    """Rows that no entry can hold."""

    @pytest.mark.parametrize("place", [0, 1])
    def test_a_name_that_is_too_long(self, place: int) -> None:
        """The table is refused with the line, before anything of it is an entry."""
        row = list(ROW)
        row[place] = "x" * 201
        data = b"PS,Place,N,A,U\n1,north,1,2,3\n" + f"{row[0]},{row[1]},1,2,3\n".encode()
        with pytest.raises(InputError) as refusal:
            imported([ArrivingTable(name="a.csv", data=data)])
        assert refusal.value.code == "A454"
        assert refusal.value.values["line"] == 3

    def test_a_letter_that_entries_do_not_have(self) -> None:
        """A private-use character in a name passes the intake and no entry: the row is named."""
        found = imported([table(("1\ue000", *ROW[1:]))])
        with pytest.raises(InputError) as refusal:
            list(found.entries())
        assert refusal.value.code == "A454"
        assert refusal.value.values["refusal"] == "V617"


class TestWithheld:
    """What may be quoted of a table for ever."""

    def test_short_texts_and_our_words_stay(self) -> None:
        """Counts, short texts, figures of at most eight digits, and ids of the definition are shown."""
        issue = make_issue("T133", contestants="list_of_a_very_long_name_indeed", count=3, value="1" * 8, name="Moon")
        assert withhold(issue) == issue

    def test_long_texts_and_free_ones_do_not(self) -> None:
        """A long text with letters may be anything; so may a comment or the words beside a number."""
        assert dict(withhold(make_issue("T127", value="x" * LONGEST)).values)["value"] == "x" * LONGEST
        assert dict(withhold(make_issue("T127", value="x" * (LONGEST + 1))).values)["value"] == WITHHELD
        assert dict(withhold(make_issue("T118", value="by Ivan")).values)["value"] == WITHHELD
        assert dict(withhold(make_issue("T147", value="12 Ivan")).values)["value"] == WITHHELD

    def test_it_is_withheld_from_the_blob(self) -> None:
        """Not the screen withholds: the bytes in the archive do not have the text."""
        found = imported([table(("1", "north", 2, 1, 1, "c", 90, 1, "20 says Ivan", 30, 4))])
        (arrival,) = found.public
        assert b"Ivan" not in arrival
        assert "T147" in {one.code for one in parse_arrival(arrival).issues}
