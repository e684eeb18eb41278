"""The definitions that come with the package; a name is the path of its file: kazakhstan/majilis/2012.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from secondcount.errors import InputError
from secondcount.jurisdictions.definition import Definition, load_definition
from secondcount.jurisdictions.document import parse_document
from secondcount.jurisdictions.faults import nearest, printable
from secondcount.jurisdictions.params import Parameter, parameters_of

__all__ = ["load_shipped", "shipped_document", "shipped_names", "shipped_parameters", "template"]

_SUFFIX = ".toml"
_TEMPLATE = "template.toml"


def _root() -> Traversable:
    return files(__package__)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}.")
        elif prefix and entry.name.endswith(_SUFFIX):  # the template lies beside the folders, not in one
            yield prefix + entry.name.removesuffix(_SUFFIX), entry


def shipped_names() -> tuple[str, ...]:
    """Return the names of all shipped definitions, in alphabetical order."""
    return tuple(sorted(name for name, _ in _walk(_root(), "")))


def load_shipped(name: str, params: Mapping[str, str] = MappingProxyType({})) -> Definition:
    """Return a shipped definition; one that has parameters needs a value of each.

    Raises:
        InputError: D005, no definition of this name is shipped; D701 to D703, about its parameters.

    """
    return load_definition(name + _SUFFIX, _bytes(name), params)


def shipped_parameters(name: str) -> tuple[Parameter, ...]:
    """Return the parameters of a shipped definition, with the allowed values of each.

    Raises:
        InputError: D005, no definition of this name is shipped.

    """
    file = name + _SUFFIX
    return parameters_of(file, parse_document(file, _bytes(name)))


def shipped_document(name: str) -> tuple[str, bytes]:
    """Return file name and bytes of a shipped definition, for whoever keeps it as evidence.

    Raises:
        InputError: D005, no definition of this name is shipped.

    """
    return name + _SUFFIX, _bytes(name)


def _bytes(name: str) -> bytes:
    entries = dict(_walk(_root(), ""))
    if name not in entries:
        raise InputError(
            "D005", name=printable(name), nearest=nearest(name, entries), known=", ".join(sorted(entries))
        )
    return entries[name].read_bytes()


def template() -> str:
    """Return a commented definition that explains every key and is itself valid; `secondcount new` writes it."""
    return _root().joinpath(_TEMPLATE).read_text(encoding="utf-8")
