"""Two machines take in the same tables in any order, and each the other's mirror: one set of facts, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from archiving.archives import DEFINITION, NAME, ListedLog, named, sheet_table
from intaking.photos import encoded, patterned
from secondcount import archives
from secondcount.custody.archive import Archive, load_head
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.correct import correct_entry
from secondcount.custody.images import Brought, receive_photo
from secondcount.custody.importing import ArrivingTable
from secondcount.custody.merging import Merged, merge_archive
from secondcount.custody.pseudonyms import PSEUDONYMS, Pseudonyms
from secondcount.custody.sequencer import append_batch, drain
from secondcount.custody.withdraw import withdraw_blob
from secondcount.evidence.digest import leaf_hash, sha256_hex
from secondcount.evidence.entries import Copy, Custody, Entry, Publication, Sheet, encode_entry, parse_entry
from secondcount.evidence.log import Log
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive
from secondcount.jurisdictions import load_definition
from secondcount.model.record import Record
from secondcount.verdict import derive, encode
from secondcount.verdict.load import load_record

NOW = datetime(2030, 5, 6, tzinfo=UTC)
CLAIM = "nur > union"


def published(name: str, votes: int, *head: str) -> ArrivingTable:
    """Return a table of the authority."""
    lines = [*(f"# {one}" for one in head), "area,registered,nur,ak_zhol,union", f"land,500,{votes},70,30"]
    return ArrivingTable(name=name, data="\n".join(lines).encode())


EARLY = published("early.csv", 9, "stage: preliminary", "published: 2030-05-06T08:00")
LATE = published("late.csv", 10, "stage: final", "published: 2030-05-06")
COPIES = ArrivingTable(
    name="copies.csv",
    data=sheet_table(
        ("1", "north", 2, 1, 1, "Ivan Petrov", 90, 1, 20, 30, 4),
        ("2", "south", 1, 1, 1, "Anna", 80, 0, 9, "?", 7),
        ("3", "south", 1, 1, 1, "Ivan Petrov", 80, 0, 9, 8, 7),
        ("4", "south", 1, 1, 1, "Ivan Petrov", 80, 0, 9, 8, 7),
        ("5", "south", 1, 1, 1, "team-7", 80, 0, 9, 8, 7),
    ),
)
TABLES = (EARLY, LATE, COPIES)
SHEETS = 5
PEOPLE = 2  # who stand in the table by name


def machine(folder: Path, name: str) -> Archive:
    """Return a new archive of the small election, with a key, an origin and a secret of its own."""
    plan = Plan(
        location=str(folder / name),
        origin=f"example.org/{name}",
        election="testland.council.2030",
        definition=NAME,
        data=DEFINITION,
        params={},
        key_file=folder / f"{name}.key",
        readme=b"An archive of a test.\n",
    )
    archive = create_archive(plan, {})
    archive.private.create(PSEUDONYMS, Pseudonyms(secret=name.encode().ljust(32)).encode())
    return archive


def take(archive: Archive, tables: Sequence[ArrivingTable]) -> int:
    """Take tables in one by one, and return how many entries were added."""
    added = 0
    for one in tables:
        sheets, reported = ([one], []) if one.data.startswith(b"station") else ([], [one])
        added += archives.import_into(archive, reported=reported, sheets=sheets, now=NOW).drained.added
    return added


def said(archive: Archive) -> list[bytes]:
    """Return the entries of an archive but the first."""
    size = load_head(archive).checkpoint.size
    return [data for _, data in Log(archive.public, size).entries(1, size)]


def facts(archive: Archive) -> list[bytes]:
    """Return what the entries say, however often, whichever pseudonyms an archive gave."""
    return sorted({encode_entry(plain(parse_entry(one))) for one in said(archive)})


def plain(entry: object) -> Entry:
    """Return an entry without the pseudonym that an archive gave."""
    assert isinstance(entry, Entry)
    is_named = isinstance(entry, Sheet) and entry.collector.startswith("p-")
    return msgspec.structs.replace(entry, collector="somebody") if is_named else entry


Kind = TypeVar("Kind", bound=Entry)


def parsed(archive: Archive, kind: type[Kind]) -> list[Kind]:
    """Return the entries of a kind."""
    return [one for one in map(parse_entry, said(archive)) if isinstance(one, kind)]


def record(archive: Archive) -> Record:
    """Return the record of an archive, which verifies."""
    assert verify_archive(archive.public, VerifyOptions(rederive=archives.rederive)).outcome is Outcome.VERIFIED
    return archives.load_archive(archive.location, claims=[CLAIM])


def verdict(archive: Archive) -> bytes:
    """Return what is told of an archive, which verifies."""
    return told(record(archive))


def told(record: Record) -> bytes:
    """Return the verdict's bytes but for what each archive has of its own.

    Bases name entries, which have its own pseudonyms; A464 and A465 say what came to it in other words.
    """
    found = derive(record)
    issues = tuple(replace(one, basis=()) for one in found.issues if one.code not in {"A464", "A465"})
    return encode(replace(found, issues=issues))


def merge(one: Archive, other: Archive) -> tuple[Merged, Merged]:
    """Let each take in the other's mirror."""
    return merge_archive(one, other.location, NOW), merge_archive(other, one.location, NOW)


def codes(archive: Archive) -> list[str]:
    return [one.code for one in record(archive).issues]


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Archive, Archive]:
    """Return two archives of the same tables, taken in from first to last and from last to first."""
    one, other = machine(tmp_path, "one"), machine(tmp_path, "other")
    take(one, TABLES)
    take(other, TABLES[::-1])
    return one, other


@pytest.mark.parametrize("order", list(permutations(TABLES)), ids=lambda order: "-".join(one.name[0] for one in order))
def test_any_order_of_arrival_is_one_set_of_facts(order: Sequence[ArrivingTable], tmp_path: Path) -> None:
    """Before they meet, all but pseudonyms is equal; afterwards no table and no row stands twice.

    But for one row of each person, which shows that two pseudonyms are theirs.
    """
    one, other = machine(tmp_path, "one"), machine(tmp_path, "other")
    take(one, TABLES)
    take(other, order)
    assert facts(one) == facts(other)
    assert {x for x in said(one) if b"p-" not in x} == {x for x in said(other) if b"p-" not in x}
    before = verdict(one)
    assert verdict(other) == before
    for merged in merge(one, other):
        assert merged.added == {"sheet": PEOPLE}
    for archive in (one, other):
        assert [len(parsed(archive, kind)) for kind in (Publication, Custody, Sheet)] == [2, 1, SHEETS + PEOPLE]
        assert record(archive).sheets["list"].height == SHEETS
        assert verdict(archive) == before
    assert facts(one) == facts(other)


def test_merging_again_adds_nothing(machines: tuple[Archive, Archive]) -> None:
    """What was recognised once is recognised again, and what was added is here."""
    one, other = machines
    first, _ = merge(one, other)
    assert first.recognised == {"sheet": SHEETS - 1 - PEOPLE}
    size = load_head(one).checkpoint.size
    for merged in (*merge(one, other), *merge(one, other)):
        assert merged.added == {}
    assert load_head(one).checkpoint.size == size
    assert codes(one).count("A464") == codes(other).count("A464") == 1


def test_a_table_that_arrives_after_its_mirror(machines: tuple[Archive, Archive], tmp_path: Path) -> None:
    """Rows that came with somebody's mirror are recognised when the table itself arrives."""
    third = machine(tmp_path, "third")
    assert merge_archive(third, machines[0].location, NOW).recognised == {}
    before = verdict(third)
    assert take(third, TABLES[::-1]) == PEOPLE
    assert take(third, TABLES) == 0
    assert verdict(third) == before == verdict(machines[0])


def test_three_machines(machines: tuple[Archive, Archive], tmp_path: Path) -> None:
    """A third one, with a secret of its own, says the same; pseudonyms that hang together are one person's."""
    one, other = machines
    third = machine(tmp_path, "third")
    take(third, (COPIES, EARLY, LATE))
    merge(one, other)
    merge(third, one)
    merge(other, third)
    for archive in (one, other, third):
        assert facts(archive) == facts(one)
        assert verdict(archive) == verdict(one)
        assert len(set(record(archive).sheets["list"]["collector"])) == PEOPLE + 1


def test_copies_of_one_person_under_two_pseudonyms_are_not_independent(
    machines: tuple[Archive, Archive], tmp_path: Path
) -> None:
    """A table that one machine alone has speaks of the same person: a row of both tells that."""
    one, other = machines
    more = ("1", "north", 2, 2, 1, "Ivan Petrov", 90, 1, 20, 30, 4)
    take(other, [ArrivingTable(name="more.csv", data=sheet_table(more))])
    merge(one, other)
    for archive in (one, other):
        rows = record(archive).sheets["list"].filter(station="1")
        assert rows.height == 2
        assert len(set(rows["collector"])) == 1


class TestPlaces:
    """Which table of the authority is the newest."""

    def test_it_is_said_by_the_tables(self, machines: tuple[Archive, Archive]) -> None:
        """Whatever came first: a day that is over comes behind the same day's morning."""
        for archive in machines:
            assert [one.labels.en for one in record(archive).publications] == ["early", "late"]

    def test_of_one_moment_the_later_stage_is_the_newer(self, tmp_path: Path) -> None:
        """A preliminary and a final table of one day need no order of arrival."""
        day = "published: 2030-05-07"
        tables = [published(f"{stage}.csv", 1, f"stage: {stage}", day) for stage in ("final", "preliminary", "voting")]
        one, other = machine(tmp_path, "one"), machine(tmp_path, "other")
        take(one, tables)
        take(other, tables[::-1])
        assert sorted(said(one)) == sorted(said(other))
        assert [str(x.stage) for x in record(one).publications] == ["voting", "preliminary", "final"]

    def test_tables_that_do_not_say_when_count_once(self, tmp_path: Path) -> None:
        """Arrival is all that is known of them: both machines end at the same order, and it is told."""
        tables = [published("a.csv", 1), published("b.csv", 2)]
        one, other = machine(tmp_path, "one"), machine(tmp_path, "other")
        take(one, tables)
        take(other, tables[::-1])
        merge(one, other)
        assert verdict(one) == verdict(other)
        for archive in (one, other):
            assert len(record(archive).publications) == 2
            assert "A465" in codes(archive)
        assert all(merged.added == {} for merged in merge(one, other))

    def test_one_file_under_two_names_is_one_table(self, tmp_path: Path) -> None:
        """Both machines call it by the same one of its names; that it came to each as another is no second table."""
        one, other = machine(tmp_path, "one"), machine(tmp_path, "other")
        take(one, [EARLY, COPIES])
        take(other, [replace(EARLY, name="x.csv"), replace(COPIES, name="y.csv")])
        merge(one, other)
        assert verdict(one) == verdict(other)
        for archive in (one, other):
            found = record(archive)
            assert len(found.publications) == 1
            assert [x.kind for x in found.inputs].count("sheets") == 1

    @pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "1969-12-31T23:59:59.5+14:00", "soon"])
    def test_any_date_has_a_place(self, when: str, tmp_path: Path) -> None:
        """A count, whatever a table says."""
        one = machine(tmp_path, "one")
        take(one, [published("a.csv", 1, f"published: {when}")])
        assert len(record(one).publications) == 1


class TestSurvives:
    """What one machine has done to an entry reaches the other."""

    def test_a_correction_finds_what_it_corrects(self, machines: tuple[Archive, Archive]) -> None:
        """The corrected row comes along under its pseudonym, counts once, and is corrected here too."""
        one, other = machines
        (wrong,) = [leaf_hash(encode_entry(x)).hex() for x in parsed(other, Sheet) if x.station == "4"]
        anew = ArrivingTable(name="anew.csv", data=sheet_table(("4", "south", 1, 1, 1, "Ivan Petrov", 80, 0, 8, 9, 7)))
        archives.correct_by_table(other, wrong, anew, "misread", NOW)
        first, _ = merge(one, other)
        assert first.left == {"election": 1}
        assert verdict(one) == verdict(other)
        for archive in (one, other):
            rows = record(archive).sheets["list"].filter(station="4")
            assert rows.select("nur", "ak_zhol").rows() == [(8, 9)]

    def test_a_correction_of_a_table_at_another_place(self, tmp_path: Path) -> None:
        """A publication that was recognised is corrected here by what corrects it there."""
        tables = [published("a.csv", 1), published("b.csv", 2)]
        one, other = machine(tmp_path, "one"), machine(tmp_path, "other")
        take(one, tables[::-1])
        take(other, tables)
        old, new = (leaf_hash(data).hex() for data in said(other))
        correct_entry(other, old, new, "authority_corrected", NOW)
        first, _ = merge(one, other)
        assert first.added["correction"] == 1
        assert verdict(one) == verdict(other)
        assert [x.labels.en for x in record(one).publications] == ["b"]

    def test_what_was_withdrawn_stays_hidden(self, machines: tuple[Archive, Archive]) -> None:
        """A table that is recognised shows nothing that was withdrawn here, and hides nothing there."""
        one, other = machines
        withdraw_blob(one, sha256_hex(EARLY.data), "court_order", NOW)
        merge(one, other)
        assert [x.labels.en for x in record(one).publications] == ["late"]
        assert len(record(other).publications) == 2


class TestHostile:
    """A mirror is somebody else's word: what it says otherwise is not swallowed."""

    @pytest.mark.parametrize("change", [{"cells": 99}, {"level": 2}, {"station": "8"}, {"area": "north"}])
    def test_the_same_row_with_other_figures(self, change: dict[str, Any], machines: tuple[Archive, Archive]) -> None:
        """Both entries stay, and that one row says two things is told, by its table and its number."""
        one, other = machines
        mine = next(x for x in parsed(other, Sheet) if x.station == "3")
        told = {**change, "cells": {**mine.cells, "nur": 99}} if "cells" in change else change
        append_batch(other, [encode_entry(msgspec.structs.replace(mine, **told))], now=NOW)
        first, _ = merge(one, other)
        assert first.added["sheet"] == PEOPLE + 1
        found = record(one)
        assert found.sheets["list"].height == SHEETS + 1
        (issue,) = [x for x in found.issues if x.code == "A466"]
        assert (issue.value("count"), issue.value("rows"), issue.value("digest")) == (1, "4", mine.basis.file)
        assert verdict(one) == verdict(other)

    def test_two_codes_are_two_people(self, machines: tuple[Archive, Archive]) -> None:
        """A code stands in the table itself: under another code the row is not taken for the same."""
        one, other = machines
        mine = next(x for x in parsed(other, Sheet) if x.collector == "team-7")
        append_batch(other, [encode_entry(msgspec.structs.replace(mine, collector="team-8"))], now=NOW)
        first, _ = merge(one, other)
        assert first.added["sheet"] == PEOPLE + 1
        assert record(one).sheets["list"].height == SHEETS
        assert codes(one) == codes(other)

    def test_an_earlier_place_does_not_win(self, machines: tuple[Archive, Archive]) -> None:
        """A mirror that calls the newest table the oldest is not believed; one that calls a table newer is told."""
        one, other = machines
        before = verdict(one)
        late = next(x for x in parsed(other, Publication) if x.file.name == "late.csv")
        append_batch(other, [encode_entry(msgspec.structs.replace(late, order=0))], now=NOW)
        assert merge_archive(one, other.location, NOW).recognised["publication"] == 1
        assert verdict(one) == before
        assert "A465" in codes(other)


def test_a_photo_that_both_received_stays_twice(tmp_path: Path) -> None:
    """Sender and time of arrival are facts of each machine; the digest of the original says that it is one photo."""
    one, other = machine(tmp_path, "one"), machine(tmp_path, "other")
    contest = load_definition(NAME, DEFINITION).election.contests[0]
    brought = Brought(station="1", contest=contest, collector="Ivan Petrov")
    for archive in (one, other):
        receive_photo(archive, "photo.jpg", encoded(patterned()), brought, now=NOW)
        drain(archive, NOW)
    merge(one, other)
    assert len({x.original for x in parsed(one, Copy)}) == 1
    assert len(parsed(one, Copy)) == len(parsed(other, Copy)) == 2
    assert record(one).sheets == record(other).sheets == {}


def test_an_archive_that_has_both_already_counts_each_once(machines: tuple[Archive, Archive]) -> None:
    """Logs that were merged by an earlier release, which took every row in again, give the same verdict."""
    one, other = machines
    blobs = named([DEFINITION, *(x.data for x in TABLES)])
    arrivals = [x.issues for x in parsed(one, Custody)]
    blobs |= {digest: archives.blobs_of(one.public)(digest) for digest in arrivals}
    first = Log(one.public, load_head(one).checkpoint.size).entry(0)
    both = [first, *dict.fromkeys((*said(one), *said(other)))]
    assert len(both) == 1 + 3 + SHEETS + (SHEETS - 1)
    found = load_record(ListedLog(listed=both), blobs.__getitem__, len(both), claims=[CLAIM])
    assert found.sheets["list"].height == SHEETS
    assert told(found) == verdict(one)
