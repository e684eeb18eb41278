"""The record of an archive: the same as that of its files, whatever the order of its entries; nothing is dropped."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from archiving.archives import CELLS, NAME, Held, ListedLog, hold, of_files, same, sheet_table
from secondcount.errors import InputError
from secondcount.evidence.arrival import Arrival, encode_arrival, parse_arrival
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import (
    Custody,
    Publication,
    Sheet,
    UnknownEntry,
    Withdrawal,
    encode_entry,
    parse_entry,
)
from secondcount.model.record import Record
from secondcount.verdict import derive, encode
from secondcount.verdict.load import load_record, load_standing
from secondcount.verdict.sheets import _reader, read_sheet_entries

FIRST = (
    "a.csv",
    sheet_table(("1", "north", 2, 1, 1, "c1", 90, 1, 20, 30, 4), ("2", "south", 1, 1, 1, "c2", 80, 0, 9, "?", 7)),
)
SECOND = (
    "b.csv",
    sheet_table(("1", "north", 2, 1, 1, "c3", 90, 1, 20, 31, 4), ("3", "south", 2, 2, 1, "", 70, 2, 5, 6, 7)),
)
FINAL = (
    "final.csv",
    b"# stage: final\n# issuer: commission\n# label: Final\n# published: 2030-05-07\n"
    b"area,registered,nur,ak_zhol,union\nland,500,60,70,30\nnorth,250,20,31,4\n",
)
CLAIM = "nur > union"


def whole() -> Held:
    """Return the archive of all three tables."""
    return hold([FINAL], [FIRST, SECOND])


def entry_of(held: Held, kind: type) -> tuple[bytes, ...]:
    """Return the bytes of all entries of a kind."""
    return tuple(one for one in held.entries if isinstance(parse_entry(one), kind))


def codes(record: Record) -> list[str]:
    """Return the codes of the issues of a record."""
    return [one.code for one in record.issues]


class TestSame:
    """An archive says what its files say."""

    def test_same_verdict_as_from_the_files(self) -> None:
        """Sums, coverage, claims, statements and issues are equal; only inputs and bases differ."""
        ours, theirs = derive(whole().record(CLAIM)), derive(of_files([FINAL], [FIRST, SECOND], CLAIM))
        assert same(ours) == same(theirs)
        assert {(one.name, one.kind, one.rows, one.digest) for one in ours.inputs} == {
            (one.name, one.kind, one.rows, one.digest) for one in theirs.inputs
        }

    def test_any_order_of_arrival_gives_the_same_bytes(self) -> None:
        """The verdict's bytes depend on which entries there are, not on when they came."""
        held = whole()
        before = encode(derive(held.record(CLAIM)))
        for seed in range(5):
            order = list(range(len(held.entries)))
            random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
            record = held.shuffled(order).record(CLAIM)
            assert encode(derive(record)) == before
            assert record.sheets["list"].equals(held.record().sheets["list"])

    def test_differing_copies_are_told_in_the_order_of_their_figures(self) -> None:
        """The digests of entries are others than those of files: what is told must not hang on them."""
        for more in range(8):
            other = (SECOND[0], SECOND[1].replace(b",31,", b",%d," % (31 + more)))
            ours, theirs = derive(hold(sheets=[FIRST, other]).record()), derive(of_files([], [FIRST, other]))
            assert same(ours).issues == same(theirs).issues

    def test_publications_stand_in_their_order(self) -> None:
        """Which table is the newest is said by its entry, not by when it arrived."""
        later = ("later.csv", FINAL[1].replace(b"Final", b"Later"))
        held = hold([FINAL, later])
        backwards = held.shuffled(range(len(held.entries))[::-1]).record()
        assert [one.labels.en for one in backwards.publications] == ["Final", "Later"]
        assert backwards.publications == held.record().publications

    def test_rows_rest_on_their_entries(self) -> None:
        """The basis of a copy is the leaf hash of its entry; of a published figure, its publication's and a line."""
        held = whole()
        record = held.record()
        leaves = {leaf_hash(one).hex() for one in entry_of(held, Sheet)}
        assert set(record.sheets["list"]["basis"]) == leaves
        (publication,) = entry_of(held, Publication)
        ours = [one for one in record.figures["basis"] if one]
        assert {one.partition("#")[0] for one in ours} == {leaf_hash(publication).hex()}
        assert {one.partition("#")[2] for one in ours} == {"6", "7"}

    def test_an_entry_that_stands_twice_counts_once(self) -> None:
        """Two mirrors that were merged change nothing."""
        held = whole()
        assert encode(derive(held.adding(*held.entries[1:]).record(CLAIM))) == encode(derive(held.record(CLAIM)))

    def test_one_row_under_two_pseudonyms_is_one_row(self) -> None:
        """Two archives of one table give its collectors other pseudonyms; merged, the row still counts once."""
        table = ("x.csv", sheet_table(("1", "north", 2, 1, 1, "Ivan Petrov", 90, 1, 20, 30, 4)))
        mine, theirs = hold(sheets=[table]), hold(sheets=[table], secret=b"\x08" * 32)
        merged = mine.adding(*(one for one in theirs.entries if one not in mine.entries))
        assert len(merged.entries) == len(mine.entries) + 1
        assert merged.record().sheets["list"].height == 1

    def test_two_tables_that_call_a_paper_copy_1_keep_both(self) -> None:
        """Copy 1 of station 1 stands in both tables, with other figures: both rows are there."""
        rows = whole().record().sheets["list"].filter(station="1")
        assert rows["ak_zhol"].to_list() == [30, 31]
        assert rows["copy"].to_list() == [1, 1]

    def test_areas_made_from_columns_come_back(self) -> None:
        """A place that only a table of copies names is an area of the record, with its label and parent."""
        table = ("places.csv", b"PS,Place,N,A,U\n1,Hill Village,1,2,3\n")
        ours, theirs = hold(sheets=[table]).record(), of_files(sheets=[table])
        assert ours.election == theirs.election
        assert ours.election.geography.areas[-1].labels.en == "Hill Village"

    def test_a_mapping_is_read_with_its_table_and_is_an_input(self) -> None:
        """The mapping that an entry names is used again, and whoever derives anew finds it among the inputs."""
        odd = ("odd.csv", b"No,x,y,z\n1,4,5,6\n")
        mapping = b'serves = "both"\nstation = "No"\n[cells]\nnur = "x"\nak_zhol = "y"\nunion = "z"\n'
        for record in (
            hold(sheets=[odd], mappings={"odd.csv": mapping}).record(),
            hold(reported=[odd], mappings={"odd.csv": mapping}).record(),
        ):
            (frame,) = (*record.sheets.values(), *record.reported.values())
            assert frame.row(0, named=True)["ak_zhol"] == 5
            assert [(one.name, one.kind, one.rows) for one in record.inputs[-1:]] == [("odd.map.toml", "mapping", 3)]


class TestNothingDropped:
    """What cannot be used is told."""

    def test_a_copy_that_does_not_fit_is_told_and_in_no_sum(self) -> None:
        """Wrong states, a cell of no contest, another contest: each is left out by name, the others stand."""
        held = whole()
        good = parse_entry(entry_of(held, Sheet)[0])
        assert isinstance(good, Sheet)
        wrong = [
            msgspec.structs.replace(
                good, states="====i", cells={one: good.cells[one] for one in CELLS[:4]}, station="7"
            ),
            msgspec.structs.replace(good, states="====i", cells={one: good.cells[one] for one in CELLS[1:]}),
            msgspec.structs.replace(good, states="===", cells={one: good.cells[one] for one in CELLS[:3]}),
            msgspec.structs.replace(good, cells={**{one: good.cells[one] for one in CELLS[:4]}, "nobody": 5}),
            msgspec.structs.replace(good, contest="mayor"),
        ]
        record = held.adding(*wrong).record()
        told = [one for one in record.issues if one.code == "A451"]
        assert sum(int(str(one.value("count"))) for one in told) == 4
        assert {basis for one in told for basis in one.basis} == {
            leaf_hash(encode_entry(one)).hex() for one in wrong[1:]
        }
        assert record.sheets["list"].height == held.record().sheets["list"].height + 1

    def test_kinds_that_may_bear_on_figures_are_told(self) -> None:
        """An entry of a later release, or of a kind that this derivation does not read, is named with its count."""
        held = whole().adding(UnknownEntry(kind="tomorrow", data=b'{"kind":"tomorrow"}'))
        (told,) = [one for one in held.record().issues if one.code == "A456"]
        assert told.value("kinds") == "tomorrow 1"
        assert "A456" not in codes(whole().record())

    def test_a_withdrawn_table_is_told_and_keeps_its_place(self) -> None:
        """Its figures are gone, a note stands for them, and the ids of the other publications stay."""
        later = ("later.csv", FINAL[1].replace(b"Final", b"Later"))
        held = hold([FINAL, later], [FIRST])
        gone = parse_entry(entry_of(held, Publication)[0])
        assert isinstance(gone, Publication)
        before = held.record().publications[-1].id
        blobs = {digest: data for digest, data in held.blobs.items() if digest != gone.file.digest}
        cut = replace(held, blobs=blobs).adding(Withdrawal(blob=gone.file.digest, reason="court_order"))
        record = cut.record()
        assert [one.id for one in record.publications] == [before]
        assert [one.where.file for one in record.issues if one.code == "A455"] == ["final.csv"]

    def test_issues_of_the_way_in_are_listed(self) -> None:
        """What was odd about a table of copies when it was imported stands in the verdict from the archive."""
        table = ("x.csv", sheet_table(("1", "Moon", 2, 1, 1, "c", 90, 1, 20, "3x", 4)))
        assert {"T127", "T147"} <= set(codes(hold(sheets=[table]).record()))


class TestRefused:
    """What no record can be made of."""

    def test_no_election_or_two(self) -> None:
        """An archive is of exactly one election."""
        held = whole()
        with pytest.raises(InputError) as none:
            load_record(ListedLog(listed=held.entries[1:]), held.blobs.__getitem__, len(held.entries) - 1)
        other = hold(definition=b"# other\n" + next(iter(held.blobs.values())))
        with pytest.raises(InputError) as two:
            held.adding(other.entries[0], blobs=list(other.blobs.values())).record()
        assert [none.value.code, two.value.code] == ["A450", "A450"]

    def test_a_prefix_is_a_record_of_its_own(self) -> None:
        """The first entries alone give what they say: later entries change nothing about it."""
        held = whole()
        size = len(held.entries) - 2
        early = load_record(ListedLog(listed=held.entries), held.blobs.__getitem__, size)
        assert early.sheets["list"].height == 2

    @pytest.mark.parametrize("data", [b"{}", b'{"areas":[],"contest":1,"format":"secondcount.arrival/1","issues":[]}'])
    def test_an_arrival_of_another_format(self, data: bytes) -> None:
        """What was found on the way in must be readable, or it would be dropped in silence."""
        with pytest.raises(InputError) as refusal:
            parse_arrival(data)
        assert refusal.value.code == "A459"

    def test_an_arrival_comes_back(self) -> None:
        """Areas and issues are the same after a journey through bytes."""
        record = of_files(sheets=[("x.csv", sheet_table(("1", "Moon", 2, 1, 1, "c", 90, 1, 20, "3x", 4)))])
        sent = Arrival(contest="list", areas=record.election.geography.areas[1:], issues=record.issues)
        back = parse_arrival(encode_arrival(sent))
        assert [one.code for one in back.issues] == [one.code for one in sent.issues]
        assert [(one.id, one.parent, one.labels.en) for one in back.areas] == [
            (one.id, one.parent, one.labels.en) for one in sent.areas
        ]


class TestReading:
    """The quick reader of copies takes what the exact one takes."""

    def test_the_quick_reader_has_the_fields_of_the_type(self) -> None:
        """A field that `Sheet` gains must not be refused, or be overlooked, by the reader of records."""
        record = whole().record()
        quick = msgspec.inspect.type_info(_reader(record.election).decoder.type)
        exact = msgspec.inspect.type_info(Sheet)
        assert isinstance(quick, msgspec.inspect.StructType)
        assert isinstance(exact, msgspec.inspect.StructType)
        assert {one.encode_name for one in quick.fields} == {one.encode_name for one in exact.fields}

    def test_lots_do_not_matter(self) -> None:
        """Copies read one at a time, with a broken one among them, give the rows of all together."""
        held = whole()
        sheets = entry_of(held, Sheet)
        election = held.record().election
        together = read_sheet_entries([sheets], election, [])
        apart = read_sheet_entries([[one] for one in (*sheets, b'{"kind":"sheet"}')], election, [])
        assert apart.frames["list"].equals(together.frames["list"])
        assert [one.code for one in apart.issues] == ["A451"]

    def test_what_further_tables_find(self) -> None:
        """An archive's own tables give the election its areas, and the next publication its place."""
        held = hold([FINAL], [("places.csv", b"PS,Place,N,A,U\n1,Hill Village,1,2,3\n")])
        standing = load_standing(ListedLog(listed=held.entries), held.blobs.__getitem__, len(held.entries))
        assert standing.election.geography.area("Hill Village") is not None
        over = datetime(2030, 5, 7, 23, 59, 59, tzinfo=ZoneInfo("Asia/Almaty"))  # of a day alone; a final table
        assert [one.order for one in standing.publications] == [int(over.timestamp()) * 1_000 + 600]
        assert [one.file.name for one in standing.publications] == ["final.csv"]


def test_custody_of_a_table_names_what_was_found() -> None:
    """The entry of a table of copies has its digest, its rows and the blob of its issues; never a time."""
    (entry,) = entry_of(hold(sheets=[FIRST]), Custody)
    custody = parse_entry(entry)
    assert isinstance(custody, Custody)
    assert (custody.name, custody.rows, custody.time, custody.event) == ("a.csv", 2, "", "table_imported")
    assert NAME
