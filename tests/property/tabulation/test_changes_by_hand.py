"""Classes of change are those that a person finds who looks at one station at a time; no station is lost."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from secondcount.model.form import Line, Role
from secondcount.model.tables import table_columns
from secondcount.tabulation import ChangeKind, compare_snapshots
from tabulating.elections import contest_of, name

LINES = (
    Line(id="registered", role=Role.REGISTERED, labels=name("registered")),
    Line(id="invalid", role=Role.INVALID, labels=name("invalid")),
)
CONTEST = contest_of(lines=LINES, identities=())
CELLS = ("registered", "invalid", "a", "b", "c")
Row = tuple[int | None, ...]

# Numbers of few digits, so that slips, swaps and moves are all frequent.
numbers = st.one_of(st.none(), st.sampled_from((0, 0, 1, 9, 10, 12, 21, 102, 120, 201, 210)))
rows = st.tuples(*(numbers for _ in CELLS))
tables = st.dictionaries(st.sampled_from("123456"), rows, max_size=6)


def table(found: dict[str, Row], publication: str) -> pl.DataFrame:
    """Return a station table."""
    full = [
        {
            "publication": publication,
            "station": station,
            "area": "land",
            "states": "".join("u" if one is None else "=" for one in figures),
            "basis": f"{publication}#{station}",
            **dict(zip(CELLS, figures, strict=True)),
        }
        for station, figures in found.items()
    ]
    return pl.DataFrame(full, schema=table_columns(CONTEST), orient="row")


def digits_apart(one: int, two: int) -> list[int]:
    """Return the places in which two numbers differ, the shorter one filled up with zeros."""
    first, second = str(one).zfill(6), str(two).zfill(6)
    return [at for at in range(6) if first[at] != second[at]]


def transposed(one: int, two: int) -> bool:
    """Return whether two digits have changed places."""
    first, second = str(one).zfill(6), str(two).zfill(6)
    return len(digits_apart(one, two)) == 2 and sorted(first) == sorted(second)


def by_hand(before: Row, after: Row) -> list[str]:
    """Return the classes of one station, worked out number by number."""
    pairs = list(zip(before, after, strict=True))
    changed = [at for at, (old, new) in enumerate(pairs) if None not in (old, new) and old != new]
    ballots, votes = [at for at in changed if at > 0], [at for at in changed if at > 1]
    old_total, new_total = (None if None in row[1:] else sum(one or 0 for one in row[1:]) for row in (before, after))
    known = old_total is not None and new_total is not None
    single = [(old or 0, new or 0) for old, new in (pairs[at] for at in ballots)] if len(ballots) == 1 else []
    swapped = len(ballots) == len(votes) == 2 and pairs[votes[0]] == pairs[votes[1]][::-1]
    rules = {
        ChangeKind.ANNULLED: known and old_total != 0 and new_total == 0,
        ChangeKind.ZERO_BEFORE: known and old_total == 0 and new_total != 0,
        ChangeKind.INVALID_ONLY: bool(ballots) and not votes,
        ChangeKind.SWAP: swapped,
        ChangeKind.TRANSPOSITION: any(transposed(*one) for one in single),
        ChangeKind.ONE_DIGIT: any(len(digits_apart(*one)) == 1 for one in single),
        ChangeKind.MOVED: known and old_total == new_total and bool(votes) and votes == ballots,
        ChangeKind.MOVED_INVALID: known and old_total == new_total and bool(votes) and votes != ballots,
        ChangeKind.BALLOTS: known and old_total != new_total,
        ChangeKind.UNTOLD: bool(ballots) and not known,
        ChangeKind.OTHER_LINES: bool(changed) and not ballots,
        ChangeKind.EMPTIED: any(old is not None and new is None for old, new in pairs),
        ChangeKind.FILLED: any(old is None and new is not None for old, new in pairs),
    }
    return [kind.value for kind, holds in rules.items() if holds]


@settings(max_examples=250)
@given(before=tables, after=tables)
def test_every_station_has_the_classes_that_a_person_finds(before: dict[str, Row], after: dict[str, Row]) -> None:
    """Every station is compared, added or removed; the classes of a changed one are those worked out by hand."""
    found = compare_snapshots(table(before, "first"), table(after, "second"), CONTEST)
    assert found.compared + found.added.height == len(after)
    assert found.compared + found.removed.height == len(before)
    classes = {station: kinds.split() for station, kinds in found.changed.select("station", "kinds").iter_rows()}
    both = sorted(before.keys() & after.keys())
    assert classes == {one: by_hand(before[one], after[one]) for one in both if before[one] != after[one]}
    assert all(classes[station][0] == kind for station, kind in found.changed.select("station", "kind").iter_rows())
