"""A witness over HTTP, asked by the log's side: cosignatures are kept where they verify, every refusal is told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from noting import LOG, OTHER, WITNESS, World, fixed_key, refusal_of, small_log
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.note import Algorithm, VerifierKey, open_note, signature_line, split_note
from secondcount.evidence.policy import Party, Policy
from secondcount.evidence.post import Answer, Post, UnreachableError, post
from secondcount.evidence.witness import LARGEST_REQUEST, Witness, WitnessState, encode_request
from secondcount.evidence.witness_client import attach_cosignatures, request_cosignatures
from secondcount.evidence.witness_server import WitnessServer

ORIGIN = "log.example/2027"
SECOND = fixed_key("witness.example/2", Algorithm.COSIGNATURE)
NOW = 1_800_000_000


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One history."""
    return small_log(tmp_path_factory.mktemp("honest"), 40)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WitnessServer]:
    """Run a witness on a free port of this machine."""
    with served(tmp_path / "witness") as running:
        yield running


@contextmanager
def served(folder: Path) -> Iterator[WitnessServer]:
    folder.mkdir()
    witness = Witness([WITNESS], {ORIGIN: [LOG.verifier()]}, WitnessState(LocalStore(folder, durable=False)))
    with WitnessServer(witness, "127.0.0.1", 0, told=lambda *_: None, clock=lambda: NOW) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def address(server: WitnessServer) -> str:
    return f"http://127.0.0.1:{server.port}"


def policy_of(*parties: tuple[VerifierKey, str]) -> Policy:
    witnesses = {key.name: Party(key=key, url=url) for key, url in parties}
    return Policy(logs=(Party(key=LOG.verifier()),), witnesses=witnesses)


def test_cosignatures_are_gathered_as_the_log_grows(world: World, server: WitnessServer) -> None:
    """The first time from nothing, then from what the witness says that it saw."""
    policy = policy_of((WITNESS.verifier(), address(server) + "/"))
    for size in (3, 3, 17, 40):
        gathered = request_cosignatures(world.note(size), policy, world.log.consistency)
        assert gathered.issues == ()
        assert gathered.cosigned == (WITNESS.verifier(),)
        opened = open_note(gathered.note, [LOG.verifier(), WITNESS.verifier()])
        assert [one.time for one in opened.verified] == [None, NOW]


def test_one_silent_witness_stops_no_other(world: World, server: WitnessServer) -> None:
    """Who does not answer is told; the others are asked all the same."""
    policy = policy_of((SECOND.verifier(), "http://127.0.0.1:9"), (WITNESS.verifier(), address(server)))
    gathered = request_cosignatures(world.note(5), policy, world.log.consistency)
    assert [one.code for one in gathered.issues] == ["W120"]
    assert gathered.issues[0].value("name") == "witness.example/2"
    assert gathered.cosigned == (WITNESS.verifier(),)


def test_the_latest_checkpoint_can_be_fetched(world: World, server: WitnessServer) -> None:
    """GET <origin hash>/checkpoint gives what was cosigned; 404 before anything was."""
    connection = HTTPConnection("127.0.0.1", server.port)
    place = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    connection.request("GET", place)
    assert connection.getresponse().read() == b"\n"
    gathered = request_cosignatures(world.note(5), policy_of((WITNESS.verifier(), address(server))), lambda *_: ())
    connection.request("GET", place)
    reply = connection.getresponse()
    assert (reply.status, reply.read()) == (200, gathered.note)
    for odd in ("/", "/checkpoint", "/../policy", "/" + "A" * 64 + "/checkpoint"):
        connection.request("GET", odd)
        reply = connection.getresponse()
        assert (reply.status, reply.read()) == (404, b"\n")


def test_a_connection_is_kept(world: World, server: WitnessServer) -> None:
    """tlog-witness: witnesses should support keep-alive."""
    connection = HTTPConnection("127.0.0.1", server.port)
    for old, size, status in ((0, 5, 200), (0, 9, 409), (5, 9, 200)):
        body = encode_request(old, world.log.consistency(old, size), world.note(size))
        connection.request("POST", "/add-checkpoint", body)
        reply = connection.getresponse()
        reply.read()
        assert reply.status == status
        assert connection.sock is not None


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST_REQUEST + 1}\r\n\r\n", 413),
        ("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: " + "9" * 5000 + "\r\n\r\n", 413),
        ("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", 411),
        ("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 411),
        ("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 411),
        ("POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404),
        ("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        ("rubbish\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_is_refused(head: str, status: int, server: WitnessServer) -> None:
    """No size, too large a size, another place: answered at once, and the connection is closed."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as raw:
        raw.sendall(head.encode())
        answer = b"".join(iter(lambda: raw.recv(4096), b""))
    assert f" {status} ".encode() in answer.split(b"\r\n", 1)[0] + b" "


def test_too_many_at_once_are_turned_away(server: WitnessServer, world: World) -> None:
    """Connections that say nothing take the room of at most 32; when they go, the witness answers again."""
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(40)]
    turned_away = 0
    for one in idle:
        one.settimeout(0.05)
        try:
            turned_away += one.recv(1) == b""
        except TimeoutError:
            pass
        except ConnectionResetError:
            turned_away += 1
    assert turned_away == 8
    for one in idle:
        one.close()
    policy = policy_of((WITNESS.verifier(), address(server)))
    for _ in range(50):
        if request_cosignatures(world.note(5), policy, world.log.consistency).cosigned:
            return
    raise AssertionError("the witness never answered again")


def answering(*answers: Answer) -> Post:
    """Return a network that gives these answers, one after the other."""
    waiting = iter(answers)

    def send(url: str, body: bytes, content_type: str) -> Answer:
        return next(waiting)

    return send


SIZE = "text/x.tlog.size"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([Answer(status=404, body=b"W106\n")], "W121"),
        ([Answer(status=403, body=b"<html>\n")], "W121"),
        ([Answer(status=302, body=b"")], "W121"),
        ([Answer(status=422, body=b"W109\n")], "W127"),
        ([Answer(status=409, body=b"x\n", content_type=SIZE)], "W122"),
        ([Answer(status=409, body=b"5\n", content_type="text/html")], "W122"),
        ([Answer(status=409, body=b"30\n", content_type=SIZE)], "W126"),
        ([Answer(status=409, body=b"4\n", content_type=SIZE)] * 3, "W128"),
        ([Answer(status=200, body=b"hello\n")], "W124"),
        ([Answer(status=200, body=b"")], "W124"),
        ([Answer(status=200, body=b"x" * 20_001)], "W124"),
    ],
)
def test_each_refusal_is_told(answers: list[Answer], code: str, world: World) -> None:
    """Whatever a witness answers that is no cosignature becomes one issue with its own code, and no line."""
    policy = policy_of((WITNESS.verifier(), "https://w.example"))
    send = answering(*answers)
    gathered = request_cosignatures(world.note(20), policy, world.log.consistency, send=send)
    assert [one.code for one in gathered.issues] == [code]
    assert gathered.note == world.note(20)


def test_a_proof_that_the_log_cannot_give_is_told(world: World) -> None:
    """A damaged archive is not the witness's fault."""
    policy = policy_of((WITNESS.verifier(), "https://w.example"))
    send = answering(Answer(status=409, body=b"4\n", content_type=SIZE))
    gathered = request_cosignatures(world.note(20), policy, lambda *_: world.log.consistency(4, 99), send=send)
    assert [one.code for one in gathered.issues] == ["W125"]


def test_only_cosignatures_of_the_policy_reach_the_note(world: World) -> None:
    """A stranger's line, a line that does not verify and one without a time are kept apart; the latest one counts."""
    note = world.note(7)
    text = split_note(note)[0]
    good, newer = signature_line(WITNESS.at(5), text), signature_line(WITNESS.at(9), text)
    bad = signature_line(WITNESS.at(6), split_note(world.note(8))[0])
    timeless = signature_line(SECOND.at(0), text)
    stranger = signature_line(OTHER, text)
    policy = policy_of((WITNESS.verifier(), ""), (SECOND.verifier(), ""))
    found = attach_cosignatures(note + stranger, [good, bad, newer, timeless, b"rubbish\n"], policy)
    assert found.note == note + newer
    assert found.apart == (stranger, bad, timeless, b"rubbish\n")
    assert attach_cosignatures(found.note, [good], policy).note == found.note


def test_a_note_that_no_log_of_ours_signed_gets_nothing(world: World) -> None:
    """Cosignatures are no substitute for the log's own signature."""
    note = world.note(7, OTHER)
    assert refusal_of(lambda: attach_cosignatures(note, [], policy_of())) == "V210"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://w.example", "w.example", ""])
def test_only_the_web_is_asked(url: str) -> None:
    """No address of a policy reads a file of this machine."""
    with pytest.raises(UnreachableError):
        post(url, b"", "text/plain")


def test_a_request_follows_no_redirect(server: WitnessServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is meant for one witness is sent to no other place."""
    monkeypatch.setattr(server.witness, "add_checkpoint", lambda *_: _redirect())
    assert post(address(server) + "/add-checkpoint", b"", "text/plain").status == 307


def _redirect() -> object:
    class Redirect(tuple[int, bytes]):
        status = 307
        body = b""
        content_type = "text/plain\r\nLocation: http://127.0.0.1:9/"

    return Redirect()
