"""Tiles and bundles are named and encoded as c2sp.org/tlog-tiles says, in one spelling only."""

from __future__ import annotations

import pytest

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.tiles import (
    ENTRIES,
    MAX_ENTRY,
    Tile,
    bundle_path,
    count_tiles,
    encode_bundle,
    hash_bundle,
    parse_bundle,
    parse_tile_path,
    split_hashes,
    tile_path,
    tile_paths,
    width_of,
)


def test_names_are_those_of_the_specification() -> None:
    """Index 1234067 is x001/x234/067; a partial tile carries its width."""
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(1, 0, 7) == "tile/1/000.p/7"
    assert bundle_path(1000) == "tile/entries/x001/000"
    assert bundle_path(999, 255) == "tile/entries/999.p/255"


@pytest.mark.parametrize(
    "path", ["tile/0/000", "tile/63/x001/x234/067.p/1", "tile/entries/x001/000.p/255", "tile/10/999"]
)
def test_a_name_is_read_back(path: str) -> None:
    """Reading a name and writing it again gives the same name."""
    tile = parse_tile_path(path)
    assert tile is not None
    assert tile.path == path


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/300",
        "tile/0/000.p/01",
        "tile/0/000.p/1/",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/entries/0001",
        "tile/data/000",
        "/tile/0/000",
        "tile/0/" + "x001/" * 2000 + "001",
        "",
    ],
)
def test_another_spelling_is_no_tile(path: str) -> None:
    """Leading zeros, other widths, levels beyond 63, other digits: no file of a log is called that."""
    assert parse_tile_path(path) is None


def test_the_tree_of_70_000() -> None:
    """The example of the specification: 273 full level-0 tiles and widths 112, 17 and 1 at the right edge."""
    names = list(tile_paths(70_000))
    assert sum(name.startswith("tile/0/") and ".p/" not in name for name in names) == 273
    assert [name for name in names if ".p/" in name and "entries" not in name] == [
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]
    assert "tile/entries/273.p/112" in names
    assert "tile/1/000" in names
    assert len(names) == 274 + 274 + 2 + 1


def test_the_tree_of_256_and_of_none() -> None:
    """A tree of 256 has a full tile and a tile of width 1 above; the empty tree has no files."""
    assert sorted(tile_paths(256)) == ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]
    assert list(tile_paths(0)) == []


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000, 5_000_000])
def test_tiles_are_counted_without_naming_them(size: int) -> None:
    """The number of files follows from the size."""
    assert count_tiles(size) == sum(1 for _ in tile_paths(size))


def test_a_size_that_is_made_up_is_counted_too() -> None:
    """Nobody waits for the names of more files than there are."""
    assert count_tiles(2**63) > 2**55


def test_a_tile_knows_its_tree() -> None:
    """A tile is of a tree only at the width that the tree gives it; within it already when the tree has as much."""
    partial = Tile(level=0, index=0, width=7)
    assert [partial.is_of(size) for size in (6, 7, 8, 256)] == [False, True, False, False]
    assert [partial.lies_within(size) for size in (6, 7, 8, 256)] == [False, True, True, True]
    assert width_of(ENTRIES, 1, 256) == 0
    assert Tile(level=1, index=0, width=1).is_of(511)


def test_a_bundle_is_read_back() -> None:
    """Entries of every length up to the limit survive, the empty one and the longest included."""
    entries = [b"", b"a", b"b" * 255, b"c" * 256, b"d" * MAX_ENTRY]
    assert parse_bundle(encode_bundle(entries)) == entries
    assert encode_bundle([b"ab"]) == b"\x00\x02ab"
    assert parse_bundle(b"") == []
    assert split_hashes(hash_bundle(entries)) == [leaf_hash(one) for one in entries]


def test_an_entry_over_the_limit_is_refused() -> None:
    """65,536 bytes do not fit into the two bytes of a length."""
    with pytest.raises(InputError) as refused:
        encode_bundle([b"e" * (MAX_ENTRY + 1)])
    assert refused.value.code == "V511"


@pytest.mark.parametrize("raw", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00", b"\xff\xff", b"\x00\x00\x00"])
def test_a_cut_bundle_is_refused(raw: bytes) -> None:
    """A bundle ends where an entry ends, and nowhere else."""
    with pytest.raises(VerificationError) as refused:
        parse_bundle(raw)
    assert refused.value.code == "V512"


def test_a_bundle_of_257_is_refused() -> None:
    """No bundle has more than 256 entries."""
    assert len(parse_bundle(b"\x00\x00" * 256)) == 256
    with pytest.raises(VerificationError) as refused:
        parse_bundle(b"\x00\x00" * 257)
    assert refused.value.code == "V513"


def test_a_bundle_of_millions_is_not_read_to_its_end() -> None:
    """What is wrong after 257 entries is not read on: a file full of nothing would fill the memory."""
    with pytest.raises(VerificationError) as refused:
        parse_bundle(b"\x00\x00" * 1_000_000)
    assert (refused.value.code, refused.value.values["found"]) == ("V513", 257)
