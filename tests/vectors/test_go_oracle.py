"""Other people's code judges our log: golang.org/x/mod/sumdb reads our note, every tile and every record.

Needs Debian's packages golang-go and golang-golang-x-mod-dev; `make test` installs them where it may (tools/go.py).
"""

from __future__ import annotations

import subprocess
from itertools import cycle
from pathlib import Path

import pytest

import go
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.keys import generate_key
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log, append_entries, remove_superseded
from secondcount.evidence.note import Algorithm, open_note, parse_vkey, sign_note
from secondcount.evidence.strict import encode_base64

PROGRAM = Path(__file__).parent.parent / "oracle" / "check_log.go"
ORIGIN = "example.org/log"
SIZE = 100_000
KEY = generate_key(ORIGIN)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program, built from our source and Debian's libraries."""
    command = go.find()
    if command is None:
        pytest.skip("no Go with golang.org/x/mod: install " + " ".join(go.PACKAGES))
    folder = tmp_path_factory.mktemp("go")
    program = folder / "check_log"
    build = (command, "build", "-o", program, PROGRAM)
    subprocess.run(build, env=go.environment(folder / "cache"), cwd=folder, check=True)
    return program


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a log of 100,000 entries, appended in uneven batches, with a checkpoint and some of our proofs."""
    folder = tmp_path_factory.mktemp("log")
    store = LocalStore(folder, durable=False)
    entries = [b"entry %d " % number + b"x" * (number * 7 % 300) for number in range(SIZE)]
    batches, size, root = cycle([1, 255, 256, 257, 5_000, 12_345]), 0, None
    while size < SIZE:
        batch = entries[size : size + next(batches)]
        grown = append_entries(store, size, batch, root)
        remove_superseded(store, grown.size, since=size)
        size, root = grown.size, grown.root
    text = Checkpoint(origin=ORIGIN, size=SIZE, root=Log(store, SIZE).root(SIZE)).encode()
    witnesses = [generate_key(f"witness.example/{kind.name}", kind).at(1) for kind in list(Algorithm)[1:]]
    store.create("checkpoint", sign_note(text, KEY, *witnesses))
    store.create("proofs", proofs(Log(store, SIZE)))
    return folder


def proofs(log: Log) -> bytes:
    """Return our proofs of some entries and of some older sizes, one per line."""
    lines: list[str] = []
    for index in [SIZE - 1, *range(0, SIZE - 1, 201)]:
        lines.append(f"inclusion {index} {' '.join(map(encode_base64, log.inclusion(index, SIZE)))}")
    for size in [256, 65_536, SIZE - 1, *range(1, SIZE - 1, 501)]:
        told = (log.root(size), *log.consistency(size, SIZE))
        lines.append(f"consistency {size} {' '.join(map(encode_base64, told))}")
    return "".join(f"{line}\n" for line in lines).encode()


def asked(judge: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what the program says of a log."""
    command = (judge, "check", folder, str(KEY.verifier()))
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_go_accepts_our_note_every_tile_and_every_record(judge: Path, folder: Path) -> None:
    """Go verifies the signature, ignores two cosignatures, makes the same tiles, and accepts our proofs."""
    said = asked(judge, folder)
    assert (said.stderr, said.returncode) == ("", 0)
    assert said.stdout == "records 100000 tiles 394 proofs 702 ignored 2\n"


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/390.p/160", "tile/1/000", "tile/entries/123", "proofs"])
def test_go_sees_one_flipped_bit(judge: Path, folder: Path, name: str) -> None:
    """The judge is no rubber stamp: a bit flipped in any kind of file is refused by it."""
    path = folder / name
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[20] ^= 1  # of the note: within its text
    path.write_bytes(changed)
    try:
        assert asked(judge, folder).returncode == 1
    finally:
        path.write_bytes(whole)


def test_go_sees_a_file_too_many(judge: Path, folder: Path) -> None:
    """A superseded partial tile that stayed is refused."""
    extra = folder / "tile" / "0" / "390.p" / "7"
    extra.write_bytes(b"\0" * 224)
    try:
        assert "is not a file of this log" in asked(judge, folder).stderr
    finally:
        extra.unlink()


def test_we_accept_a_note_that_go_signed(judge: Path) -> None:
    """A checkpoint and key made by Go are opened here, and state what Go put into them."""
    said = subprocess.run((judge, "sign", ORIGIN), capture_output=True, check=True).stdout
    vkey, _, note = said.partition(b"\n")
    found = parse_checkpoint(open_note(note, (parse_vkey(vkey.decode()),)).text)
    assert found == Checkpoint(origin=ORIGIN, size=1, root=leaf_hash(b"only record"))
