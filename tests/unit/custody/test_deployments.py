"""Law: a list of observed stations that is not shown to be from before the close of the polls is said to be none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archiving.archives import DEFINITION, NAME
from keeping.archives import BEGINNING, NOW, assert_whole, begin, leaf, sheet
from noting.authority import make_authority
from secondcount.custody.archive import Archive, load_head, load_log_key
from secondcount.custody.cosigning import ask_witnesses, stamp_checkpoint
from secondcount.custody.deployments import Lists, arriving, check_lists, closing_of
from secondcount.custody.election import load_election
from secondcount.custody.layout import blob_path
from secondcount.custody.sequencer import append_batch
from secondcount.custody.status import load_status
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Commitment, Deployment, File, encode_entry, salted_digest
from secondcount.evidence.keys import SigningKey, generate_key
from secondcount.evidence.log import Log
from secondcount.evidence.note import Algorithm, signature_line, split_note
from secondcount.evidence.policy import Party, make_policy
from secondcount.evidence.timestamp import parse_roots, request_for
from secondcount.jurisdictions import load_definition
from secondcount.model.issue import Issue, Severity

STATIONS = b"station\n001\n002\n"
FILE = File(digest=sha256_hex(STATIONS), name="observed.csv", size=len(STATIONS))
CLOSE = datetime(2030, 5, 5, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SALT = b"\x05" * 32
WITNESSES = [generate_key(f"witness.example/{number}", Algorithm.COSIGNATURE) for number in range(3)]
SAYING_WHEN = DEFINITION.replace(
    b"[[contests]]\n", b'[polls_close]\nmoment = 2030-05-05T20:00:00+05:00\nsource = "invented"\n\n[[contests]]\n', 1
)


def stated(moment: datetime, **more: str) -> bytes:
    """Return the entry of the list, saying that it was fixed at a moment."""
    return encode_entry(Deployment(announced=moment.strftime("%Y-%m-%dT%H:%M:%SZ"), stations=FILE, **more))


BEFORE, AFTER = stated(CLOSE - HOUR), stated(CLOSE + timedelta(seconds=1))


def founded(folder: Path, definition: bytes = SAYING_WHEN) -> Archive:
    """Return an archive whose policy asks for two of three witnesses."""
    archive = begin(folder / "log", definition=definition)
    parties = [Party(key=one.verifier()) for one in WITNESSES]
    ask_witnesses(archive, NOW, policy=make_policy(load_log_key(archive), parties, 2).encode())
    return archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive of a definition that says when the polls close."""
    return founded(tmp_path)


def put(archive: Archive, *entries: bytes) -> None:
    append_batch(archive, list(entries), [STATIONS], now=NOW)


def cosign(archive: Archive, moment: datetime, witnesses: Sequence[SigningKey] = tuple(WITNESSES[:2])) -> None:
    """Let witnesses cosign the newest checkpoint at a moment."""
    text, _ = split_note(archive.public.load("checkpoint"))
    lines = b"".join(signature_line(one.at(int(moment.timestamp())), text) for one in witnesses)
    ask_witnesses(archive, NOW, lines=lines)


def told(archive: Archive) -> tuple[Issue, ...]:
    """Return what there is to say of the lists in an archive."""
    size, lists = load_head(archive).checkpoint.size, Lists()
    log = Log(archive.public, size)
    assert len(list(lists.passing(log.entries(0, size)))) == size
    return check_lists(lists, load_election(archive.public, log, archive.location), archive.public)


def codes(archive: Archive) -> list[str]:
    """Return the codes of `told`, which status tells too; all are notes."""
    found = told(archive)
    assert all(one.severity is Severity.NOTE for one in found)
    assert [one for one in load_status(archive, NOW.date()).issues if one.code.startswith("A48")] == list(found)
    return [one.code for one in found]


def test_a_list_that_witnesses_saw_before_the_close_needs_no_word(archive: Archive) -> None:
    """A quorum's cosignature over it, until the very moment of the close, is proof; nothing is said."""
    put(archive, BEFORE)
    cosign(archive, CLOSE)
    assert codes(archive) == []
    assert_whole(archive, [BEFORE])


@pytest.mark.parametrize(
    ("moment", "witnesses"), [(CLOSE + timedelta(seconds=1), WITNESSES), (CLOSE - HOUR, WITNESSES[:1])]
)
def test_a_late_cosignature_and_half_a_quorum_show_nothing(
    archive: Archive, moment: datetime, witnesses: Sequence[SigningKey]
) -> None:
    """Not one second after the close, and not by fewer witnesses than the policy asks for."""
    put(archive, BEFORE)
    cosign(archive, moment, witnesses)
    assert codes(archive) == ["A484"]


def test_a_cosignature_of_an_earlier_checkpoint_does_not_cover_the_list(archive: Archive) -> None:
    """What was cosigned before the list came says nothing of it, though it is kept in the archive."""
    cosign(archive, CLOSE - HOUR)
    keep(archive)
    put(archive, BEFORE)
    assert codes(archive) == ["A484"]


def keep(archive: Archive) -> None:
    """Keep the newest checkpoint, with its cosignatures, by a timestamp."""
    assert archive.folder is not None
    authority = make_authority(archive.folder.with_name("authority"), "Time")
    roots = parse_roots(authority.root)
    stamp_checkpoint(
        archive, "https://tsa.example", roots, NOW, lambda _url, text, _roots: authority.reply(request_for(text))
    )


def test_the_cosignatures_of_a_kept_checkpoint_count(archive: Archive) -> None:
    """When the log has grown, the checkpoint that was stamped before is still there to show it."""
    put(archive, BEFORE)
    cosign(archive, CLOSE - HOUR)
    keep(archive)
    put(archive, sheet(1))
    assert codes(archive) == []


def test_its_own_word_can_only_speak_against_it(archive: Archive) -> None:
    """A list that says it is from after the close is taken at its word; a second decides."""
    put(archive, AFTER)
    (issue,) = told(archive)
    assert issue.code == "A480"
    assert issue.where.file == "observed.csv"
    assert dict(issue.values) == {
        "digest": leaf(AFTER),
        "announced": "2030-05-05T15:00:01Z",
        "closes": "2030-05-05T15:00:00Z",
    }
    put(archive, stated(CLOSE))
    assert codes(archive) == ["A480", "A484"]


def test_a_list_behind_copies_proves_no_choice_beforehand(archive: Archive) -> None:
    """The order of the log is stronger than any time that stands in it."""
    put(archive, sheet(1), BEFORE)
    (issue,) = told(archive)
    assert (issue.code, issue.value("number"), issue.value("first")) == ("A481", BEGINNING + 2, BEGINNING + 1)
    assert codes(archive) == ["A481"]


def test_a_commitment_stands_for_the_list_that_it_opens(archive: Archive) -> None:
    """Promised before the first copy and opened after it, it counts from then; not by the promise of another list."""
    promise = encode_entry(Commitment(digest=salted_digest(SALT, FILE.digest.encode()), purpose="deployment"))
    other = encode_entry(Commitment(digest=salted_digest(SALT, b"another list"), purpose="deployment"))
    put(archive, promise, other)
    cosign(archive, CLOSE - HOUR)
    keep(archive)
    put(archive, sheet(1), stated(CLOSE - HOUR, commitment=leaf(promise), salt=SALT.hex()))
    assert codes(archive) == []
    put(archive, stated(CLOSE - HOUR, commitment=leaf(other), salt=SALT.hex()))
    assert codes(archive) == ["A481"]


def test_where_nothing_says_when_the_polls_close_voting_day_cannot_be_judged(tmp_path: Path) -> None:
    """Before and after the day it can: of the day itself the note says between which moments the close was."""
    archive = founded(tmp_path, DEFINITION)
    put(archive, stated(CLOSE))
    (issue,) = told(archive)
    assert issue.code == "A482"
    assert (issue.value("opens"), issue.value("ends")) == ("2030-05-04T19:00:00Z", "2030-05-05T20:00:00Z")
    put(archive, stated(CLOSE - timedelta(days=1)), stated(CLOSE + timedelta(days=1)))
    assert codes(archive) == ["A482", "A484", "A480"]
    cosign(archive, datetime(2030, 5, 4, 19, tzinfo=UTC))
    assert codes(archive) == []


def test_the_close_lies_on_voting_day_wherever_there_is_an_area() -> None:
    """From the first midnight of the easternmost zone to the last one of the westernmost; or where it is stated."""
    election = load_definition(NAME, DEFINITION).election
    land, *others = election.geography.areas
    geography = replace(election.geography, areas=(replace(land, timezone="America/New_York"), *others))
    closing = closing_of(replace(election, geography=geography))
    assert closing.earliest == datetime(2030, 5, 4, 19, tzinfo=UTC)  # UTC+5
    assert closing.latest == datetime(2030, 5, 6, 5, tzinfo=UTC)  # UTC-4, and an hour for a day of 25 hours
    known = load_definition(NAME, SAYING_WHEN).election
    assert closing_of(known).earliest == closing_of(known).latest == CLOSE
    for day in (date.min, date.max):  # a day that has no moment in UTC: nothing is known, and nothing breaks
        unknown = closing_of(replace(election, voting_day=day, geography=geography))
        assert unknown.earliest < CLOSE < unknown.latest


@pytest.mark.parametrize(
    ("definition", "entry", "now", "code"),
    [
        (SAYING_WHEN, BEFORE, CLOSE, ""),
        (SAYING_WHEN, BEFORE, CLOSE + timedelta(seconds=1), "A483"),
        (SAYING_WHEN, AFTER, CLOSE + HOUR, "A480"),
        (SAYING_WHEN, stated(CLOSE - HOUR, commitment="a" * 64, salt=SALT.hex()), CLOSE + HOUR, ""),
        (SAYING_WHEN, stated(CLOSE + HOUR, commitment="a" * 64, salt=SALT.hex()), CLOSE + HOUR, "A480"),
        (SAYING_WHEN, sheet(1), CLOSE + HOUR, ""),
        (DEFINITION, BEFORE, CLOSE - timedelta(days=1), ""),
        (DEFINITION, BEFORE, CLOSE, "A482"),
        (DEFINITION, BEFORE, CLOSE + timedelta(days=1), "A483"),
        (b"# no definition\n", BEFORE, CLOSE + HOUR, ""),
    ],
)
def test_a_list_that_arrives_late_is_told_at_once(
    tmp_path: Path, definition: bytes, entry: bytes, now: datetime, code: str
) -> None:
    """By the clock of the machine that takes it in; a commitment is opened late on purpose."""
    issues = arriving(begin(tmp_path / "log", definition=definition), entry, now)
    assert [one.code for one in issues] == ([code] if code else [])
    assert all(one.where.file == "observed.csv" for one in issues)


def test_what_is_missing_for_the_judgement_does_not_hide_how_the_archive_is(archive: Archive) -> None:
    """Without the definition, status says that it is missing, and no more of the list."""
    put(archive, BEFORE)
    archive.public.delete(blob_path(sha256_hex(SAYING_WHEN)))
    assert [one.code for one in load_status(archive, NOW.date()).issues] == ["A221"]


def test_without_witnesses_it_stands_on_its_own_word(tmp_path: Path) -> None:
    """A policy that asks for nobody is met by nobody: that is no proof."""
    archive = begin(tmp_path / "log", definition=SAYING_WHEN)
    put(archive, BEFORE)
    assert codes(archive) == ["A484"]
