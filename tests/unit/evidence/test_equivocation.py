"""Two histories: what is proved to somebody who has the log's key alone, and what is only a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from noting import LOG, OTHER, World, checkpoint_of, refusal_of, small_log
from secondcount.evidence.equivocation import conflict_ranges, prove_equivocation, verify_equivocation
from secondcount.evidence.log import Log
from secondcount.evidence.note import sign_note

KEYS = [LOG.verifier()]
SIZE = 70


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One history."""
    return small_log(tmp_path_factory.mktemp("honest"), SIZE)


@pytest.fixture(scope="module")
def forked(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Another one of the same log, that differs from its first entry on."""
    return small_log(tmp_path_factory.mktemp("forked"), SIZE, fork=0)


def hashes_of(log: Log, first: int, second: int) -> list[bytes]:
    """Return the hashes of a proof, from the larger tree."""
    return [log._range(*one) for one in conflict_ranges(first, second)]


def test_two_roots_of_one_size_are_a_proof(honest: World, forked: World) -> None:
    """Both are signed, and a log has one root for a size: nothing else is needed."""
    evidence = prove_equivocation(honest.note(9), forked.note(9), KEYS)
    found = verify_equivocation(evidence, KEYS)
    assert {found.first.root, found.second.root} == {honest.log.root(9), forked.log.root(9)}
    assert prove_equivocation(forked.note(9), honest.note(9), KEYS) == evidence


def test_every_pair_of_sizes_can_be_proved(honest: World, forked: World) -> None:
    """For all sizes, the subtrees of the larger tree show the only root that the smaller one can have inside it."""
    for second in (2, 3, 7, 8, 31, 32, 33, 64, 65, SIZE):
        for first in range(1, second):
            hashes = hashes_of(forked.log, first, second)
            evidence = prove_equivocation(honest.note(first), forked.note(second), KEYS, hashes)
            found = verify_equivocation(evidence, KEYS)
            assert found.real_root == forked.log.root(first), (first, second)
            assert found.first.root == honest.log.root(first)


def test_a_fork_after_the_smaller_size_is_no_contradiction(honest: World, tmp_path: Path) -> None:
    """Where the larger log continues the smaller one there is nothing to prove, however the tails differ."""
    later = small_log(tmp_path, SIZE, fork=40)
    for first in (1, 8, 13, 39, 40):
        hashes = hashes_of(later.log, first, SIZE)
        assert refusal_of(lambda: prove_equivocation(honest.note(first), later.note(SIZE), KEYS, hashes)) == "V261"  # noqa: B023 - called at once


def test_hashes_that_were_made_up_prove_nothing(honest: World) -> None:
    """A consistency proof that fails accuses nobody: whoever made it up could accuse any log."""
    for first, second in ((9, 20), (8, 20), (1, 2)):
        hashes = hashes_of(honest.log, first, second)
        for at in range(len(hashes)):
            changed = [*hashes[:at], bytes(32), *hashes[at + 1 :]]
            refused = refusal_of(lambda: prove_equivocation(honest.note(first), honest.note(second), KEYS, changed))  # noqa: B023 - called at once
            assert refused == "V263"
        for wrong in (hashes[1:], [*hashes, bytes(32)], []):
            refused = refusal_of(lambda: prove_equivocation(honest.note(first), honest.note(second), KEYS, wrong))  # noqa: B023 - called at once
            assert refused == "V263"


def test_the_hashes_of_the_smaller_log_prove_nothing(honest: World, forked: World) -> None:
    """They must be those of the larger tree that the log signed, not of any tree that fits the smaller."""
    hashes = hashes_of(honest.log, 9, 20)
    assert refusal_of(lambda: prove_equivocation(honest.note(9), forked.note(20), KEYS, hashes)) == "V263"


def test_one_history_is_no_contradiction(honest: World) -> None:
    """A log that grew is not accused, and neither is one that is shown twice."""
    assert refusal_of(lambda: prove_equivocation(honest.note(9), honest.note(9), KEYS)) == "V261"
    hashes = hashes_of(honest.log, 9, 20)
    assert refusal_of(lambda: prove_equivocation(honest.note(9), honest.note(20), KEYS, hashes)) == "V261"


def test_an_empty_log_contradicts_nothing(honest: World) -> None:
    """Every log continues the empty one."""
    assert refusal_of(lambda: prove_equivocation(honest.note(0), honest.note(5), KEYS)) == "V261"


def test_two_logs_do_not_contradict_each_other(honest: World, forked: World) -> None:
    """Another origin is another log, even under a key that the reader knows."""
    keys = [LOG.verifier(), OTHER.verifier()]
    other = sign_note(checkpoint_of(forked.log, 9, "other.example/2027"), OTHER)
    assert refusal_of(lambda: prove_equivocation(honest.note(9), other, keys)) == "V262"


def test_a_forged_checkpoint_proves_nothing(honest: World, forked: World) -> None:
    """Without the log's signature on both there is no proof against it."""
    forged = sign_note(checkpoint_of(forked.log, 9), OTHER)
    assert refusal_of(lambda: prove_equivocation(honest.note(9), forged, KEYS)) == "V210"
    evidence = prove_equivocation(honest.note(9), forked.note(9), KEYS)
    assert refusal_of(lambda: verify_equivocation(evidence, [OTHER.verifier()])) == "V210"


def test_any_flipped_bit_is_refused(honest: World, forked: World) -> None:
    """Nothing in the file can be changed unseen."""
    for first, second in ((9, 9), (8, 20), (9, 20)):
        hashes = hashes_of(forked.log, first, second)
        evidence = prove_equivocation(honest.note(first), forked.note(second), KEYS, hashes)
        for at in range(len(evidence)):
            changed = evidence[:at] + bytes([evidence[at] ^ 1]) + evidence[at + 1 :]
            assert refusal_of(lambda: verify_equivocation(changed, KEYS))  # noqa: B023 - called at once


@pytest.mark.parametrize(
    "evidence",
    [
        b"",
        b"secondcount.equivocation/2\n",
        b"secondcount.equivocation/1\n",
        b"secondcount.equivocation/1\nhash x\n",
        b"secondcount.equivocation/1\n" + b"hash " + b"A" * 43 + b"=\n" * 70,
        b"secondcount.equivocation/1\nnote 5\nabc",
        b"secondcount.equivocation/1\nnote 05\nabcde",
        b"secondcount.equivocation/1\nnote 1\nanote 1\nbrest",
    ],
)
def test_a_file_of_another_form_is_refused(evidence: bytes) -> None:
    """What is not such a file says nothing."""
    assert refusal_of(lambda: verify_equivocation(evidence, KEYS)) == "V260"
