"""What a field of an entry may hold: one type per kind of value, with its limits, pattern and role.

Lengths and ranges are checked by the decoder, patterns in `rules` (one look per distinct value of a batch),
characters in `letters`. The same limits stand in the JSON Schemas.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from secondcount.evidence.canonical import LARGEST_INTEGER

__all__ = [
    "BLOB",
    "ENTRY",
    "HIDDEN",
    "SPACED",
    "AreaId",
    "Base64",
    "Basis",
    "Blob",
    "Cells",
    "Claim",
    "Code",
    "Collector",
    "Count",
    "Date",
    "ElectionId",
    "Entry",
    "EntryDigest",
    "EntryDigests",
    "File",
    "FileName",
    "Format",
    "IssueCode",
    "KeyId",
    "Level",
    "MediaType",
    "OptionalCode",
    "OptionalDate",
    "OptionalEntryDigest",
    "OptionalFileName",
    "OptionalId",
    "OptionalPrivateDigest",
    "OptionalPseudonym",
    "OptionalPublicDigest",
    "OptionalSlug",
    "OptionalTime",
    "Ordinal",
    "Origin",
    "Overwritten",
    "PrivateDigest",
    "Pseudonym",
    "PublicDigest",
    "Question",
    "Release",
    "Salt",
    "Seed",
    "Slug",
    "States",
    "StationId",
    "Time",
    "Vkey",
    "Word",
]

BLOB, ENTRY, HIDDEN = "blob", "entry", "hidden"
"""Roles of a digest: of a public blob that must be there, of another entry, of bytes that are not public."""

SPACED = "spaced"
"""Form of a text in any script: nothing but its spaces can be wrong once its letters are allowed."""

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_NAME = "[!-*,-~]{1,120}"  # of a key: not empty, no spaces, no plus (C2SP signed-note, "Verifier keys"); ASCII here


def _text(pattern: str, least: int, most: int, means: str, *, role: str = "", form: str = "") -> Meta:
    more = {"format": form} if form and form != SPACED and least else {}
    return Meta(
        min_length=least,
        max_length=most,
        description=means,
        extra_json_schema={"pattern": f"^{pattern}$", **more},
        extra={"pattern": pattern, "role": role, "form": form},
    )


# Digests ------------------------------------------------------------------------------------------------------------

_DIGEST = "[0-9a-f]{64}"
PublicDigest = Annotated[str, _text(_DIGEST, 64, 64, "SHA-256 of a public blob, lower-case hexadecimal", role=BLOB)]
PrivateDigest = Annotated[
    str, _text(_DIGEST, 64, 64, "SHA-256 of bytes that need not be public, lower-case hexadecimal", role=HIDDEN)
]
EntryDigest = Annotated[
    str,
    _text(_DIGEST, 64, 64, "leaf hash of another entry (RFC 6962, section 2.1), lower-case hexadecimal", role=ENTRY),
]
EntryDigests = tuple[EntryDigest, ...]
OptionalPublicDigest = Annotated[
    str, _text(f"({_DIGEST})?", 0, 64, 'SHA-256 of a public blob, "" where there is none', role=BLOB)
]
OptionalPrivateDigest = Annotated[
    str,
    _text(f"({_DIGEST})?", 0, 64, 'SHA-256 of bytes that need not be public, "" where there are none', role=HIDDEN),
]
OptionalEntryDigest = Annotated[
    str, _text(f"({_DIGEST})?", 0, 64, 'leaf hash of another entry, "" where there is none', role=ENTRY)
]
Salt = Annotated[
    str, _text(f"({_DIGEST})?", 0, 64, '32 random bytes, lower-case hexadecimal, "" where there are none')
]

# Names of things ----------------------------------------------------------------------------------------------------

_SLUG = "[a-z0-9][a-z0-9._-]{0,63}"
_CODE = "[a-z][a-z0-9_]{0,39}"
Slug = Annotated[str, _text(_SLUG, 1, 64, "id in the election's definition")]
OptionalSlug = Annotated[str, _text(f"({_SLUG})?", 0, 64, 'id in the election\'s definition, "" where there is none')]
Question = Annotated[str, _text(_SLUG, 1, 64, "id of a question of an observer form")]
ElectionId = Annotated[str, _text("[a-z0-9][a-z0-9._-]{0,199}", 1, 200, "id of an election")]
Code = Annotated[str, _text(_CODE, 1, 40, "word of a vocabulary, never free text")]
OptionalCode = Annotated[str, _text(f"({_CODE})?", 0, 40, 'word of a vocabulary, "" where nothing is said')]
IssueCode = Annotated[str, _text("[A-Z][0-9]{3}", 4, 4, "code of an issue, as in the list of issues")]
_ID = "[^ ]+( [^ ]+)*"  # single spaces inside: what looks the same is the same
StationId = Annotated[str, _text(_ID, 1, 200, "polling station, in any script", form=SPACED)]
AreaId = Annotated[str, _text(_ID, 1, 200, "area of the definition, in any script", form=SPACED)]
OptionalId = Annotated[
    str, _text(f"({_ID})?", 0, 200, 'polling station or area, "" where nothing is said', form=SPACED)
]
Collector = Annotated[
    str, _text(f"({_ID})?", 0, 200, 'who collects, as labelled in public, "" where not said', form=SPACED)
]
_PSEUDONYM = "[a-z0-9][a-z0-9-]{2,63}"
Pseudonym = Annotated[str, _text(_PSEUDONYM, 3, 64, "pseudonym of a person or a team, never a name")]
OptionalPseudonym = Annotated[str, _text(f"({_PSEUDONYM})?", 0, 64, 'pseudonym, "" where nothing is said')]
FileName = Annotated[str, _text(r"[^/\\]{1,200}", 1, 200, "name of a file without its path, for people to read")]
OptionalFileName = Annotated[
    str, _text(r"([^/\\]{1,200})?", 0, 200, 'name of a file without its path, "" where there is none')
]
MediaType = Annotated[str, _text("[a-z]+/[a-z0-9.+-]+", 3, 100, "media type (RFC 6838)")]
Claim = Annotated[str, Meta(min_length=1, max_length=400, description="a claim in the notation of `--claim`")]
Word = Annotated[str, Meta(max_length=200, description="value of a parameter of the definition")]

# Times --------------------------------------------------------------------------------------------------------------

_MOMENT = f"{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"  # RFC 3339, section 5.6; whole seconds, no leap second
Date = Annotated[str, _text(_DAY, 10, 10, "date", form="date")]
OptionalDate = Annotated[str, _text(f"({_DAY})?", 0, 10, 'date, "" where it is not known', form="date")]
Time = Annotated[str, _text(_MOMENT, 20, 20, "UTC, whole seconds (RFC 3339)", form="date-time")]
OptionalTime = Annotated[
    str, _text(f"({_MOMENT})?", 0, 20, 'UTC, whole seconds (RFC 3339), "" where it is not known', form="date-time")
]

# Keys and formats ---------------------------------------------------------------------------------------------------

Origin = Annotated[str, _text(_NAME, 1, 120, "origin of the log (C2SP tlog-checkpoint)")]
Vkey = Annotated[
    str,
    _text(_NAME + r"\+[0-9a-f]{8}\+[A-Za-z0-9+/]{4,3900}={0,2}", 15, 4096, "verifier key (C2SP signed-note)"),
]
KeyId = Annotated[str, _text("[0-9a-f]{8}", 8, 8, "key id of a verifier key, hexadecimal (C2SP signed-note)")]
Base64 = Annotated[str, _text("[A-Za-z0-9+/]+={0,2}", 4, 8192, "base64 with padding (RFC 4648, section 4)")]
Format = Annotated[str, _text(r"secondcount\.[a-z]+/[1-9][0-9]{0,3}", 15, 60, "name and version of a format")]
Release = Annotated[str, _text("[0-9A-Za-z][0-9A-Za-z.+-]{0,39}", 1, 40, "release of Secondcount")]
Seed = Annotated[str, _text("[0-9A-Za-z]{1,400}", 1, 400, "seed: digits of dice, or hexadecimal")]

# Numbers ------------------------------------------------------------------------------------------------------------

Count = Annotated[int, Meta(ge=0, le=LARGEST_INTEGER, description="a count, 0 or more")]
Ordinal = Annotated[int, Meta(ge=1, le=LARGEST_INTEGER, description="a number in a row, from 1")]
Level = Annotated[int, Meta(ge=0, le=4, description="provenance level (0 unattributed ... 4 corroborated)")]
Cells = dict[Slug, Count]
Former = Annotated[
    int,
    Meta(ge=-1, le=LARGEST_INTEGER, description="the number below an overwritten one, -1 where it cannot be read"),
]
Overwritten = dict[Slug, Former]
_ONE_EACH = (
    "one character per contest cell: = read, i illegible, b blank, s struck out, a absent, u unknown, r refused"
)
States = Annotated[
    str,
    _text(
        "[=ibsaur]{1,4000}",
        1,
        4000,
        _ONE_EACH,
    ),
]


class Entry(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="kind", tag=str.lower):
    """Root of the kinds of entry: frozen, every field written, none that is not declared.

    What is decoded from JSON has no cycles, so the garbage collector does not watch it (`gc=False`).
    """


class File(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """A public blob that came as a file."""

    digest: PublicDigest
    name: FileName
    size: Count  # bytes


class Blob(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """A public blob without a name."""

    digest: PublicDigest
    size: Count  # bytes
    type: MediaType


class Basis(Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """What a sheet rests on: a row of a table, or an image (row 0)."""

    file: PrivateDigest  # the table, or the derivative of a copy
    row: Count  # line of the file, from 1; 0 = the file as a whole
