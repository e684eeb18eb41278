"""The reference page of the kinds of entry: types from the schemas, meanings from the source's own comments."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from secondcount.evidence.entries import KINDS, LARGEST_ENTRY, Basis, Blob, File
from secondcount.evidence.entries.schema import entry_schema
from verdict_page import meanings

HEAD = f"""\
# Entries of an archive

<!-- Written by `make golden` from evidence/entries and the schemas; do not edit by hand. -->

An archive is a log of entries, and everything that Secondcount says of an election is derived from them. An entry is
one fact that was written once: nothing is edited, and a correction is another entry that names the first. The JSON
Schemas come with the package (`secondcount/evidence/schemas/<kind>.json`).

## What holds for all of them

- **One spelling.** The bytes are canonical JSON in a narrow profile of RFC 8785: names of fields in ASCII and
  sorted, whole numbers below 2^53, no floats, no white space, the escapes of RFC 8785 and no others. Any other
  spelling is refused (V604).
- **Every field is written**, also where there is nothing to say (`""`, `[]`), and no other (V613, V614). Only those
  that came later "may be left out": entries from before have none, and stay byte for byte what they were.
- **At most {LARGEST_ENTRY:,} bytes** (V610), as the log stores lengths in 16 bits. What is larger is a blob, and the
  entry holds its digest.
- **Public.** No free text and no names of people: ids, words of vocabularies, digests, numbers, and times of facts,
  never the clock of the machine that writes. Two machines that import one file make the same bytes. A person is a
  pseudonym.
- **Texts** are in the normal form NFC of Unicode, without control and format characters (bidirectional marks,
  joiners), without spaces other than the usual one, private use and unassigned characters (V617, V618, V619). Ids of
  stations and areas may be in any script, at most 200 characters, without spaces at the ends or two in a row.
- **Digests** are lower-case hexadecimal. That of a blob is the SHA-256 of its bytes; that of an entry is its leaf
  hash in the log (RFC 6962, section 2.1: SHA-256 of a zero byte and the entry). The digest of something that could
  be guessed is salted: SHA-256 of 32 random bytes and the value. Who shows salt and value later opens it (V806).
- **Lists whose order says nothing** are sorted, each member once (V808).
- **Another kind** than those below is kept, reported and never dropped (V690). A later release reads all that was
  ever written: a kind may gain fields that may be left out, and never loses or changes one. A release from before
  such a field refuses an entry that has it (V614); whoever keeps old verifiers needs the newer one for such entries.

Vocabularies are open: the words given below are those that this release writes or expects.

"""

WRITERS: Mapping[str, str] = {
    "election": "`archive init`, once, as entry 0",
    "stations": "`archive import --stations`",
    "deployment": "whoever sends observers, with `archive add --entry`, before the polls close",
    "plan": "whoever audits or counts a sample, before figures are known",
    "commitment": "whoever will show something later and wants it known that it was fixed before",
    "draw": "whoever drew stations under a plan",
    "key": "`archive rotate`",
    "copy": "`archive add PHOTO`, the desk",
    "reading": "the desk, when both readings of a copy are done",
    "adjudication": "the desk",
    "sheet": "`archive import --sheets`, the desk after an adjudication",
    "custody": "every command that takes something in, and whoever hands something over",
    "provenance": "whoever has seen the grounds",
    "publication": "`archive init` (the definition's own figures), `archive import --reported`",
    "outcome": "whoever sent observers",
    "reply": "whoever got an answer",
    "observation": "the observation desk",
    "incident": "the observation desk",
    "eligibility": "the observation desk",
    "verdict": "`archive publish`",
    "withdrawal": "`archive withdraw`",
    "override": "the desk, by two people",
    "correction": "whoever found the mistake",
}

PARTS: tuple[type[Struct], ...] = (File, Blob, Basis)
MORE: Mapping[str, str] = {
    "adjudication": "Cells marked as read are exactly those with a figure (V801). At least two readings (V809).",
    "correction": "An entry does not correct itself (V805).",
    "custody": "It names a file, an entry or a person (V814).",
    "deployment": "Commitment and salt are given both or neither (V812).",
    "draw": "Commitment and salt are given both or neither (V812).",
    "eligibility": "The last day of a remedy is not before the event (V807).",
    "key": "The signed text: `secondcount.key/1`, the origin and the new verifier key, each with a line feed.",
    "observation": "Nobody leaves before arriving (V807).",
    "override": "At least one person decided (V811).",
    "provenance": "Level 4 if and only if an independent copy is named (V810).",
    "reading": (
        "Cells marked as read are exactly those with a figure (V801). Commitment and salt are given both or neither "
        "(V812); together they open it: SHA-256(salt, canonical bytes of this entry without `commitment` and `salt`)."
    ),
    "sheet": "Cells marked as read are exactly those with a figure (V801), in the contest's order (V802, V803).",
}


def shape(schema: Mapping[str, Any]) -> str:
    """Return in words what a field holds."""
    match schema:
        case {"$ref": ref}:
            return f"[{ref.rpartition('/')[2]}](#{ref.rpartition('/')[2].lower()})"
        case {"type": "array", "items": item}:
            return f"list of: {shape(item)}"
        case {"type": "object", "propertyNames": key, "additionalProperties": value}:
            return f"object: {shape(key)} → {shape(value)}"
        case {"type": "boolean"}:
            return "true or false"
    free = "maxLength" in schema and "pattern" not in schema
    limit = f", at most {schema['maxLength']} characters" if free else ""
    return f"{schema['description']}{limit}"


def rows(kind: type[Struct], schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of the fields of a type."""
    yield from ("| field | holds | here |", "|---|---|---|")
    said = meanings(kind)
    for name, one in schema["properties"].items():
        if name != "kind":
            may = "" if name in schema["required"] else " (may be left out)"
            yield f"| `{name}`{may} | {shape(one)} | {said[name]} |"


def one_kind(kind: str) -> Iterator[str]:
    """Yield the section of one kind."""
    of = KINDS[kind]
    schema = entry_schema(kind)
    yield from (f"## {kind}", "", schema["description"], "", f"Written by {WRITERS[kind]}.", "")
    yield from rows(of, schema)
    yield from ("", *((MORE[kind], "") if kind in MORE else ()))


def one_part(part: type[Struct]) -> Iterator[str]:
    """Yield the section of an object that several kinds have."""
    found = next(
        schema["$defs"][part.__name__]
        for schema in map(entry_schema, KINDS)
        if part.__name__ in schema.get("$defs", {})
    )
    yield from (f"## {part.__name__}", "", found["description"], "", *rows(part, found), "")


def forms(schema: Any) -> Iterator[tuple[str, str]]:
    """Yield description and pattern of every text in a schema."""
    if isinstance(schema, dict):
        if "pattern" in schema:
            yield schema["description"], schema["pattern"].replace("|", r"\|")
        for one in schema.values():
            yield from forms(one)


def all_forms() -> Iterator[str]:
    """Yield the section of the patterns."""
    yield from ("## Forms of texts", "", "| holds | pattern |", "|---|---|")
    found = dict(form for kind in KINDS for form in forms(entry_schema(kind)))
    yield from (f"| {said} | `{pattern}` |" for said, pattern in sorted(found.items()))


def page() -> str:
    """Return the text of entries.md."""
    kinds = [line for kind in KINDS for line in one_kind(kind)]
    parts = [line for part in PARTS for line in one_part(part)]
    return "\n".join([HEAD, *kinds, *parts, *all_forms()]).rstrip() + "\n"


def one_schema(kind: str) -> Callable[[], str]:
    """Return what writes the schema of a kind."""
    return lambda: json.dumps(entry_schema(kind), indent=2, ensure_ascii=False) + "\n"


SCHEMAS = {f"src/secondcount/evidence/schemas/{kind}.json": one_schema(kind) for kind in KINDS}
"""File of the package -> its text."""
