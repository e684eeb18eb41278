#!/usr/bin/env python3
"""Verify this archive of an election with nothing but Python 3.11 and the package `cryptography`.

    python3 verify.py [FOLDER] [--key VERIFIER_KEY] [--policy FILE]

FOLDER is the public part (default: where this file lies). Do not trust the copy that comes with an archive: read it,
or take it from elsewhere. Written from docs/evidence.md alone. Exit codes: 0 verified, 1 refused, 2 else.
"""

# fmt: off
import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

BLOB = re.compile(r"blob/([0-9a-f]{2})/(\1[0-9a-f]{62})")
LISTED = re.compile(r"log\.vkey|policy|README\.txt|verify\.py|timestamp/[0-9a-f]{64}\.(tsr|checkpoint)"
                    r"|unverified/[0-9a-f]{64}\.sig")
BLOB_FIELDS = {"custody": ("issues", "layout"), "publication": ("layout",), "reply": ("blob",), "verdict": ("digest",),
               "observation": ("form",), "incident": ("media",), "eligibility": ("source",)}
KINDS = re.compile("adjudication|commitment|copy|correction|custody|deployment|draw|election|eligibility|incident|key"
                   "|plan|observation|outcome|override|provenance|publication|reading|reply|sheet|stations|verdict|withdrawal")

class Refused(Exception):  # noqa: N818 - that is what happens to the archive
    """The archive is not what it should be."""

Key = NamedTuple("Key", [("name", str), ("kind", int), ("public", bytes), ("id", bytes)])  # noqa: UP014 - 250 lines

def need(holds: object, why: str) -> None:
    """Refuse the archive unless something holds."""
    if not holds:
        raise Refused(why)

def sha(data: bytes) -> bytes:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).digest()

def base64_bytes(text: str) -> bytes:
    """Return what strict base64 stands for."""
    data = base64.b64decode(text + "====")
    need(data and base64.b64encode(data).decode() == text, f"not strict base64: {text[:60]!r}")
    return data

def parse_key(line: str) -> Key:
    """Return a verifier key from its text (C2SP signed-note)."""
    name, identity, data = (*line.split("+", 2), "", "")[:3]
    raw = base64_bytes(data)
    key_id = sha(name.encode() + b"\n" + raw)[:4]
    good = name and identity == key_id.hex() and len(raw) == {1: 33, 4: 33, 6: 1313}.get(raw[0])
    need(good and not any(map(str.isspace, name)), f"not a verifier key: {line[:80]!r}")
    return Key(name, raw[0], raw[1:], key_id)

def check_signature(key: Key, text: bytes, signature: bytes) -> None:
    """Refuse a signature that is not one of this key over this text (signed-note, tlog-cosignature)."""
    moment, rest = int.from_bytes(signature[:8], "big"), signature[8:]
    try:
        if key.kind == 1:
            return Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
        need(moment < 1 << 63, f"the time of {key.name} is out of range")
        message = b"cosignature/v1\ntime %d\n%b" % (moment, text)
        if key.kind == 4:
            return Ed25519PublicKey.from_public_bytes(key.public).verify(rest, message)
        origin, size, root = text.decode().split("\n")[:3]
        name, log = (bytes([len(one.encode())]) + one.encode() for one in (key.name, origin))
        numbers = [one.to_bytes(8, "big") for one in (moment, 0, int(size))]
        message = b"subtree/v1\n\0" + name + numbers[0] + log + numbers[1] + numbers[2] + base64_bytes(root)
        MLDSA44PublicKey.from_public_bytes(key.public).verify(rest, message)
    except (InvalidSignature, ValueError):
        raise Refused(f"the signature of {key.name} does not fit the text above it") from None

def open_note(raw: bytes, keys: list[Key]) -> tuple[str, list[Key]]:
    """Return the text of a signed note and whose signatures were verified; nobody else's may be there."""
    note = raw.decode()
    text, gap, signatures = note.rpartition("\n\n")
    lines, found = signatures.split("\n"), []
    shape = gap and lines.pop() == "" and 0 < len(lines) <= 100 and len(raw) <= 1_000_000
    need(shape and not any(one < " " and one != "\n" for one in note), "not a signed note")
    for line in lines:
        dash, name, data = line.split(" ") if line.count(" ") == 2 else ("", "", "")
        signature = base64_bytes(data)
        signers = [one for one in keys if (one.name, one.id) == (name, signature[:4])]
        need(dash == "\u2014" and signers, f"a signature line of a stranger: {line[:60]!r}")
        check_signature(signers[0], (text + "\n").encode(), signature[4:])
        found.append(signers[0])
    need(len(set(found)) == len(found), "one key signs twice")
    return text + "\n", found

def tiles(count: int) -> Iterator[tuple[str, int]]:
    """Yield tail of the path and first index of each tile or bundle for so many hashes (C2SP tlog-tiles)."""
    for start in range(0, count, 256):
        digits = str(start // 256).zfill(-(-len(str(start // 256)) // 3) * 3)
        *above, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
        yield "".join(f"x{one}/" for one in above) + last + f".p/{count - start}" * (count - start < 256), start

def fold(hashes: list[bytes]) -> bytes:
    """Return the root over the roots of full subtrees of one size (RFC 6962 section 2.1)."""
    while len(hashes) > 1:
        pairs = [sha(b"\1" + left + right) for left, right in zip(hashes[::2], hashes[1::2], strict=False)]
        hashes = pairs + hashes[len(pairs) * 2 :]
    return hashes[0]

def plain(value: Any, room: int = 32) -> bool:
    """Return whether JSON keeps to the profile: ASCII keys, integers below 2^53, nothing nested too deeply."""
    if isinstance(value, dict):
        return room > 0 and all(key.isascii() and plain(one, room - 1) for key, one in value.items())
    if isinstance(value, list):
        return room > 0 and all(plain(one, room - 1) for one in value)
    return not isinstance(value, float) and (not isinstance(value, int) or abs(value) < 1 << 53)

def parse_entry(raw: bytes, index: int) -> dict[str, Any]:
    """Return an entry, which must be written in the one way there is (RFC 8785, narrowed)."""
    try:
        entry: dict[str, Any] = json.loads(raw)
        again = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        again = b""
    need(raw and again == raw and plain(entry), f"entry {index} is not canonical JSON")
    need(isinstance(entry, dict) and isinstance(entry.get("kind"), str), f"entry {index} has no kind")
    need((entry["kind"] == "election") == (index == 0), f"entry {index} is of kind {entry['kind']}")
    return entry

def tree_of(root: Path, size: int) -> tuple[list[bytes], set[str], bytes]:
    """Return all entries, the paths of the tiles, and the root that the entries give; the tiles must say the same."""
    entries, paths = list[bytes](), set()
    for tail, start in tiles(size):
        paths.add(path := "tile/entries/" + tail)
        raw, at = (root / path).read_bytes(), 0
        for _ in range(start, min(start + 256, size)):
            entries.append(raw[at + 2 : (at := at + 2 + int.from_bytes(raw[at : at + 2], "big"))])
        need(at == len(raw), f"{path} does not hold as many entries as it should")
    hashes, level = [sha(b"\0" + one) for one in entries], 0
    need(len(set(hashes)) == size, "an entry stands in the log twice")
    result = fold(hashes)
    while hashes:
        for tail, start in tiles(len(hashes)):
            paths.add(path := f"tile/{level}/{tail}")
            tile = b"".join(hashes[start : start + 256])
            need((root / path).read_bytes() == tile, f"{path} is not what the entries give")
        hashes = [fold(hashes[start : start + 256]) for start in range(0, len(hashes) - 255, 256)]
        level += 1
    return entries, paths, result

def chain_of(entries: list[dict[str, Any]], origin: str) -> list[str]:
    """Return the keys of the log, the first one first: each later one is signed by the one before it."""
    chain = [entries[0]["key"]]
    for entry in (one for one in entries if one["kind"] == "key"):
        old, new = parse_key(chain[-1]), parse_key(entry["new"])
        need((entry["old"], new.name, new.kind) == (old.id.hex(), origin, 1) and entry["new"] not in chain, "a key")
        text = f"secondcount.key/1\n{origin}\n{entry['new']}\n".encode()
        check_signature(old, text, base64_bytes(entry["signature"]))
        chain.append(entry["new"])
    return chain

def blobs_of(value: Any, kind: str = "") -> Iterator[tuple[str, int | None]]:
    """Yield digest and size (None: not said) of the public blobs that an entry names."""
    if isinstance(value, dict):
        digest, size = str(value.get("digest")), value.get("size")
        yield from [(digest, size)] if re.fullmatch("[0-9a-f]{64}", digest) and type(size) is int and size >= 0 else []
        for names in (value.get(name, "") for name in BLOB_FIELDS.get(kind, ())):
            yield from ((name, None) for name in ([names] if isinstance(names, str) else names))
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from blobs_of(one)

def quorum(policy: str, signed: list[Key]) -> bool | None:
    """Return whether witnesses satisfy a policy (C2SP tlog-policy); None where it asks for none."""
    held, goal = {"none": False}, "none"
    for words in (line.split() for line in policy.splitlines() if not line.lstrip().startswith("#")):
        match words:
            case ["witness", name, key, *_]:
                held[name] = parse_key(key) in signed
            case ["group", name, least, *members]:
                held[name] = sum(held[x] for x in members) >= int({"any": 1, "all": len(members)}.get(least, least))
            case ["quorum", name]:
                goal = name
    return None if goal == "none" else held[goal]

def verify(root: Path, trusted: str, policy: str) -> Iterator[str]:
    """Yield what was found, a sentence for each step; refuse what does not hold."""
    found = {one.relative_to(root).as_posix(): one for one in root.rglob("*") if one.is_symlink() or not one.is_dir()}
    need(not any(one.is_symlink() or not one.is_file() for one in found.values()), "something is not a plain file")
    current = (root / "log.vkey").read_text("ascii").removesuffix("\n")
    own = (root / "policy").read_text("utf-8") if "policy" in found else ""
    log = parse_key(current)
    witnesses = re.findall(r"^[ \t]*witness[ \t]+[^ \t\n]+[ \t]+([^ \t\n]+)", own + policy, re.MULTILINE)
    text, signed = open_note((root / "checkpoint").read_bytes(), [log, *map(parse_key, witnesses)])
    need(re.fullmatch(r"[!-*,-~]{1,200}\n[1-9][0-9]{0,15}\n[A-Za-z0-9+/=]{44}\n", text), "not a checkpoint")
    origin, size, root_hash = text.split("\n")[:3]
    need(log in signed and (log.name, log.kind) == (origin, 1), "the log itself has not signed")
    listing, _ = open_note((root / "manifest").read_bytes(), [log])
    listed = [line.split(" ", 2) for line in listing.split("\n")[1:-1]]
    named = {path for _, _, path in listed}
    need(listing.startswith(f"{origin}/manifest\n") and sorted(named) == [one[2] for one in listed], "not a manifest")
    for digest, length, path in listed:
        data = found[path].read_bytes() if LISTED.fullmatch(path) and path in found else b""
        need((sha(data).hex(), str(len(data))) == (digest, length), f"{path} is not the file of the manifest")
    raw, paths, result = tree_of(root, int(size))
    need(base64.b64encode(result).decode() == root_hash, "the entries do not give the root of the checkpoint")
    yield f"signatures hold, and the tree of {size} entries is the signed one"
    entries = [parse_entry(one, index) for index, one in enumerate(raw)]
    need(entries[0]["origin"] == origin, "the first entry names another origin")
    chain = chain_of(entries, origin)
    need(chain[-1] == current and (not trusted or trusted in chain), "the key is not that of the log")
    yield "entries are canonical, none stands twice" + ("" if trusted else "; NOT CHECKED: whose key it is")
    maybe = set(re.findall("[0-9a-f]{64}", json.dumps([one for one in entries if not KINDS.fullmatch(one["kind"])])))
    hidden = {one["blob"] for one in entries if one["kind"] == "withdrawal"}
    named_blobs = {(digest, size) for one in entries for digest, size in blobs_of(one, one["kind"]) if digest}
    wanted = {digest for digest, _ in named_blobs}
    blobs = {match[2]: found[path] for path in found if (match := BLOB.fullmatch(path))}
    need(wanted - hidden <= set(blobs) <= wanted | maybe, "a blob is missing, or one is named by nothing")
    need(all(sha(file.read_bytes()).hex() == name for name, file in blobs.items()), "a blob was changed")
    need(all(n in (None, blobs[x].stat().st_size) for x, n in named_blobs if x in blobs), "a blob has not its length")
    foreign = set(found) - {"checkpoint", "manifest"} - named - paths - {one for one in found if BLOB.fullmatch(one)}
    need(not foreign and "log.vkey" in named, f"files that do not belong there: {sorted(foreign)[:3]}")
    met = quorum(policy or own, signed)
    need(met is not False or not policy, "too few witnesses have signed for this policy")
    yield f"{len(blobs)} blobs are as named, and there are no other files"
    yield f"witnesses: {met}" if policy else "NOT CHECKED: witnesses, by a policy of yours"

def main() -> int:
    """Run on the command line of this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    for name in ("--key", "--policy"):
        parser.add_argument(name, default="")
    asked = parser.parse_args()
    try:
        for line in verify(asked.folder, asked.key, asked.policy and Path(asked.policy).read_text("utf-8")):
            sys.stdout.write(line + "\n")
    except (Refused, KeyError, ValueError, TypeError, IndexError) as error:
        sys.stdout.write(f"REFUSED: {error}\n")
        return 1
    except OSError as error:
        refused = error.errno in {2, 20, 21} and asked.folder.is_dir()  # ENOENT, ENOTDIR, EISDIR
        sys.stdout.write(f"{'REFUSED' if refused else 'COULD NOT CHECK'}: {error}\n")
        return 1 if refused else 2
    sys.stdout.write("NOT CHECKED: timestamps, fields and references of entries, sums, verdicts\n"
                     "VERIFIED: the bytes are those that were signed. That says nothing of whether they are true.\n")
    return 0

if __name__ == "__main__":
    sys.exit(main())
