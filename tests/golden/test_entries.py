"""The bytes of entries never change: what was signed in 2026 is read by every later release."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from entering.samples import sample_entries
from golden.entries import FOLDER, HASHES, pinned
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import KINDS, encode_entry, kind_of, parse_entries, parse_entry
from secondcount.evidence.entries.schema import entry_schema

SAMPLES = {kind_of(entry): entry for entry in sample_entries()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_entry_has_the_bytes_that_are_pinned(kind: str) -> None:
    """A sample encodes to its golden bytes, these decode to it, and their leaf hash is the one written down."""
    data = (FOLDER / f"{kind}.json").read_bytes()
    assert encode_entry(SAMPLES[kind]) == data
    assert parse_entry(data) == SAMPLES[kind]
    assert leaf_hash(data).hex() == pinned()[kind]


def test_all_pinned_entries_are_read_together() -> None:
    """A batch of all kinds decodes as each of them does."""
    data = [(FOLDER / f"{kind}.json").read_bytes() for kind in KINDS]
    assert parse_entries(data) == tuple(SAMPLES[kind] for kind in KINDS)


def test_every_kind_is_pinned() -> None:
    """No kind is without a golden file, and no file without a kind."""
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted([HASHES, *(f"{kind}.json" for kind in KINDS)])
    assert sorted(pinned()) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_accepts_the_entry(kind: str) -> None:
    """The schema in the package is a JSON Schema, is made from the type, and accepts the golden entry."""
    schema = json.loads((files("secondcount.evidence") / "schemas" / f"{kind}.json").read_text(encoding="utf-8"))
    assert schema == entry_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads((FOLDER / f"{kind}.json").read_bytes()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_wants_every_field(kind: str) -> None:
    """An entry without any one of its fields is refused by the schema, as it is by the decoder."""
    validator = jsonschema.Draft202012Validator(entry_schema(kind))
    value = json.loads((FOLDER / f"{kind}.json").read_bytes())
    for name in value:
        assert not validator.is_valid({key: one for key, one in value.items() if key != name}), name
