"""Build the archive of this release: one of everything that an archive may hold, with fixed keys, seed and clock.

`python tests/archives/build.py` (with `tests` on the path) writes `tests/archives/<release>.zip`, once. What is
written is never written again: from then on it must verify, and its verdict must be derived again byte for byte, by
every later release. The election is that of Kazakhstan in 2012; the copies are made up (`secondcount.rehearsal`).
"""

from __future__ import annotations

import hashlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from intaking.photos import encoded, patterned
from secondcount import archives
from secondcount.custody import beginning, rotate
from secondcount.custody.archive import Archive, load_head, load_log_key
from secondcount.custody.beginning import Plan, create_archive
from secondcount.custody.cosigning import ask_witnesses
from secondcount.custody.images import Brought, known_contest, receive_photo
from secondcount.custody.importing import ArrivingTable
from secondcount.custody.pseudonyms import PSEUDONYMS, Pseudonyms
from secondcount.custody.publish import publish_verdict
from secondcount.custody.receipts import find_entries, receipts_of
from secondcount.custody.rotate import rotate_key
from secondcount.custody.sequencer import append_batch, drain, looking
from secondcount.custody.withdraw import withdraw_blob
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Deployment, Entry, File, Outcome, Reply, encode_entry
from secondcount.evidence.keys import SigningKey
from secondcount.evidence.note import Algorithm, signature_line, split_note
from secondcount.evidence.policy import Party, make_policy
from secondcount.intake import Mask
from secondcount.jurisdictions import shipped_document
from secondcount.rehearsal import almaty_2012

__all__ = ["CLAIM", "FIRST_KEY", "RELEASE", "SECOND_KEY", "WITNESSES", "build", "policy_text"]

RELEASE = "0.3.0"
ORIGIN = "archive.example/kz2012"
ELECTION = "kazakhstan.majilis.2012"
CLAIM = "OSDP >= 7%"
NOW = datetime(2012, 1, 16, 6, 0, tzinfo=UTC)
COPIES = 42  # rows of the made-up table that go into the archive: 40 stations, some with two copies
CORRECTED = "026"  # the station whose copy is read anew: 10 votes stood in the wrong line
PHOTOGRAPHED = "042"


def fixed_key(name: str, seed: str, algorithm: Algorithm = Algorithm.ED25519) -> SigningKey:
    """Return the key that belongs to a seed: anybody can sign with it, so it says nothing of who did."""
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"secondcount/archives/{seed}".encode()).digest())
    return SigningKey(name, algorithm, private)


FIRST_KEY, SECOND_KEY = (fixed_key(ORIGIN, seed) for seed in ("first", "second"))
WITNESSES = [fixed_key(f"witness.example/{one}", one, Algorithm.COSIGNATURE) for one in ("north", "south")]


def build(folder: Path) -> bytes:
    """Build the archive in a folder, and return it with its receipts as a zip file."""
    archive = _begin(folder)
    _take_in(archive)
    _correct(archive, folder)
    publish_verdict(archive, archives.derive_for([CLAIM], RELEASE), claims=[CLAIM], contest="", now=NOW)
    _what_became_of_it(archive)
    with patch.object(rotate, "generate_key", lambda _: SECOND_KEY):
        rotate_key(archive, folder / "second.key", NOW)
    archive = _cosigned(opened(folder))
    return _zipped(archive)


def opened(folder: Path) -> Archive:
    """Return the archive as whoever opens it next finds it."""
    return beginning.open_archive(str(folder / "archive"), {})


def policy_text() -> bytes:
    """Return the policy of whoever trusts both witnesses."""
    parties = [Party(key=one.verifier()) for one in WITNESSES]
    return make_policy(SECOND_KEY.verifier(), parties, len(parties)).encode()


def _begin(folder: Path) -> Archive:
    name, definition = shipped_document(ELECTION)
    plan = Plan(
        location=str(folder / "archive"),
        origin=ORIGIN,
        election=ELECTION,
        definition=name,
        data=definition,
        params={},
        key_file=folder / "first.key",
        readme=b"The archive of a release of Secondcount, kept to be verified for ever. Its copies are made up.\n",
    )
    with patch.object(beginning, "generate_key", lambda _: FIRST_KEY):
        archive = create_archive(plan, {})
    archive.private.create(PSEUDONYMS, Pseudonyms(secret=b"\x2a" * 32).encode())
    return archive


def _take_in(archive: Archive) -> None:
    """Import the made-up tables; announce, receive and withdraw."""
    copies, _ = almaty_2012()
    head = b"".join(copies.data.splitlines(keepends=True)[: COPIES + 2])
    archives.import_into(archive, sheets=[ArrivingTable(name=copies.name, data=head)], now=NOW)
    listed = b"station\n" + b"".join(b"%s\n" % one.encode() for one in (CORRECTED, PHOTOGRAPHED, "480"))
    stations = File(digest=sha256_hex(listed), name="observed.csv", size=len(listed))
    append_batch(
        archive, [encode_entry(Deployment(announced="2012-01-15T00:00:00Z", stations=stations))], [listed], now=NOW
    )
    first = _photo(archive, "", Mask(left=0, top=0, width=24, height=24))
    drain(archive, NOW)
    withdraw_blob(archive, first[1], "personal_data", NOW)
    _photo(archive, first[0], Mask(left=0, top=0, width=48, height=48))
    drain(archive, NOW)


def _photo(archive: Archive, supersedes: str, mask: Mask) -> tuple[str, str]:
    """Take a photo in, and return the digests of its entry and of its picture."""
    brought = Brought(
        station=PHOTOGRAPHED,
        contest=known_contest(archive, "list"),
        collector="team-7",
        level=2,
        supersedes=supersedes,
        synthetic=True,
    )
    found = receive_photo(archive, "photo.jpg", encoded(patterned()), brought, masks=(mask,), now=NOW)
    return found.digest, found.photo.derivative_digest


def _correct(archive: Archive, folder: Path) -> None:
    """Let the copy of a station be read anew."""
    with looking(opened(folder)) as (_, index):
        old = index.by_station(CORRECTED)[0].leaf
    copies, _ = almaty_2012()
    comment, header, *rows = copies.data.splitlines(keepends=True)
    row = next(one for one in rows if one.startswith(CORRECTED.encode())).split(b",")
    names = header.strip().split(b",")
    for name, more in ((b"nur_otan", -10), (b"osdp", 10)):
        row[names.index(name)] = b"%d" % (int(row[names.index(name)]) + more)
    table = ArrivingTable(name="read-anew.csv", data=comment + header + b",".join(row))
    archives.correct_by_table(archive, old, table, "misread", NOW)


def _what_became_of_it(archive: Archive) -> None:
    with looking(archive) as (_, index):
        deployment = index.of_kind("deployment")[0].leaf
    entries: list[Entry] = [
        Outcome(deployment=deployment, outcome="refused", station="480", time="2012-01-15T18:00:00Z"),
        Reply(answer="no_answer", answered="2012-02-01", to=deployment),
    ]
    append_batch(archive, [encode_entry(one) for one in entries], now=NOW)


def _cosigned(archive: Archive) -> Archive:
    """Have both witnesses cosign the newest checkpoint."""
    parties = [Party(key=one.verifier()) for one in WITNESSES]
    ask_witnesses(archive, NOW, policy=make_policy(load_log_key(archive), parties, len(parties)).encode())
    text, _ = split_note(load_head(archive).note)
    lines = b"".join(signature_line(one.at(int(NOW.timestamp())), text) for one in WITNESSES)
    ask_witnesses(archive, NOW, lines=lines)
    return archive


def _zipped(archive: Archive) -> bytes:
    """Return the public part and some receipts as a zip file; its bytes hang on nothing else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for path, data in _files(archive):
            target.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files(archive: Archive) -> Iterator[tuple[str, bytes]]:
    for name in archive.public.names():
        yield f"public/{name}", archive.public.load(name)
    with looking(archive) as (place, index):
        for wanted in (CORRECTED, PHOTOGRAPHED, "0"):
            for one in receipts_of(place, find_entries(place, index, wanted)):
                yield f"receipts/{one.file_name}", one.proof


if __name__ == "__main__":
    target = Path(__file__).with_name(f"{RELEASE}.zip")
    with tempfile.TemporaryDirectory() as name:
        data = build(Path(name))
    if target.exists():
        sys.exit("the archive of this release is there already; it is never built again")
    target.write_bytes(data)
    sys.stdout.write(f"{target}: {len(data):,} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}\n")
