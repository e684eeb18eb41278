"""Notes of other programs and ours open each other: two implementations of c2sp.org/signed-note agree."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from noting import LOG, WITNESS, World, small_log
from secondcount.evidence.checkpoint import parse_checkpoint
from secondcount.evidence.note import open_note, parse_vkey, sign_note
from secondcount.evidence.witness import encode_request

PEER: dict[str, Any] = json.loads((Path(__file__).parent / "peer_notes.json").read_text(encoding="utf-8"))
KEYS = [parse_vkey(PEER["log"]), parse_vkey(PEER["witness"])]

OPEN = """
import json, sys
from actasum.note import Verifier, open_note
from actasum.witness import Witness
given = json.load(sys.stdin)
keys = [Verifier.parse(one) for one in given["keys"]]
for note in given["notes"]:
    opened, verified = open_note(note, keys)
    print(len(verified), len(opened.signatures))
witness = Witness.create(given["folder"], "peer.example/asked")
witness.trust(keys[0])
for body in given["requests"]:
    status, answer = witness.add_checkpoint(body, now=lambda: 1800000000)
    print(status, json.dumps(answer))
print(witness.signer.verifier.vkey())
"""


@pytest.mark.parametrize("case", PEER["checkpoints"], ids=lambda one: str(one["size"]))
def test_their_checkpoints_open_here(case: dict[str, Any]) -> None:
    """Text, size, root, log signature and cosignature with its time are what the other program meant."""
    opened = open_note(case["note"].encode(), KEYS)
    checkpoint = parse_checkpoint(opened.text)
    assert (checkpoint.size, checkpoint.root.hex()) == (case["size"], case["root"])
    assert [one.time for one in opened.verified] == [None, case["time"]]


def test_their_plain_notes_open_here() -> None:
    """A note that is no checkpoint, with an empty line and Kazakh letters in its text."""
    assert "қазақша" in open_note(PEER["plain"].encode(), KEYS).text.decode()


@pytest.mark.parametrize("case", PEER["ours"], ids=lambda one: str(one["size"]))
def test_what_they_opened_is_what_we_still_write(case: dict[str, Any], tmp_path: Path) -> None:
    """Our signature and cosignature are, byte for byte, those that the other program verified."""
    assert our_note(small_log(tmp_path / "log", 40), case["size"]).decode() == case["note"]


def our_note(world: World, size: int) -> bytes:
    """Return a checkpoint of ours with the signature of a log and of a witness."""
    return sign_note(open_note(world.note(size), [LOG.verifier()]).text, LOG, WITNESS.at(7))


@pytest.fixture
def peer() -> str:
    """Return a Python that has actasum[sign] 0.1.0, named by SECONDCOUNT_PEER; the vectors above need none."""
    found = os.environ.get("SECONDCOUNT_PEER", "")
    if not found:
        pytest.skip("SECONDCOUNT_PEER names no Python with actasum")
    return found


def test_our_notes_open_there_and_their_witness_cosigns_them(peer: str, tmp_path: Path) -> None:
    """The other program verifies our log signature and cosignature, and its witness follows our log."""
    world = small_log(tmp_path / "log", 40)
    from_us = [our_note(world, one["size"]) for one in PEER["ours"]]
    given = {
        "keys": [str(LOG.verifier()), str(WITNESS.verifier())],
        "notes": [one.decode() for one in from_us],
        "folder": str(tmp_path / "witness"),
        "requests": [
            encode_request(old, world.log.consistency(old, new), world.note(new)).decode()
            for old, new in ((0, 7), (7, 40), (7, 40))
        ],
    }
    command = (peer, "-c", OPEN)
    said = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True).stdout
    *opened, first, second, third, key = said.splitlines()
    assert opened == ["2 2", "2 2"]
    assert [first[:3], second[:3], third] == ["200", "200", '409 "40\\n"']
    line = json.loads(second[4:]).encode()
    assert open_note(world.note(40) + line, [LOG.verifier(), parse_vkey(key)]).verified[1].time == 1_800_000_000
