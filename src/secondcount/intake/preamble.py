"""What stands above the header of a table: comment lines `# key: value` and a spreadsheet's `sep=;`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondcount.intake.remarks import Place, shown
from secondcount.model.issue import Issue

__all__ = ["SEPARATORS", "Entry", "Preamble", "comment_entry", "read_preamble"]

SEPARATORS = (";", "\t", "|", ",")
"""Delimiters that tables use, in the order in which they are preferred."""

_MOST_LINES = 10_000  # what is longer is no preamble

_SEP_LINE = re.compile(r"\"?sep=(?P<separator>[;,|\t])\"?\s*", re.IGNORECASE)
_ENTRY = re.compile(r"#+\s*(?P<key>\w[\w -]{0,39}?)\s*[:\uff1a]\s*(?P<value>.*)", re.DOTALL)
_SYNTHETIC = re.compile(r"#+\s*synthetic\b[\s:.,;|\uff1a-]*(?P<value>.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One `# key: value` of a file; the key in lower case with underscores."""

    key: str
    value: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preamble:
    """What stands above the header, how many bytes and lines that takes, and the delimiter if the file names it."""

    entries: tuple[Entry, ...]
    size: int
    lines: int
    separator: str
    issues: tuple[Issue, ...]


def read_preamble(place: Place, text: bytes) -> Preamble:
    """Return the metadata above the header of a table."""
    entries: list[Entry] = []
    issues: list[Issue] = []
    size = lines = 0
    separator = ""
    while size < len(text) and lines < _MOST_LINES:
        end = text.find(b"\n", size)
        line = text[size : end if end >= 0 else len(text)].decode("utf-8")
        named = _SEP_LINE.fullmatch(line)
        if line.strip() and named is None and not _is_comment(line):
            break
        lines += 1
        size = end + 1 if end >= 0 else len(text)
        if named is not None:
            separator = named["separator"]
        elif line.strip():
            entry = comment_entry(line, lines)
            if entry is None:
                issues.append(place.issue("T117", line=lines, value=shown(_bare(line))))
            else:
                entries.append(entry)
    return Preamble(entries=tuple(entries), size=size, lines=lines, separator=separator, issues=tuple(issues))


def comment_entry(line: str, number: int) -> Entry | None:
    """Return the entry that a comment line holds, or None where it is not `# key: value`."""
    bare = _bare(line)
    synthetic = _SYNTHETIC.fullmatch(bare)  # a forgotten colon must not lose the label
    if synthetic is not None:
        return Entry(key="synthetic", value=synthetic["value"].strip(), line=number)
    found = _ENTRY.fullmatch(bare)
    if found is None:
        return None
    key = re.sub(r"[\s-]+", "_", found["key"].casefold())
    return Entry(key=key, value=found["value"].strip(), line=number)


def _is_comment(line: str) -> bool:
    """Return whether a line above the header is a comment; `#;station;...` is a header with a number column."""
    bare = line.lstrip().removeprefix('"')
    return bare.startswith("#") and not bare[1:].startswith(SEPARATORS)


def _bare(line: str) -> str:
    """Return a comment without what spreadsheets put around it: empty fields behind, quotation marks."""
    bare = line.strip().rstrip("".join(SEPARATORS)).strip()
    if bare.startswith('"') and bare.endswith('"') and len(bare) > 1:
        bare = bare[1:-1].replace('""', '"')
    return bare.strip().removeprefix('"')
