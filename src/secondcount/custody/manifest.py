"""The manifest: a signed list of the public files that neither the checkpoint nor an entry accounts for.

Text of the note: `<origin>/manifest`, then one line `<sha256> <size> <path>` for each file, sorted by path. A file
gets its line from the run that wrote it, never because it lies there: what somebody put into the folder is not signed.
"""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.custody.archive import Archive
from secondcount.custody.layout import MANIFEST
from secondcount.errors import VerificationError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.note import Signer, VerifierKey, open_note, sign_note
from secondcount.evidence.store import Missing

__all__ = ["Line", "encode_manifest", "line_of", "load_manifest", "parse_manifest", "store_manifest"]

HEAD = "/manifest"

Line = tuple[str, int]  # digest and size


def encode_manifest(origin: str, files: Mapping[str, Line]) -> bytes:
    """Return the text of the note."""
    lines = [f"{digest} {size} {path}\n" for path, (digest, size) in sorted(files.items())]
    return f"{origin}{HEAD}\n{''.join(lines)}".encode()


def parse_manifest(text: bytes, origin: str) -> dict[str, Line]:
    """Return digest and size of each file that a manifest names.

    Raises:
        VerificationError: A108, it is not the manifest of this log.

    """
    head, _, rest = text.decode(errors="replace").partition("\n")
    parts = [line.split(" ", 2) for line in rest.splitlines()]
    if head != origin + HEAD or any(len(one) != 3 or not one[1].isdigit() for one in parts):
        raise VerificationError("A108", origin=origin)
    return {path: (digest, int(size)) for digest, size, path in parts}


def load_manifest(archive: Archive, *keys: VerifierKey) -> dict[str, Line]:
    """Return the files of the manifest, verified as signed by one of the keys; none where there is no manifest.

    Raises:
        VerificationError: A108 or V2xx, it is broken or not signed by the log.

    """
    try:
        note = archive.public.load(MANIFEST)
    except Missing:
        return {}
    return parse_manifest(open_note(note, keys).text, archive.origin)


def store_manifest(archive: Archive, files: Mapping[str, Line], signer: Signer) -> None:
    """Sign and write the manifest of these files, where it is not there already."""
    note = sign_note(encode_manifest(archive.origin, files), signer)
    version = archive.public.version(MANIFEST)
    if version is None or archive.public.load(MANIFEST) != note:
        archive.public.replace(MANIFEST, note, version)


def line_of(data: bytes) -> Line:
    """Return the line of a file."""
    return sha256_hex(data), len(data)
