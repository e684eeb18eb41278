"""Step 1, form: exactly the files that belong there, under names and with lengths that they must have.

Nothing is believed yet: the size is what the checkpoint says, signed or not, and the manifest is only a list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import HASH_SIZE
from secondcount.evidence.store import is_temporary
from secondcount.evidence.tiles import ENTRIES, parse_tile_path, tile_paths
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.listing import BLOB_NAME, LISTED_NAME

__all__ = ["check_form"]

ALWAYS = ("checkpoint", "manifest")
ENOUGH = 20  # missing tiles after which no more are looked for: the size may be made up
A_LINK = "A506"


def check_form(case: Case) -> Finding:
    """Hold the names and lengths of all files against the checkpoint and the manifest."""
    finding = Finding()
    try:
        size, listed = case.size, case.manifest.files
    except (VerificationError, InputError) as error:
        _refuse_start(error, finding)
        return finding
    if size == 0:
        finding.refuse("V101")
    if case.names is None:
        finding.leave("V190")
        return finding
    names = set(case.names)
    _check_twins(names, finding)
    for name in case.names:
        _check_name(name, case, finding)
    for name in [*ALWAYS, "log.vkey"]:
        if name not in names:
            finding.refuse("V102", name, path=name)
    for name in sorted(set(listed) - names):
        finding.refuse("V105", name, path=name)
    if "log.vkey" in names and "log.vkey" not in listed:
        finding.refuse("V104", "log.vkey", path="log.vkey")
    _check_missing(size, names, finding)
    if not finding.refused:
        finding.establish("files", count=len(names))
    return finding


def _refuse_start(error: VerificationError | InputError, finding: Finding) -> None:
    """Say why checkpoint or manifest cannot be read: without them there is no archive."""
    path = str(error.values.get("path", ""))
    if error.code == "A501":
        finding.refuse("V102", path, path=path)
    elif error.code == A_LINK:
        finding.refuse("V116", path, path=path)
    elif isinstance(error, InputError):
        raise error
    else:
        finding.take(error, "manifest" if error.code.startswith("V12") else "checkpoint")


def _check_name(name: str, case: Case, finding: Finding) -> None:
    """Refuse a file that does not belong to the archive, saying which way it does not."""
    shown = ascii(name)[1:-1]
    try:
        length = case.store.size(name)
    except InputError as error:
        finding.refuse("V116" if error.code == A_LINK else "V113", path=shown)
        return
    if name in ALWAYS or name in case.manifest.files or BLOB_NAME.fullmatch(name):
        return
    if is_temporary(name):
        finding.refuse("V112", name, path=shown)
    elif name.startswith("tile/"):
        _check_tile(name, length, case.size, finding)
    elif LISTED_NAME.fullmatch(name):
        finding.refuse("V104", name, path=shown)
    elif not name.isascii():
        finding.refuse("V114", path=shown)
    else:
        finding.refuse("V108" if name.startswith("blob/") else "V103", path=shown)


def _check_tile(name: str, length: int | None, size: int, finding: Finding) -> None:
    tile = parse_tile_path(name)
    if tile is None:
        finding.refuse("V107", path=ascii(name)[1:-1])
    elif tile.is_of(size):
        wanted = tile.width * HASH_SIZE
        if tile.level != ENTRIES and length != wanted:
            finding.refuse("V117", name, path=name, found=length or 0, expected=wanted)
    elif tile.lies_within(size):
        finding.refuse("V111", name, path=name, size=size)
    else:
        finding.refuse("V110", name, path=name, size=size)


def _check_twins(names: Iterable[str], finding: Finding) -> None:
    """Refuse two names that one file system or one reader takes for the same."""
    seen: dict[str, str] = {}
    for name in sorted(names):
        folded = unicodedata.normalize("NFKC", name).casefold()
        other = seen.setdefault(folded, name)
        if other != name:
            finding.refuse("V115", path=ascii(name)[1:-1], other=ascii(other)[1:-1])


def _check_missing(size: int, names: set[str], finding: Finding) -> None:
    missing = 0
    for path in tile_paths(size):
        if path not in names:
            finding.refuse("V106", path, path=path, size=size)
            missing += 1
            if missing == ENOUGH:
                return
