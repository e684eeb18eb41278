"""A ZIP of photos: each file in it on its own, taken or refused with its reason; no name in it is ever a path.

The list of a ZIP is a stranger's word: what it says of sizes is asked again while unpacking, and names that lead out
of a folder, links, devices and locked files are refused one by one, so that the others still come in.
"""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass
from typing import IO

from secondcount.errors import InputError
from secondcount.intake.archive import DAMAGED, is_locked, is_of_the_system
from secondcount.intake.images import LIMITS, Limits
from secondcount.intake.images.kinds import name_of_file
from secondcount.intake.remarks import shown

__all__ = ["MOST_FILES", "MOST_UNPACKED", "Packed", "open_bundle"]

MOST_FILES = 2_000
"""Files of one ZIP: those of a region's stations; more come in several."""

MOST_UNPACKED = 4 * 2**30
"""Bytes that all files of a ZIP say they have."""

_STEP = 2**20
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One file of a ZIP: its name without folders, and how to get at its bytes."""

    name: str
    bundle: zipfile.ZipFile
    entry: zipfile.ZipInfo
    limits: Limits

    def read(self) -> bytes:
        """Return the bytes of the file.

        Raises:
            InputError: N101 too large, N171 its name leads out of the folder, N172 damaged, N173 locked, N174 a link
                or device, N175 it unpacks to more than it says.

        """
        code = _refusal(self.entry)
        if code:
            raise InputError(code, file=self.name)
        if self.entry.file_size > self.limits.size:
            raise InputError("N101", file=self.name, size=self.entry.file_size, limit=self.limits.size)
        unpacked = bytearray()
        try:
            with self.bundle.open(self.entry) as stream:
                while part := stream.read(_STEP):
                    unpacked += part
                    if len(unpacked) > self.entry.file_size:
                        raise InputError("N175", file=self.name)
        except DAMAGED:
            raise InputError("N172", file=self.name) from None
        return bytes(unpacked)


def open_bundle(name: str, file: IO[bytes], limits: Limits = LIMITS) -> tuple[Packed, ...]:
    """Return the files of a ZIP, without folders and what macOS and Windows put beside files.

    Raises:
        InputError: N170, it is no ZIP, it is damaged, or there is too much in it.

    """
    try:
        bundle = zipfile.ZipFile(file)
    except DAMAGED:
        raise InputError("N170", file=name) from None
    entries = [one for one in bundle.infolist() if not one.is_dir() and not is_of_the_system(one.filename)]
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise InputError("N170", file=name)
    return tuple(
        Packed(name=shown(name_of_file(one.orig_filename)), bundle=bundle, entry=one, limits=limits) for one in entries
    )


def _refusal(entry: zipfile.ZipInfo) -> str:
    """Return the code for which a file is refused unopened; "" for none."""
    mode = entry.external_attr >> 16
    if _LEADS_OUT.search(entry.orig_filename):
        return "N171"
    if is_locked(entry):
        return "N173"
    return "N174" if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG) else ""
