"""Cosignatures and timestamps: only what verifies reaches the public part, and all of it is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping.archives import NOW, assert_whole, begin, register, sheet
from noting.authority import make_authority
from secondcount.custody.archive import Archive, load_head, load_log_key
from secondcount.custody.cosigning import ask_witnesses, stamp_checkpoint
from secondcount.custody.layout import blob_path
from secondcount.custody.sequencer import append_batch, drain
from secondcount.custody.status import load_status
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.keys import SigningKey, generate_key
from secondcount.evidence.note import Algorithm, signature_line, split_note
from secondcount.evidence.policy import Party, make_policy, parse_policy
from secondcount.evidence.timestamp import parse_roots, request_for
from secondcount.evidence.verify import VerifyOptions, verify_archive

BLOB = b"station\n1\n"
MOMENT = 1_768_510_000
WITNESSES = [generate_key(f"witness.example/{number}", Algorithm.COSIGNATURE) for number in range(3)]
STRANGER = generate_key("stranger.example", Algorithm.COSIGNATURE)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive whose policy asks for two of three witnesses, none of whom has an address."""
    archive = begin(tmp_path / "log")
    parties = [Party(key=one.verifier()) for one in WITNESSES]
    ask_witnesses(archive, NOW, policy=make_policy(load_log_key(archive), parties, 2).encode())
    return archive


def line(archive: Archive, witness: SigningKey) -> bytes:
    """Return the cosignature of the newest checkpoint by a witness."""
    text, _ = split_note(archive.public.load("checkpoint"))
    return signature_line(witness.at(MOMENT), text)


def refused(archive: Archive) -> list[str]:
    """Return what is wrong with an archive, held against its own policy."""
    policy = parse_policy(archive.public.load("policy"))
    return [one.code for one in verify_archive(archive.public, VerifyOptions(policy=policy)).refused]


def test_lines_that_came_as_files_make_the_quorum(archive: Archive) -> None:
    """One by one, in any order; the checkpoint then verifies against the policy of the archive."""
    first = ask_witnesses(archive, NOW, lines=line(archive, WITNESSES[2]))
    assert (first.is_quorate, first.cosigned) == (False, (WITNESSES[2].verifier().name,))
    assert refused(archive) != []
    second = ask_witnesses(archive, NOW, lines=line(archive, WITNESSES[0]))
    assert (second.is_quorate, len(second.missing)) == (True, 1)
    assert refused(archive) == []
    assert_whole(archive, [])


def test_a_line_of_a_stranger_stays_apart(archive: Archive) -> None:
    """It is kept for whoever knows the key, outside of the checkpoint, and named in the manifest."""
    before = load_head(archive).note
    strange = line(archive, STRANGER)
    assert ask_witnesses(archive, NOW, lines=strange).apart == 1
    assert load_head(archive).note == before
    kept = list(archive.public.names("unverified/"))
    assert [archive.public.load(one) for one in kept] == [strange]
    assert_whole(archive, [])


def test_a_blob_that_is_put_back_costs_no_cosignature(archive: Archive) -> None:
    """The log has not grown, so its checkpoint stays the cosigned one."""
    append_batch(archive, [register(BLOB)], [BLOB], now=NOW)
    ask_witnesses(archive, NOW, lines=line(archive, WITNESSES[0]) + line(archive, WITNESSES[1]))
    archive.public.delete(blob_path(sha256_hex(BLOB)))
    append_batch(archive, [register(BLOB)], [BLOB], now=NOW)
    assert load_status(archive, NOW.date()).is_quorate
    assert_whole(archive, [register(BLOB)])


def test_growth_asks_for_cosignatures_anew(archive: Archive) -> None:
    """What the witnesses signed was the smaller log; a drain of nothing keeps their lines."""
    ask_witnesses(archive, NOW, lines=line(archive, WITNESSES[0]) + line(archive, WITNESSES[1]))
    drain(archive, NOW)
    assert load_status(archive, NOW.date()).is_quorate
    append_batch(archive, [sheet(1)], now=NOW)
    status = load_status(archive, NOW.date())
    assert not status.is_quorate
    assert [one.time for one in status.witnesses] == [None] * 3


def test_a_policy_that_is_none_changes_nothing(archive: Archive) -> None:
    """The policy of the archive stays as it was."""
    before = archive.public.load("policy")
    with pytest.raises(VerificationError):
        ask_witnesses(archive, NOW, policy=b"quorum two-of-them\n")
    assert archive.public.load("policy") == before
    assert_whole(archive, [])


def test_an_authority_that_says_nothing_leaves_no_file(archive: Archive) -> None:
    """What does not verify is not kept."""

    def silent(url: str, text: bytes, roots: object) -> bytes:
        raise InputError("V420", url=url, reason="no answer")

    with pytest.raises(InputError):
        stamp_checkpoint(archive, "https://tsa.example", [], NOW, silent)
    with pytest.raises(VerificationError):
        stamp_checkpoint(archive, "https://tsa.example", [], NOW, lambda *_: b"no token")
    assert list(archive.public.names("timestamp/")) == []
    assert_whole(archive, [])


def test_a_timestamp_is_kept_with_the_checkpoint_it_is_of(archive: Archive, tmp_path: Path) -> None:
    """It stays good when the log has grown, for the note that was stamped lies beside it."""
    authority = make_authority(tmp_path / "authority", "Time")
    roots = parse_roots(authority.root)
    moment = stamp_checkpoint(
        archive, "https://tsa.example", roots, NOW, lambda _url, text, _roots: authority.reply(request_for(text))
    )
    assert moment.tzinfo is not None
    assert load_status(archive, NOW.date()).is_stamped
    append_batch(archive, [sheet(1)], now=NOW)
    assert not load_status(archive, NOW.date()).is_stamped
    assert len(list(archive.public.names("timestamp/"))) == 2
    report = verify_archive(archive.public, VerifyOptions(roots=authority.root))
    assert [step.status.value for step in report.steps if step.name == "time"] == ["passed"]
