"""The JSON Schema of `verdict.json`, made from the frozen types themselves, so that the two cannot drift apart."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from enum import Enum, EnumType
from fractions import Fraction

from secondcount.verdict.result import Verdict

__all__ = ["verdict_schema"]

Schema = dict[str, typing.Any]


def verdict_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of format "secondcount.verdict/1".

    Fractions are strings "n/d" in lowest terms; every other number is an integer; there are no floats.
    """
    defs: Schema = {}
    root = _of(Verdict, defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:secondcount:verdict:1",
        "title": "Secondcount verdict, format 1",
        **root,
        "$defs": dict(sorted(defs.items())),
    }


def _of(kind: typing.Any, defs: Schema) -> Schema:
    """Return the schema of one type; dataclasses are collected in `defs` under their names."""
    if kind is type(None):
        return {"type": "null"}
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if isinstance(kind, EnumType):
        members: typing.Iterable[Enum] = kind
        return {"type": "string", "enum": [one.value for one in members]}
    if is_dataclass(kind):
        return _object(kind, defs)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_of(one, defs) for one in typing.get_args(kind)]}
    if origin is tuple:
        return _tuple(typing.get_args(kind), defs)
    raise TypeError(repr(kind))


_PLAIN: dict[typing.Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    Fraction: {"type": "string", "pattern": "^-?[0-9]+/[0-9]+$"},
}


def _object(kind: typing.Any, defs: Schema) -> Schema:
    name = kind.__name__
    if name not in defs:
        defs[name] = {}  # reserved first: types may refer to themselves
        hints = typing.get_type_hints(kind)
        properties = {one.name: _of(hints[one.name], defs) for one in fields(kind) if one.compare}
        defs[name] = {
            "type": "object",
            "additionalProperties": False,
            "required": sorted(properties),
            "properties": properties,
        }
    return {"$ref": f"#/$defs/{name}"}


def _tuple(args: tuple[typing.Any, ...], defs: Schema) -> Schema:
    if len(args) == 2 and args[1] is Ellipsis:
        return {"type": "array", "items": _of(args[0], defs)}
    return {
        "type": "array",
        "prefixItems": [_of(one, defs) for one in args],
        "minItems": len(args),
        "maxItems": len(args),
    }
