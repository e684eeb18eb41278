"""Law: what is said of stations and papers is an entry with a time of its own, said once however often it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keeping.desks import ANNA, BORIS, NIGHT, arrived_copy, in_log
from museum.build_images import EVERYTHING, with_segments
from secondcount.archives import open_record
from secondcount.custody.archive import Archive
from secondcount.custody.layout import blob_path
from secondcount.custody.stationing import (
    CONSENTED,
    HANDED_OVER,
    HELD,
    fix_deployment,
    open_deployment,
    promise_deployment,
    record_consent,
    record_hand_over,
    record_hold,
    record_outcome,
    record_provenance,
)
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Commitment, Custody, Deployment, Outcome, Provenance, open_commitment
from secondcount.evidence.verify import Outcome as Verification
from secondcount.evidence.verify import verify_archive

LIST = b"station,observer\n512,p-11111111111111111111\n"
MORNING = NIGHT - timedelta(days=1)


def test_a_list_is_public_at_once(archive: Archive) -> None:
    """The table is a public file, and its entry says when it was fixed; said again, it is the same."""
    first = fix_deployment(archive, "observers.csv", LIST, MORNING)
    assert fix_deployment(archive, "observers.csv", LIST, MORNING) == first
    (entry,) = in_log(archive)
    assert isinstance(entry, Deployment)
    assert (entry.announced, entry.stations.size) == ("2030-05-04T21:30:00Z", len(LIST))
    assert archive.public.load(blob_path(sha256_hex(LIST))) == LIST


def test_a_list_is_promised_and_shown_later(archive: Archive) -> None:
    """Nothing of it is public before; shown, it opens the promise, and `check` finds it fixed before the copies."""
    promise = promise_deployment(archive, "observers.csv", LIST, MORNING)
    assert promise_deployment(archive, "observers.csv", LIST, NIGHT) == promise
    (fixed,) = in_log(archive)
    assert isinstance(fixed, Commitment)
    assert archive.public.size(blob_path(sha256_hex(LIST))) is None
    arrived_copy(archive)
    shown = open_deployment(archive, promise)
    assert open_deployment(archive, promise) == shown
    (entry,) = [one for one in in_log(archive) if isinstance(one, Deployment)]
    open_commitment(fixed.digest, bytes.fromhex(entry.salt), sha256_hex(LIST).encode())
    assert (entry.commitment, entry.announced) == (promise, "2030-05-04T21:30:00Z")
    assert [one.code for one in open_record(archive.location).told] == ["A484"]  # not A481: before the copies
    assert verify_archive(archive.public).outcome is Verification.VERIFIED


@pytest.mark.parametrize("digest", ["", "../x", "0" * 64])
def test_nothing_was_promised(archive: Archive, digest: str) -> None:
    """A promise that nobody made cannot be kept."""
    with pytest.raises(InputError) as refusal:
        open_deployment(archive, digest)
    assert refusal.value.code == "A301"


def test_what_became_of_a_station(archive: Archive) -> None:
    """Outcome, reason, time and list; without a time and reason too. A name is no word of a vocabulary."""
    listed = fix_deployment(archive, "observers.csv", LIST, MORNING)
    first = record_outcome(archive, "512", "refused", NIGHT, deployment=listed, reason="no_copier")
    assert record_outcome(archive, "512", "refused", NIGHT, deployment=listed, reason="no_copier") == first
    record_outcome(archive, "513", "unknown", None)
    with pytest.raises(VerificationError) as refusal:
        record_outcome(archive, "512", "refused", NIGHT, reason="Ivanova said so")
    assert refusal.value.code == "V616"
    found = [one for one in in_log(archive) if isinstance(one, Outcome)]
    said = {(one.station, one.outcome, one.time, one.deployment, one.reason or "") for one in found}
    assert said == {
        ("512", "refused", "2030-05-05T21:30:00Z", listed, "no_copier"),
        ("513", "unknown", "", "", ""),
    }


def test_who_holds_the_paper(archive: Archive) -> None:
    """A hand-over is two acts; each names the copy and a pseudonym."""
    copy = arrived_copy(archive)
    record_hold(archive, copy, ANNA, NIGHT)
    record_hand_over(archive, copy, ANNA, BORIS, NIGHT + timedelta(hours=1))
    record_consent(archive, copy, BORIS, NIGHT + timedelta(hours=1))
    acts = {HELD, HANDED_OVER, CONSENTED}
    found = [one for one in in_log(archive) if isinstance(one, Custody) and one.event in acts]
    assert {(one.event, one.actor, one.of, one.time[11:13]) for one in found} == {
        (HELD, ANNA, copy, "21"),
        (HANDED_OVER, ANNA, copy, "22"),
        (HELD, BORIS, copy, "22"),
        (CONSENTED, BORIS, copy, "22"),
    }
    with pytest.raises(InputError) as refusal:
        record_hold(archive, "0" * 64, ANNA, NIGHT)
    assert refusal.value.code == "K127"


def test_a_level_has_its_grounds(archive: Archive) -> None:
    """Level 4 needs another copy, and no other level has one."""
    copy, other = arrived_copy(archive), arrived_copy(archive, with_segments(*EVERYTHING))
    record_provenance(archive, copy, 3, ("seal", "certified", "seal"), by=ANNA)
    record_provenance(archive, copy, 4, ("second_copy",), by=ANNA, corroborated_by=(other,))
    with pytest.raises(VerificationError) as refusal:
        record_provenance(archive, copy, 4, ("second_copy",), by=ANNA)
    assert refusal.value.code == "V810"
    found = [one for one in in_log(archive) if isinstance(one, Provenance)]
    assert {(one.level, one.grounds, one.corroborated_by) for one in found} == {
        (3, ("certified", "seal"), ()),
        (4, ("second_copy",), (other,)),
    }
