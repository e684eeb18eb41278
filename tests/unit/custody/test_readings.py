"""Law: a reading is fixed before any is shown, nobody can change it, and each is in the log once."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest

from keeping.desks import (
    ANNA,
    BORIS,
    CLARA,
    CONTEST,
    NIGHT,
    OTHER,
    PHOTO,
    arrived_copy,
    in_log,
    kinds_in_log,
    reading,
)
from museum.build_images import EVERYTHING, with_segments
from secondcount.custody.admission import admit
from secondcount.custody.archive import Archive
from secondcount.custody.outbox import acknowledge, waiting
from secondcount.custody.readings import (
    UNREAD,
    commit_reading,
    committed,
    is_revealed,
    load_committed,
    reveal_readings,
)
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.entries import Commitment, Reading, encode_entry, parse_entry
from secondcount.evidence.verify import Outcome, verify_archive
from secondcount.transcription import CellRead, Mark, PartReading, Place, Problem, parse_reading
from secondcount.transcription import Reading as WholeReading

LATER = NIGHT + timedelta(hours=1)
SEVEN = CellRead(mark=Mark.READ, value=7)


def refused(code: str, archive: Archive, commitments: list[str]) -> None:
    """Assert with which code readings are not shown."""
    with pytest.raises(InputError) as refusal:
        reveal_readings(archive, commitments)
    assert refusal.value.code == code


def test_nothing_of_a_reading_is_public_before_it_is_shown(archive: Archive, copy: str) -> None:
    """The log has the commitment; nobody can guess what it fixes, for it is salted."""
    digest = commit_reading(archive, reading(ANNA), [copy], CONTEST, NIGHT)
    entries = in_log(archive)
    assert not any(isinstance(one, Reading) for one in entries)
    assert [one.purpose for one in entries if isinstance(one, Commitment)] == ["reading"]
    kept = load_committed(archive, digest)
    public = b"".join(archive.public.load(name) for name in archive.public.names())
    assert kept.revealed.encode() not in public
    assert ANNA.encode() not in public


def test_readings_open_their_commitments(archive: Archive, copy: str) -> None:
    """Shown together, they stand behind both commitments in the log, and verification opens them."""
    fixed = [commit_reading(archive, reading(one), [copy], CONTEST, NIGHT) for one in (ANNA, BORIS)]
    shown = reveal_readings(archive, fixed)
    entries = in_log(archive)
    places = {kind: [at for at, one in enumerate(entries) if isinstance(one, kind)] for kind in (Commitment, Reading)}
    assert max(places[Commitment]) < min(places[Reading])
    found = [one for one in entries if isinstance(one, Reading)]
    assert {one.commitment for one in found} == set(fixed) == set(shown)
    assert {one.reader for one in found} == {ANNA, BORIS}
    assert len({one.salt for one in found}) == 2  # drawn anew for each, or the second would be known with the first
    assert all(one.overwritten == {"received": 100} and one.states == "====s====" for one in found)
    report = verify_archive(archive.public)
    assert report.outcome is Outcome.VERIFIED
    assert [one.values["count"] for step in report.steps for one in step.facts if one.key == "openings"] == [2]


def test_the_same_reading_is_one_commitment(archive: Archive, copy: str) -> None:
    """Sent again, it is the same; so it is once the log has it, and nothing is there twice."""
    first = commit_reading(archive, reading(ANNA), [copy], CONTEST, NIGHT)
    assert commit_reading(archive, reading(ANNA), [copy], CONTEST, LATER) == first
    kinds_in_log(archive)
    assert commit_reading(archive, reading(ANNA), [copy], CONTEST, LATER) == first
    assert kinds_in_log(archive)["commitment"] == 1
    assert [one.digest for one in committed(archive)] == [first]


def test_nobody_changes_a_reading(archive: Archive, copy: str) -> None:
    """Another reading by the same person of the same copy is refused, and names the one that stands."""
    first = commit_reading(archive, reading(ANNA), [copy], CONTEST, NIGHT)
    with pytest.raises(InputError) as refusal:
        commit_reading(archive, reading(ANNA, red=SEVEN), [copy], CONTEST, LATER)
    assert (refusal.value.code, refusal.value.values["digest"]) == ("K150", first)
    assert kinds_in_log(archive)["commitment"] == 1


def test_what_was_read_can_be_given_back(archive: Archive, copy: str) -> None:
    """A database that was lost gets its rows from the private part."""
    digest = commit_reading(archive, reading(ANNA), [copy], CONTEST, NIGHT)
    (kept,) = committed(archive)
    assert (kept.digest, kept.reader, kept.copies, kept.time) == (digest, ANNA, (copy,), "2030-05-05T21:30:00Z")
    assert parse_reading(json.loads(json.dumps(kept.content)), (CONTEST, OTHER)) == reading(ANNA)


def test_one_reading_is_not_shown(archive: Archive, copy: str) -> None:
    """Neither one alone, nor one twice, nor two of different copies, nor what was never fixed."""
    other = arrived_copy(archive, with_segments(*EVERYTHING))
    anna = commit_reading(archive, reading(ANNA), [copy], CONTEST, NIGHT)
    boris = commit_reading(archive, reading(BORIS), [other], CONTEST, NIGHT)
    refused("K151", archive, [anna])
    refused("K151", archive, [anna, anna])
    refused("K152", archive, [anna, boris])
    refused("A301", archive, [anna, "0" * 64])
    assert not is_revealed(archive, anna)
    assert kinds_in_log(archive)["reading"] == 0


def test_a_third_reading_says_nothing_of_other_cells(archive: Archive, copy: str) -> None:
    """What was not asked is unknown in its entry."""
    fixed = [
        commit_reading(archive, one, [copy], CONTEST, NIGHT) for one in (reading(ANNA), reading(BORIS, red=SEVEN))
    ]
    part = PartReading(reader=CLARA, answers={"red": SEVEN, "@page": 1})
    fixed.append(commit_reading(archive, part, [copy], CONTEST, NIGHT, station="512"))
    reveal_readings(archive, fixed)
    (third,) = [one for one in in_log(archive) if isinstance(one, Reading) and one.reader == CLARA]
    assert (third.states, third.cells, third.station, third.page_count) == ("uuuuuu=uu", {"red": 7}, "512", 1)


def test_a_problem_has_no_figures(archive: Archive, copy: str) -> None:
    """Of a photo that is no protocol the entry says so; the station is the one that was claimed."""
    read = [WholeReading(reader=one, place=Place(), problem=Problem.NOT_A_PROTOCOL) for one in (ANNA, BORIS)]
    reveal_readings(archive, [commit_reading(archive, one, [copy], CONTEST, NIGHT) for one in read])
    found = [one for one in in_log(archive) if isinstance(one, Reading)]
    assert {(one.problem, one.states, one.station) for one in found} == {("not_a_protocol", "u" * 9, "512")}


def test_a_station_that_nobody_can_read(archive: Archive, copy: str) -> None:
    """The entry does not say the claimed number in its place."""
    cells = reading(ANNA).cells
    read = [WholeReading(reader=one, place=Place(contest=CONTEST.id), cells=cells) for one in (ANNA, BORIS)]
    reveal_readings(archive, [commit_reading(archive, one, [copy], CONTEST, NIGHT) for one in read])
    assert {one.station for one in in_log(archive) if isinstance(one, Reading)} == {UNREAD}


def test_only_copies_that_arrived_are_read(archive: Archive) -> None:
    """A digest that is no copy is refused before anything is written; so are cells of another contest."""
    with pytest.raises(InputError) as refusal:
        commit_reading(archive, reading(ANNA), ["0" * 64], CONTEST, NIGHT)
    assert refusal.value.code == "K127"
    with pytest.raises(InputError) as refusal:
        commit_reading(archive, reading(ANNA), [arrived_copy(archive, PHOTO)], OTHER, NIGHT)
    assert refusal.value.code == "K174"
    assert list(committed(archive)) == []


def test_a_forged_opening_does_not_come_in(archive: Archive, copy: str) -> None:
    """A reading that was changed after it was fixed, or opens something else, stays out of the log."""
    fixed = [commit_reading(archive, reading(one), [copy], CONTEST, NIGHT) for one in (ANNA, BORIS)]
    in_log(archive)
    true = parse_entry(load_committed(archive, fixed[0]).entry.encode())
    assert isinstance(true, Reading)
    for forged in (
        msgspec.structs.replace(true, cells={**true.cells, "red": 301}),
        msgspec.structs.replace(true, commitment=fixed[1]),
        msgspec.structs.replace(true, commitment=copy),
        msgspec.structs.replace(true, reader=CLARA),
    ):
        with pytest.raises(VerificationError) as refusal:
            admit(archive, encode_entry(forged), ())
        assert refusal.value.code == "V806"
        leaf = acknowledge(archive, encode_entry(forged))
        assert kinds_in_log(archive)["reading"] == 0
        assert leaf in set(waiting(archive))


def test_a_forged_opening_in_a_log_is_found(archive: Archive, copy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps a log can write what they like into it; whoever verifies it sees that it does not open."""
    fixed = commit_reading(archive, reading(ANNA), [copy], CONTEST, NIGHT)
    true = parse_entry(load_committed(archive, fixed).entry.encode())
    assert isinstance(true, Reading)
    acknowledge(archive, encode_entry(msgspec.structs.replace(true, cells={**true.cells, "red": 301})))
    monkeypatch.setattr("secondcount.custody.admission._check_opening", lambda *_: None)
    assert kinds_in_log(archive)["reading"] == 1
    report = verify_archive(archive.public)
    assert report.outcome is not Outcome.VERIFIED
    assert [one.code for one in report.refused] == ["V806"]
