"""Step 1, form: exactly the files that belong there, under names and with lengths that they must have.

Nothing is believed yet: the size is what the checkpoint says, signed or not, and the manifest is only a list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import HASH_SIZE
from secondcount.evidence.store import is_temporary
from secondcount.evidence.tiles import ENTRIES, count_tiles, parse_tile_path, tile_paths
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.listing import BLOB_NAME, LISTED_NAME

__all__ = ["check_form"]

ALWAYS = ("checkpoint", "manifest")
ENOUGH = 20  # missing tiles after which no more are looked for: the size may be made up
A_LINK = "A506"


def check_form(case: Case) -> Finding:
    """Hold the names and lengths of all files against the checkpoint and the manifest."""
    finding, reading = Finding(), "checkpoint"
    try:
        size, reading = case.size, "manifest"
        listed = case.manifest.files
    except (VerificationError, InputError) as error:
        _refuse_start(error, reading, finding)
        return finding
    if size == 0:
        finding.refuse("V101")
    if not case.can_list:
        finding.leave("V190")
        return finding
    names = _Names(case)
    each = Finding()
    for name in names:
        _check_name(name, case, each)
    _check_twins(names.with_twins(), finding)
    finding.refused += each.refused
    _check_others(names.others, frozenset(listed), finding)
    if names.tiles != count_tiles(size):
        _check_missing(size, frozenset(case.store.names()), finding)
    if not finding.refused:
        finding.establish("files", count=names.count)
    return finding


class _Names:
    """The files of an archive, gone through once: tiles and blobs, of which there are many, are only counted.

    Their names have one spelling, which is lower case ASCII: no two of them are the same for anybody.
    """

    def __init__(self, case: Case) -> None:
        """Take the archive whose files they are."""
        self._case = case
        self.others: set[str] = set()  # what is no tile of this tree and no blob, or came out of order
        self.tiles = self.count = 0

    def __iter__(self) -> Iterator[str]:
        """Yield every name, and note it.

        A store lists in order, so that a name which comes twice comes twice in a row. Whatever comes out of order
        (as the names of `LocalStore` do that are no UTF-8) is yielded too, and never counts as a tile that is there.
        """
        last = ""
        for name in self._case.store.names():
            if name != last and name not in self.others:
                self.count += 1
                self._note(name, in_order=name > last)
                last = max(name, last)
                yield name

    def _note(self, name: str, *, in_order: bool) -> None:
        tile = self._is_tile(name)
        if in_order and tile:
            self.tiles += 1
        elif not (in_order and BLOB_NAME.fullmatch(name)):
            self.others.add(name)

    def _is_tile(self, name: str) -> bool:
        tile = parse_tile_path(name)
        return tile is not None and tile.is_of(self._case.size)

    def with_twins(self) -> set[str]:
        """Return the other names, and those tiles and blobs that somebody could take for one of them."""
        return self.others | {one for one in map(_folded, self.others) if self._is_there(one)}

    def _is_there(self, name: str) -> bool:
        """Return whether a name is that of a tile or blob that is there."""
        if not self._is_tile(name) and not BLOB_NAME.fullmatch(name):
            return False
        try:
            return self._case.store.size(name) is not None
        except InputError:  # a link or a device, which has a name too
            return True


def _folded(name: str) -> str:
    """Return what a name is for a file system or reader that knows no case and no forms of a letter."""
    return unicodedata.normalize("NFKC", name).casefold()


def _refuse_start(error: VerificationError | InputError, file: str, finding: Finding) -> None:
    """Say why checkpoint or manifest, of which one was being read, is none: without them there is no archive."""
    path = str(error.values.get("path", ""))
    if error.code == "A501":
        finding.refuse("V102", path, path=path)
    elif error.code == A_LINK:
        finding.refuse("V116", path, path=path)
    elif isinstance(error, InputError):
        raise error
    else:
        finding.take(error, file)


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


def _check_others(names: set[str], listed: frozenset[str], finding: Finding) -> None:
    """Refuse an archive that has not the files which it must have, or which its manifest lists."""
    for name in [*ALWAYS, "log.vkey"]:
        if name not in names:
            finding.refuse("V102", name, path=name)
    for name in sorted(listed - names):
        finding.refuse("V105", name, path=name)
    if "log.vkey" in names and "log.vkey" not in listed:
        finding.refuse("V104", "log.vkey", path="log.vkey")


def _check_twins(names: Iterable[str], finding: Finding) -> None:
    """Refuse two names that one file system or one reader takes for the same."""
    seen: dict[str, str] = {}
    for name in sorted(names):
        other = seen.setdefault(_folded(name), name)
        if other != name:
            finding.refuse("V115", path=ascii(name)[1:-1], other=ascii(other)[1:-1])


def _check_missing(size: int, names: frozenset[str], finding: Finding) -> None:
    missing = 0
    for path in tile_paths(size):
        if path not in names:
            finding.refuse("V106", path, path=path, size=size)
            missing += 1
            if missing == ENOUGH:
                return
