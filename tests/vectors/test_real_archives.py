"""Real elections through an archive: the verdict is that of the files, in whatever order the entries came."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from random import Random
from types import MappingProxyType

import pytest

from archiving.archives import Held, hold, of_files, same
from secondcount.jurisdictions import load_definition
from secondcount.rehearsal import almaty_2012
from secondcount.verdict import derive, encode

Tables = list[tuple[str, bytes]]


def definition(name: str) -> bytes:
    """Return the bytes of a shipped definition."""
    return files("secondcount.jurisdictions").joinpath(*name.split("/")).read_bytes()


def compare(
    path: str,
    reported: Tables,
    sheets: Tables,
    *claims: str,
    params: Mapping[str, str] = MappingProxyType({}),
) -> Held:
    """Hold the verdict of an archive against that of its files; return the archive."""
    name, data = path.replace("/", "."), definition(path)
    held = hold(reported, sheets, definition=data, name=name, params=params)
    theirs = derive(of_files(reported, sheets, *claims, definition=load_definition(name, data, params)))
    ours = derive(held.record(*claims))
    assert same(ours) == same(theirs)
    order = list(range(len(held.entries)))
    Random(7).shuffle(order)  # noqa: S311 - an order, no secret
    assert encode(derive(held.shuffled(order).record(*claims))) == encode(ours)
    return held


def read(shared: Path, *names: str) -> Tables:
    """Return shared tables by their names."""
    return [(Path(one).name, (shared / "data" / one).read_bytes()) for one in names]


def test_kazakhstan_2012_with_the_copies_of_almaty() -> None:
    """Official figures of the definition, a synthetic city table, synthetic copies: one verdict, two ways."""
    copies, city = almaty_2012()
    tables = [(copies.name, copies.data)]
    held = compare("kazakhstan/majilis/2012.toml", [(city.name, city.data)], tables, "OSDP >= 7%")
    assert len(held.entries) == 1 + 1 + 1 + 120


@pytest.mark.shared
def test_georgia_2024(shared: Path) -> None:
    """3,095 official precincts, 3,110 protocols of volunteers."""
    official, volunteers = read(shared, "ge2024/cec_official.csv.gz", "ge2024/volunteers_clean.csv.gz")
    held = compare("georgia/parliament/2024.toml", [official], [volunteers], "n41 > n5")
    assert len(held.entries) > 3_000


@pytest.mark.shared
def test_bolivia_2019_snapshots(shared: Path) -> None:
    """Two snapshots of the quick count and the final count, as three publications."""
    names = ("bo2019/trep_20191020_1940.csv.gz", "bo2019/trep_20191021_1829.csv.gz", "bo2019/computo_final.csv.gz")
    held = compare("bolivia/president/2019.toml", read(shared, *names), [])
    assert len(held.entries) == 4


@pytest.mark.shared
@pytest.mark.slow
def test_bolivia_2019_quick_count_as_copies(shared: Path) -> None:
    """34,000 rows of the quick count become entries; made areas and their names come back."""
    final, quick = read(shared, "bo2019/computo_final.csv.gz", "bo2019/trep_20191021_1829.csv.gz")
    held = compare("bolivia/president/2019.toml", [final], [quick])
    assert len(held.entries) > 30_000


@pytest.mark.shared
def test_spain_whose_lists_stand_in_the_table_alone(shared: Path) -> None:
    """A definition with a parameter, contestants that only the authority's table names."""
    compare(
        "spain/congress.toml", read(shared, "seats/spain_congress_districts.csv.gz"), [], params={"date": "2016-06-26"}
    )
