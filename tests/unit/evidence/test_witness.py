"""A witness never signs two histories, answers as c2sp.org/tlog-witness says, and remembers before it answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from noting import LOG, OTHER, WITNESS, World, fixed_key, refusal_of, small_log
from secondcount.errors import InputError
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.digest import EMPTY_ROOT
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.note import Algorithm, open_note, sign_note, signature_line
from secondcount.evidence.witness import Reply, Witness, WitnessState, encode_request, parse_request

ORIGIN = "log.example/2027"
ML_DSA = fixed_key("witness.example/1", Algorithm.ML_DSA_44)
NOW = 1_800_000_000


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One history."""
    return small_log(tmp_path_factory.mktemp("honest"), 40)


@pytest.fixture(scope="module")
def forked(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Another one, the same up to entry 10."""
    return small_log(tmp_path_factory.mktemp("forked"), 40, fork=10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the witness keeps its state."""
    return tmp_path


def witness_in(folder: Path) -> Witness:
    return Witness([WITNESS, ML_DSA], {ORIGIN: [LOG.verifier()]}, WitnessState(LocalStore(folder, durable=False)))


def request(world: World, old: int, new: int) -> bytes:
    return encode_request(old, world.log.consistency(old, new), world.note(new))


def test_a_growing_log_is_cosigned(honest: World, folder: Path) -> None:
    """Each checkpoint that continues the one before gets a valid cosignature of each key, with the time."""
    seen = 0
    for size in (1, 2, 10, 10, 40):
        reply = witness_in(folder).add_checkpoint(request(honest, seen, size), NOW + size)
        assert reply.status == 200
        opened = open_note(honest.note(size) + reply.body, [LOG.verifier(), WITNESS.verifier(), ML_DSA.verifier()])
        assert [one.time for one in opened.verified] == [None, NOW + size, NOW + size]
        assert opened.unknown == ()
        seen = size


def test_a_log_of_size_zero_is_cosigned(honest: World, folder: Path) -> None:
    """The empty tree is a state of a log like any other."""
    witness = witness_in(folder)
    assert witness.add_checkpoint(request(honest, 0, 0), NOW).status == 200
    assert witness.add_checkpoint(request(honest, 0, 5), NOW).status == 200


def empty_with_foreign_root() -> bytes:
    text = Checkpoint(origin=ORIGIN, size=0, root=EMPTY_ROOT).encode().replace(b"47DEQ", b"48DEQ")
    return encode_request(0, [], sign_note(text, LOG))


Make = Callable[[World], bytes]
# What each request is answered with, by a witness that cosigned 10 entries of the honest log.
REFUSED: dict[str, tuple[Make, int, bytes]] = {
    "not a request": (lambda _: b"hello", 400, b"W105\n"),
    "empty": (lambda _: b"", 400, b"W105\n"),
    "no old size": (lambda h: b"\n" + h.note(20), 400, b"W105\n"),
    "old size with a zero before it": (lambda h: request(h, 10, 20).replace(b"old 10", b"old 010"), 400, b"W105\n"),
    "old size below zero": (lambda h: request(h, 10, 20).replace(b"old 10", b"old -1"), 400, b"W105\n"),
    "a hash that is none": (lambda h: b"old 10\nxyz\n\n" + h.note(20), 400, b"W105\n"),
    "64 hashes": (lambda h: encode_request(10, [bytes(32)] * 64, h.note(20)), 400, b"W105\n"),
    "no note": (lambda _: b"old 10\n\n", 400, b"W105\n"),
    "no checkpoint": (lambda _: encode_request(10, [], sign_note(f"{ORIGIN}\nx\n".encode(), LOG)), 400, b"W105\n"),
    "old size beyond the checkpoint": (lambda h: encode_request(10, [], h.note(9)), 400, b"W110\n"),
    "unknown log": (lambda h: encode_request(0, [], h.note(20, OTHER)), 404, b"W106\n"),
    "not signed by the log": (
        lambda h: encode_request(10, [], sign_note(text_of(h, 20), OTHER)),
        403,
        b"W107\n",
    ),
    "a signature that does not fit": (
        lambda h: encode_request(10, [], text_of(h, 20) + b"\n" + signature_line(LOG, text_of(h, 21))),
        403,
        b"W107\n",
    ),
    "from another size": (lambda h: request(h, 9, 20), 409, b"10\n"),
    "from nothing": (lambda h: request(h, 0, 20), 409, b"10\n"),
    "no proof": (lambda h: encode_request(10, [], h.note(20)), 422, b"W109\n"),
    "a wrong proof": (lambda h: encode_request(10, h.log.consistency(9, 20), h.note(20)), 422, b"W109\n"),
    "another root of the same size": (lambda h: encode_request(10, [], wrong_root(h)), 422, b"W109\n"),
    "a proof of the same size": (lambda h: encode_request(10, [bytes(32)], h.note(10)), 422, b"W109\n"),
    "empty log with a foreign root": (lambda _: empty_with_foreign_root(), 422, b"W109\n"),
}


def text_of(world: World, size: int) -> bytes:
    return Checkpoint(origin=ORIGIN, size=size, root=world.log.root(size)).encode()


def wrong_root(world: World) -> bytes:
    return sign_note(Checkpoint(origin=ORIGIN, size=10, root=world.log.root(9)).encode(), LOG)


@pytest.mark.parametrize("name", REFUSED)
def test_the_statuses_are_those_of_the_specification(name: str, honest: World, folder: Path) -> None:
    """Each refusal has the status of tlog-witness, signs nothing, and leaves the state as it was."""
    make, status, body = REFUSED[name]
    witness = witness_in(folder)
    assert witness.add_checkpoint(request(honest, 0, 10), NOW).status == 200
    assert witness.add_checkpoint(make(honest), NOW) == (status, body)
    assert witness.size_of(ORIGIN) == 10


def test_a_conflict_is_of_its_own_type() -> None:
    """409 has the content type text/x.tlog.size, by specification."""
    assert Reply(409, b"10\n").content_type == "text/x.tlog.size"
    assert Reply(422, b"W109\n").content_type.startswith("text/plain")


def test_a_proof_from_nothing_must_be_empty(honest: World, folder: Path) -> None:
    """Hashes from size 0 prove nothing and are refused with 422."""
    body = encode_request(0, [bytes(32)], honest.note(5))
    assert witness_in(folder).add_checkpoint(body, NOW) == (422, b"W109\n")


def test_another_history_is_never_cosigned(honest: World, forked: World, folder: Path) -> None:
    """After 20 entries of one history, no checkpoint of the other gets a signature, whatever proof comes with it."""
    witness = witness_in(folder)
    assert witness.add_checkpoint(request(honest, 0, 20), NOW).status == 200
    for size in (20, 21, 30, 40):
        for proof in (forked.log.consistency(20, size), honest.log.consistency(20, size)):
            assert witness.add_checkpoint(encode_request(20, proof, forked.note(size)), NOW).status == 422
    assert witness.add_checkpoint(request(forked, 0, 40), NOW) == (409, b"20\n")


def test_a_smaller_log_is_never_cosigned(honest: World, folder: Path) -> None:
    """A replayed old checkpoint gets no second cosignature, which would state a later time."""
    witness = witness_in(folder)
    witness.add_checkpoint(request(honest, 0, 20), NOW)
    for old in range(20):
        assert witness.add_checkpoint(encode_request(old, [], honest.note(19)), NOW).status in (400, 409)


def test_the_checkpoint_is_on_the_disk_before_the_answer(
    honest: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk refuses, no signature leaves; the request can be made again."""
    witness = witness_in(folder)

    def refuse(*_: object) -> str:
        raise InputError("A504", path="state")

    with monkeypatch.context() as patched:
        patched.setattr(LocalStore, "replace", refuse)
        assert refusal_of(lambda: witness.add_checkpoint(request(honest, 0, 5), NOW)) == "A504"
    assert witness.size_of(ORIGIN) == 0
    assert witness.add_checkpoint(request(honest, 0, 5), NOW).status == 200


def test_only_verified_lines_are_kept(honest: World, folder: Path) -> None:
    """The stored note, which anybody may fetch, has the log's line and ours, and no stranger's."""
    witness = witness_in(folder)
    note = honest.note(5) + signature_line(OTHER, text_of(honest, 5))
    reply = witness.add_checkpoint(encode_request(0, [], note), NOW)
    kept = witness.checkpoint(sha256(ORIGIN.encode()).hexdigest())
    assert kept == honest.note(5) + reply.body
    assert witness.checkpoint("0" * 64) is None


@pytest.mark.parametrize("change", ["flipped", "foreign", "another log's"])
def test_a_state_that_is_not_our_own_stops_everything(change: str, honest: World, folder: Path) -> None:
    """A witness whose memory was changed signs nothing more for that log."""
    witness = witness_in(folder)
    witness.add_checkpoint(request(honest, 0, 5), NOW)
    file = folder / WitnessState.place(ORIGIN)
    other = Checkpoint(origin="else", size=1, root=bytes(32)).encode()
    file.write_bytes(
        {
            "flipped": file.read_bytes().replace(b"\n5\n", b"\n4\n"),
            "foreign": honest.note(4),
            "another log's": sign_note(other, WITNESS.at(1)),
        }[change]
    )
    assert refusal_of(lambda: witness.add_checkpoint(request(honest, 4, 6), NOW)) == "W123"


def test_of_many_at_once_one_history_is_signed(honest: World, forked: World, folder: Path) -> None:
    """Threads with a witness each, on one state: whatever the order, all signed checkpoints are of one history."""

    def ask(number: int) -> tuple[int, bytes, World]:
        world = (honest, forked)[number % 2]
        reply = witness_in(folder).add_checkpoint(request(world, 0, 11 + number), NOW)
        return reply.status, reply.body, world

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(16)))
    assert [status for status, _, _ in answers if status not in (200, 409)] == []
    assert sum(status == 200 for status, _, _ in answers) == 1


class Interrupted(LocalStore):
    """A store in which somebody else comes in after a certain read."""

    def __init__(self, root: Path, after: int, other: Callable[[], object]) -> None:
        super().__init__(root, durable=False)
        self.after, self.other = after, other

    def load(self, path: str) -> bytes:
        try:
            return super().load(path)
        finally:
            self.after -= 1
            if self.after == 0:
                self.other()


@pytest.mark.parametrize("after", range(1, 4))  # the next read is under the lock of the store
@pytest.mark.parametrize("start", [0, 5])
def test_whoever_comes_in_between_is_noticed(
    start: int, after: int, honest: World, forked: World, folder: Path
) -> None:
    """Another process signs the other history after any read of the state: then this one does not sign."""
    first = witness_in(folder)
    if start:
        assert first.add_checkpoint(request(honest, 0, start), NOW).status == 200
    other: list[int] = []
    store = Interrupted(folder, after, lambda: other.append(first.add_checkpoint(request(forked, start, 30), NOW)[0]))
    witness = Witness([WITNESS], {ORIGIN: [LOG.verifier()]}, WitnessState(store))
    status = witness.add_checkpoint(request(honest, start, 20), NOW).status
    assert [status, *other].count(200) == 1
    assert set(other) <= {200, 409}


PROCESS = """
import sys
from pathlib import Path
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.witness import Witness, WitnessState
from noting import LOG, WITNESS
folder, body = Path(sys.argv[1]), Path(sys.argv[2])
witness = Witness([WITNESS], {"log.example/2027": [LOG.verifier()]}, WitnessState(LocalStore(folder)))
sys.stdin.readline()
print(witness.add_checkpoint(body.read_bytes(), 7).status)
"""


def test_two_processes_cannot_sign_two_histories(honest: World, forked: World, tmp_path: Path) -> None:
    """Two witness processes on one state, started together: exactly one signs, the other is told the size."""
    state = tmp_path / "state"
    state.mkdir()
    started = []
    for name, world in (("honest", honest), ("forked", forked)):
        body = tmp_path / name
        body.write_bytes(request(world, 0, 30))
        started.append(
            subprocess.Popen(
                (sys.executable, "-c", PROCESS, state, body),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={"PYTHONPATH": str(Path(__file__).parents[2])},
            )
        )
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    assert sorted(one.communicate(timeout=60)[0].strip() for one in started) == ["200", "409"]


def test_a_request_is_read_as_it_is_written(honest: World) -> None:
    """encode_request and parse_request are each other's inverse."""
    body = request(honest, 10, 40)
    found = parse_request(body)
    assert encode_request(found.old, found.proof, found.note) == body
    assert parse_checkpoint(open_note(found.note, [LOG.verifier()]).text).size == 40


def test_after_a_rotation_either_key_of_the_log_is_enough(honest: World, folder: Path) -> None:
    """A witness may trust several keys of one log."""
    new = fixed_key(ORIGIN, Algorithm.ML_DSA_44)
    keys = {ORIGIN: [LOG.verifier(), new.verifier()]}
    witness = Witness([WITNESS], keys, WitnessState(LocalStore(folder, durable=False)))
    assert witness.add_checkpoint(request(honest, 0, 5), NOW).status == 200
    body = encode_request(5, honest.log.consistency(5, 9), honest.note(9, new))
    assert witness.add_checkpoint(body, NOW).status == 200
