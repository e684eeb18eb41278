"""Whatever is flipped, nested or asked: notes fall with any bit, quorums count right, a witness signs one history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noting import LOG, WITNESS, World, fixed_key, small_log
from secondcount.errors import VerificationError
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.note import Algorithm, open_note, sign_note, split_note
from secondcount.evidence.policy import Group, Party, Policy, parse_policy
from secondcount.evidence.strict import LARGEST
from secondcount.evidence.witness import Witness, WitnessState, encode_request, parse_request

ORIGIN = "log.example/2027"
NOTE = sign_note(Checkpoint(origin=ORIGIN, size=123, root=b"r" * 32).encode(), LOG, WITNESS.at(1_800_000_000))
KEYS = [LOG.verifier(), WITNESS.verifier()]


def test_any_flipped_bit_of_a_note_is_caught() -> None:
    """Each of the bits of a note whose signers are all known: no flip leaves it standing."""
    unseen = []
    for at in range(len(NOTE) * 8):
        flipped = bytearray(NOTE)
        flipped[at // 8] ^= 1 << at % 8
        try:
            # A flip in a name makes a stranger of its signer: then the reader sees one signature fewer.
            if len(open_note(bytes(flipped), KEYS).verified) == 2:
                unseen.append(at)
        except VerificationError:
            continue
    assert unseen == []


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_no_bytes_crash_a_reader(data: bytes) -> None:
    """Notes, checkpoints, requests and policies of any bytes are read or refused with a code."""
    readers = (lambda: open_note(data, KEYS), lambda: parse_checkpoint(data), lambda: parse_policy(data))
    assert all(code_of(read)[:2] in {"", "V2", "V3"} for read in readers)
    assert code_of(lambda: parse_request(data)) in {"", "W105"}


def code_of(read: Callable[[], object]) -> str:
    """Return the code with which a reader refuses, "" where it reads."""
    try:
        read()
    except VerificationError as error:
        return error.code
    return ""


@given(
    st.text(min_size=1, max_size=40).filter(lambda one: all(c >= " " for c in one) and one.isprintable()),
    st.integers(1, LARGEST),
    st.binary(min_size=32, max_size=32),
)
@settings(max_examples=100)
def test_a_checkpoint_is_read_as_it_is_written(origin: str, size: int, root: bytes) -> None:
    """Every checkpoint has one text, and the text gives it back."""
    made = Checkpoint(origin=origin, size=size, root=root)
    assert parse_checkpoint(made.encode()) == made


WITNESSES = tuple(fixed_key(f"w{at}.example", Algorithm.COSIGNATURE).verifier() for at in range(6))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Return a policy of up to six witnesses in groups of groups, each name in one group at most."""
    count = draw(st.integers(1, 6))
    free = [f"w{at}" for at in range(count)]
    groups: dict[str, Group] = {}
    for at in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(free), min_size=1, unique=True)) if free else []
        if not members:
            break
        free = [one for one in free if one not in members] + [f"g{at}"]
        groups[f"g{at}"] = Group(threshold=draw(st.integers(1, len(members))), members=tuple(members))
    parties = {f"w{at}": Party(key=WITNESSES[at]) for at in range(count)}
    return Policy(witnesses=parties, groups=groups, quorum=draw(st.sampled_from([*groups, *parties, "none"])))


def met(policy: Policy, name: str, present: set[str]) -> bool:
    """Say by the definition itself whether a name is met."""
    if name not in policy.groups:
        return name in present
    group = policy.groups[name]
    return sum(met(policy, one, present) for one in group.members) >= group.threshold


@given(policies(), st.sets(st.integers(0, 5)))
@settings(max_examples=150)
def test_a_quorum_counts_by_its_definition(policy: Policy, present: set[int]) -> None:
    """Nested groups count as the definition says, also after the policy has been written and read."""
    again = parse_policy(policy.encode())
    assert again == policy
    names = {f"w{at}" for at in present} & set(policy.witnesses)
    expected = policy.quorum == "none" or met(policy, policy.quorum, names)
    assert again.satisfied([WITNESSES[at] for at in present]) == expected


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, World]:
    """Return two logs of one name that part at entry 4."""
    folder = tmp_path_factory.mktemp("logs")
    return small_log(folder / "a", 12), small_log(folder / "b", 12, fork=4)


STEPS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 12), st.integers(0, 12), st.booleans()), max_size=12)


@given(steps=STEPS)
@settings(max_examples=60, deadline=None)
def test_a_witness_signs_one_history(histories: tuple[World, World], steps: list[tuple[int, int, int, bool]]) -> None:
    """Whatever is asked in whatever order, all checkpoints that were cosigned lie in one history, and grow."""
    with TemporaryDirectory() as folder:
        state = WitnessState(LocalStore(Path(folder), durable=False))
        signed: list[tuple[int, bytes]] = []
        for which, old, size, honest in steps:
            witness = Witness([WITNESS], {ORIGIN: [LOG.verifier()]}, state)
            world = histories[which]
            start = witness.size_of(ORIGIN) if honest else old
            proof = world.log.consistency(start, size) if start <= size else ()
            reply = witness.add_checkpoint(encode_request(start, proof, world.note(size)), 7)
            if reply.status == 200:
                signed.append((size, world.log.root(size)))
                assert split_note(world.note(size) + reply.body)
        assert [size for size, _ in signed] == sorted(size for size, _ in signed)
        assert any(all(root == world.log.root(size) for size, root in signed) for world in histories)
