"""What a command line names for an archive, read: definitions, and tables with the mapping beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from secondcount.cli.files import read_file
from secondcount.custody.importing import ArrivingTable
from secondcount.intake import mapping_name
from secondcount.jurisdictions import load_definition, shipped_document, shipped_names
from secondcount.model.election import Election
from secondcount.verdict.gather import refuse_broken

__all__ = ["arriving_table", "find_definition"]


def find_definition(name: str, params: Mapping[str, str]) -> tuple[str, bytes, Election]:
    """Return file name and bytes of a definition, shipped or in a file, and its election; a file of that name wins.

    Raises:
        InputError: D005 or X110 there is none, X111 it has errors.

    """
    if not Path(name).exists() and (name in shipped_names() or not name.endswith(".toml")):
        file, data = shipped_document(name)
    else:
        file, data = Path(name).name, read_file(Path(name))
    definition = load_definition(file, data, params)
    refuse_broken(definition)
    return file, data, definition.election


def arriving_table(path: Path, contest: str) -> ArrivingTable:
    """Return a table with the mapping that lies beside it, if there is one.

    Raises:
        InputError: X110, one of them cannot be read.

    """
    beside = path.with_name(mapping_name(path.name))
    mapping = read_file(beside) if beside.is_file() else b""
    return ArrivingTable(name=path.name, data=read_file(path), mapping=mapping, contest=contest)
