"""Entries: what breaks a rule of its kind is refused with its own code; what is unknown is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from entering.samples import SALT, sample_entries
from secondcount.errors import VerificationError
from secondcount.evidence.canonical import encode
from secondcount.evidence.entries import (
    KINDS,
    LARGEST_ENTRY,
    Entry,
    UnknownEntry,
    encode_entries,
    encode_entry,
    kind_of,
    open_commitment,
    parse_entries,
    parse_entry,
    public_blobs,
    public_name,
    references,
    salted_digest,
    verify_sheet,
)
from secondcount.model.codes import CODES
from secondcount.model.labels import LANGUAGES
from secondcount.wording import phrasebook

SAMPLES = {kind_of(entry): entry for entry in sample_entries()}
SHEET = SAMPLES["sheet"]
CELLS = ("registered", "valid", "invalid", "osdp", "a", "b", "c")  # states of the sample: "=i==bar"


def value_of(kind: str) -> dict[str, Any]:
    """Return the sample of a kind as plain JSON."""
    value: dict[str, Any] = json.loads(encode_entry(SAMPLES[kind]))
    return value


def refused(data: bytes) -> VerificationError:
    """Return the refusal of bytes; alone and in a batch it is the same one, and three languages can say it."""
    with pytest.raises(VerificationError) as alone:
        parse_entry(data)
    with pytest.raises(VerificationError) as together:
        parse_entries([encode_entry(SHEET), data], 7)
    assert together.value.values == {**alone.value.values, "index": 8}
    assert together.value.code == alone.value.code
    assert alone.value.code in CODES
    for language in LANGUAGES:
        said = phrasebook(language).say(f"issue.{alone.value.code}.reason", **alone.value.values)
        assert not re.search(r"[{}]", said)
    return alone.value


def changed(kind: str, **fields: object) -> bytes:
    """Return the bytes of a sample with other fields."""
    return encode({**value_of(kind), **fields})


DIGEST, OTHER = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("kind", "fields", "code", "field"),
    [
        ("sheet", {"more": 1}, "V614", "more"),
        ("sheet", {"basis": {"file": DIGEST, "row": 1, "x": 1}}, "V614", "basis.x"),
        ("sheet", {"basis": {"file": DIGEST}}, "V613", "basis.row"),
        ("sheet", {"copy": "1"}, "V615", "copy"),
        ("sheet", {"copy": 0}, "V615", "copy"),
        ("sheet", {"copy": True}, "V615", "copy"),
        ("sheet", {"level": 5}, "V615", "level"),
        ("sheet", {"level": -1}, "V615", "level"),
        ("sheet", {"station": ""}, "V615", "station"),
        ("sheet", {"station": "x" * 201}, "V615", "station"),
        ("sheet", {"station": None}, "V615", "station"),
        ("sheet", {"cells": {"osdp": -1}}, "V615", "cells[...]"),
        ("sheet", {"cells": [1]}, "V615", "cells"),
        ("sheet", {"basis": {"file": DIGEST[1:], "row": 1}}, "V615", "basis.file"),
        ("sheet", {"basis": {"file": DIGEST.upper(), "row": 1}}, "V616", "basis.file"),
        ("sheet", {"cells": {"OSDP": 1}}, "V616", "cells.*"),
        ("sheet", {"contest": "LIST"}, "V616", "contest"),
        ("sheet", {"contest": "list\n"}, "V617", None),
        ("sheet", {"states": "=x"}, "V616", "states"),
        ("sheet", {"station": " 117"}, "V616", "station"),
        ("sheet", {"station": "117 "}, "V616", "station"),
        ("sheet", {"station": "1  7"}, "V616", "station"),
        ("sheet", {"collector": " "}, "V616", "collector"),
        ("sheet", {"station": "1\u202e7"}, "V617", None),
        ("sheet", {"station": "1\u200b7"}, "V617", None),
        ("sheet", {"station": "1\u00a07"}, "V617", None),
        ("sheet", {"station": "1\u20287"}, "V617", None),
        ("sheet", {"station": "1\x7f7"}, "V617", None),
        ("sheet", {"station": "1\ue0007"}, "V617", None),
        ("sheet", {"station": "\\\n"}, "V617", None),
        ("sheet", {"station": "\\\\\t"}, "V617", None),
        ("sheet", {"station": "и\u0306"}, "V618", None),
        ("sheet", {"station": "1\u03787"}, "V619", None),
        ("sheet", {"states": "===="}, "V801", None),
        ("reading", {"states": "==="[:2]}, "V801", None),
        ("adjudication", {"states": "u"}, "V801", None),
        ("election", {"format": "secondcount.archive/0"}, "V616", "format"),
        ("election", {"origin": "two words"}, "V616", "origin"),
        ("election", {"key": "no-key-at-all-here"}, "V616", "key"),
        ("election", {"id": "../x"}, "V616", "id"),
        ("election", {"params": {"DATE": "x"}}, "V616", "params.*"),
        ("election", {"definition": {"digest": DIGEST, "name": "a/b", "size": 1}}, "V616", "definition.name"),
        ("custody", {"event": "Moved to a safe place."}, "V616", "event"),
        ("custody", {"actor": "Ivan Ivanov"}, "V616", "actor"),
        ("custody", {"time": "2012-01-16T08:00:00+06:00"}, "V615", "time"),
        ("custody", {"time": "2012-01-16 08:00:00Z"}, "V616", "time"),
        ("custody", {"time": "2012-02-30T08:00:00Z"}, "V804", "time"),
        ("custody", {"time": "2012-01-16T24:00:00Z"}, "V616", "time"),
        ("custody", {"actor": "", "file": "", "of": ""}, "V814", None),
        ("publication", {"synthetic": 1}, "V615", "synthetic"),
        ("publication", {"rows": 2.5}, "V602", None),
        ("reply", {"answered": "2011-02-29"}, "V804", "answered"),
        ("reply", {"answered": "24.01.2012"}, "V616", "answered"),
        ("copy", {"derivative": {"digest": DIGEST, "size": 1, "type": "a picture"}}, "V616", "derivative.type"),
        ("observation", {"answers": {"q1": "It was bad."}}, "V616", "answers.*"),
        ("observation", {"left": "2012-01-15T12:39:59Z"}, "V807", None),
        ("eligibility", {"deadline": "2011-12-27"}, "V807", None),
        ("incident", {"media": [OTHER, DIGEST]}, "V808", "media"),
        ("incident", {"media": [DIGEST, DIGEST]}, "V808", "media"),
        ("incident", {"media": ["x" * 64]}, "V616", "media[]"),
        ("adjudication", {"readings": [DIGEST]}, "V809", None),
        ("adjudication", {"readings": [OTHER, DIGEST]}, "V808", "readings"),
        ("provenance", {"grounds": ["b", "a"]}, "V808", "grounds"),
        ("provenance", {"level": 3}, "V810", None),
        ("provenance", {"corroborated_by": []}, "V810", None),
        ("provenance", {"corroborated_by": [DIGEST], "of": DIGEST}, "V805", "corroborated_by"),
        ("correction", {"by": DIGEST, "of": DIGEST}, "V805", "by"),
        ("override", {"by": []}, "V811", "by"),
        ("override", {"by": ["reader-09", "reader-04"]}, "V808", "by"),
        ("override", {"issue": "t104"}, "V616", "issue"),
        ("deployment", {"salt": ""}, "V812", None),
        ("draw", {"commitment": ""}, "V812", None),
        ("reading", {"commitment": DIGEST}, "V812", None),
        ("reading", {"salt": DIGEST}, "V812", None),
        ("reading", {"salt": ""}, "V812", None),
        ("reading", {"commitment": DIGEST, "salt": ""}, "V812", None),
        ("reading", {"commitment": "", "salt": DIGEST}, "V615", "commitment"),
        ("reading", {"problem": "It was bad."}, "V616", "problem"),
        ("reading", {"problem": None}, "V615", "problem"),
        ("reading", {"overwritten": {"red": -2}}, "V615", "overwritten[...]"),
        ("reading", {"overwritten": {"Red": 2}}, "V616", "overwritten.*"),
        ("copy", {"page": 0}, "V615", "page"),
        ("copy", {"first": "x" * 64}, "V616", "first"),
        ("adjudication", {"pages": ["x" * 64]}, "V616", "pages[]"),
        ("outcome", {"reason": "No copier"}, "V616", "reason"),
        ("verdict", {"claims": ["x" * 401]}, "V615", "claims[0]"),
        ("verdict", {"tree_size": -1}, "V615", "tree_size"),
        ("key", {"old": "0123ABCD"}, "V616", "old"),
        ("key", {"signature": "a b="}, "V616", "signature"),
    ],
)
def test_what_breaks_a_rule_has_its_own_code(
    kind: str, fields: Mapping[str, object], code: str, field: str | None
) -> None:
    """A field of another form, type or range, a forbidden character, two fields that do not agree: each has a code."""
    data = json.dumps({**value_of(kind), **fields}, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    error = refused(data)
    assert error.code == code
    assert field is None or error.values["field"] == field


@pytest.mark.parametrize(
    ("kind", "fields", "named"),
    [
        ("reading", {"commitment": DIGEST, "salt": OTHER, "page_count": 2}, {DIGEST}),
        ("reading", {"overwritten": {"red": -1}, "problem": "unreadable"}, set()),
        ("copy", {"first": DIGEST, "page": 2}, {DIGEST}),
        ("adjudication", {"pages": [OTHER, DIGEST]}, {OTHER, DIGEST}),
        ("outcome", {"reason": "no_copier"}, set()),
    ],
)
def test_what_came_later_may_be_left_out(kind: str, fields: Mapping[str, Any], named: set[str]) -> None:
    """An entry with such a field is read and written as it is, and so is one without; what it names is named."""
    plain, richer = encode(value_of(kind)), encode({**value_of(kind), **fields})
    without, entry = parse_entry(plain), parse_entry(richer)
    assert (encode_entry(without), encode_entry(entry)) == (plain, richer)
    assert set(references(entry)) == set(references(without)) | named


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_written(kind: str) -> None:
    """An entry without one of its fields is refused, also where the type has a default for those who write Python."""
    value = value_of(kind)
    for name in sorted(value.keys() - {"kind"}):
        error = refused(encode({key: one for key, one in value.items() if key != name}))
        assert error.code == "V613", name
        assert error.values["field"] == name


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "V600"),
        (b"x" * (LARGEST_ENTRY + 1), "V610"),
        (b"[]", "V611"),
        (b"null", "V611"),
        (b"{}", "V611"),
        (b'{"kind":1}', "V611"),
        (b'{"kind":""}', "V611"),
        (b'{"kind":"Sheet"}', "V611"),
        (b'{"kind":"two words"}', "V611"),
        (b'{"kind":"sheet"}', "V613"),
        (b'{"kind":"later","share":0.5}', "V602"),
        (b'{"kind":"later","b":1}', "V604"),
        (encode_entry(SHEET) + b"\n", "V604"),
        (encode_entry(SHEET) + b"\n" + encode_entry(SHEET), "V600"),
    ],
)
def test_what_is_no_entry_is_refused(data: bytes, code: str) -> None:
    """Bytes that are no entry are refused before anybody asks what they say."""
    assert refused(data).code == code


def test_two_entries_cannot_pass_as_one() -> None:
    """A batch of as many lines as entries is not enough: each line must be an entry."""
    entry = encode_entry(SHEET)
    two = entry + b"\n" + entry
    for batch in ([two], [two, b""], [b"", two], [b"", entry], [entry, b""], [b"\n", entry], [entry, b"\n"]):
        with pytest.raises(VerificationError):
            parse_entries(batch)


def test_a_kind_of_another_release_is_kept() -> None:
    """An unknown kind keeps its bytes, alone and among others, and is written as it came."""
    data = encode({"kind": "later", "what": ["ever", 1, None]})
    unknown = UnknownEntry(kind="later", data=data)
    assert parse_entry(data) == unknown
    assert parse_entries([data, encode_entry(SHEET), data]) == (unknown, SHEET, unknown)
    assert encode_entries([unknown, SHEET]) == (data, encode_entry(SHEET))
    assert (public_blobs(unknown), references(unknown)) == ((), ())
    assert parse_entries([]) == ()


def test_the_largest_entry_is_allowed() -> None:
    """65,535 bytes are an entry, one more are none."""
    room = 65_535 - len(encode({"kind": "later", "text": ""}))
    assert isinstance(parse_entry(encode({"kind": "later", "text": "x" * room})), UnknownEntry)
    assert refused(encode({"kind": "later", "text": "x" * (room + 1)})).code == "V610"


def test_nothing_wrong_is_written() -> None:
    """What would be refused on reading is refused on writing."""
    for wrong in ({"station": "a\ud800"}, {"station": b"x"}, {"copy": 2**53}, {"copy": object()}, {"copy": 1.0}):
        with pytest.raises(VerificationError):
            encode_entry(msgspec.structs.replace(SHEET, **wrong))


def test_letters_of_any_script_are_allowed() -> None:
    """Ids are in any script, in composed form; quotation marks and backslashes are letters like others."""
    for station in (
        "№ 7",
        "Әулие-Ата ұқыпты",
        "საარჩევნო უბანი 3",
        "مركز ١",
        "投票所12",
        "é",
        'a"b\\c',
        "\\n",
        "กำ",
        "한국",
    ):
        entry = msgspec.structs.replace(SHEET, station=station)
        assert parse_entry(encode_entry(entry)) == entry


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("copies.csv", "copies.csv"),
        ("/mnt/x/copies.csv", "_mnt_x_copies.csv"),
        ("и\u0306.csv", "й.csv"),
        ("Screenshot\u202f2012.png", "Screenshot_2012.png"),
        ("\ud800.csv", "?.csv"),
        ("", "_"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_a_name_of_a_file_is_made_public(name: str, public: str) -> None:
    """Any name becomes one that an entry may hold; the end is kept, for it says what the file is."""
    assert public_name(name) == public
    sheet = msgspec.structs.replace(SAMPLES["custody"], name=public_name(name))
    assert parse_entry(encode_entry(sheet)) == sheet


def test_a_sheet_fits_its_contest() -> None:
    """Figures are exactly those of the cells whose state is "read", in the contest's order."""
    verify_sheet(SHEET, CELLS)
    for cells, code in (
        (CELLS[:-1], "V802"),
        (("registered", "invalid", "valid", "osdp", "a", "b", "c"), "V803"),
        (("other", "valid", "invalid", "osdp", "a", "b", "c"), "V803"),
    ):
        with pytest.raises(VerificationError, match=code):
            verify_sheet(SHEET, cells)
    with pytest.raises(VerificationError, match="V801"):
        verify_sheet(msgspec.structs.replace(SHEET, states="=======", cells={}), CELLS)


def test_an_entry_says_what_it_names() -> None:
    """Public blobs must be there, other entries must be in the log, private bytes need neither."""
    copy = SAMPLES["copy"]
    assert public_blobs(copy) == (copy.derivative.digest,)
    assert references(copy) == (copy.supersedes,)
    custody = SAMPLES["custody"]
    assert public_blobs(custody) == tuple(sorted((custody.issues, custody.layout)))
    assert public_blobs(msgspec.structs.replace(custody, issues="", layout="")) == ()
    assert public_blobs(SAMPLES["withdrawal"]) == ()
    assert public_blobs(SHEET) == references(SHEET) == ()
    assert references(SAMPLES["correction"]) == tuple(sorted((SAMPLES["correction"].by, SAMPLES["correction"].of)))


def test_no_field_is_free_text() -> None:
    """Each text is of a form that its pattern says; ids and claims, which cannot have one, are listed here."""
    free = {
        (kind, name)
        for kind, schema in ((kind, msgspec.json.schema(of)["$defs"][of.__name__]) for kind, of in KINDS.items())
        for name, one in schema["properties"].items()
        for text in (one, one.get("items", {}), one.get("additionalProperties", {}))
        if isinstance(text, dict) and text.get("type") == "string" and "pattern" not in text
    }
    assert free == {("verdict", "claims"), ("election", "params")}


def test_a_commitment_opens_with_its_salt_only() -> None:
    """A salted digest opens with salt and value; with any other of either it does not."""
    digest = salted_digest(SALT, b"station 117")
    open_commitment(digest, SALT, b"station 117")
    for salt, value in ((SALT, b"station 118"), (SALT[::-1], b"station 117")):
        with pytest.raises(VerificationError, match="V806"):
            open_commitment(digest, salt, value)
    for salt, value in ((SALT[:-1], SALT[-1:] + b"station 117"), (SALT + b"s", b"tation 117")):
        with pytest.raises(VerificationError, match="V813"):
            open_commitment(digest, salt, value)


def test_entries_are_frozen() -> None:
    """A fact that was written is not edited."""
    with pytest.raises(AttributeError):
        setattr(SHEET, "station", "118")  # noqa: B010 - the assignment itself must fail, whatever the types say
    assert all(issubclass(kind, Entry) and kind.__struct_config__.frozen for kind in KINDS.values())
