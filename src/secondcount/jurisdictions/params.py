"""Parameters of a definition: one law for many voting days, of which the user names one (`--param date=2016-06-26`).

A definition declares `[[params]]` with an id, labels, and `values`: for each allowed value a table of words. Wherever
a text of the document has `{id}` the value stands, and where it has `{id.word}` that word of the value; a text that
is nothing else takes the type of the word (a date stays a date).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.jurisdictions.faults import printable

__all__ = ["Parameter", "fill_params", "parameters_of"]

_PLACE = re.compile(r"\{([a-z][a-z_]*)(?:\.([a-z][a-z_]*))?\}")
_KEY = "params"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: its id, and for each allowed value the words that it stands for."""

    id: str
    values: Mapping[str, Mapping[str, object]]


def parameters_of(file: str, document: Mapping[str, object]) -> tuple[Parameter, ...]:
    """Return the parameters that a document declares.

    Raises:
        InputError: D704, they are not written as tables with an id and values.

    """
    declared = document.get(_KEY, [])
    if not isinstance(declared, list):
        raise InputError("D704", file=file, key=_KEY)
    return tuple(_parameter(file, f"{_KEY}[{index}]", entry) for index, entry in enumerate(declared))


def _parameter(file: str, key: str, entry: object) -> Parameter:
    table = entry if isinstance(entry, dict) else {}
    name, values = table.get("id"), table.get("values")
    tables = isinstance(values, dict) and all(isinstance(one, dict) for one in values.values())
    if not isinstance(name, str) or not isinstance(values, dict) or not values or not tables:
        raise InputError("D704", file=file, key=key)
    return Parameter(id=name, values=values)


def fill_params(file: str, document: Mapping[str, object], given: Mapping[str, str]) -> Mapping[str, object]:
    """Return the document of the chosen values.

    Raises:
        InputError: D701 a parameter that the definition does not have, D702 one that is missing, D703 a value that
            is not allowed, D704 parameters that are not written as such.

    """
    declared = parameters_of(file, document)
    known = [one.id for one in declared]
    for name in given:
        if name not in known:
            raise InputError("D701", file=file, name=printable(name), known=", ".join(known) or "–")
    words: dict[tuple[str, str], object] = {}
    for one in declared:
        value = _chosen(file, one, given)
        words[one.id, ""] = value
        words.update({(one.id, word): found for word, found in one.values[value].items()})
    return {key: value if key == _KEY else _filled(value, words) for key, value in document.items()}


def _chosen(file: str, one: Parameter, given: Mapping[str, str]) -> str:
    allowed = ", ".join(one.values)
    if one.id not in given:
        raise InputError("D702", file=file, name=one.id, known=allowed, first=next(reversed(list(one.values))))
    if given[one.id] not in one.values:
        raise InputError("D703", file=file, name=one.id, found=printable(given[one.id]), known=allowed)
    return given[one.id]


def _filled(value: object, words: Mapping[tuple[str, str], object]) -> object:
    if isinstance(value, dict):
        return {key: _filled(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, words) for one in value]
    if not isinstance(value, str) or not words:
        return value
    whole = _PLACE.fullmatch(value)
    if whole and (whole[1], whole[2] or "") in words:
        return words[whole[1], whole[2] or ""]
    return _PLACE.sub(lambda found: str(words.get((found[1], found[2] or ""), found[0])), value)
