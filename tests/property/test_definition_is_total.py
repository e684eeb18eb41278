"""Law: whatever arrives as a definition, the loader gives a definition or a refusal, and never fails otherwise."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from museum.build_definitions import HEALTHY
from secondcount.errors import InputError
from secondcount.jurisdictions import template
from secondcount.jurisdictions.definition import Definition, build_definition, load_definition
from secondcount.model.codes.definition import CODES
from secondcount.model.naming import issue_values
from secondcount.wording import phrasebook

TEXTS = (HEALTHY, template())
DOCUMENTS = tuple(tomllib.loads(text) for text in TEXTS)
SCALARS = (
    st.none().map(lambda _: [])
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["red", "green - red", "7%", "80.99", "order", "silent", "list", "testland", "sum(contestants)"])
    | st.dates()
    | st.times()
    | st.datetimes()
)
KEYS = st.text(max_size=6) | st.sampled_from(["id", "labels", "en", "values", "areas", "source", "seats"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


def outcome(load: Any, *arguments: object) -> Definition | None:
    """Return what was loaded, or None after checking that the refusal is one of ours and can be said."""
    try:
        definition: Definition = load(*arguments)
    except InputError as refusal:
        phrasebook("kk").say(f"issue.{refusal.code}.reason", **refusal.values)
        return None
    return definition


def check(definition: Definition | None) -> None:
    """Check that every issue is registered and can be said, and that the frame keeps its promise."""
    if definition is None:
        return
    for issue in definition.issues:
        assert issue.code in CODES
        phrasebook("ru").say(f"issue.{issue.code}.reason", **issue_values(issue))
    assert definition.source.figures.height == definition.input.rows
    assert definition.election.geography.root is not None
    for contest in definition.election.contests:
        assert len(set(contest.cells)) == len(contest.cells)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Bytes without any structure end in a definition or an InputError."""
    check(outcome(load_definition, "x.toml", data))


@settings(max_examples=150)
@given(st.sampled_from(TEXTS), st.data())
def test_any_damaged_text_is_read_or_refused(text: str, data: st.DataObject) -> None:
    """A valid file with a stretch cut out, doubled or overwritten ends in a definition or an InputError."""
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 300)))
    patch = data.draw(
        st.sampled_from(["", text[start:stop] * 2, "=", '"', "\n", "[[", "]", "\x00", "ٱ"]) | st.text(max_size=8)
    )
    check(outcome(load_definition, "x.toml", (text[:start] + patch + text[stop:]).encode()))


def paths(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value inside a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, value in inner for found in [(*path, key), *paths(value, (*path, key))]]


PATHS = tuple(paths(document) for document in DOCUMENTS)


def mutate(document: dict[str, Any], path: tuple[str | int, ...], change: str, value: object) -> None:
    """Drop, replace or rename the value at a path, or add a sibling to it."""
    node: Any = document
    for step in path[:-1]:
        node = node[step]
    last = path[-1]
    if change == "replace":
        node[last] = value
    elif isinstance(node, list):
        node.pop(last) if change == "drop" else node.append(value)
    elif change == "drop":
        del node[last]
    else:
        node[f"{last}x"] = node.pop(last) if change == "rename" else value


@settings(max_examples=400)
@given(st.integers(0, len(DOCUMENTS) - 1), st.data())
def test_any_mutated_definition_is_read_or_refused(which: int, data: st.DataObject) -> None:
    """Keys of a valid definition dropped, renamed, added or given any value: faults at most, never a crash."""
    document = deepcopy(DOCUMENTS[which])
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(PATHS[which]))
        change = data.draw(st.sampled_from(["drop", "replace", "rename", "add"]))
        try:
            mutate(document, path, change, data.draw(VALUES))
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # the first mutation took the place of the second one away
    check(outcome(build_definition, "x.toml", document, "0" * 64))


@settings(max_examples=100)
@given(st.integers(0, len(DOCUMENTS) - 1), st.data())
def test_a_dropped_key_is_never_ignored_when_it_is_law(which: int, data: st.DataObject) -> None:
    """Without any one key of the rule, its threshold or a base, the definition has an issue."""
    document = deepcopy(DOCUMENTS[which])
    contest = document["contests"][0]
    table = data.draw(st.sampled_from([contest["rule"], contest["rule"]["threshold"], contest["bases"][0]]))
    key = data.draw(st.sampled_from(sorted(set(table) - {"threshold", "runner_up"})))
    del table[key]
    definition = outcome(build_definition, "x.toml", document, "0" * 64)
    assert definition is not None
    assert not definition.is_usable
