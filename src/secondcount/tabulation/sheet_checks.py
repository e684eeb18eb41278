"""Usable copies held against their own form: identities, votes above the register, equal columns of figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add

import polars as pl

from secondcount.model.codes import make_issue
from secondcount.model.election import Contest
from secondcount.model.form import Identity, Linear, Relation, Role
from secondcount.model.issue import Issue, Where
from secondcount.tabulation.listing import first_names, listed
from secondcount.tabulation.written import broken_text

__all__ = ["broken_identities", "check_sheets"]

LEAST_TOTAL, LEAST_LISTS = 50, 3
"""Equal figures are worth a word only from this many votes for at least this many contestants."""

_SHOWN_STATIONS = 10  # stations named in one S204


def check_sheets(usable: pl.DataFrame, contest: Contest) -> tuple[Issue, ...]:
    """Return what is wrong or unusual within the usable copies (`Tabulation.usable`), one row per station.

    Each identity is three-valued: it holds, it is broken, or, where a cell of it is no number, it is not evaluated.

    S201: a copy breaks a hard identity of its own form. S202: it breaks a soft one. S203: more votes than voters on
    the list (those added on the day included); unread votes count as none, so the reproach can only be too mild.
    S204: stations with the very same votes for every contestant. From 1,000 of one code on they are counted (S900).
    """
    broken = [(one, usable.filter(~_holds(one))) for one in contest.form.identities if _known(one, contest)]
    hard = [pair for pair in broken if pair[0].hard]
    soft = [pair for pair in broken if not pair[0].hard]
    return (
        *_identity_issues("S201", hard, contest),
        *_identity_issues("S202", soft, contest),
        *_above_register(usable, contest),
        *_equal_columns(usable, contest),
    )


def broken_identities(usable: pl.DataFrame, contest: Contest) -> pl.DataFrame:
    """Return one row per copy and identity that it breaks: station, identity (its id), hard; hard ones first."""
    ordered = sorted((one for one in contest.form.identities if _known(one, contest)), key=lambda one: not one.hard)
    broken = (
        usable.filter(~_holds(one)).select("station", identity=pl.lit(one.id), hard=pl.lit(one.hard))
        for one in ordered
    )
    return pl.concat([pl.DataFrame(schema={"station": pl.String, "identity": pl.String, "hard": pl.Boolean}), *broken])


def _known(identity: Identity, contest: Contest) -> bool:
    return all(cell in contest.cells for cell in identity.cells)


def _holds(identity: Identity) -> pl.Expr:
    """Return whether an identity holds, null where a cell of it is no number (null spreads through arithmetic)."""
    left, right = _expression(identity.left), _expression(identity.right)
    match identity.relation:
        case Relation.EQUAL:
            return left == right
        case Relation.AT_MOST:
            return left <= right
        case Relation.AT_LEAST:
            return left >= right


def _expression(side: Linear) -> pl.Expr:
    """Return one side in 128 bits, so that no sum of 64-bit cells can overflow into a false answer."""
    constant = pl.lit(side.constant, dtype=pl.Int128)
    terms = (pl.col(cell).cast(pl.Int128) * pl.lit(times, dtype=pl.Int128) for times, cell in side.terms)
    return reduce(add, terms, constant)


def _identity_issues(code: str, broken: list[tuple[Identity, pl.DataFrame]], contest: Contest) -> tuple[Issue, ...]:
    """Return the issues of all broken identities of one kind, identity by identity, then station by station."""
    parts = [rows.with_columns(pl.lit(place).alias("identity:")) for place, (_, rows) in enumerate(broken)]
    if not parts:
        return ()
    return listed(code, pl.concat(parts), _maker(code, [identity for identity, _ in broken], contest))


def _maker(code: str, identities: list[Identity], contest: Contest) -> Callable[[Mapping[str, object]], Issue]:
    spoken_of = [(one, one.cells) for one in identities]

    def issue_of(row: Mapping[str, object]) -> Issue:
        identity, cells = spoken_of[int(str(row["identity:"]))]
        values = {cell: int(str(row[cell])) for cell in cells}
        left, right = identity.left.value(values), identity.right.value(values)
        return make_issue(
            code,
            _where(row, contest),
            basis=_basis(row),
            identity=identity.text,
            arithmetic=broken_text(identity, values),
            left=left,
            relation=identity.relation.value,
            right=right,
            difference=abs(left - right),
        )

    return issue_of


def _above_register(usable: pl.DataFrame, contest: Contest) -> tuple[Issue, ...]:
    """Return S203 for each copy with more votes than voters on its list."""
    line = contest.form.line_of(Role.REGISTERED)
    added = contest.form.line_of(Role.ADDED)
    votes = [pl.col(one.id).cast(pl.Int128).fill_null(0) for one in contest.contestants]
    if line is None or not votes:
        return ()
    voters = pl.col(line.id).cast(pl.Int128)
    if added is not None:
        voters = voters + pl.col(added.id)  # unread: not evaluated
    rows = usable.with_columns(votes=reduce(add, votes), voters=voters).filter(pl.col("votes") > pl.col("voters"))

    def issue_of(row: Mapping[str, object]) -> Issue:
        votes_here, voters_here = int(str(row["votes"])), int(str(row["voters"]))
        values = {"votes": votes_here, "voters": voters_here, "excess": votes_here - voters_here}
        return make_issue("S203", _where(row, contest), basis=_basis(row), **values)

    return listed("S203", rows, issue_of)


def _equal_columns(usable: pl.DataFrame, contest: Contest) -> tuple[Issue, ...]:
    """Return S204 for each group of stations with the same votes for every contestant."""
    votes = [one.id for one in contest.contestants]
    if len(votes) < LEAST_LISTS:
        return ()
    total = reduce(add, (pl.col(cell).cast(pl.Int128) for cell in votes))
    with_votes = reduce(add, ((pl.col(cell) > 0).cast(pl.Int64) for cell in votes))
    # An unread cell makes both null: not compared.
    telling = usable.select((total >= LEAST_TOTAL) & (with_votes >= LEAST_LISTS)).to_series().fill_null(value=False)
    # Hashes only narrow the search; rows are grouped by the figures themselves.
    hashes = usable.select(pl.struct(votes).hash()).to_series().filter(telling)
    rows = telling.arg_true().filter(hashes.is_duplicated())
    same_hash = usable.select("station", "basis", *votes)[rows]
    groups = same_hash.group_by(votes, maintain_order=True).agg(pl.col("station"), pl.col("basis"))
    groups = groups.filter(pl.col("station").list.len() >= 2)
    return listed("S204", groups, lambda row: _equal_issue(row, contest))


def _equal_issue(row: Mapping[str, object], contest: Contest) -> Issue:
    stations, bases = row["station"], row["basis"]
    names = [str(one) for one in stations] if isinstance(stations, list) else []
    return make_issue(
        "S204",
        Where(contest=contest.id, station=names[0]),
        basis=tuple(str(one) for one in bases[:_SHOWN_STATIONS]) if isinstance(bases, list) else (),
        count=len(names),
        stations=first_names(names, _SHOWN_STATIONS),
        votes=" | ".join(str(row[one.id]) for one in contest.contestants),
    )


def _where(row: Mapping[str, object], contest: Contest) -> Where:
    return Where(contest=contest.id, area=str(row["area"]), station=str(row["station"]))


def _basis(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row["basis"]).split())
