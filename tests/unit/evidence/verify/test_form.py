"""Every file of an archive is looked at, in whatever order a store lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from museum.archives.good import good_kit, sheet
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.verify import Report, verify_archive


class Listing(LocalStore):
    """A store that lists as a test says."""

    def __init__(self, root: Path, change: Callable[[list[str]], list[str]]) -> None:
        """Take a folder, and what is done to the list of its files."""
        super().__init__(root)
        self._change = change

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names as they were changed."""
        yield from self._change(list(super().names(prefix)))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive with several tiles."""
    kit = good_kit()
    kit.add(*(sheet(number, sha256_hex(b"a table of copies")) for number in range(1000, 1600)))
    return kit.publish(tmp_path_factory.mktemp("form") / "public")


def verified(folder: Path, change: Callable[[list[str]], list[str]]) -> Report:
    """Verify an archive whose store lists in a changed way."""
    return verify_archive(Listing(folder, change))


def codes(report: Report) -> set[str]:
    """Return the codes of what is refused in the first step."""
    return {one.code for one in report.steps[0].refused}


def test_any_order_is_the_same(archive: Path) -> None:
    """Backwards, or with every name twice, the same files are there."""
    whole = verified(archive, list)
    assert not codes(whole)
    assert verified(archive, lambda names: names[::-1]) == whole
    assert verified(archive, lambda names: sorted(names * 2)) == whole


def test_a_stray_name_out_of_order_is_refused(archive: Path) -> None:
    """A file that does not belong there is refused wherever it is listed."""
    for place in (0, 5, -1):
        found = verified(archive, lambda names, place=place: [*names[:place], "blob/stray", *names[place:]])
        assert codes(found) == {"V108"}
    assert codes(verified(archive, lambda names: [*names, "a-stray"])) == {"V103"}


def test_a_tile_that_is_listed_twice_hides_no_other(archive: Path) -> None:
    """One tile is not listed, another one twice: the first one is missing."""

    def change(names: list[str]) -> list[str]:
        return [*(one for one in names if one != "tile/0/001"), "tile/0/000"]

    assert codes(verified(archive, change)) == {"V106"}


@pytest.mark.parametrize("twin", ["TILE/0/000", "tile/\uff10/000", "tile/ENTRIES/001"])
def test_a_name_that_is_taken_for_a_tile_is_refused_as_its_twin(archive: Path, twin: str) -> None:
    """Tiles are not kept in memory, and are compared nevertheless."""
    report = verified(archive, lambda names: sorted([*names, twin]))
    first = report.steps[0].refused[0]
    assert first.code == "V115"
    assert len([one for one in report.steps[0].refused if one.code == "V115"]) == 1


def test_a_blob_has_twins_too(archive: Path) -> None:
    """The same holds of blobs."""
    blob = next(LocalStore(archive).names("blob/"))
    report = verified(archive, lambda names: sorted([*names, blob.upper()]))
    assert report.steps[0].refused[0].code == "V115"
