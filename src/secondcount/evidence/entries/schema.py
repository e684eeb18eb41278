"""The JSON Schema of each kind of entry, made from its type, so that the two cannot drift apart.

The schemas are for others: this release checks entries by their types, which say the same and more
(characters, order of lists, agreement between fields; see docs/reference/entries.md).
"""

from __future__ import annotations

from typing import Any

import msgspec

from secondcount.evidence.entries.kinds import KINDS

__all__ = ["entry_schema"]

Schema = dict[str, Any]


def entry_schema(kind: str) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a kind of entry.

    Raises:
        KeyError: this release has no such kind.

    """
    told = msgspec.json.schema(KINDS[kind], ref_template="#/$defs/{name}")
    name = KINDS[kind].__name__
    others = {other: _closed(one) for other, one in told["$defs"].items() if other != name}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:secondcount:entry:{kind}:1",
        **_closed(told["$defs"][name]),
        **({"$defs": others} if others else {}),
    }


def _closed(schema: Schema) -> Schema:
    """Return the schema of an object in which every field is written: a default is only for those who write Python.

    But for the fields without a default (`UNSET`), which came later: entries of before do not have them.
    """
    properties = {
        name: {key: value for key, value in one.items() if key != "default"}
        for name, one in sorted(schema["properties"].items())
    }
    needed = {name for name, one in schema["properties"].items() if name in schema["required"] or "default" in one}
    return {**schema, "properties": properties, "required": sorted(needed)}
