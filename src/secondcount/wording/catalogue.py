"""Catalogues on disk: `catalogues/<language>/<topic>.toml`, read by topic when a key of the topic is first asked for.

The first segment of a key names its files: `ui.title` is in `ui.toml`, `issue.T104.reason` in `issues_table.toml`
(a plural s and anything after an underscore are free). So a screen without issues reads none of their sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["LANGUAGES", "load_topic", "topic_of", "topics"]

LANGUAGES = ("en", "ru", "kk")
"""Languages with a catalogue, in the order in which they are offered."""


def _folder(language: str) -> Traversable:
    return files(__package__).joinpath("catalogues", language)


def topic_of(file_name: str) -> str:
    """Return the topic that a catalogue file serves: `issues_table.toml` serves `issue`."""
    return file_name.removesuffix(".toml").split("_")[0].removesuffix("s")


def _catalogue_files(language: str) -> Iterator[Traversable]:
    if language not in LANGUAGES:
        raise KeyError(language)
    entries = sorted(_folder(language).iterdir(), key=lambda entry: entry.name)
    return (entry for entry in entries if entry.name.endswith(".toml"))


def topics(language: str) -> tuple[str, ...]:
    """Return the topics that a language has files for."""
    return tuple(dict.fromkeys(topic_of(entry.name) for entry in _catalogue_files(language)))


def load_topic(language: str, topic: str) -> dict[str, str]:
    """Return all sentences of a topic under their dotted keys; empty for a topic without a file.

    Raises:
        KeyError: there is no such language.
        ValueError: two files of the topic hold the same key, or one holds something other than text.

    """
    found: dict[str, str] = {}
    for entry in _catalogue_files(language):
        if topic_of(entry.name) == topic.removesuffix("s"):
            for key, text in _flat(tomllib.loads(entry.read_text(encoding="utf-8"))):
                if key in found:
                    raise ValueError(f"{entry.name}: {key} is defined twice")
                found[key] = text
    return found


def _flat(node: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in node.items():
        key = prefix + name
        if isinstance(value, dict):
            yield from _flat(value, key + ".")
        elif isinstance(value, str):
            yield key, value
        else:
            raise ValueError(f"{key} is not text")
