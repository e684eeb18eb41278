"""The reference page of `verdict.json`: its types from the schema, their meaning from the source's own comments."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from secondcount.verdict.result import Verdict
from secondcount.verdict.schema import verdict_schema

HEAD = """\
# verdict.json

<!-- Written by `make golden` from verdict/result.py and the schema; do not edit by hand. -->

`verdict.json` holds the same facts as the report. Its format is `secondcount.verdict/1`: a later program writes the
newest format and reads all. The JSON Schema comes with the package (`secondcount/verdict/verdict-1.schema.json`).

- The bytes are canonical: UTF-8, keys sorted, two spaces, one line end at the end. The same record gives the same
  bytes on any machine.
- There are no floats. A fraction is a text "n/d" in lowest terms; every other number is an integer. None in the
  meanings below is JSON's null.
- `synthetic` at the top is true if anything that the verdict rests on was made up for practice. Do not show such a
  verdict without saying so.
- Nothing here is a sentence: `statements` hold phrase keys and values, which the catalogues turn into three languages.
- Every conclusion from copies holds only if the copies are genuine, and concerns protocols, not ballots.
"""


def order(kind: Any, found: dict[str, type]) -> dict[str, type]:
    """Return the dataclasses reachable from a type, in the order in which a reader meets them."""
    if is_dataclass(kind) and isinstance(kind, type) and kind.__name__ not in found:
        found[kind.__name__] = kind
        hints = get_type_hints(kind)
        for one in fields(kind):
            order(hints[one.name], found)
    if get_origin(kind) in (tuple, Union, UnionType):
        for part in get_args(kind):
            order(part, found)
    return found


def meanings(kind: type) -> Mapping[str, str]:
    """Return the comment behind each field of a dataclass, as it stands in the source."""
    source = inspect.getsource(kind)
    lines = source.splitlines()
    return {
        node.target.id: lines[(node.end_lineno or 1) - 1].partition("  # ")[2].replace("|", r"\|")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def shape(schema: Mapping[str, Any]) -> str:
    """Return a JSON type in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(shape(one) for one in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(f"`{one}`" for one in schema["enum"])
    if "pattern" in schema:
        return "fraction"
    if schema["type"] == "array":
        return array(schema)
    return {"string": "text", "boolean": "true or false", "integer": "integer", "null": "null"}[schema["type"]]


def array(schema: Mapping[str, Any]) -> str:
    """Return an array in words: a list of one kind, or a row of several."""
    if "prefixItems" in schema:
        return "[" + ", ".join(map(shape, schema["prefixItems"])) + "]"
    return f"list of {shape(schema['items'])}"


def section(kind: type, schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of one type."""
    yield from (f"## {kind.__name__}", "", inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0], "")
    yield from ("| field | type | meaning |", "|---|---|---|")
    comments = meanings(kind)
    for name, one in schema["properties"].items():
        yield f"| `{name}` | {shape(one)} | {comments.get(name, '')} |".replace("  |", " |")
    yield ""


def page() -> str:
    """Return the text of verdict.md."""
    schemas = verdict_schema()["$defs"]
    kinds = order(Verdict, {})
    lines = [line for name, kind in kinds.items() for line in section(kind, schemas[name])]
    return "\n".join([HEAD, *lines]).rstrip() + "\n"
