"""More than a hundred bad archives, each the good one with one named change, and the code that it is refused with.

An *outsider* changes files of a published archive; an *insider* has the log's key and signs what is not right.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from museum.archives.good import ORIGIN, Kit, copy, ed25519, good_kit, rotation, sheet
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.digest import EMPTY_ROOT, sha256_hex
from secondcount.evidence.entries import Blob, Copy, Correction, File, Key, Verdict, encode_entry
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import append_entries
from secondcount.evidence.note import Algorithm, add_lines, sign_note, signature_line
from secondcount.evidence.policy import Party, make_policy
from secondcount.evidence.strict import encode_base64
from secondcount.evidence.tiles import encode_bundle, parse_bundle
from secondcount.evidence.verify import Rederived

__all__ = ["EXHIBITS", "Exhibit"]

BUNDLE, PARTIAL, TILE, RIM = "tile/entries/000", "tile/entries/001.p/41", "tile/0/000", "tile/1/000.p/1"
TABLE = sha256_hex(b"a table of copies")
STRANGER = ed25519("stranger.example/log", "stranger")
WITNESS = ed25519("witness.example/w", "witness", Algorithm.COSIGNATURE)
OTHER = ed25519(ORIGIN, "another key of the log")


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One bad archive: its name says what is wrong; `make` writes it; `options` are what the verifier brings along."""

    name: str
    code: str
    make: Callable[[Path], object]
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def outside(name: str, code: str, change: Callable[[Path], object], **options: Any) -> Exhibit:
    """Return an exhibit in which somebody without the key changed the folder."""
    return Exhibit(name=name, code=code, make=lambda folder: change(good_kit().publish(folder)), options=options)


def inside(name: str, code: str, change: Callable[[Kit], object], **options: Any) -> Exhibit:
    """Return an exhibit that somebody with the key has made."""

    def make(folder: Path) -> None:
        kit = good_kit()
        change(kit)
        kit.publish(folder)

    return Exhibit(name=name, code=code, make=make, options=options)


# What hands do ------------------------------------------------------------------------------------------------------


def flip(path: str, at: int = -3) -> Callable[[Path], object]:
    """Change the lowest bit of one byte of a file."""

    def change(folder: Path) -> None:
        data = bytearray((folder / path).read_bytes())
        data[at] ^= 1
        (folder / path).write_bytes(data)

    return change


def write(path: str, data: bytes) -> Callable[[Path], object]:
    """Put a file there."""

    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)

    return change


def edit(path: str, how: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Change the bytes of a file."""
    return lambda folder: (folder / path).write_bytes(how((folder / path).read_bytes()))


def remove(path: str) -> Callable[[Path], object]:
    """Take a file away."""
    return lambda folder: (folder / path).unlink()


def blob(folder: Path) -> Path:
    """Return the file of the photo."""
    digest = sha256_hex(b"a masked photo")
    return folder / "blob" / digest[:2] / digest


def linked(name: str) -> Callable[[Path], object]:
    """Put a link in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).rename(folder.parent / "elsewhere.txt")
        (folder / name).symlink_to(folder.parent / "elsewhere.txt")

    return change


def foldered(name: str) -> Callable[[Path], object]:
    """Put a folder in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return change


def linked_folder(folder: Path) -> None:
    """Put a link in the place of a folder."""
    (folder / "blob").rename(folder.parent / "elsewhere")
    (folder / "blob").symlink_to(folder.parent / "elsewhere")


def original(folder: Path) -> None:
    """Show an original, whose digest an entry names and whose bytes are private."""
    data = b"original of a masked photo"
    write(f"blob/{sha256_hex(data)[:2]}/{sha256_hex(data)}", data)(folder)


def rebuilt(change: Callable[[list[bytes]], object]) -> Callable[[Path], object]:
    """Change entries and build bundles and tiles again; the checkpoint stays as it was signed."""

    def make(folder: Path) -> None:
        kept = (folder / "checkpoint").read_bytes()
        kit = good_kit()
        change(kit.entries)
        for path in (folder / "tile").rglob("*"):
            if path.is_file():
                path.unlink()
        append_entries(LocalStore(folder, durable=False), 0, kit.entries)
        (folder / "checkpoint").write_bytes(kept)

    return make


def swap(entries: list[bytes]) -> None:
    """Let two entries change places."""
    entries[10], entries[20] = entries[20], entries[10]


def replace_entry(entries: list[bytes]) -> None:
    """Give a sheet other votes."""
    entries[10] = encode_entry(sheet(6, TABLE, votes=8))


def swap_in_bundle(folder: Path) -> None:
    """Let two entries of one bundle change places, and nothing else."""
    path = folder / PARTIAL
    first, second, *rest = parse_bundle(path.read_bytes())
    path.write_bytes(encode_bundle([second, first, *rest]))


# What keys do -------------------------------------------------------------------------------------------------------


def raw(**changes: Any) -> bytes:
    """Return a sheet as JSON with some fields changed (None: left out), whatever the types say."""
    value = json.loads(encode_entry(sheet(900, TABLE)))
    value.update(changes)
    value = {name: one for name, one in value.items() if one is not None}
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def adding(*entries: Any, blobs: tuple[bytes, ...] = ()) -> Callable[[Kit], object]:
    """Append entries."""
    return lambda kit: kit.add(*entries, blobs=blobs)


def signed_text(path: str, how: Callable[[bytes], bytes], key: Any = None) -> Callable[[Path], object]:
    """Change the text of a note, and sign it again."""

    def change(folder: Path) -> None:
        text = how((folder / path).read_bytes().rpartition(b"\n\n")[0] + b"\n")
        (folder / path).write_bytes(sign_note(text, key or good_kit().key))

    return change


def stranger_line(folder: Path) -> None:
    """Add a signature line that is valid, and of nobody who is known."""
    note = (folder / "checkpoint").read_bytes()
    text = note.rpartition(b"\n\n")[0] + b"\n"
    (folder / "checkpoint").write_bytes(add_lines(note, [signature_line(STRANGER, text)]))


def founded_elsewhere(kit: Kit) -> None:
    """Let the first entry name another log."""
    found = json.loads(kit.entries[0])
    kit.entries[0] = json.dumps(
        {**found, "origin": "other.example/log"}, sort_keys=True, separators=(",", ":")
    ).encode()


def rotated(sign_with_old: bool) -> Callable[[Kit], object]:
    """Hand over to another key; the old one may go on signing."""

    def change(kit: Kit) -> None:
        kit.add(rotation(kit.key, OTHER))
        kit.key = kit.key if sign_with_old else OTHER

    return change


def stolen(kit: Kit) -> None:
    """Make the same archive under another key from the beginning."""
    found = json.loads(kit.entries[0])
    kit.key = OTHER
    kit.entries[0] = json.dumps(
        {**found, "key": str(OTHER.verifier())}, sort_keys=True, separators=(",", ":")
    ).encode()


def bad_rotation(kit: Kit) -> None:
    """Let a stranger sign the hand-over."""
    good = rotation(kit.key, OTHER)
    kit.add(Key(new=good.new, old=good.old, signature=encode_base64(bytes(64))))


def there_and_back(kit: Kit) -> None:
    """Hand over to another key, and back to the one before."""
    kit.add(rotation(kit.key, OTHER), rotation(OTHER, kit.key))


def other_rotation(kit: Kit) -> None:
    """Hand over from a key that is not the current one."""
    kit.add(rotation(OTHER, ed25519(ORIGIN, "a third key")))


def with_witness(kit: Kit) -> None:
    """Let a witness cosign, as the archive's policy asks."""
    kit.witnesses, kit.quorum = [WITNESS], 1


def note_of(size: int, root: bytes = bytes(32), origin: str = ORIGIN, key: Any = None) -> bytes:
    """Return a checkpoint of any size and root, signed."""
    return sign_note(Checkpoint(origin=origin, size=size, root=root).encode(), key or good_kit().key)


def as_it_is(_: Kit) -> None:
    """Change nothing: what is wrong is what the verifier knows."""


def otherwise(*_: object) -> Rederived:
    """Derive something else."""
    return Rederived(data=b"{ }")


def stamping(text_of: bytes, note: bytes | None) -> Callable[[Kit], object]:
    """Add a timestamp of a text, and the checkpoint that it is said to be of."""

    def change(kit: Kit) -> None:
        name = f"timestamp/{sha256_hex(text_of)}"
        kit.files[f"{name}.tsr"] = b"a token"
        if note is not None:
            kit.files[f"{name}.checkpoint"] = note

    return change


def text(note: bytes) -> bytes:
    """Return the text of a note."""
    return note.rpartition(b"\n\n")[0] + b"\n"


def verdict(size: int, digest: str = sha256_hex(b"{}")) -> Verdict:
    """Return a verdict entry."""
    return Verdict(derivation=1, digest=digest, release="0.3.0", tree_size=size)


ANOTHER = note_of(297, origin="other.example/log", key=ed25519("other.example/log", "other"))
EARLIER = note_of(100)
OLD_SIZE = 300
ASKING = make_policy(good_kit().key.verifier(), [Party(key=WITNESS.verifier())], 1)
FOREIGN_LOG = make_policy(STRANGER.verifier(), [Party(key=WITNESS.verifier())], 1)
TWICE = File(digest=sha256_hex(b"format = 1\n"), name="again.toml", size=12)
DEEP = b'{"kind":"later","x":' + b"[" * 5000 + b"]" * 5000 + b"}"

FILES = (
    outside("checkpoint_missing", "V102", remove("checkpoint")),
    outside("manifest_missing", "V102", remove("manifest")),
    outside("log_key_missing", "V102", remove("log.vkey")),
    outside("bundle_missing", "V106", remove(BUNDLE)),
    outside("tile_missing", "V106", remove(TILE)),
    outside("tile_cut_short", "V117", edit(TILE, lambda data: data[:-1])),
    outside("tile_grown", "V117", edit(TILE, lambda data: data + b"\0")),
    outside("superseded_partial_tile", "V111", write("tile/0/001.p/40", bytes(32 * 40))),
    outside("partial_tile_of_a_full_one", "V111", write("tile/0/000.p/255", bytes(32 * 255))),
    outside("tile_beyond_the_checkpoint", "V110", write("tile/0/002.p/1", bytes(32))),
    outside("bundle_beyond_the_checkpoint", "V110", write("tile/entries/001", bytes(9))),
    outside(
        "checkpoint_of_an_earlier_size", "V110", edit("checkpoint", lambda data: data.replace(b"\n297\n", b"\n296\n"))
    ),
    outside("tile_of_width_256", "V107", write("tile/0/001.p/256", bytes(8192))),
    outside("tile_index_of_four_digits", "V107", write("tile/0/0000", bytes(8192))),
    outside("tile_of_level_64", "V107", write("tile/64/000.p/1", bytes(32))),
    outside("foreign_file", "V103", write("results.csv", b"station,votes\n")),
    outside("hidden_file", "V103", write(".DS_Store", b"\0")),
    outside("foreign_folder", "V103", write("extra/file", b"")),
    outside("private_file_in_public", "V103", write("index.sqlite", b"SQLite format 3\0")),
    outside("timestamp_not_listed", "V104", write(f"timestamp/{'0' * 64}.tsr", b"")),
    outside("program_listed_nowhere", "V103", write("verify2.py", b"print('verified')\n")),
    outside("listed_file_missing", "V105", remove("README.txt")),
    outside("half_written_file", "V112", write("checkpoint.writing-0", b"")),
    outside("name_with_backslash", "V113", write("blob\\..\\x", b"")),
    outside("name_with_line_feed", "V113", write("check\npoint", b"")),
    outside("name_with_a_cyrillic_letter", "V114", write("m\u0430nifest", b"")),
    outside("name_in_capitals", "V115", write("Checkpoint", b"")),
    outside("blob_name_in_capitals", "V108", write(f"blob/AA/{'A' * 64}", b"")),
    outside("blob_in_another_folder", "V108", lambda folder: blob(folder).rename(folder / "blob" / blob(folder).name)),
    outside("link_for_a_file", "V116", linked("README.txt")),
    outside("link_for_a_folder", "V116", linked_folder),
    outside("pipe_for_a_file", "V116", lambda folder: os.mkfifo(folder / "pipe")),
    outside("link_for_the_checkpoint", "V116", linked("checkpoint")),
    outside("link_for_the_manifest", "V116", linked("manifest")),
    outside("link_for_the_policy", "V116", linked("policy")),
    outside("folder_for_the_key", "V102", foldered("log.vkey")),
    outside("empty_checkpoint", "V204", write("checkpoint", b"")),
    outside("checkpoint_that_is_no_note", "V204", write("checkpoint", b"museum.example/election\n297\n")),
    outside("manifest_that_is_no_note", "V204", write("manifest", b"museum.example/election/manifest\n")),
)
"""Step 1."""

SIGNED = (
    outside("bit_in_the_root", "V209", flip("checkpoint", 30)),
    outside("bit_in_the_signature", "V209", flip("checkpoint", -10)),
    outside("bit_in_the_origin", "V282", flip("checkpoint", 2)),
    outside("bit_in_the_manifest", "V209", flip("manifest", 40)),
    outside("listed_file_changed", "V286", flip("README.txt")),
    outside("program_changed", "V286", flip("verify.py", 100)),
    outside("policy_changed", "V286", edit("policy", lambda data: b"# nobody\n" + data)),
    outside("key_file_is_no_key", "V212", write("log.vkey", b"museum.example/election\n")),
    outside("key_file_with_a_blank", "V280", edit("log.vkey", lambda data: b" " + data)),
    outside("key_file_of_another_key", "V210", write("log.vkey", f"{OTHER.verifier()}\n".encode())),
    outside("signed_by_a_stranger_alone", "V210", signed_text("checkpoint", bytes, STRANGER)),
    outside("cosigned_by_a_stranger", "V284", stranger_line),
    outside(
        "manifest_of_another_log", "V282", signed_text("manifest", lambda data: data.replace(b"museum", b"elsewh", 1))
    ),
    outside(
        "manifest_that_leads_elsewhere",
        "V123",
        signed_text("manifest", lambda data: data + b"0" * 64 + b" 1 zz/../../x\n"),
    ),
    outside(
        "manifest_out_of_order", "V122", signed_text("manifest", lambda data: data + data.split(b"\n")[1] + b"\n")
    ),
    outside("manifest_with_a_remark", "V121", signed_text("manifest", lambda data: data + b"# checked\n")),
    outside("checkpoint_with_an_extension", "V285", signed_text("checkpoint", lambda data: data + b"note: recount\n")),
    outside("checkpoint_of_no_entries", "V101", write("checkpoint", note_of(0, EMPTY_ROOT))),
    outside("checkpoint_of_a_made_up_size", "V111", write("checkpoint", note_of(10**15))),
    outside("checkpoint_of_another_log", "V282", write("checkpoint", ANOTHER)),
    outside("signed_in_another_way", "V281", write("log.vkey", f"{WITNESS.verifier()}\n".encode())),
    inside("not_the_key_that_is_trusted", "V287", stolen, key=good_kit().key.verifier()),
    inside("too_few_witnesses", "V380", as_it_is, policy=ASKING),
    inside("log_of_another_policy", "V381", with_witness, policy=FOREIGN_LOG),
    inside("timestamp_of_nothing", "V480", stamping(text(EARLIER), None)),
    inside("timestamp_of_another_log", "V481", stamping(text(ANOTHER), ANOTHER)),
    inside("timestamp_under_another_name", "V481", stamping(b"another text", EARLIER)),
)
"""Steps 2 to 4."""

TREE = (
    outside("bit_in_a_tile", "V580", flip(TILE, 700)),
    outside("bit_in_an_entry", "V580", flip(BUNDLE, 9000)),
    outside("bit_in_a_length", "V512", flip(PARTIAL, 1)),
    outside("bundle_cut_short", "V512", edit(BUNDLE, lambda data: data[:-5])),
    outside(
        "bundle_without_its_last_entry", "V523", edit(BUNDLE, lambda data: encode_bundle(parse_bundle(data)[:-1]))
    ),
    outside("bundle_with_one_entry_more", "V513", edit(BUNDLE, lambda data: data + encode_bundle([b"{}"]))),
    outside("entries_of_a_bundle_swapped", "V580", swap_in_bundle),
    outside("bit_in_a_higher_tile", "V581", flip(RIM)),
    outside("entry_replaced_and_tree_rebuilt", "V582", rebuilt(replace_entry)),
    outside("entries_swapped_and_tree_rebuilt", "V582", rebuilt(swap)),
    inside("root_of_something_else", "V582", lambda kit: setattr(kit, "root", bytes(range(32)))),
    inside("stamped_history_is_another", "V583", stamping(text(EARLIER), EARLIER)),
    inside("old_checkpoint_of_a_stranger", "V584", as_it_is, old=note_of(5, key=OTHER)),
    inside("older_than_what_is_known", "V586", as_it_is, old=note_of(OLD_SIZE)),
    inside("two_histories", "V587", as_it_is, old=EARLIER),
    inside("two_roots_of_one_size", "V587", as_it_is, old=note_of(297)),
)
"""Step 5."""

ENTRIES = (
    inside("entry_with_spaces", "V604", adding(raw().replace(b":", b": ", 1))),
    inside("entry_with_a_float", "V602", adding(raw(level=1.5))),
    inside("entry_with_a_number_too_large", "V602", adding(raw(version=2**53))),
    inside(
        "entry_with_a_key_twice",
        "V604",
        adding(raw().replace(b'{"area":"north",', b'{"area":"north","area":"north",')),
    ),
    inside("entry_that_is_no_json", "V600", adding(b"station 001: 345 votes")),
    inside("entry_of_nothing", "V600", adding(b"")),
    inside("entry_that_is_no_utf_8", "V601", adding(b'{"kind":"later","x":"\xff"}')),
    inside("entry_nested_too_deeply", "V605", adding(DEEP)),
    inside("entry_nested_one_too_deeply", "V605", adding(b'{"kind":"later","x":' + b"[" * 32 + b"]" * 32 + b"}")),
    inside("entry_without_a_kind", "V611", adding(b"{}")),
    inside("entry_twice", "V681", lambda kit: kit.add(kit.entries[7])),
    inside("entry_twice_in_one_bundle", "V681", lambda kit: kit.entries.insert(9, kit.entries[8])),
    inside("no_founding_entry", "V680", lambda kit: kit.entries.pop(0)),
    inside("founding_entry_not_the_first", "V680", lambda kit: kit.entries.insert(3, kit.entries.pop(0))),
    inside("founded_as_another_log", "V682", founded_elsewhere),
    inside("founded_twice", "V683", lambda kit: kit.add(kit.entries[0].replace(b"museum.2030", b"museum.2031"))),
    inside("hand_over_not_signed", "V251", bad_rotation),
    inside("hand_over_from_another_key", "V250", other_rotation),
    inside("key_of_before_again", "V253", there_and_back),
    inside("expired_key", "V684", rotated(sign_with_old=True)),
    inside("key_without_a_history", "V685", lambda kit: setattr(kit, "key", OTHER)),
)
"""Step 6."""

BLOBS = (
    outside("blob_missing", "V700", lambda folder: blob(folder).unlink()),
    outside("bit_in_a_blob", "V701", lambda folder: flip(str(blob(folder).relative_to(folder)))(folder)),
    outside("original_of_a_photo", "V703", original),
    inside(
        "sized_blob_in_a_list_missing",
        "V700",
        adding(b'{"kind":"later","x":[{"digest":"%b","size":1}]}' % (b"5" * 64)),
    ),
    outside("blob_that_nothing_names", "V703", write(f"blob/aa/aa{'0' * 62}", b"")),
    inside(
        "blob_of_another_size",
        "V702",
        adding(
            Copy(
                contest="list",
                derivative=Blob(digest=sha256_hex(b"x"), size=2, type="image/png"),
                level=1,
                original=sha256_hex(b"y"),
                station="003",
            ),
            blobs=(b"x",),
        ),
    ),
    inside(
        "blob_of_two_sizes",
        "V704",
        lambda kit: kit.add(encode_entry(copy(b"a masked photo", "009")).replace(b'"size":14', b'"size":15')),
    ),
)
"""Step 7."""

FIELDS = (
    inside("field_that_the_kind_has_not", "V614", adding(raw(remark="counted by candle light"))),
    inside("field_missing", "V613", adding(raw(station=None))),
    inside("text_for_a_number", "V615", adding(raw(level="2"))),
    inside("negative_votes", "V615", adding(raw(cells={"nur": -1, "union": 7}))),
    inside("digest_in_capitals", "V616", adding(raw(basis={"file": TABLE.upper(), "row": 2}))),
    inside("figure_without_its_state", "V801", adding(raw(states="=i"))),
    inside("names_an_entry_that_is_not_there", "V880", adding(Correction(by="1" * 64, of="2" * 64, reason="misread"))),
    inside("sheet_that_rests_on_nothing", "V882", adding(sheet(901, "3" * 64))),
    inside("verdict_of_entries_to_come", "V881", adding(verdict(5_000), blobs=(b"{}",))),
)
"""Step 8."""

VERDICTS = (inside("verdict_that_does_not_follow", "V900", adding(verdict(200), blobs=(b"{}",)), rederive=otherwise),)
"""Step 9."""

EXHIBITS = (*FILES, *SIGNED, *TREE, *ENTRIES, *BLOBS, *FIELDS, *VERDICTS)
