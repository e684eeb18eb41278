"""What an exhibit of the museum of tables is, and short ways to write one down."""

from __future__ import annotations

from dataclasses import dataclass

from intaking.election import HEADER, row, sheet

__all__ = ["ABOUT", "AREAS", "HEAD", "Exhibit", "cell", "copies", "published", "refused"]

ABOUT = "# issuer: Commission\n# stage: final\n# published: 2030-05-06\n# label: Result\n"
HEAD = ",".join(HEADER)
AREAS = "area,nur,ak_zhol,union\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file and what it must give: the code of its refusal, or its issues ("code line"), rows and first states."""

    name: str
    data: bytes
    figures: bool = False  # a table of published figures, not of copies
    refusal: str = ""
    issues: tuple[str, ...] = ()
    rows: int = 1
    states: str = "====="


def _named(name: str) -> str:
    return name if "." in name else f"{name}.csv"


def refused(name: str, code: str, data: bytes | str) -> Exhibit:
    """Return a file that cannot be used at all."""
    return Exhibit(name=_named(name), data=data if isinstance(data, bytes) else data.encode(), refusal=code)


def cell(name: str, code: str, value: str, state: str = "u") -> Exhibit:
    """Return a table with one odd cell, of the list "nur"."""
    data = sheet(row(nur=value))
    return Exhibit(name=_named(name), data=data, issues=(f"{code} 2",), states=f"=={state}==")


def copies(name: str, data: bytes | str, *issues: str, rows: int = 1, states: str = "=====") -> Exhibit:
    """Return a table of copies with other faults."""
    as_bytes = data if isinstance(data, bytes) else data.encode()
    return Exhibit(name=_named(name), data=as_bytes, issues=issues, rows=rows, states=states if rows else "")


def published(name: str, data: str, *issues: str, rows: int, states: str = "", above: str = ABOUT) -> Exhibit:
    """Return a table of published figures."""
    return Exhibit(
        name=_named(name), data=(above + data).encode(), figures=True, issues=issues, rows=rows, states=states
    )
